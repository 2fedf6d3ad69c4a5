// Time values and calendar fields, https://tc39.es/ecma262/#sec-overview-of-date-objects-and-definitions-of-abstract-operations .
// Pure. Days become years, months and days by the arithmetic of a calendar whose years begin in March, so that
// the leap day comes last.

export const MS_PER_SECOND = 1000;
export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;
const DAYS_PER_ERA = 146_097;
/** Days from 1 March of year 0 to the epoch. */
const EPOCH_IN_ERA_DAYS = 719_468;
const MAX_TIME = 8.64e15;
/** Years beyond have no time value, even with the largest day or month that brings them back. */
const MAX_YEAR = 1_000_000;

/** Day ( t ) — https://tc39.es/ecma262/#sec-day */
export function Day(t: number): number {
  return Math.floor(t / MS_PER_DAY);
}

/** TimeWithinDay ( t ) — https://tc39.es/ecma262/#sec-timewithinday */
export function TimeWithinDay(t: number): number {
  return modulo(t, MS_PER_DAY);
}

function modulo(x: number, y: number): number {
  const remainder = x % y;
  return remainder < 0 ? remainder + y : remainder + 0;
}

/** Calendar fields of a day number. */
interface CivilDate {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  /** 1 to 31. */
  readonly date: number;
}

function civilFromDay(day: number): CivilDate {
  const shifted = day + EPOCH_IN_ERA_DAYS;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 2 : monthFromMarch - 10;
  return { year: era * 400 + yearOfEra + (month < 2 ? 1 : 0), month, date };
}

/** The day number of the first of a month; `month` is 0 to 11. */
function dayOfMonthStart(year: number, month: number): number {
  const marchYear = month < 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const monthFromMarch = month < 2 ? month + 10 : month - 2;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_IN_ERA_DAYS;
}

/** YearFromTime ( t ) — https://tc39.es/ecma262/#sec-yearfromtime */
export function YearFromTime(t: number): number {
  return civilFromDay(Day(t)).year;
}

/** MonthFromTime ( t ) — https://tc39.es/ecma262/#sec-monthfromtime */
export function MonthFromTime(t: number): number {
  return civilFromDay(Day(t)).month;
}

/** DateFromTime ( t ) — https://tc39.es/ecma262/#sec-datefromtime */
export function DateFromTime(t: number): number {
  return civilFromDay(Day(t)).date;
}

/** WeekDay ( t ): 0 is Sunday — https://tc39.es/ecma262/#sec-weekday */
export function WeekDay(t: number): number {
  return modulo(Day(t) + 4, 7);
}

/** HourFromTime ( t ) — https://tc39.es/ecma262/#sec-hourfromtime */
export function HourFromTime(t: number): number {
  return Math.floor(TimeWithinDay(t) / MS_PER_HOUR);
}

/** MinFromTime ( t ) — https://tc39.es/ecma262/#sec-minfromtime */
export function MinFromTime(t: number): number {
  return modulo(Math.floor(t / MS_PER_MINUTE), 60);
}

/** SecFromTime ( t ) — https://tc39.es/ecma262/#sec-secfromtime */
export function SecFromTime(t: number): number {
  return modulo(Math.floor(t / MS_PER_SECOND), 60);
}

/** msFromTime ( t ) — https://tc39.es/ecma262/#sec-msfromtime */
export function msFromTime(t: number): number {
  return modulo(t, MS_PER_SECOND);
}

/** MakeTime ( hour, min, sec, ms ) — https://tc39.es/ecma262/#sec-maketime */
export function MakeTime(hour: number, min: number, sec: number, ms: number): number {
  if (!Number.isFinite(hour) || !Number.isFinite(min) || !Number.isFinite(sec) || !Number.isFinite(ms))
    return Number.NaN;
  return (
    Math.trunc(hour) * MS_PER_HOUR +
    Math.trunc(min) * MS_PER_MINUTE +
    Math.trunc(sec) * MS_PER_SECOND +
    Math.trunc(ms)
  );
}

/** MakeDay ( year, month, date ) — https://tc39.es/ecma262/#sec-makeday */
export function MakeDay(year: number, month: number, date: number): number {
  if (!Number.isFinite(year) || !Number.isFinite(month) || !Number.isFinite(date)) return Number.NaN;
  const m = Math.trunc(month);
  const ym = Math.trunc(year) + Math.floor(m / 12);
  if (Math.abs(ym) > MAX_YEAR) return Number.NaN;
  return dayOfMonthStart(ym, modulo(m, 12)) + Math.trunc(date) - 1;
}

/** MakeDate ( day, time ) — https://tc39.es/ecma262/#sec-makedate */
export function MakeDate(day: number, time: number): number {
  const tv = day * MS_PER_DAY + time;
  return Number.isFinite(tv) ? tv : Number.NaN;
}

/** MakeFullYear ( year ): 0 to 99 mean 1900 to 1999 — https://tc39.es/ecma262/#sec-makefullyear */
export function MakeFullYear(year: number): number {
  const truncated = Math.trunc(year);
  return truncated >= 0 && truncated <= 99 ? 1900 + truncated : truncated;
}

/** TimeClip ( time ) — https://tc39.es/ecma262/#sec-timeclip */
export function TimeClip(time: number): number {
  return Math.abs(time) <= MAX_TIME ? Math.trunc(time) + 0 : Number.NaN;
}
