// Reference semantics of the operators on Numbers, https://tc39.es/ecma262/#sec-ecmascript-language-types-number-type .
// Pure and total; the host's operators are the specification's, down to the sign of zero. Only ** may be
// approximated, which the host does. Order and equality of Numbers are in comparison.ts.

/** https://tc39.es/ecma262/#sec-numeric-types-number-unaryMinus */
export function eval_number_unaryMinus(x: number): number {
  return -x;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-bitwiseNOT */
export function eval_number_bitwiseNOT(x: number): number {
  return ~x;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-exponentiate */
export function eval_number_exponentiate(base: number, exponent: number): number {
  return base ** exponent;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-multiply */
export function eval_number_multiply(x: number, y: number): number {
  return x * y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-divide */
export function eval_number_divide(x: number, y: number): number {
  return x / y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-remainder */
export function eval_number_remainder(n: number, d: number): number {
  return n % d;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-add */
export function eval_number_add(x: number, y: number): number {
  return x + y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-subtract */
export function eval_number_subtract(x: number, y: number): number {
  return x - y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-leftShift */
export function eval_number_leftShift(x: number, y: number): number {
  return x << y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-signedRightShift */
export function eval_number_signedRightShift(x: number, y: number): number {
  return x >> y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-unsignedRightShift */
export function eval_number_unsignedRightShift(x: number, y: number): number {
  return x >>> y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-bitwiseAND */
export function eval_number_bitwiseAND(x: number, y: number): number {
  return x & y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-bitwiseXOR */
export function eval_number_bitwiseXOR(x: number, y: number): number {
  return x ^ y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-number-bitwiseOR */
export function eval_number_bitwiseOR(x: number, y: number): number {
  return x | y;
}
