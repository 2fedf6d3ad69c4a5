// expect: 139775
// scale: 300
// about: reads and writes of own properties of few and of many shapes

function makeRecords() {
  return [
    { a: 1, b: 2, c: 3 },
    { b: 2, a: 1, c: 3, d: 4 },
    { c: 3, b: 2, a: 1 },
    { a: 1, c: 3, b: 2, e: 5, f: 6 },
    { e: 1, f: 2, g: 3, h: 4, i: 5, a: 6, b: 7, c: 8 },
    { z: 0, a: 1, b: 2, c: 3 },
  ];
}

function sumOf(record) {
  return record.a + record.b + record.c;
}

function unit() {
  const point = { x: 1, y: 2, z: 3, w: 4 };
  for (let i = 0; i < 2500; i++) {
    point.x = (point.x + point.y) & 0xffff;
    point.y = (point.y + point.z) & 0xffff;
    point.z = (point.z + point.w) & 0xffff;
    point.w = (point.w + i) & 0xff;
  }
  const records = makeRecords();
  let sum = point.x + point.y + point.z;
  for (let i = 0; i < 2500; i++) {
    const record = records[i % 6];
    sum += sumOf(record);
    record.c = i & 15;
  }
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
