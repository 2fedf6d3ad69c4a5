// Date.parse, https://tc39.es/ecma262/#sec-date.parse : the date time string format, the formats that toString and
// toUTCString write, and as fallback the loose legacy notation that programs expect of every engine (legacy-parser.ts).
import type { Agent } from '../../runtime/agent.ts';
import { MakeDate, MakeDay, MakeTime, MS_PER_HOUR, MS_PER_MINUTE, TimeClip } from './arithmetic.ts';
import { MONTH_NAMES } from './format.ts';
import { parseLegacyDate } from './legacy-parser.ts';
import { UTC } from './local-time.ts';
import { isInBounds, type ParsedDate } from './parsed-date.ts';

/** The time value that `text` means, NaN if it means none. */
export function parseDate(agent: Agent, text: string): number {
  agent.chargeFuel(text.length >> 3);
  const parsed = parseISO(text) ?? parseWritten(text) ?? parseLegacyDate(text);
  if (parsed === null || parsed === 'invalid') return Number.NaN;
  const day = MakeDay(parsed.year, parsed.month, parsed.day);
  const date = MakeDate(day, MakeTime(parsed.hour, parsed.minute, parsed.second, parsed.ms));
  return TimeClip(parsed.offsetMs === null ? UTC(agent, date) : date - parsed.offsetMs);
}

const ISO =
  /^(\d{4}|[+-]\d{6})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** The date time string format; 'invalid' if a field is out of bounds, null if the text is not of this form. */
function parseISO(text: string): ParsedDate | 'invalid' | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  if (year === '-000000') return 'invalid';
  const parsed: ParsedDate = {
    year: Number(year),
    month: month === undefined ? 0 : Number(month) - 1,
    day: day === undefined ? 1 : Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    ms: fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0')),
    offsetMs: zone === undefined ? (hour === undefined ? 0 : null) : offsetMsOf(zone),
  };
  return isInBounds(parsed) ? parsed : 'invalid';
}

/** Milliseconds of `Z`, `+hh:mm` or `+hhmm`; NaN if out of bounds. */
function offsetMsOf(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const hour = Number(zone.slice(1, 3));
  const minute = Number(zone.slice(-2));
  if (hour > 23 || minute > 59) return Number.NaN;
  const offset = hour * MS_PER_HOUR + minute * MS_PER_MINUTE;
  return zone[0] === '-' ? -offset : offset;
}

const WRITTEN =
  /^[A-Z][a-z]{2}(?: ([A-Z][a-z]{2}) (\d\d)|, (\d\d) ([A-Z][a-z]{2})) (-?\d{4,6})(?: (\d\d):(\d\d):(\d\d) GMT([+-]\d{4})?(?: \(.*\))?)?$/;

/** The texts of toString, toDateString and toUTCString, whose years the legacy notation would read otherwise. */
function parseWritten(text: string): ParsedDate | null {
  const match = WRITTEN.exec(text);
  if (match === null) return null;
  const [, localMonth, localDay, utcDay, utcMonth, year, hour, minute, second, zone] = match;
  const parsed: ParsedDate = {
    year: Number(year),
    month: MONTH_NAMES.indexOf(localMonth ?? utcMonth),
    day: Number(localDay ?? utcDay),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    ms: 0,
    offsetMs: hour === undefined ? null : zone === undefined ? 0 : offsetMsOf(zone),
  };
  return isInBounds(parsed) ? parsed : null;
}
