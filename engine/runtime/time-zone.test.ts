import { expect, test } from 'vitest';
import { hostTimeZone, namedTimeZone, UTC_TIME_ZONE } from './time-zone.ts';

const HOUR_MS = 3_600_000;

test('a zone with summer time changes its offset at the transition', () => {
  const zone = namedTimeZone('Europe/Berlin');
  const transition = Date.UTC(2021, 2, 28, 1);
  expect([zone.offsetMsAt(transition - 1), zone.offsetMsAt(transition)]).toEqual([HOUR_MS, 2 * HOUR_MS]);
});

test('offsets of long ago are exact to the second', () => {
  expect(namedTimeZone('Europe/Berlin').offsetMsAt(Date.UTC(1800, 0))).toBe((53 * 60 + 28) * 1000);
});

test('the display name tells summer time from standard time', () => {
  const zone = namedTimeZone('America/New_York');
  expect(zone.displayNameAt(Date.UTC(2020, 0))).toBe('Eastern Standard Time');
  expect(zone.displayNameAt(Date.UTC(2020, 6))).toBe('Eastern Daylight Time');
  expect(zone.displayNameAt(Date.UTC(1800, 0))).toBe('Eastern Standard Time');
});

test('the ends of the range of time values have an offset', () => {
  const zone = namedTimeZone('Asia/Tokyo');
  expect(Number.isFinite(zone.offsetMsAt(-8.64e15 - 24 * HOUR_MS))).toBe(true);
  expect(zone.offsetMsAt(8.64e15 + 24 * HOUR_MS)).toBe(9 * HOUR_MS);
});

test('the host zone agrees with the host', () => {
  const zone = hostTimeZone();
  for (let t = -1e12; t < 2e12; t += 7.7e10) {
    expect(zone.offsetMsAt(t)).toBeCloseTo(-new Date(t).getTimezoneOffset() * 60_000, -5);
  }
});

test('an offset does not depend on what was asked before', () => {
  const times = Array.from({ length: 400 }, (_, i) => Date.UTC(2020, 0) + i * 41 * HOUR_MS);
  const forward = namedTimeZone('Europe/Berlin');
  const backward = namedTimeZone('Europe/Berlin');
  const ahead = times.map((t) => forward.offsetMsAt(t));
  const back = [...times].reverse().map((t) => backward.offsetMsAt(t));
  expect(back.reverse()).toEqual(ahead);
  expect(new Set(ahead)).toEqual(new Set([HOUR_MS, 2 * HOUR_MS]));
});

test('UTC has no offset', () => {
  expect([UTC_TIME_ZONE.name, UTC_TIME_ZONE.offsetMsAt(1e12)]).toEqual(['UTC', 0]);
});

test('an unknown name is refused', () => {
  expect(() => namedTimeZone('Nowhere/Nothing')).toThrow(RangeError);
});
