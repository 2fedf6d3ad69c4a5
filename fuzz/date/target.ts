// Dates as a target: Date.parse, the constructor, the setters, and texts read back, on both tiers and against the host. Where the
// format is one that the specification gives, the host must agree; what engines make of other texts is theirs, and
// differences there are told, not taken offence at. A campaign runs in one of several time zones, chosen by its seed.
import fc from 'fast-check';
import { TIERS, type Value } from '../../engine/engine.ts';
import { differs, type Ending, Guest } from '../guest.ts';
import { Finding, type Target } from '../target.ts';
import {
  anyUnits,
  bytesOfTape,
  bytesOfText,
  inputsOf,
  nearlyValid,
  soupOf,
  textFromBytes,
} from '../texts.ts';
import { DATE, DATE_TOKENS, FIELD_VALUES } from './grammar.ts';

export interface DateInput {
  /** `parse`: the text is a date; `fields`: arguments of the constructor and setters; `time`: a time value. */
  readonly kind: 'parse' | 'fields' | 'time';
  readonly text: string;
}

const ZONES: readonly string[] = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
];

const PARSE = `(function parse(text) {
  const t = Date.parse(text);
  if (!Object.is(new Date(text).getTime(), t)) return 'the constructor gives ' + new Date(text).getTime() + ', Date.parse ' + t;
  return String(t);
})`;

// The host leaves the fraction of a minute out of getTimezoneOffset, which the specification keeps.
const METHODS = `
  const show = (date) => {
    const t = date.getTime();
    if (Number.isNaN(t)) return String(date) + date.toUTCString() + date.toJSON();
    return [t, date.toISOString(), date.toUTCString(), date.toDateString(), date.toTimeString().slice(0, 17), date.toString().slice(0, 33),
      date.getFullYear(), date.getMonth(), date.getDate(), date.getDay(), date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds(),
      date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCDay(), date.getUTCHours(), Math.trunc(date.getTimezoneOffset()), date.getYear()].join();
  };`;

/** The constructor, Date.UTC and every setter with the same arguments. */
const FIELDS = `(function fields(list) {${METHODS}
  const args = (0, eval)('[' + (list || '0') + ']');
  const results = [show(new Date(...args)), Date.UTC(...args)];
  for (const name of ['setFullYear', 'setMonth', 'setDate', 'setHours', 'setMinutes', 'setSeconds', 'setMilliseconds', 'setTime', 'setYear',
    'setUTCFullYear', 'setUTCMonth', 'setUTCDate', 'setUTCHours', 'setUTCMinutes', 'setUTCSeconds', 'setUTCMilliseconds']) {
    for (const start of [1.5e12, NaN]) {
      const date = new Date(start);
      results.push(name, date[name](...args), show(date));
    }
  }
  return results.join('\\n');
})`;

/** A time value, shown in every way; what is written must be read back. */
const TIME = `(function time(text) {${METHODS}
  const date = new Date(+text);
  const t = date.getTime();
  if (Number.isNaN(t)) return show(date);
  const second = Math.floor(t / 1000) * 1000;
  const problems = [];
  const check = (written, expected, off = 0) => {
    if (!(Math.abs(Date.parse(written) - expected) <= off)) problems.push(written + ' is read as ' + Date.parse(written));
  };
  check(date.toISOString(), t);
  check(date.toJSON(), t);
  check(date.toUTCString(), second);
  // The offset in this text has no seconds, without which the first instants are before all time.
  if (t > -8.64e15 + 60000) check(date.toString(), second, 59999);
  return [show(date), ...problems].join('\\n');
})`;

const SOURCES = { parse: PARSE, fields: FIELDS, time: TIME } as const;

type Probe = (text: string) => string;

/** The date time string format as the specification has it; other texts are the engine's own affair. */
const ISO =
  /^(\d{4}|\+\d{6}|-(?!000000)\d{6})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(T([01]\d|2[0-3]|24(?=:00(:00(\.000)?)?(Z|[+-]|$))):[0-5]\d(:[0-5]\d(\.\d{3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?$/;

/** What toString and toUTCString write. */
const WRITTEN =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(,? )(?:(?<=, )\d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT|(?<! ,)(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}( \([^()]*\))?)$/;

function formatOf(text: string): string {
  if (ISO.test(text)) return 'specified';
  if (WRITTEN.test(text)) return 'as written';
  return 'loose';
}

export function makeTarget(_seedFolder: string, seed: number): Target<DateInput> {
  process.env.TZ = ZONES[seed % ZONES.length];
  const probes = TIERS.map((tier) => {
    const guest = new Guest({ tier });
    const functions = Object.fromEntries(
      Object.entries(SOURCES).map(([kind, source]) => [kind, guest.evaluate(source)]),
    );
    return ({ kind, text }: DateInput): Ending => guest.call(functions[kind] as Value, [text]);
  });
  const host = Object.fromEntries(
    Object.entries(SOURCES).map(([kind, source]) => [kind, new Function(`return ${source}`)() as Probe]),
  );

  function run(input: DateInput): string {
    const { kind, text } = input;
    const [first, ...others] = probes.map((probe) => probe(input));
    for (const other of others)
      if (JSON.stringify(other) !== JSON.stringify(first)) differs('the tiers', first, other);
    if (first.kind === 'limit') return `${kind}: limit`;
    if (first.kind === 'throw') throw new Finding(`${first.name}: ${first.message}`);
    const expected = host[kind](text);
    if (kind !== 'parse') {
      const left = first.text.split('\n');
      const right = expected.split('\n');
      if (kind === 'time') {
        if (left.length > 1) throw new Finding(left[1]);
        // The host does not read back all that it writes.
        right.length = 1;
      }
      const at = left.findIndex((line, i) => line !== right[i]);
      if (at !== -1 || left.length !== right.length)
        differs(kind, left.slice(Math.max(0, at - 2), at + 1), right.slice(Math.max(0, at - 2), at + 1));
      return `${kind}: same`;
    }
    const format = formatOf(text);
    if (first.text === expected)
      return `${kind}, ${format}: same, ${expected === 'NaN' ? 'no date' : 'a date'}`;
    if (format === 'specified') differs('parse', first.text, expected);
    const how =
      first.text === 'NaN'
        ? 'only the host reads it'
        : expected === 'NaN'
          ? 'only we read it'
          : 'both read it';
    return `${kind}, ${format}: differs from the host, ${how}`;
  }

  return {
    name: 'date',
    covers: ['builtins/date/'],
    inputAt: inputsOf(inputs),
    run,
    fromBytes(bytes) {
      const high = (bytes[0] ?? 0) >> 2;
      if (high % 4 === 1) return { kind: 'fields', text: fieldsText([...bytes.subarray(1, 9)]) };
      if (high % 4 === 3) return { kind: 'time', text: String(timeOf(bytes.subarray(1))) };
      return { kind: 'parse', text: textFromBytes(bytes, DATE, 'Text') };
    },
    seedBytes() {
      const tapes = fc.sample(fc.array(fc.nat(255), { maxLength: 10 }), { seed: 1, numRuns: 60 });
      return [
        ...SEED_TEXTS.map((text) => bytesOfText(text)),
        ...tapes.map((tape, i) => bytesOfTape(tape, i % 4)),
      ];
    },
  };
}

const SEED_TEXTS: readonly string[] = [
  '2020-05-06T07:08:09.123+01:30',
  '+275760-09-13T00:00:00.000Z',
  'Wed May 06 2020 07:08:09 GMT-0400 (Eastern Daylight Time)',
  'Wed, 06 May 2020 07:08:09 GMT',
  '1/2/2020 3:04:05 PM',
  '2 January 2020 15:04 EST (a note)',
  'Jan 2, 99 12:00 GMT+0130',
];

function fieldsText(choices: readonly number[]): string {
  return choices.map((choice) => FIELD_VALUES[choice % FIELD_VALUES.length]).join(', ');
}

/** The first bytes as a number of the range of dates, and a little more. */
function timeOf(bytes: Uint8Array): number {
  let n = 0;
  for (const byte of bytes.subarray(0, 6)) n = n * 256 + byte;
  return Math.round((n / 2 ** 48 - 0.5) * 1.73e16);
}

const dateText = fc.oneof(
  { weight: 10, arbitrary: nearlyValid(DATE, 'Text', DATE_TOKENS) },
  { weight: 4, arbitrary: nearlyValid(DATE, 'ISO', DATE_TOKENS) },
  { weight: 2, arbitrary: soupOf(DATE_TOKENS, 10) },
  { weight: 2, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) },
  { weight: 1, arbitrary: anyUnits },
);

const inputs: fc.Arbitrary<DateInput> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('parse' as const), text: dateText }) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.nat(255), { maxLength: 8 })
      .map((list) => ({ kind: 'fields' as const, text: fieldsText(list) })),
  },
  {
    weight: 3,
    arbitrary: fc
      .oneof(
        fc.integer({ min: -8.64e15, max: 8.64e15 }),
        fc.integer({ min: -3e12, max: 5e12 }),
        fc.double({ min: -9e15, max: 9e15 }),
        fc.constantFrom(8.64e15, -8.64e15, 8.64e15 + 1, Number.NaN, -0, 0.9, -0.9),
      )
      .map((t) => ({ kind: 'time' as const, text: String(t) })),
  },
);
