// expect: 3498652
// scale: 300
// about: map, filter, reduce, forEach, some, every, find and indexOf

const numbers = Array.from({ length: 2000 }, (_, i) => (i * 37) % 2111);

function unit() {
  let sum = 0;
  const doubled = numbers.map((x) => x * 2);
  const odd = doubled.filter((x, i) => (x + i) % 3 === 1);
  sum += odd.reduce((total, x) => total + x, 0);
  numbers.forEach((x, i) => {
    sum += x ^ i;
  });
  if (numbers.some((x) => x === 5)) sum++;
  if (numbers.every((x) => x < 2111)) sum++;
  sum += numbers.find((x) => x > 2105) + numbers.findIndex((x) => x * 2 === 3400);
  sum += numbers.indexOf(401) + doubled.lastIndexOf(402);
  return sum + odd.concat(doubled).slice(3, -3).reverse().length;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
