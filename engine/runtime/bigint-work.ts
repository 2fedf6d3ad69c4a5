// What operations on BigInts cost. A BigInt is as long as the guest likes, and no operation on it can be stopped half
// way: its work and its result are charged before the host begins.
import type { Agent } from './agent.ts';

export type BigIntOperator = '+' | '-' | '*' | '/' | '%' | '**' | '<<' | '>>' | '>>>' | '&' | '|' | '^';

/** 2^64, 2^128, 2^256, …, made when first needed: a comparison of lengths tells how long a BigInt is. */
const POWERS: bigint[] = [1n << 64n];
/** Longer ones are made and dropped: 2^(64 << 16) takes half a megabyte. */
const KEPT_POWERS = 16;

/** The number of 64-bit words of the magnitude, rounded up to a power of two. */
export function bigintWords(x: bigint): number {
  const magnitude = x < 0n ? -x : x;
  for (let i = 0; ; i++) {
    const power = POWERS[i] ?? 1n << BigInt(64 * 2 ** i);
    if (i < KEPT_POWERS) POWERS[i] = power;
    if (magnitude < power) return 2 ** i;
    // The host's limit is near 2^(2^30).
    if (i === 23) return 2 ** 24;
  }
}

function isShort(x: bigint): boolean {
  return x <= 0xffff_ffff_ffff_ffffn && x >= -0xffff_ffff_ffff_ffffn;
}

/** Charges an operation whose work grows with the length: copies, sums, comparisons. */
export function chargeLinear(agent: Agent, words: number): void {
  agent.chargeBytes(words * 8);
  agent.chargeFuel(words >> 5);
}

/** Charges a binary operator that has not trapped. Short operands cost nothing beyond the operation itself. */
export function chargeBigIntOperation(agent: Agent, operator: BigIntOperator, x: bigint, y: bigint): void {
  if (operator !== '**' && operator !== '<<' && operator !== '>>' && isShort(x) && isShort(y)) return;
  const m = bigintWords(x);
  switch (operator) {
    case '*': {
      const n = bigintWords(y);
      agent.chargeBytes((m + n) * 8);
      agent.chargeFuel(productFuel(m, n));
      break;
    }
    case '/':
    case '%': {
      const n = bigintWords(y);
      agent.chargeBytes(m * 8);
      if (m >= n) agent.chargeFuel(2 * productFuel(m, n));
      break;
    }
    case '**': {
      // The result's length: that of the base as often as the exponent says.
      const words = x === 1n || x === 0n || x === -1n ? 1 : Math.ceil((bitsOfShort(x, m) * Number(y)) / 64);
      agent.chargeBytes(words * 8);
      agent.chargeFuel(2 * productFuel(words, words));
      break;
    }
    case '<<':
    case '>>': {
      const left = operator === '<<' ? y : -y;
      chargeLinear(agent, left > 0n && x !== 0n ? m + Math.ceil(Number(left) / 64) : m);
      break;
    }
    default:
      chargeLinear(agent, Math.max(m, bigintWords(y)));
  }
}

/** Charges `-x`, `~x`, `x++` and the like. */
export function chargeBigIntUnary(agent: Agent, x: bigint): void {
  if (!isShort(x)) chargeLinear(agent, bigintWords(x));
}

/** Charges looking at all of a BigInt, as comparisons do. */
export function chargeBigIntScan(agent: Agent, x: bigint): void {
  if (!isShort(x)) agent.chargeFuel(1 + (bigintWords(x) >> 5));
}

/** Charges the text of a BigInt. Radices that are powers of two take linear time, others convert by division. */
export function chargeBigIntToString(agent: Agent, x: bigint, radix: number): void {
  if (isShort(x)) return;
  const words = bigintWords(x);
  agent.chargeBytes(Math.ceil((words * 64) / Math.log2(radix)));
  agent.chargeFuel((radix & (radix - 1)) === 0 ? words : 8 * productFuel(words, words));
}

/** Charges the BigInt that `length` digits make: decimal text converts by multiplication, other radices linearly. */
export function chargeStringToBigInt(agent: Agent, text: string): void {
  const { length } = text;
  if (length < 64) return;
  agent.chargeBytes(length >> 1);
  const words = length >> 4;
  // White space and a radix prefix may precede the digits; a prefix further in makes the text no literal.
  const isDecimal = !/^\s*0[xob]/i.test(text.slice(0, 64));
  agent.chargeFuel(isDecimal ? 2 * productFuel(words, words) : words >> 2);
}

/** The fuel of a product of `m` by `n` words: hosts change from the school method to faster ones as factors grow. */
function productFuel(m: number, n: number): number {
  const shorter = Math.min(m, n);
  return Math.floor((Math.max(m, n) * Math.sqrt(shorter)) / 16);
}

function bitsOfShort(x: bigint, words: number): number {
  if (words > 1) return words * 64;
  return Math.log2(Math.abs(Number(x)));
}
