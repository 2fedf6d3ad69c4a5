// Dates as text, https://tc39.es/ecma262/#sec-todatestring . The locale-sensitive forms, which the specification leaves
// to the implementation, are those of American English.
import type { Agent } from '../../runtime/agent.ts';
import {
  DateFromTime,
  HourFromTime,
  MinFromTime,
  MonthFromTime,
  MS_PER_HOUR,
  MS_PER_MINUTE,
  msFromTime,
  SecFromTime,
  WeekDay,
  YearFromTime,
} from './arithmetic.ts';
import { LocalTime } from './local-time.ts';

/** Names of the days of the week, https://tc39.es/ecma262/#sec-todatestring-day-names . */
export const DAY_NAMES: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** Names of the months of the year, https://tc39.es/ecma262/#sec-todatestring-month-names . */
export const MONTH_NAMES: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

export const INVALID_DATE = 'Invalid Date';

function padded(n: number, length: number): string {
  return String(n).padStart(length, '0');
}

/** The year of DateString and toUTCString: at least four digits, a sign only if negative. */
function yearString(tv: number): string {
  const yv = YearFromTime(tv);
  return yv < 0 ? `-${padded(-yv, 4)}` : padded(yv, 4);
}

/** TimeString ( tv ) — https://tc39.es/ecma262/#sec-timestring */
export function TimeString(tv: number): string {
  return `${padded(HourFromTime(tv), 2)}:${padded(MinFromTime(tv), 2)}:${padded(SecFromTime(tv), 2)} GMT`;
}

/** DateString ( tv ) — https://tc39.es/ecma262/#sec-datestring */
export function DateString(tv: number): string {
  const weekday = DAY_NAMES[WeekDay(tv)];
  const month = MONTH_NAMES[MonthFromTime(tv)];
  return `${weekday} ${month} ${padded(DateFromTime(tv), 2)} ${yearString(tv)}`;
}

/** TimeZoneString ( tv ) — https://tc39.es/ecma262/#sec-timezoneestring */
export function TimeZoneString(agent: Agent, tv: number): string {
  const zone = agent.hooks.timeZone;
  const offset = zone.offsetMsAt(tv);
  const absOffset = Math.abs(offset);
  const hour = Math.floor(absOffset / MS_PER_HOUR);
  const min = Math.floor(absOffset / MS_PER_MINUTE) % 60;
  const name = zone.displayNameAt(tv);
  return `${offset < 0 ? '-' : '+'}${padded(hour, 2)}${padded(min, 2)}${name === '' ? '' : ` (${name})`}`;
}

/** ToDateString ( tv ) — https://tc39.es/ecma262/#sec-todatestring */
export function ToDateString(agent: Agent, tv: number): string {
  if (Number.isNaN(tv)) return INVALID_DATE;
  const t = LocalTime(agent, tv);
  return `${DateString(t)} ${TimeString(t)}${TimeZoneString(agent, tv)}`;
}

/** The text of Date.prototype.toUTCString for a valid time — https://tc39.es/ecma262/#sec-date.prototype.toutcstring */
export function utcString(tv: number): string {
  const weekday = DAY_NAMES[WeekDay(tv)];
  const month = MONTH_NAMES[MonthFromTime(tv)];
  return `${weekday}, ${padded(DateFromTime(tv), 2)} ${month} ${yearString(tv)} ${TimeString(tv)}`;
}

/** The date time string format for a valid time, https://tc39.es/ecma262/#sec-date-time-string-format . */
export function isoString(tv: number): string {
  const yv = YearFromTime(tv);
  const year = yv >= 0 && yv <= 9999 ? padded(yv, 4) : `${yv < 0 ? '-' : '+'}${padded(Math.abs(yv), 6)}`;
  const date = `${year}-${padded(MonthFromTime(tv) + 1, 2)}-${padded(DateFromTime(tv), 2)}`;
  const time = `${padded(HourFromTime(tv), 2)}:${padded(MinFromTime(tv), 2)}:${padded(SecFromTime(tv), 2)}`;
  return `${date}T${time}.${padded(msFromTime(tv), 3)}Z`;
}

/** `1/2/2020` for a local time. */
export function localeDateString(t: number): string {
  return `${MonthFromTime(t) + 1}/${DateFromTime(t)}/${YearFromTime(t)}`;
}

/** `3:04:05 AM` for a local time. */
export function localeTimeString(t: number): string {
  const hour = HourFromTime(t);
  const time = `${hour % 12 === 0 ? 12 : hour % 12}:${padded(MinFromTime(t), 2)}:${padded(SecFromTime(t), 2)}`;
  return `${time} ${hour < 12 ? 'AM' : 'PM'}`;
}
