// The setting methods of Date.prototype, https://tc39.es/ecma262/#sec-properties-of-the-date-prototype-object .
// In all of them the time value is read first, then every argument that is present is converted in order, and only
// then is an invalid date left as it is.
import type { Agent } from '../../runtime/agent.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { ToNumber } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { type MethodRow, method } from '../define.ts';
import {
  DateFromTime,
  Day,
  HourFromTime,
  MakeDate,
  MakeDay,
  MakeFullYear,
  MakeTime,
  MinFromTime,
  MonthFromTime,
  msFromTime,
  SecFromTime,
  TimeClip,
  TimeWithinDay,
  YearFromTime,
} from './arithmetic.ts';
import { thisDate } from './date-object.ts';
import { LocalTime, UTC } from './local-time.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** The new date from the old (both in the zone of the setter) and the converted arguments. */
type Change = (t: number, args: readonly number[]) => number;

/** ToNumber of the first argument, absent or not, and of the others as far as they are present. */
function convertArguments(agent: Agent, args: readonly Value[], length: number): number[] {
  const numbers = [ToNumber(agent, args[0])];
  for (let i = 1; i < args.length && i < length; i++) numbers.push(ToNumber(agent, args[i]));
  return numbers;
}

/** Date.prototype.setDate ( date ) and its siblings in local time — https://tc39.es/ecma262/#sec-date.prototype.setdate */
function localSetter(name: string, length: number, change: Change): MethodRow {
  return method(
    name,
    length,
    (callee: Builtin, thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value => {
      const agent = callee.realm.agent;
      const dateObject = thisDate(agent, thisValue, name);
      const t = dateObject.dateValue;
      const numbers = convertArguments(agent, args, length);
      if (Number.isNaN(t)) return Number.NaN;
      dateObject.dateValue = TimeClip(UTC(agent, change(LocalTime(agent, t), numbers)));
      return dateObject.dateValue;
    },
  );
}

/** Date.prototype.setUTCDate ( date ) and its siblings — https://tc39.es/ecma262/#sec-date.prototype.setutcdate */
function utcSetter(name: string, length: number, change: Change): MethodRow {
  return method(
    name,
    length,
    (callee: Builtin, thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value => {
      const agent = callee.realm.agent;
      const dateObject = thisDate(agent, thisValue, name);
      const t = dateObject.dateValue;
      const numbers = convertArguments(agent, args, length);
      if (Number.isNaN(t)) return Number.NaN;
      dateObject.dateValue = TimeClip(change(t, numbers));
      return dateObject.dateValue;
    },
  );
}

function changeMilliseconds(t: number, [ms]: readonly number[]): number {
  return MakeDate(Day(t), MakeTime(HourFromTime(t), MinFromTime(t), SecFromTime(t), ms));
}

function changeSeconds(t: number, [s, milli = msFromTime(t)]: readonly number[]): number {
  return MakeDate(Day(t), MakeTime(HourFromTime(t), MinFromTime(t), s, milli));
}

function changeMinutes(t: number, [m, s = SecFromTime(t), milli = msFromTime(t)]: readonly number[]): number {
  return MakeDate(Day(t), MakeTime(HourFromTime(t), m, s, milli));
}

function changeHours(
  t: number,
  [h, m = MinFromTime(t), s = SecFromTime(t), milli = msFromTime(t)]: readonly number[],
): number {
  return MakeDate(Day(t), MakeTime(h, m, s, milli));
}

function changeDate(t: number, [dt]: readonly number[]): number {
  return MakeDate(MakeDay(YearFromTime(t), MonthFromTime(t), dt), TimeWithinDay(t));
}

function changeMonth(t: number, [m, dt = DateFromTime(t)]: readonly number[]): number {
  return MakeDate(MakeDay(YearFromTime(t), m, dt), TimeWithinDay(t));
}

function changeFullYear(
  t: number,
  [y, m = MonthFromTime(t), dt = DateFromTime(t)]: readonly number[],
): number {
  return MakeDate(MakeDay(y, m, dt), TimeWithinDay(t));
}

/** Date.prototype.setFullYear ( year [ , month [ , date ] ] ) — https://tc39.es/ecma262/#sec-date.prototype.setfullyear */
function Date_prototype_setFullYear(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const dateObject = thisDate(agent, thisValue, 'setFullYear');
  const t = dateObject.dateValue;
  const numbers = convertArguments(agent, args, 3);
  const newDate = changeFullYear(Number.isNaN(t) ? 0 : LocalTime(agent, t), numbers);
  dateObject.dateValue = TimeClip(UTC(agent, newDate));
  return dateObject.dateValue;
}

/** Date.prototype.setUTCFullYear ( year [ , month [ , date ] ] ) — https://tc39.es/ecma262/#sec-date.prototype.setutcfullyear */
function Date_prototype_setUTCFullYear(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const dateObject = thisDate(agent, thisValue, 'setUTCFullYear');
  const t = dateObject.dateValue;
  const numbers = convertArguments(agent, args, 3);
  dateObject.dateValue = TimeClip(changeFullYear(Number.isNaN(t) ? 0 : t, numbers));
  return dateObject.dateValue;
}

/** Date.prototype.setYear ( year ) — https://tc39.es/ecma262/#sec-date.prototype.setyear */
function Date_prototype_setYear(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  year: Value,
): Value {
  const agent = callee.realm.agent;
  const dateObject = thisDate(agent, thisValue, 'setYear');
  const t = dateObject.dateValue;
  const yyyy = MakeFullYear(ToNumber(agent, year));
  const newDate = changeFullYear(Number.isNaN(t) ? 0 : LocalTime(agent, t), [yyyy]);
  dateObject.dateValue = TimeClip(UTC(agent, newDate));
  return dateObject.dateValue;
}

/** Date.prototype.setTime ( time ) — https://tc39.es/ecma262/#sec-date.prototype.settime */
function Date_prototype_setTime(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  time: Value,
): Value {
  const agent = callee.realm.agent;
  const dateObject = thisDate(agent, thisValue, 'setTime');
  dateObject.dateValue = TimeClip(ToNumber(agent, time));
  return dateObject.dateValue;
}

export const dateSetterRows: readonly MethodRow[] = [
  localSetter('setDate', 1, changeDate),
  method('setFullYear', 3, Date_prototype_setFullYear),
  localSetter('setHours', 4, changeHours),
  localSetter('setMilliseconds', 1, changeMilliseconds),
  localSetter('setMinutes', 3, changeMinutes),
  localSetter('setMonth', 2, changeMonth),
  localSetter('setSeconds', 2, changeSeconds),
  method('setTime', 1, Date_prototype_setTime),
  utcSetter('setUTCDate', 1, changeDate),
  method('setUTCFullYear', 3, Date_prototype_setUTCFullYear),
  utcSetter('setUTCHours', 4, changeHours),
  utcSetter('setUTCMilliseconds', 1, changeMilliseconds),
  utcSetter('setUTCMinutes', 3, changeMinutes),
  utcSetter('setUTCMonth', 2, changeMonth),
  utcSetter('setUTCSeconds', 2, changeSeconds),
  method('setYear', 1, Date_prototype_setYear),
];
