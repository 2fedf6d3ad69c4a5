var k = 'key',
  spread = { s: 1, t: 2 };
var o = {
  a: 1,
  7: 'seven',
  'b c': 2,
  [k]: 3,
  [`${k}2`]: () => 1,
  k,
  ...spread,
  __proto__: { inherited: 1 },
  m() {
    return super.inherited;
  },
  get g() {
    return 1;
  },
  set g(v) {},
  *gen() {},
  async am() {},
  n: () => {},
  arrow: (x) => x,
  cls: class {},
  [Symbol.iterator]: null,
  async *ag() {},
};
var arr = [1, , ...[2, 3], ...'ab', , 4];
function tag(strings, ...values) {
  return strings.raw.concat(values, strings[0]);
}
var big = [
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
  17,
  18,
  19,
  20,
  21,
  22,
  23,
  24,
  25,
  26,
  27,
  28,
  29,
  30,
  31,
  32,
  33,
  ...arr,
];
[
  o.m(),
  o.g,
  arr,
  big.length,
  tag`a${1}\u{41}${2}\unicode`,
  /a+(?<n>b)/giu.source,
  o['7'],
  o.arrow.name,
  o.cls.name,
];
