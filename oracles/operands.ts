// The operands that rows of the operator table are compared on: boundary values of each primitive type and random
// ones that fast-check makes from a seed. A row gets all pairs of its domain's boundary values, then RANDOM_COUNT
// random pairs; half of the random pairs of primitives have one type, so that paths for known types are met.
import fc from 'fast-check';
import type { OperandDomain, OperatorRow } from '../engine/eval/operators.ts';
import type { HostPrimitive } from '../engine/eval/primitive.ts';

export const RANDOM_COUNT = 10_000;

/** Operand lists of equal length; a unary row has undefined as its second operands. */
export interface Operands {
  readonly xs: readonly HostPrimitive[];
  readonly ys: readonly HostPrimitive[];
}

/** The operands of one row. The same seed gives the same operands. */
export function operandsOf(row: OperatorRow, seed: number): Operands {
  const boundary = boundaryOperands[row.domain];
  const random = randomPairs(row.domain, seed);
  const xs: HostPrimitive[] = [];
  const ys: HostPrimitive[] = [];
  const add = (x: HostPrimitive, y: HostPrimitive): void => {
    xs.push(x);
    ys.push(y);
  };
  if (row.arity === 1) {
    for (const x of boundary) add(x, undefined);
    for (const [x] of random) add(x, undefined);
    return { xs, ys };
  }
  const right = GROWING.includes(row.text) ? affordable : (y: HostPrimitive) => y;
  for (const x of boundary) for (const y of boundary) add(x, right(y));
  for (const [x, y] of random) add(x, right(y));
  return { xs, ys };
}

const numbers: readonly number[] = [
  0,
  -0,
  1,
  -1,
  2,
  -2,
  3,
  0.5,
  -0.5,
  1.5,
  -1.5,
  0.1,
  31,
  32,
  33,
  -31,
  100,
  2 ** 15,
  2 ** 30 - 1,
  2 ** 30,
  -(2 ** 30),
  -(2 ** 30) - 1,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1.5,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  2 ** 64,
  1e21,
  1e-7,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  2 ** -1022,
  1 + Number.EPSILON,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

const bigints: readonly bigint[] = [
  0n,
  1n,
  -1n,
  2n,
  -2n,
  3n,
  -3n,
  10n,
  31n,
  -31n,
  32n,
  63n,
  64n,
  65n,
  -64n,
  2n ** 31n - 1n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 32n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  -(2n ** 63n),
  2n ** 64n - 1n,
  2n ** 64n,
  -(2n ** 64n),
  10n ** 21n,
  -(2n ** 128n) + 1n,
  2n ** 1024n,
];

const strings: readonly string[] = [
  '',
  ' ',
  '0',
  '-0',
  '1',
  '-1',
  ' 1\n',
  '\ufeff7\u2029',
  '01',
  '1.5',
  '.5',
  '5.',
  '1e3',
  '1e400',
  '1n',
  '1_0',
  '0x10',
  '-0x10',
  '0b11',
  '0o17',
  '0x',
  'Infinity',
  '-Infinity',
  'infinity',
  'NaN',
  'null',
  'true',
  '9007199254740993',
  '18446744073709551616',
  'a',
  'ab',
  'b',
  'B',
  '\u0000',
  'é',
  'e\u0301',
  '\ud800',
  '\udc00',
  '😀',
  '\uffff',
];

const boundaryOperands: Readonly<Record<OperandDomain, readonly HostPrimitive[]>> = {
  number: numbers,
  bigint: bigints,
  string: strings,
  primitive: [undefined, null, true, false, Symbol('a symbol'), Symbol(), ...numbers, ...bigints, ...strings],
};

const anyNumber = fc.oneof(
  fc.constantFrom(...numbers),
  fc.integer({ min: -100, max: 100 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.integer({ min: -2000, max: 2000 }).map((n) => n / 8),
  fc.double(),
);
const anyBigInt = fc.oneof(
  fc.constantFrom(...bigints),
  fc.bigInt({ min: -100n, max: 100n }),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
  fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }),
);
const codeUnits = fc
  .array(fc.oneof(fc.integer({ min: 32, max: 126 }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 8 })
  .map((units) => String.fromCharCode(...units));
const anyString = fc.oneof(
  fc.constantFrom(...strings),
  codeUnits,
  anyNumber.map(String),
  anyBigInt.map(String),
  anyBigInt.map((n) => `0x${n.toString(16)}`),
  anyNumber.map((n) => `\t${n} `),
);
const anyPrimitive = fc.oneof(
  fc.constantFrom(...boundaryOperands.primitive),
  anyNumber,
  anyBigInt,
  anyString,
);

const pairs: Readonly<Record<OperandDomain, fc.Arbitrary<[HostPrimitive, HostPrimitive]>>> = {
  number: fc.tuple(anyNumber, anyNumber),
  bigint: fc.tuple(anyBigInt, anyBigInt),
  string: fc.tuple(anyString, anyString),
  primitive: fc.oneof(
    { weight: 1, arbitrary: fc.tuple(anyNumber, anyNumber) },
    { weight: 1, arbitrary: fc.tuple(anyBigInt, anyBigInt) },
    { weight: 1, arbitrary: fc.tuple(anyString, anyString) },
    { weight: 3, arbitrary: fc.tuple(anyPrimitive, anyPrimitive) },
  ),
};

const made = new Map<string, readonly (readonly [HostPrimitive, HostPrimitive])[]>();

function randomPairs(
  domain: OperandDomain,
  seed: number,
): readonly (readonly [HostPrimitive, HostPrimitive])[] {
  const key = `${domain} ${seed}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const random = fc.sample(pairs[domain], { numRuns: RANDOM_COUNT, seed });
  made.set(key, random);
  return random;
}

/** Operators whose result is as long as the value of a right operand that is a BigInt. */
const GROWING: readonly string[] = ['**', '<<', '>>'];

/** The operand, unless it would make a result of more than a few thousand bits that the host still computes. */
function affordable(y: HostPrimitive): HostPrimitive {
  if (typeof y !== 'bigint') return y;
  const magnitude = y < 0n ? -y : y;
  return magnitude < 128n || magnitude > 2n ** 30n ? y : BigInt.asIntN(8, y);
}
