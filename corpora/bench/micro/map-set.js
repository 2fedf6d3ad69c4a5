// expect: 590547
// scale: 400
// about: Map and Set with integer, string and object keys, iteration and deletion

const keys = Array.from({ length: 64 }, (_, i) => ({ id: i }));

function unit() {
  const byNumber = new Map();
  for (let i = 0; i < 1000; i++) {
    const key = (i * 17) % 197;
    byNumber.set(key, (byNumber.get(key) ?? 0) + i);
  }
  const byObject = new Map();
  for (let i = 0; i < 200; i++) {
    const key = keys[(i * 5) & 63];
    if (byObject.has(key)) byObject.set(key, byObject.get(key) + 1);
    else byObject.set(key, key.id);
  }
  const seen = new Set();
  for (let i = 0; i < 300; i++) {
    seen.add(`k${(i * i) % 83}`);
    if (i % 10 === 9) seen.delete(`k${i % 83}`);
  }
  let sum = seen.size;
  for (const [key, value] of byNumber) sum += key ^ value;
  byObject.forEach((value, key) => {
    sum += value * key.id;
  });
  for (const key of seen) sum += key.length;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
