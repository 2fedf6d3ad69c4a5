// expect: 31415926535897932384626433832795028841971 27182818284590452353602874713526624977572 288 1657 0 490 141421356237309504880 235 ppc
// scale: 40
// about: arbitrary-precision integers over arrays of limbs, without BigInt: pi, e, factors, primes

// A natural number is an array of limbs to the base 10,000,000, least significant first, without leading
// zeros; zero is the empty array. Products of two limbs and a carry stay exact in a double.

const BASE = 10000000;
const DIGITS = 7;

function fromNumber(value) {
  const limbs = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / BASE)) limbs.push(rest % BASE);
  return limbs;
}

function fromText(text) {
  const limbs = [];
  for (let end = text.length; end > 0; end -= DIGITS)
    limbs.push(Number(text.slice(Math.max(0, end - DIGITS), end)));
  return trim(limbs);
}

function toText(a) {
  if (a.length === 0) return '0';
  let text = String(a[a.length - 1]);
  for (let i = a.length - 2; i >= 0; i--) text += String(a[i]).padStart(DIGITS, '0');
  return text;
}

function trim(limbs) {
  while (limbs.length > 0 && limbs[limbs.length - 1] === 0) limbs.pop();
  return limbs;
}

function compare(a, b) {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

function add(a, b) {
  const length = Math.max(a.length, b.length);
  const sum = [];
  let carry = 0;
  for (let i = 0; i < length; i++) {
    const limb = (i < a.length ? a[i] : 0) + (i < b.length ? b[i] : 0) + carry;
    carry = limb >= BASE ? 1 : 0;
    sum.push(limb - carry * BASE);
  }
  if (carry > 0) sum.push(carry);
  return sum;
}

/** a - b, where a is not less than b. */
function subtract(a, b) {
  const difference = [];
  let borrow = 0;
  for (let i = 0; i < a.length; i++) {
    const limb = a[i] - (i < b.length ? b[i] : 0) - borrow;
    borrow = limb < 0 ? 1 : 0;
    difference.push(limb + borrow * BASE);
  }
  return trim(difference);
}

function multiplySmall(a, factor) {
  const product = [];
  let carry = 0;
  for (let i = 0; i < a.length; i++) {
    const limb = a[i] * factor + carry;
    carry = Math.floor(limb / BASE);
    product.push(limb - carry * BASE);
  }
  if (carry > 0) product.push(carry);
  return trim(product);
}

function multiplySchool(a, b) {
  const product = [];
  for (let i = 0; i < a.length + b.length; i++) product.push(0);
  for (let i = 0; i < a.length; i++) {
    let carry = 0;
    const factor = a[i];
    for (let j = 0; j < b.length; j++) {
      const limb = product[i + j] + factor * b[j] + carry;
      carry = Math.floor(limb / BASE);
      product[i + j] = limb - carry * BASE;
    }
    product[i + b.length] = carry;
  }
  return trim(product);
}

const KARATSUBA_LIMBS = 12;

function multiply(a, b) {
  if (a.length < KARATSUBA_LIMBS || b.length < KARATSUBA_LIMBS) return multiplySchool(a, b);
  const half = Math.max(a.length, b.length) >> 1;
  const aLow = trim(a.slice(0, half));
  const aHigh = a.slice(half);
  const bLow = trim(b.slice(0, half));
  const bHigh = b.slice(half);
  const low = multiply(aLow, bLow);
  const high = multiply(aHigh, bHigh);
  const middle = subtract(subtract(multiply(add(aLow, aHigh), add(bLow, bHigh)), low), high);
  return add(add(low, shift(middle, half)), shift(high, 2 * half));
}

function shift(a, limbs) {
  if (a.length === 0) return a;
  const shifted = [];
  for (let i = 0; i < limbs; i++) shifted.push(0);
  return shifted.concat(a);
}

function divideSmall(a, divisor) {
  const quotient = a.slice();
  let remainder = 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const limb = remainder * BASE + a[i];
    quotient[i] = Math.floor(limb / divisor);
    remainder = limb - quotient[i] * divisor;
  }
  return { quotient: trim(quotient), remainder };
}

/** Long division: the quotient's limb is estimated from the leading limbs and corrected. */
function divide(a, b) {
  if (b.length === 0) throw new RangeError('division by zero');
  if (compare(a, b) < 0) return { quotient: [], remainder: a };
  if (b.length === 1) {
    const { quotient, remainder } = divideSmall(a, b[0]);
    return { quotient, remainder: fromNumber(remainder) };
  }
  const scale = Math.floor(BASE / (b[b.length - 1] + 1));
  const divisor = multiplySmall(b, scale);
  const scaled = multiplySmall(a, scale);
  const top = divisor[divisor.length - 1];
  const quotient = [];
  let remainder = [];
  for (let i = scaled.length - 1; i >= 0; i--) {
    remainder.unshift(scaled[i]);
    trim(remainder);
    let estimate = 0;
    if (remainder.length >= divisor.length) {
      const lead =
        remainder.length > divisor.length
          ? remainder[remainder.length - 1] * BASE + remainder[remainder.length - 2]
          : remainder[remainder.length - 1];
      estimate = Math.min(BASE - 1, Math.floor(lead / top));
      let product = multiplySmall(divisor, estimate);
      while (compare(product, remainder) > 0) {
        estimate--;
        product = subtract(product, divisor);
      }
      remainder = subtract(remainder, product);
    }
    quotient.unshift(estimate);
  }
  return { quotient: trim(quotient), remainder: divideSmall(remainder, scale).quotient };
}

function power(a, exponent) {
  let result = fromNumber(1);
  let square = a;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return result;
}

function powerModulo(a, exponent, modulus) {
  let result = fromNumber(1);
  let square = divide(a, modulus).remainder;
  let rest = exponent;
  while (rest.length > 0) {
    const { quotient, remainder } = divideSmall(rest, 2);
    if (remainder === 1) result = divide(multiply(result, square), modulus).remainder;
    square = divide(multiply(square, square), modulus).remainder;
    rest = quotient;
  }
  return result;
}

function greatestCommonDivisor(a, b) {
  let [x, y] = [a, b];
  while (y.length > 0) [x, y] = [y, divide(x, y).remainder];
  return x;
}

function squareRoot(a) {
  let guess = power(fromNumber(10), Math.ceil(toText(a).length / 2));
  for (;;) {
    const next = divideSmall(add(guess, divide(a, guess).quotient), 2).quotient;
    if (compare(next, guess) >= 0) return guess;
    guess = next;
  }
}

// ---- What is computed with them

/** scale times the arc tangent of 1 / n. */
function arcTangent(n, scale) {
  let term = divideSmall(scale, n).quotient;
  let sum = term;
  for (let k = 3, isNegative = true; term.length > 0; k += 2, isNegative = !isNegative) {
    term = divideSmall(term, n * n).quotient;
    const part = divideSmall(term, k).quotient;
    sum = isNegative ? subtract(sum, part) : add(sum, part);
  }
  return sum;
}

function pi(digits) {
  const scale = power(fromNumber(10), digits + 5);
  const sum = subtract(multiplySmall(arcTangent(5, scale), 16), multiplySmall(arcTangent(239, scale), 4));
  return toText(divideSmall(sum, 100000).quotient);
}

function eulersNumber(digits) {
  let term = power(fromNumber(10), digits + 5);
  let sum = term;
  for (let k = 1; term.length > 0; k++) {
    term = divideSmall(term, k).quotient;
    sum = add(sum, term);
  }
  return toText(divideSmall(sum, 100000).quotient);
}

function factorial(n) {
  let product = fromNumber(1);
  for (let i = 2; i <= n; i++) product = multiplySmall(product, i);
  return product;
}

/** The test of Miller and Rabin with fixed bases. */
function isProbablePrime(n) {
  const one = fromNumber(1);
  const less = subtract(n, one);
  let odd = less;
  let twos = 0;
  while (odd[0] % 2 === 0) {
    odd = divideSmall(odd, 2).quotient;
    twos++;
  }
  return [2, 3].every((base) => {
    let x = powerModulo(fromNumber(base), odd, n);
    if (compare(x, one) === 0 || compare(x, less) === 0) return true;
    for (let i = 1; i < twos; i++) {
      x = divide(multiply(x, x), n).remainder;
      if (compare(x, less) === 0) return true;
    }
    return false;
  });
}

function digitSum(text) {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i) - 48;
  return sum;
}

function unit() {
  const parts = [pi(40), eulersNumber(40)];
  const large = factorial(60);
  parts.push(digitSum(toText(large)));
  const cube = power(fromText('123456789012345678901234567'), 7);
  parts.push(digitSum(toText(multiply(cube, cube))));
  const { quotient, remainder } = divide(cube, large);
  parts.push(compare(add(multiply(quotient, large), remainder), cube), digitSum(toText(quotient)));
  parts.push(toText(squareRoot(fromText('2'.padEnd(41, '0')))));
  parts.push(toText(greatestCommonDivisor(large, fromText('9876543210987654321098765'))));
  const candidates = ['1000000007', '2305843009213693951', '2305843009213693953'];
  parts.push(candidates.map((text) => (isProbablePrime(fromText(text)) ? 'p' : 'c')).join(''));
  return parts.join(' ');
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
