import { describe, expect, test } from 'vitest';
import type { Agent } from '../../runtime/agent.ts';
import { namedTimeZone } from '../../runtime/time-zone.ts';
import { isoString, ToDateString, utcString } from './format.ts';
import { UTC } from './local-time.ts';
import { parseDate } from './parse.ts';

/** Just enough of an agent for dates: New York's time zone, and fuel that never ends. */
const agent = { chargeFuel() {}, hooks: { timeZone: namedTimeZone('America/New_York') } } as unknown as Agent;

const rows: readonly [text: string, expected: string | null][] = [
  // The date time string format.
  ['2020', '2020-01-01T00:00:00.000Z'],
  ['2020-05', '2020-05-01T00:00:00.000Z'],
  ['2020-05-06', '2020-05-06T00:00:00.000Z'],
  ['2020-05-06T07:08', '2020-05-06T11:08:00.000Z'],
  ['2020-05-06T07:08:09Z', '2020-05-06T07:08:09.000Z'],
  ['2020-05-06T07:08:09.1Z', '2020-05-06T07:08:09.100Z'],
  ['2020-05-06T07:08:09.123456+01:30', '2020-05-06T05:38:09.123Z'],
  ['2020-05-06T24:00Z', '2020-05-07T00:00:00.000Z'],
  ['+002020-01-01T00:00Z', '2020-01-01T00:00:00.000Z'],
  ['-000001-01-01T00:00Z', '-000001-01-01T00:00:00.000Z'],
  ['-000000-01-01T00:00Z', null],
  ['2020-13-01', null],
  ['2020-05-06T24:01Z', null],
  ['2020-05-06T07:60Z', null],
  ['+275760-09-13T00:00:00.001Z', null],
  // What toString and toUTCString write.
  ['Wed May 06 2020 07:08:09 GMT-0400 (Eastern Daylight Time)', '2020-05-06T11:08:09.000Z'],
  ['Wed May 06 2020', '2020-05-06T04:00:00.000Z'],
  ['Wed, 06 May 0020 07:08:09 GMT', '0020-05-06T07:08:09.000Z'],
  ['Thu, 01 Jan -0044 00:00:00 GMT', '-000044-01-01T00:00:00.000Z'],
  // The loose notation.
  ['1/2/2020', '2020-01-02T05:00:00.000Z'],
  ['1/2/20 3:04 PM', '2020-01-02T20:04:00.000Z'],
  ['2020/1/2', '2020-01-02T05:00:00.000Z'],
  ['Jan 2, 99', '1999-01-02T05:00:00.000Z'],
  ['2 January 2020 15:04:05.678 UTC', '2020-01-02T15:04:05.678Z'],
  ['Thursday, 2 Jan 2020 12:00 PST', '2020-01-02T20:00:00.000Z'],
  ['Jan 2 2020 12:00 GMT+0130', '2020-01-02T10:30:00.000Z'],
  ['Jan 2 2020 12:00 GMT+1', '2020-01-02T11:00:00.000Z'],
  ['Jan 2 2020 12:00 (a (nested) note)', '2020-01-02T17:00:00.000Z'],
  ['1/2/2020,\u00a03:04:05\u202fPM', '2020-01-02T20:04:05.000Z'],
  ['\ufeffJan\u30002 2020', '2020-01-02T05:00:00.000Z'],
  ['Jan 2 2020\u2028', null],
  ['12:00', null],
  ['1/2/2020 0:30 AM', '2020-01-02T05:30:00.000Z'],
  ['1/2/2020 00:30 PM', '2020-01-02T17:30:00.000Z'],
  ['1/2/2020 13:00 PM', null],
  ['1/2/2020 nonsense', null],
  ['', null],
  ['nonsense', null],
];

describe('parsing', () => {
  for (const [text, expected] of rows) {
    test(JSON.stringify(text), () => {
      const tv = parseDate(agent, text);
      expect(Number.isNaN(tv) ? null : isoString(tv)).toBe(expected);
    });
  }
});

test('a written date is read back', () => {
  for (const tv of [0, -1e3, 1.6e12, 951_782_400_000, -62_167_219_200_000, -8.64e15, 8.64e15]) {
    expect(parseDate(agent, isoString(tv))).toBe(tv);
    expect(parseDate(agent, utcString(tv))).toBe(tv);
  }
  for (const tv of [0, 1.6e12, 1.59e12]) expect(parseDate(agent, ToDateString(agent, tv))).toBe(tv);
});

test('a local time that is skipped is read with the offset before the transition', () => {
  expect(UTC(agent, Date.UTC(2020, 2, 8, 2, 30))).toBe(Date.UTC(2020, 2, 8, 7, 30));
});

test('a local time that occurs twice is its first occurrence', () => {
  expect(UTC(agent, Date.UTC(2020, 10, 1, 1, 30))).toBe(Date.UTC(2020, 10, 1, 5, 30));
});
