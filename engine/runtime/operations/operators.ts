// hot
// The operators on values: conversion, then the reference semantics of eval/ on primitives.
// https://tc39.es/ecma262/#sec-applystringornumericbinaryoperator

import { unreachable } from '../../base/assert.ts';
import {
  type BigIntTrap,
  eval_bigint_add,
  eval_bigint_bitwiseAND,
  eval_bigint_bitwiseOR,
  eval_bigint_bitwiseXOR,
  eval_bigint_divide,
  eval_bigint_exponentiate,
  eval_bigint_leftShift,
  eval_bigint_multiply,
  eval_bigint_remainder,
  eval_bigint_signedRightShift,
  eval_bigint_subtract,
  TRAP_MESSAGES,
  TRAP_NONE,
  TRAP_UNSIGNED_SHIFT,
  trap_bigint_add,
  trap_bigint_divide,
  trap_bigint_exponentiate,
  trap_bigint_leftShift,
  trap_bigint_multiply,
  trap_bigint_remainder,
  trap_bigint_signedRightShift,
  trap_bigint_unsignedRightShift,
} from '../../eval/bigint.ts';
import {
  eval_number_add,
  eval_number_bitwiseAND,
  eval_number_bitwiseOR,
  eval_number_bitwiseXOR,
  eval_number_divide,
  eval_number_exponentiate,
  eval_number_leftShift,
  eval_number_multiply,
  eval_number_remainder,
  eval_number_signedRightShift,
  eval_number_subtract,
  eval_number_unsignedRightShift,
} from '../../eval/number.ts';
import { eval_string_concat, eval_typeof, trap_string_concat } from '../../eval/primitive.ts';
import type { Agent } from '../agent.ts';
import { throwRangeError, throwTypeError } from '../errors.ts';
import { JSObject } from '../objects/object.ts';
import { IsStrictlyEqual } from '../same-value.ts';
import type { Value } from '../value.ts';
import { HasProperty, InstanceofOperator } from './object-operations.ts';
import { IsLessThan, IsLooselyEqual } from './testing-and-comparison.ts';
import { ToNumeric, ToPrimitive, ToPropertyKey, ToString } from './type-conversion.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '**' | '<<' | '>>' | '>>>' | '&' | '|' | '^';

export type BinaryOperator =
  | ArithmeticOperator
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'in'
  | 'instanceof';

/** The operator `opText` applied to two values: EvaluateStringOrNumericBinaryExpression and the relational ones. */
export function applyBinaryOperator(agent: Agent, operator: BinaryOperator, lval: Value, rval: Value): Value {
  switch (operator) {
    case '==':
      return IsLooselyEqual(agent, lval, rval);
    case '!=':
      return !IsLooselyEqual(agent, lval, rval);
    case '===':
      return IsStrictlyEqual(lval, rval);
    case '!==':
      return !IsStrictlyEqual(lval, rval);
    case '<':
      return IsLessThan(agent, lval, rval, true) === true;
    case '>':
      return IsLessThan(agent, rval, lval, false) === true;
    case '<=':
      return IsLessThan(agent, rval, lval, false) === false;
    case '>=':
      return IsLessThan(agent, lval, rval, true) === false;
    case 'instanceof':
      return InstanceofOperator(agent, lval, rval);
    case 'in':
      if (!(rval instanceof JSObject)) throwTypeError(agent, "Right-hand side of 'in' is not an object");
      return HasProperty(agent, rval, ToPropertyKey(agent, lval));
    default:
      return ApplyStringOrNumericBinaryOperator(agent, lval, operator, rval);
  }
}

/** https://tc39.es/ecma262/#sec-applystringornumericbinaryoperator */
export function ApplyStringOrNumericBinaryOperator(
  agent: Agent,
  lval: Value,
  opText: ArithmeticOperator,
  rval: Value,
): Value {
  let left = lval;
  let right = rval;
  if (opText === '+') {
    left = ToPrimitive(agent, lval);
    right = ToPrimitive(agent, rval);
    if (typeof left === 'string' || typeof right === 'string') {
      const lstr = ToString(agent, left);
      const rstr = ToString(agent, right);
      if (trap_string_concat(lstr, rstr)) throwRangeError(agent, 'Invalid string length');
      agent.chargeBytes(32);
      return eval_string_concat(lstr, rstr);
    }
  }
  const lnum = ToNumeric(agent, left);
  const rnum = ToNumeric(agent, right);
  if (typeof lnum === 'number' && typeof rnum === 'number') return applyToNumbers(opText, lnum, rnum);
  if (typeof lnum === 'bigint' && typeof rnum === 'bigint') return applyToBigInts(agent, opText, lnum, rnum);
  return throwTypeError(agent, 'Cannot mix BigInt and other types, use explicit conversions');
}

function applyToNumbers(opText: ArithmeticOperator, lnum: number, rnum: number): number {
  switch (opText) {
    case '+':
      return eval_number_add(lnum, rnum);
    case '-':
      return eval_number_subtract(lnum, rnum);
    case '*':
      return eval_number_multiply(lnum, rnum);
    case '/':
      return eval_number_divide(lnum, rnum);
    case '%':
      return eval_number_remainder(lnum, rnum);
    case '**':
      return eval_number_exponentiate(lnum, rnum);
    case '<<':
      return eval_number_leftShift(lnum, rnum);
    case '>>':
      return eval_number_signedRightShift(lnum, rnum);
    case '>>>':
      return eval_number_unsignedRightShift(lnum, rnum);
    case '&':
      return eval_number_bitwiseAND(lnum, rnum);
    case '|':
      return eval_number_bitwiseOR(lnum, rnum);
    case '^':
      return eval_number_bitwiseXOR(lnum, rnum);
    default:
      return unreachable(opText);
  }
}

/** Throws the guest error of a trap; returns for TRAP_NONE. */
function check(agent: Agent, trap: BigIntTrap): void {
  if (trap === TRAP_NONE) return;
  if (trap === TRAP_UNSIGNED_SHIFT) throwTypeError(agent, TRAP_MESSAGES[trap]);
  throwRangeError(agent, TRAP_MESSAGES[trap]);
}

function applyToBigInts(agent: Agent, opText: ArithmeticOperator, lnum: bigint, rnum: bigint): bigint {
  switch (opText) {
    case '+':
      check(agent, trap_bigint_add(lnum, rnum));
      return eval_bigint_add(lnum, rnum);
    case '-':
      check(agent, trap_bigint_add(lnum, rnum));
      return eval_bigint_subtract(lnum, rnum);
    case '*':
      check(agent, trap_bigint_multiply(lnum, rnum));
      return eval_bigint_multiply(lnum, rnum);
    case '/':
      check(agent, trap_bigint_divide(lnum, rnum));
      return eval_bigint_divide(lnum, rnum);
    case '%':
      check(agent, trap_bigint_remainder(lnum, rnum));
      return eval_bigint_remainder(lnum, rnum);
    case '**':
      check(agent, trap_bigint_exponentiate(lnum, rnum));
      return eval_bigint_exponentiate(lnum, rnum);
    case '<<':
      check(agent, trap_bigint_leftShift(lnum, rnum));
      return eval_bigint_leftShift(lnum, rnum);
    case '>>':
      check(agent, trap_bigint_signedRightShift(lnum, rnum));
      return eval_bigint_signedRightShift(lnum, rnum);
    case '>>>':
      check(agent, trap_bigint_unsignedRightShift(lnum, rnum));
      return lnum;
    case '&':
      return eval_bigint_bitwiseAND(lnum, rnum);
    case '|':
      return eval_bigint_bitwiseOR(lnum, rnum);
    case '^':
      return eval_bigint_bitwiseXOR(lnum, rnum);
    default:
      return unreachable(opText);
  }
}

/** The typeof operator on a value — https://tc39.es/ecma262/#sec-typeof-operator-runtime-semantics-evaluation */
export function typeOf(value: Value): string {
  if (!(value instanceof JSObject)) return eval_typeof(value);
  if (value.isHTMLDDA) return 'undefined';
  return value.code !== null ? 'function' : 'object';
}
