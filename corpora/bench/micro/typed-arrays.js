// expect: 1135766923
// scale: 600
// about: typed arrays: bytes, 32-bit integers and doubles by index; set, subarray, fill
// needs: Uint8Array, Int32Array, Float64Array

const bytes = new Uint8Array(4096);
const table = new Int32Array(256);
const samples = new Float64Array(2048);

for (let i = 0; i < 256; i++) {
  let c = i;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  table[i] = c;
}

function crc(data) {
  let c = -1;
  for (let i = 0; i < data.length; i++) c = table[(c ^ data[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}

function unit() {
  bytes.fill(7);
  for (let i = 0; i < bytes.length; i++) bytes[i] = i * bytes[i] + 3;
  bytes.set(bytes.subarray(0, 100), 200);
  samples[0] = 1;
  for (let i = 1; i < samples.length; i++) samples[i] = samples[i - 1] * 0.75 + i * 0.5;
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i];
  return crc(bytes) + Math.floor(sum * 100);
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
