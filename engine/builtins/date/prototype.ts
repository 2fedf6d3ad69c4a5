// The Date prototype object: conversions, and the rows of getters and setters,
// https://tc39.es/ecma262/#sec-properties-of-the-date-prototype-object .
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { Invoke } from '../../runtime/operations/object-operations.ts';
import { OrdinaryToPrimitive, ToObject, ToPrimitive } from '../../runtime/operations/type-conversion.ts';
import { ATTRS_CONFIGURABLE } from '../../runtime/property-descriptor.ts';
import { SYMBOL_TO_PRIMITIVE, type Value } from '../../runtime/value.ts';
import { alias, type IntrinsicSpec, type MethodRow, method, objectSpec } from '../define.ts';
import { thisDate } from './date-object.ts';
import {
  DateString,
  INVALID_DATE,
  isoString,
  localeDateString,
  localeTimeString,
  TimeString,
  TimeZoneString,
  ToDateString,
  utcString,
} from './format.ts';
import { dateGetterRows } from './getters.ts';
import { LocalTime } from './local-time.ts';
import { dateSetterRows } from './setters.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Date.prototype.toDateString ( ) — https://tc39.es/ecma262/#sec-date.prototype.todatestring */
function Date_prototype_toDateString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const tv = thisDate(agent, thisValue, 'toDateString').dateValue;
  return Number.isNaN(tv) ? INVALID_DATE : DateString(LocalTime(agent, tv));
}

/** Date.prototype.toISOString ( ) — https://tc39.es/ecma262/#sec-date.prototype.toisostring */
function Date_prototype_toISOString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const tv = thisDate(agent, thisValue, 'toISOString').dateValue;
  if (Number.isNaN(tv)) throwRangeError(agent, 'Invalid time value');
  return isoString(tv);
}

/** Date.prototype.toJSON ( key ) — https://tc39.es/ecma262/#sec-date.prototype.tojson */
function Date_prototype_toJSON(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const tv = ToPrimitive(agent, O, 'number');
  if (typeof tv === 'number' && !Number.isFinite(tv)) return null;
  return Invoke(agent, O, 'toISOString');
}

/** Date.prototype.toLocaleString ( ) and its two parts — https://tc39.es/ecma262/#sec-date.prototype.tolocalestring */
function localeMethod(name: string, format: (t: number) => string): MethodRow {
  return method(name, 0, (callee: Builtin, thisValue: Value): Value => {
    const agent = callee.realm.agent;
    const tv = thisDate(agent, thisValue, name).dateValue;
    return Number.isNaN(tv) ? INVALID_DATE : format(LocalTime(agent, tv));
  });
}

/** Date.prototype.toString ( ) — https://tc39.es/ecma262/#sec-date.prototype.tostring */
function Date_prototype_toString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return ToDateString(agent, thisDate(agent, thisValue, 'toString').dateValue);
}

/** Date.prototype.toTimeString ( ) — https://tc39.es/ecma262/#sec-date.prototype.totimestring */
function Date_prototype_toTimeString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const tv = thisDate(agent, thisValue, 'toTimeString').dateValue;
  if (Number.isNaN(tv)) return INVALID_DATE;
  return TimeString(LocalTime(agent, tv)) + TimeZoneString(agent, tv);
}

/** Date.prototype.toUTCString ( ) — https://tc39.es/ecma262/#sec-date.prototype.toutcstring */
function Date_prototype_toUTCString(callee: Builtin, thisValue: Value): Value {
  const tv = thisDate(callee.realm.agent, thisValue, 'toUTCString').dateValue;
  return Number.isNaN(tv) ? INVALID_DATE : utcString(tv);
}

/** Date.prototype [ %Symbol.toPrimitive% ] ( hint ) — https://tc39.es/ecma262/#sec-date.prototype-%symbol.toprimitive% */
function Date_prototype_toPrimitive(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  hint: Value,
): Value {
  const agent = callee.realm.agent;
  if (typeof thisValue !== 'object' || thisValue === null) {
    throwTypeError(
      agent,
      `Date.prototype[Symbol.toPrimitive] called on incompatible receiver ${describeForMessage(thisValue)}`,
    );
  }
  if (hint === 'string' || hint === 'default') return OrdinaryToPrimitive(agent, thisValue, 'string');
  if (hint === 'number') return OrdinaryToPrimitive(agent, thisValue, 'number');
  return throwTypeError(agent, `Invalid hint: ${describeForMessage(hint)}`);
}

export const datePrototypeIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%Date.prototype%', {
    constructorName: '%Date%',
    rows: [
      ...dateGetterRows,
      ...dateSetterRows,
      method('toDateString', 0, Date_prototype_toDateString),
      method('toISOString', 0, Date_prototype_toISOString),
      method('toJSON', 1, Date_prototype_toJSON),
      localeMethod('toLocaleDateString', localeDateString),
      localeMethod('toLocaleString', (t) => `${localeDateString(t)}, ${localeTimeString(t)}`),
      localeMethod('toLocaleTimeString', localeTimeString),
      method('toString', 0, Date_prototype_toString),
      method('toTimeString', 0, Date_prototype_toTimeString),
      method('toUTCString', 0, Date_prototype_toUTCString),
      alias('toGMTString', 'toUTCString'),
      method(SYMBOL_TO_PRIMITIVE, 1, Date_prototype_toPrimitive, ATTRS_CONFIGURABLE),
    ],
  }),
];
