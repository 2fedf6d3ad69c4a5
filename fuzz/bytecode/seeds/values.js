var a = 1, b = 2.5, s = 'x', n = 10n, o = { valueOf() { return 3; } }, u;
var results = [
  a + b, a - b, a * b, a / b, a % b, a ** b, a << 2, a >> 1, a >>> 1, a & 3, a | 4, a ^ 5, -b, ~a, +s, !a,
  o + 1, n * n, s + a, `${s}-${a}-${o}`, typeof a, typeof missing, a === b, a !== b, a == '1', a != null,
  a < b, a <= b, a > b, a >= b, o instanceof Object, 'valueOf' in o, void 0, -0, NaN, 1 / 0, 'é', '\ud800', '𝒳',
];
a++; ++a; a--; b += 1; n++; s += s;
{
  let i = 0;
  i++;
  const c = i-- - 1;
  let t = (i && c || u) ?? 5;
  t &&= 1; t ||= 2; u ??= t;
}
for (let i = 9; i <= 9 && !(i > 9) && i >= 9 && !(i < 9); i++) if (i <= 9) { if (i >= 9) results.push(i); }
results.push(a > 1 ? b : s, (a, b), -a, 0xffffffff, 4294967295n, 9007199254740993n);
results.length;
