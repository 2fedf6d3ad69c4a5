// expect: 3208615399
// scale: 400
// about: 32-bit integers: shifts, masks, Math.imul, counting bits

function xorshift(state) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state;
}

function bitCount(x) {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}

function unit() {
  let state = 0x1234567;
  let hash = 0x811c9dc5;
  let bits = 0;
  for (let i = 0; i < 12000; i++) {
    state = xorshift(state);
    hash = Math.imul(hash ^ (state & 255), 0x01000193);
    hash = (hash << 7) | (hash >>> 25);
    bits += bitCount(state) - Math.clz32(state | 1);
    if ((hash & 3) === 0) bits = ~bits & 0x7fff;
  }
  return (hash >>> 0) + bits;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
