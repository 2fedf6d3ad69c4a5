// hot
// The operators on values: conversion, then the reference semantics of eval/ on primitives.
// https://tc39.es/ecma262/#sec-applystringornumericbinaryoperator

import { unreachable } from '../../base/assert.ts';
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
} from '../../eval/bigint.ts';
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
} from '../../eval/number.ts';
import { eval_string_concat, eval_typeof, trap_string_concat } from '../../eval/primitive.ts';
import { TRAP_BIGINT_MIX, TRAP_NONE, type Trap } from '../../eval/traps.ts';
import type { Agent } from '../agent.ts';
import { chargeBigIntOperation, chargeBigIntUnary } from '../bigint-work.ts';
import { checkTrap, throwTrap, throwTypeError } from '../errors.ts';
import { JSObject } from '../objects/object.ts';
import { chargeConcatenation } from '../string-work.ts';
import type { Value } from '../value.ts';
import { HasProperty, InstanceofOperator } from './object-operations.ts';
import { IsLessThan, IsLooselyEqual, IsStrictlyEqualCharged } from './testing-and-comparison.ts';
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
      return IsStrictlyEqualCharged(agent, lval, rval);
    case '!==':
      return !IsStrictlyEqualCharged(agent, lval, rval);
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
      return concatStrings(agent, lstr, rstr);
    }
  }
  const lnum = ToNumeric(agent, left);
  const rnum = ToNumeric(agent, right);
  if (typeof lnum === 'number' && typeof rnum === 'number') return applyToNumbers(opText, lnum, rnum);
  if (typeof lnum === 'bigint' && typeof rnum === 'bigint') return applyToBigInts(agent, opText, lnum, rnum);
  return throwTrap(agent, TRAP_BIGINT_MIX);
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

function applyToBigInts(agent: Agent, opText: ArithmeticOperator, lnum: bigint, rnum: bigint): bigint {
  checkTrap(agent, trapOf(opText, lnum, rnum));
  chargeBigIntOperation(agent, opText, lnum, rnum);
  switch (opText) {
    case '+':
      return eval_bigint_add(lnum, rnum);
    case '-':
      return eval_bigint_subtract(lnum, rnum);
    case '*':
      return eval_bigint_multiply(lnum, rnum);
    case '/':
      return eval_bigint_divide(lnum, rnum);
    case '%':
      return eval_bigint_remainder(lnum, rnum);
    case '**':
      return eval_bigint_exponentiate(lnum, rnum);
    case '<<':
      return eval_bigint_leftShift(lnum, rnum);
    case '>>':
      return eval_bigint_signedRightShift(lnum, rnum);
    case '>>>':
      return eval_bigint_unsignedRightShift(lnum, rnum);
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

function trapOf(opText: ArithmeticOperator, lnum: bigint, rnum: bigint): Trap {
  switch (opText) {
    case '+':
    case '-':
      return trap_bigint_add(lnum, rnum);
    case '*':
      return trap_bigint_multiply(lnum, rnum);
    case '/':
      return trap_bigint_divide(lnum, rnum);
    case '%':
      return trap_bigint_remainder(lnum, rnum);
    case '**':
      return trap_bigint_exponentiate(lnum, rnum);
    case '<<':
      return trap_bigint_leftShift(lnum, rnum);
    case '>>':
      return trap_bigint_signedRightShift(lnum, rnum);
    case '>>>':
      return trap_bigint_unsignedRightShift(lnum, rnum);
    default:
      return TRAP_NONE;
  }
}

/** String concatenation, charged. */
export function concatStrings(agent: Agent, x: string, y: string): string {
  checkTrap(agent, trap_string_concat(x, y));
  chargeConcatenation(agent, x.length, y.length);
  return eval_string_concat(x, y);
}

/** The unary - operator — https://tc39.es/ecma262/#sec-unary-minus-operator-runtime-semantics-evaluation */
export function unaryMinus(agent: Agent, value: Value): number | bigint {
  const oldValue = ToNumeric(agent, value);
  if (typeof oldValue === 'number') return eval_number_unaryMinus(oldValue);
  chargeBigIntUnary(agent, oldValue);
  return eval_bigint_unaryMinus(oldValue);
}

/** The ~ operator — https://tc39.es/ecma262/#sec-bitwise-not-operator-runtime-semantics-evaluation */
export function bitwiseNOT(agent: Agent, value: Value): number | bigint {
  const oldValue = ToNumeric(agent, value);
  if (typeof oldValue === 'number') return eval_number_bitwiseNOT(oldValue);
  chargeBigIntUnary(agent, oldValue);
  return eval_bigint_bitwiseNOT(oldValue);
}

/** What ++ makes of a numeric value — https://tc39.es/ecma262/#sec-update-expressions */
export function increment(agent: Agent, oldValue: number | bigint): number | bigint {
  return typeof oldValue === 'number' ? oldValue + 1 : applyToBigInts(agent, '+', oldValue, 1n);
}

/** What -- makes of a numeric value — https://tc39.es/ecma262/#sec-update-expressions */
export function decrement(agent: Agent, oldValue: number | bigint): number | bigint {
  return typeof oldValue === 'number' ? oldValue - 1 : applyToBigInts(agent, '-', oldValue, 1n);
}

/** The typeof operator on a value — https://tc39.es/ecma262/#sec-typeof-operator-runtime-semantics-evaluation */
export function typeOf(value: Value): string {
  if (!(value instanceof JSObject)) return eval_typeof(value);
  if (value.isHTMLDDA) return 'undefined';
  return value.code !== null ? 'function' : 'object';
}
