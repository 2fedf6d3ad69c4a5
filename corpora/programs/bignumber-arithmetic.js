// script: bignumber.js/dist/bignumber.js
// Decimal arithmetic of arbitrary precision: pi by Machin's formula, square roots, bases, rounding modes.
BigNumber.config({ DECIMAL_PLACES: 60, ROUNDING_MODE: BigNumber.ROUND_HALF_EVEN });
const arctanOfInverse = (n) => {
  let term = new BigNumber(1).div(n);
  let sum = term;
  for (let k = 3; !term.isZero(); k += 2) {
    term = term.div(-n * n).dp(70);
    sum = sum.plus(term.div(k));
  }
  return sum;
};
print(arctanOfInverse(5).times(16).minus(arctanOfInverse(239).times(4)).toFixed(50));
print(new BigNumber(2).sqrt().toString(), new BigNumber('123456789.123456789').pow(7).toString());
for (const [a, b] of [['1e50', '3'], ['-7.5', '2.25'], ['0.1', '0.2'], ['NaN', '1'], ['Infinity', '-1'], ['-0', '5']]) {
  const x = new BigNumber(a);
  const y = new BigNumber(b);
  print([x.plus(y), x.minus(y), x.times(y), x.div(y), x.mod(y), x.idiv(y)].map(String).join(' '));
  print(String(x.comparedTo(y)), x.isInteger(), x.gt(y), x.toExponential(5), x.toPrecision(4));
}
print(new BigNumber('255.75').toString(16), new BigNumber('zz', 36).toString(), new BigNumber('-101.01', 2).toString());
for (let mode = 0; mode < 9; mode++) print([1.5, -1.5, 2.5, 0.49].map((v) => new BigNumber(v).integerValue(mode)).join(' '));
print(new BigNumber('1234567.891').toFormat(2), BigNumber.sum(1, '2', 3.5).toString(), BigNumber.max(1, 9, 4).toString());
let factorial = new BigNumber(1);
for (let i = 2; i <= 200; i++) factorial = factorial.times(i);
print(factorial.toFixed());
