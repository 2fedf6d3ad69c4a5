// expect: 4498500
// scale: 400
// about: one generator resumed again and again by next
// operation: 3000 generator resumption

function* counter() {
  let i = 0;
  for (;;) yield i++;
}

function unit() {
  const iterator = counter();
  let sum = 0;
  for (let i = 0; i < 3000; i++) sum += iterator.next().value;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
