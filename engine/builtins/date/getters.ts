// The reading methods of Date.prototype, https://tc39.es/ecma262/#sec-properties-of-the-date-prototype-object .
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { Value } from '../../runtime/value.ts';
import { type MethodRow, method } from '../define.ts';
import {
  DateFromTime,
  HourFromTime,
  MinFromTime,
  MonthFromTime,
  MS_PER_MINUTE,
  msFromTime,
  SecFromTime,
  WeekDay,
  YearFromTime,
} from './arithmetic.ts';
import { thisDate } from './date-object.ts';
import { LocalTime } from './local-time.ts';

type Builtin = BuiltinFunction<undefined>;

/** What a getter computes from a time, local or not. */
type Field = (t: number) => number;

/** Date.prototype.getDate ( ) and its siblings in local time — https://tc39.es/ecma262/#sec-date.prototype.getdate */
function localGetter(name: string, field: Field): MethodRow {
  return method(name, 0, (callee: Builtin, thisValue: Value): Value => {
    const agent = callee.realm.agent;
    const t = thisDate(agent, thisValue, name).dateValue;
    return Number.isNaN(t) ? Number.NaN : field(LocalTime(agent, t));
  });
}

/** Date.prototype.getUTCDate ( ) and its siblings — https://tc39.es/ecma262/#sec-date.prototype.getutcdate */
function utcGetter(name: string, field: Field): MethodRow {
  return method(name, 0, (callee: Builtin, thisValue: Value): Value => {
    const t = thisDate(callee.realm.agent, thisValue, name).dateValue;
    return Number.isNaN(t) ? Number.NaN : field(t);
  });
}

/** Date.prototype.getTime ( ) — https://tc39.es/ecma262/#sec-date.prototype.gettime */
function Date_prototype_getTime(callee: Builtin, thisValue: Value): Value {
  return thisDate(callee.realm.agent, thisValue, 'getTime').dateValue;
}

/** Date.prototype.valueOf ( ) — https://tc39.es/ecma262/#sec-date.prototype.valueof */
function Date_prototype_valueOf(callee: Builtin, thisValue: Value): Value {
  return thisDate(callee.realm.agent, thisValue, 'valueOf').dateValue;
}

/** Date.prototype.getTimezoneOffset ( ) — https://tc39.es/ecma262/#sec-date.prototype.gettimezoneoffset */
function Date_prototype_getTimezoneOffset(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const t = thisDate(agent, thisValue, 'getTimezoneOffset').dateValue;
  return Number.isNaN(t) ? Number.NaN : (t - LocalTime(agent, t)) / MS_PER_MINUTE;
}

/** Date.prototype.getYear ( ) — https://tc39.es/ecma262/#sec-date.prototype.getyear */
function yearSince1900(t: number): number {
  return YearFromTime(t) - 1900;
}

export const dateGetterRows: readonly MethodRow[] = [
  localGetter('getDate', DateFromTime),
  localGetter('getDay', WeekDay),
  localGetter('getFullYear', YearFromTime),
  localGetter('getHours', HourFromTime),
  localGetter('getMilliseconds', msFromTime),
  localGetter('getMinutes', MinFromTime),
  localGetter('getMonth', MonthFromTime),
  localGetter('getSeconds', SecFromTime),
  method('getTime', 0, Date_prototype_getTime),
  method('getTimezoneOffset', 0, Date_prototype_getTimezoneOffset),
  utcGetter('getUTCDate', DateFromTime),
  utcGetter('getUTCDay', WeekDay),
  utcGetter('getUTCFullYear', YearFromTime),
  utcGetter('getUTCHours', HourFromTime),
  utcGetter('getUTCMilliseconds', msFromTime),
  utcGetter('getUTCMinutes', MinFromTime),
  utcGetter('getUTCMonth', MonthFromTime),
  utcGetter('getUTCSeconds', SecFromTime),
  localGetter('getYear', yearSince1900),
  method('valueOf', 0, Date_prototype_valueOf),
];
