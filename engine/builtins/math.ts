// The Math Object, https://tc39.es/ecma262/#sec-math-object . Transcendental functions are the host's: the
// specification leaves their approximation open.
import { roundToFloat16 } from '../base/float16.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { HostCode, JSObject } from '../runtime/objects/object.ts';
import {
  GetIterator,
  IteratorCloseAndThrow,
  IteratorStepValue,
} from '../runtime/operations/iterator-operations.ts';
import { RequireObjectCoercible } from '../runtime/operations/testing-and-comparison.ts';
import { ToNumber, ToUint32 } from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import { constant, type IntrinsicSpec, type MethodRow, method, objectSpec, toStringTag } from './define.ts';
import { sumPrecise } from './math-exact.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** A function of one Number: ToNumber, then `evaluate`. */
function unary(name: string, evaluate: (x: number) => number): MethodRow {
  const code: HostCode = (callee: Builtin, _thisValue: Value, _newTarget: NewTarget, x: Value) =>
    evaluate(ToNumber(callee.realm.agent, x));
  return method(name, 1, code);
}

/** Math.atan2 ( y, x ) — https://tc39.es/ecma262/#sec-math.atan2 */
function Math_atan2(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, y: Value, x: Value): Value {
  const agent = callee.realm.agent;
  const ny = ToNumber(agent, y);
  return Math.atan2(ny, ToNumber(agent, x));
}

/** Math.clz32 ( x ) — https://tc39.es/ecma262/#sec-math.clz32 */
function Math_clz32(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, x: Value): Value {
  return Math.clz32(ToUint32(callee.realm.agent, x));
}

/** Math.hypot ( ...args ) — https://tc39.es/ecma262/#sec-math.hypot */
function Math_hypot(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const agent = callee.realm.agent;
  const coerced: number[] = [];
  for (const arg of args) coerced.push(ToNumber(agent, arg));
  return coerced.length <= MAX_HOST_ARGUMENTS ? Math.hypot(...coerced) : hypotOfMany(coerced);
}

/** Longer lists would take much of the host's stack. */
const MAX_HOST_ARGUMENTS = 256;

/** The square root of the sum of squares, scaled by the largest value and summed with compensation. */
function hypotOfMany(numbers: readonly number[]): number {
  let largest = 0;
  for (const x of numbers) {
    const magnitude = Math.abs(x);
    if (magnitude > largest) largest = magnitude;
  }
  if (largest === Number.POSITIVE_INFINITY) return largest;
  if (numbers.some(Number.isNaN)) return Number.NaN;
  if (largest === 0) return 0;
  let sum = 0;
  let compensation = 0;
  for (const x of numbers) {
    const scaled = x / largest;
    const summand = scaled * scaled - compensation;
    const next = sum + summand;
    compensation = next - sum - summand;
    sum = next;
  }
  return Math.sqrt(sum) * largest;
}

/** Math.imul ( x, y ) — https://tc39.es/ecma262/#sec-math.imul */
function Math_imul(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, x: Value, y: Value): Value {
  const agent = callee.realm.agent;
  const a = ToUint32(agent, x);
  return Math.imul(a, ToUint32(agent, y));
}

/** Math.max ( ...args ) — https://tc39.es/ecma262/#sec-math.max */
function Math_max(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const agent = callee.realm.agent;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < args.length; i++) highest = Math.max(highest, ToNumber(agent, args[i]));
  return highest;
}

/** Math.min ( ...args ) — https://tc39.es/ecma262/#sec-math.min */
function Math_min(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const agent = callee.realm.agent;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < args.length; i++) lowest = Math.min(lowest, ToNumber(agent, args[i]));
  return lowest;
}

/** Math.pow ( base, exponent ) — https://tc39.es/ecma262/#sec-math.pow */
function Math_pow(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  base: Value,
  exponent: Value,
): Value {
  const agent = callee.realm.agent;
  const b = ToNumber(agent, base);
  return b ** ToNumber(agent, exponent);
}

/** Math.random ( ) — https://tc39.es/ecma262/#sec-math.random */
function Math_random(callee: Builtin): Value {
  return callee.realm.agent.hooks.random();
}

/** Math.sumPrecise ( items ) — https://tc39.es/ecma262/#sec-math.sumprecise */
function Math_sumPrecise(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, items: Value): Value {
  const agent = callee.realm.agent;
  RequireObjectCoercible(agent, items, 'Math.sumPrecise');
  const iteratorRecord = GetIterator(agent, items);
  const numbers: number[] = [];
  for (let count = 0; ; count++) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, iteratorRecord);
    if (iteratorRecord.done) return sumPrecise(numbers);
    try {
      if (count >= Number.MAX_SAFE_INTEGER) throwRangeError(agent, 'Too many values to sum');
      if (typeof next !== 'number') throwTypeError(agent, 'Math.sumPrecise takes only Numbers');
    } catch (thrown) {
      IteratorCloseAndThrow(agent, iteratorRecord, thrown);
    }
    agent.chargeBytes(8);
    numbers.push(next);
  }
}

export const mathIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%Math%', {
    rows: [
      constant('E', Math.E),
      constant('LN10', Math.LN10),
      constant('LN2', Math.LN2),
      constant('LOG10E', Math.LOG10E),
      constant('LOG2E', Math.LOG2E),
      constant('PI', Math.PI),
      constant('SQRT1_2', Math.SQRT1_2),
      constant('SQRT2', Math.SQRT2),
      toStringTag('Math'),
      unary('abs', Math.abs),
      unary('acos', Math.acos),
      unary('acosh', Math.acosh),
      unary('asin', Math.asin),
      unary('asinh', Math.asinh),
      unary('atan', Math.atan),
      unary('atanh', Math.atanh),
      method('atan2', 2, Math_atan2),
      unary('cbrt', Math.cbrt),
      unary('ceil', Math.ceil),
      method('clz32', 1, Math_clz32),
      unary('cos', Math.cos),
      unary('cosh', Math.cosh),
      unary('exp', Math.exp),
      unary('expm1', Math.expm1),
      unary('floor', Math.floor),
      unary('f16round', roundToFloat16),
      unary('fround', Math.fround),
      method('hypot', 2, Math_hypot),
      method('imul', 2, Math_imul),
      unary('log', Math.log),
      unary('log1p', Math.log1p),
      unary('log10', Math.log10),
      unary('log2', Math.log2),
      method('max', 2, Math_max),
      method('min', 2, Math_min),
      method('pow', 2, Math_pow),
      method('random', 0, Math_random),
      unary('round', Math.round),
      unary('sign', Math.sign),
      unary('sin', Math.sin),
      unary('sinh', Math.sinh),
      unary('sqrt', Math.sqrt),
      method('sumPrecise', 1, Math_sumPrecise),
      unary('tan', Math.tan),
      unary('tanh', Math.tanh),
      unary('trunc', Math.trunc),
    ],
  }),
];
