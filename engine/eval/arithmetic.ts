// The operators that convert to Numbers or BigInts, and + that may concatenate, on primitives:
// https://tc39.es/ecma262/#sec-applystringornumericbinaryoperator and the unary ones. Conversion, then the functions of
// number.ts and bigint.ts. Total: where `trap_` gives another answer than TRAP_NONE, the value of `eval_` means nothing.
import {
  eval_bigint_add,
  eval_bigint_bitwiseAND,
  eval_bigint_bitwiseNOT,
  eval_bigint_bitwiseOR,
  eval_bigint_bitwiseXOR,
  eval_bigint_divide,
  eval_bigint_exponentiate,
  eval_bigint_leftShift,
  eval_bigint_multiply,
  eval_bigint_remainder,
  eval_bigint_signedRightShift,
  eval_bigint_subtract,
  eval_bigint_unaryMinus,
  eval_bigint_unsignedRightShift,
  trap_bigint_add,
  trap_bigint_divide,
  trap_bigint_exponentiate,
  trap_bigint_leftShift,
  trap_bigint_multiply,
  trap_bigint_remainder,
  trap_bigint_signedRightShift,
  trap_bigint_unsignedRightShift,
} from './bigint.ts';
import { eval_ToNumber, eval_ToNumeric, eval_ToString, trap_ToNumeric, trap_ToString } from './conversion.ts';
import {
  eval_number_add,
  eval_number_bitwiseAND,
  eval_number_bitwiseNOT,
  eval_number_bitwiseOR,
  eval_number_bitwiseXOR,
  eval_number_divide,
  eval_number_exponentiate,
  eval_number_leftShift,
  eval_number_multiply,
  eval_number_remainder,
  eval_number_signedRightShift,
  eval_number_subtract,
  eval_number_unaryMinus,
  eval_number_unsignedRightShift,
} from './number.ts';
import { eval_string_concat, type HostPrimitive, trap_string_concat } from './primitive.ts';
import { TRAP_BIGINT_MIX, TRAP_NONE, type Trap } from './traps.ts';

/** https://tc39.es/ecma262/#sec-addition-operator-plus */
export function trap_add(x: HostPrimitive, y: HostPrimitive): Trap {
  if (typeof x !== 'string' && typeof y !== 'string') return trapNumeric(x, y, trap_bigint_add);
  const trap = trap_ToString(x) || trap_ToString(y);
  return trap || trap_string_concat(eval_ToString(x), eval_ToString(y));
}
export function eval_add(x: HostPrimitive, y: HostPrimitive): string | number | bigint {
  if (typeof x !== 'string' && typeof y !== 'string') {
    return evalNumeric(x, y, eval_number_add, eval_bigint_add);
  }
  return eval_string_concat(eval_ToString(x), eval_ToString(y));
}

/** https://tc39.es/ecma262/#sec-multiplicative-operators */
export function trap_multiply(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_multiply);
}
export function eval_multiply(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_multiply, eval_bigint_multiply);
}

/** https://tc39.es/ecma262/#sec-multiplicative-operators */
export function trap_divide(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_divide);
}
export function eval_divide(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_divide, eval_bigint_divide);
}

/** https://tc39.es/ecma262/#sec-multiplicative-operators */
export function trap_remainder(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_remainder);
}
export function eval_remainder(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_remainder, eval_bigint_remainder);
}

/** https://tc39.es/ecma262/#sec-subtraction-operator-minus */
export function trap_subtract(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_add);
}
export function eval_subtract(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_subtract, eval_bigint_subtract);
}

/** https://tc39.es/ecma262/#sec-exp-operator */
export function trap_exponentiate(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_exponentiate);
}
export function eval_exponentiate(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_exponentiate, eval_bigint_exponentiate);
}

/** https://tc39.es/ecma262/#sec-left-shift-operator */
export function trap_leftShift(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_leftShift);
}
export function eval_leftShift(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_leftShift, eval_bigint_leftShift);
}

/** https://tc39.es/ecma262/#sec-signed-right-shift-operator */
export function trap_signedRightShift(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_signedRightShift);
}
export function eval_signedRightShift(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_signedRightShift, eval_bigint_signedRightShift);
}

/** https://tc39.es/ecma262/#sec-unsigned-right-shift-operator */
export function trap_unsignedRightShift(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, trap_bigint_unsignedRightShift);
}
export function eval_unsignedRightShift(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_unsignedRightShift, eval_bigint_unsignedRightShift);
}

/** https://tc39.es/ecma262/#sec-binary-bitwise-operators */
export function trap_bitwiseAND(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, noTrap);
}
export function eval_bitwiseAND(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_bitwiseAND, eval_bigint_bitwiseAND);
}

/** https://tc39.es/ecma262/#sec-binary-bitwise-operators */
export function trap_bitwiseXOR(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, noTrap);
}
export function eval_bitwiseXOR(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_bitwiseXOR, eval_bigint_bitwiseXOR);
}

/** https://tc39.es/ecma262/#sec-binary-bitwise-operators */
export function trap_bitwiseOR(x: HostPrimitive, y: HostPrimitive): Trap {
  return trapNumeric(x, y, noTrap);
}
export function eval_bitwiseOR(x: HostPrimitive, y: HostPrimitive): number | bigint {
  return evalNumeric(x, y, eval_number_bitwiseOR, eval_bigint_bitwiseOR);
}

/** Traps as ToNumeric — https://tc39.es/ecma262/#sec-unary-minus-operator */
export function eval_unaryMinus(x: HostPrimitive): number | bigint {
  const value = eval_ToNumeric(x);
  return typeof value === 'bigint' ? eval_bigint_unaryMinus(value) : eval_number_unaryMinus(value);
}

/** Traps as ToNumeric — https://tc39.es/ecma262/#sec-bitwise-not-operator */
export function eval_bitwiseNOT(x: HostPrimitive): number | bigint {
  const value = eval_ToNumeric(x);
  return typeof value === 'bigint' ? eval_bigint_bitwiseNOT(value) : eval_number_bitwiseNOT(value);
}

/** The new value of ++ ; that of a postfix operator's expression is ToNumeric — https://tc39.es/ecma262/#sec-update-expressions */
export function trap_increment(x: HostPrimitive): Trap {
  return typeof x === 'bigint' ? trap_bigint_add(x, 1n) : trap_ToNumeric(x);
}
export function eval_increment(x: HostPrimitive): number | bigint {
  const value = eval_ToNumeric(x);
  return typeof value === 'bigint' ? eval_bigint_add(value, 1n) : eval_number_add(value, 1);
}

/** Traps as increment — https://tc39.es/ecma262/#sec-update-expressions */
export function eval_decrement(x: HostPrimitive): number | bigint {
  const value = eval_ToNumeric(x);
  return typeof value === 'bigint' ? eval_bigint_subtract(value, 1n) : eval_number_subtract(value, 1);
}

/** The steps of ApplyStringOrNumericBinaryOperator from ToNumeric on. */
function trapNumeric(x: HostPrimitive, y: HostPrimitive, onBigInts: (x: bigint, y: bigint) => Trap): Trap {
  const trap = trap_ToNumeric(x) || trap_ToNumeric(y);
  if (trap !== TRAP_NONE) return trap;
  if (typeof x === 'bigint' && typeof y === 'bigint') return onBigInts(x, y);
  return typeof x === 'bigint' || typeof y === 'bigint' ? TRAP_BIGINT_MIX : TRAP_NONE;
}
function evalNumeric(
  x: HostPrimitive,
  y: HostPrimitive,
  onNumbers: (x: number, y: number) => number,
  onBigInts: (x: bigint, y: bigint) => bigint,
): number | bigint {
  if (typeof x === 'bigint' && typeof y === 'bigint') return onBigInts(x, y);
  return onNumbers(eval_ToNumber(x), eval_ToNumber(y));
}

function noTrap(): Trap {
  return TRAP_NONE;
}
