// The Date constructor, https://tc39.es/ecma262/#sec-date-constructor .
import type { Agent } from '../../runtime/agent.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import { ToNumber, ToPrimitive, ToString } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method } from '../define.ts';
import { MakeDate, MakeDay, MakeFullYear, MakeTime, TimeClip } from './arithmetic.ts';
import { DateObject } from './date-object.ts';
import { ToDateString } from './format.ts';
import { UTC } from './local-time.ts';
import { parseDate } from './parse.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Date ( ...values ) — https://tc39.es/ecma262/#sec-date */
function Date_constructor(
  callee: Builtin,
  _thisValue: Value,
  NewTarget: NewTarget,
  ...values: Value[]
): Value {
  const agent = callee.realm.agent;
  if (NewTarget === undefined) return ToDateString(agent, agent.hooks.now());
  let dv: number;
  if (values.length === 0) dv = agent.hooks.now();
  else if (values.length === 1) dv = timeValueOf(agent, values[0]);
  else dv = TimeClip(UTC(agent, dateFromFields(agent, values)));
  return new DateObject(shapeFromConstructor(agent, NewTarget, '%Date.prototype%'), dv);
}

/** Step 4: the time value that one argument means. */
function timeValueOf(agent: Agent, value: Value): number {
  if (value instanceof DateObject) return value.dateValue;
  const v = ToPrimitive(agent, value);
  return typeof v === 'string' ? parseDate(agent, v) : TimeClip(ToNumber(agent, v));
}

/** The date of year, month and so on, in the time zone of the fields: step 5 of Date and the steps of Date.UTC. */
function dateFromFields(agent: Agent, values: readonly Value[]): number {
  const y = ToNumber(agent, values[0]);
  const m = values.length > 1 ? ToNumber(agent, values[1]) : 0;
  const dt = values.length > 2 ? ToNumber(agent, values[2]) : 1;
  const h = values.length > 3 ? ToNumber(agent, values[3]) : 0;
  const min = values.length > 4 ? ToNumber(agent, values[4]) : 0;
  const s = values.length > 5 ? ToNumber(agent, values[5]) : 0;
  const milli = values.length > 6 ? ToNumber(agent, values[6]) : 0;
  return MakeDate(MakeDay(MakeFullYear(y), m, dt), MakeTime(h, min, s, milli));
}

/** Date.now ( ) — https://tc39.es/ecma262/#sec-date.now */
function Date_now(callee: Builtin): Value {
  return callee.realm.agent.hooks.now();
}

/** Date.parse ( string ) — https://tc39.es/ecma262/#sec-date.parse */
function Date_parse(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, string: Value): Value {
  const agent = callee.realm.agent;
  return parseDate(agent, ToString(agent, string));
}

/** Date.UTC ( year [ , month [ , date [ , hours [ , minutes [ , seconds [ , ms ] ] ] ] ] ] ) — https://tc39.es/ecma262/#sec-date.utc */
function Date_UTC(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...values: Value[]): Value {
  return TimeClip(dateFromFields(callee.realm.agent, values));
}

export const dateConstructorIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Date%', 'Date', {
    length: 7,
    code: Date_constructor,
    prototype: '%Date.prototype%',
    rows: [method('now', 0, Date_now), method('parse', 1, Date_parse), method('UTC', 7, Date_UTC)],
  }),
];
