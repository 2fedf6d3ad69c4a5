// expect: 3023737
// scale: 300
// about: patterns of arrays and objects in declarations, parameters, assignments and loops

function area({ width, height = 2, origin: { x, y } = { x: 0, y: 0 } }) {
  return width * height + x - y;
}

function rotate([first, second, ...rest]) {
  return [second, ...rest, first];
}

function unit() {
  let sum = 0;
  let a = 1;
  let b = 1;
  for (let i = 0; i < 900; i++) {
    [a, b] = [b, (a + b) & 1023];
    const { length, [i & 1 ? 'x' : 'y']: picked, ...others } = { length: i, x: a, y: b, z: 1 };
    sum += length + picked + others.z;
    sum += area({ width: i, origin: { x: a, y: 1 } }) + area({ width: 2, height: b });
  }
  let ring = [1, 2, 3, 4, 5];
  for (let i = 0; i < 20; i++) ring = rotate(ring);
  for (const [index, { value }] of [
    [1, { value: 5 }],
    [2, { value: 6 }],
    [3, { value: 7 }],
  ])
    sum += index * value;
  return sum + ring[0];
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
