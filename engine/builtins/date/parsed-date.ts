// What the date parsers find before it is turned into a time value.

/** A date as written: calendar fields, and the offset from UTC in milliseconds, null for local time. */
export interface ParsedDate {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
  readonly offsetMs: number | null;
}

/** Are all fields in bounds? 24:00:00.000 is the end of the day. */
export function isInBounds(date: ParsedDate): boolean {
  const { month, day, hour, minute, second, ms, offsetMs } = date;
  if (month < 0 || month > 11 || day < 1 || day > 31 || Number.isNaN(offsetMs)) return false;
  if (hour === 24) return minute === 0 && second === 0 && ms === 0;
  return hour <= 23 && minute <= 59 && second <= 59;
}
