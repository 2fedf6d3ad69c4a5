// expect: 92662470352898878508498391780107846142953415166036559021912424164536511382530472804363100082
// scale: 500
// about: BigInt arithmetic: small values, growing values, division and conversion

function gcd(a, b) {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function unit() {
  let product = 1n;
  for (let i = 1n; i <= 60n; i++) product *= i;
  let a = 0n;
  let b = 1n;
  for (let i = 0; i < 400; i++) [a, b] = [b, a + b];
  let power = 1n;
  for (let i = 0; i < 500; i++) power = (power * 7n + 1n) % 1000000007n;
  const common = gcd(product, a * 2520n);
  return `${product % 9973n}${b >> 60n}${power}${common}${String(product).length}`;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
