import { expect, test } from 'vitest';
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
  MS_PER_DAY,
  msFromTime,
  SecFromTime,
  TimeClip,
  TimeWithinDay,
  WeekDay,
  YearFromTime,
} from './arithmetic.ts';

/** Times over the whole range, and those around the starts of years and leap days. */
function* sampleTimes(): Generator<number> {
  for (const year of [-271820, -400, -1, 0, 1, 4, 100, 1600, 1899, 1900, 1970, 2000, 2020, 9999, 275_759]) {
    for (const month of [0, 1, 2, 11]) {
      const date = new Date(0);
      date.setUTCFullYear(year, month, 1);
      for (const delta of [-1, 0, 1, MS_PER_DAY - 1, MS_PER_DAY * 28 + 12_345_678])
        yield date.getTime() + delta;
    }
  }
  for (let i = -1000; i <= 1000; i++) yield i * 8.639_999_1e12;
}

test('calendar fields are those of the host', () => {
  for (const t of sampleTimes()) {
    const host = new Date(t);
    expect([YearFromTime(t), MonthFromTime(t), DateFromTime(t), WeekDay(t)]).toEqual([
      host.getUTCFullYear(),
      host.getUTCMonth(),
      host.getUTCDate(),
      host.getUTCDay(),
    ]);
    expect([HourFromTime(t), MinFromTime(t), SecFromTime(t), msFromTime(t)]).toEqual([
      host.getUTCHours(),
      host.getUTCMinutes(),
      host.getUTCSeconds(),
      host.getUTCMilliseconds(),
    ]);
  }
});

test('making a date from its fields gives the time back', () => {
  for (const t of sampleTimes()) {
    const day = MakeDay(YearFromTime(t), MonthFromTime(t), DateFromTime(t));
    expect(day).toBe(Day(t));
    const time = MakeTime(HourFromTime(t), MinFromTime(t), SecFromTime(t), msFromTime(t));
    expect(time).toBe(TimeWithinDay(t));
    expect(MakeDate(day, time)).toBe(t);
  }
});

test('months and days beyond their bounds carry over', () => {
  expect(MakeDay(2020, 12, 1)).toBe(MakeDay(2021, 0, 1));
  expect(MakeDay(2020, -1, 1)).toBe(MakeDay(2019, 11, 1));
  expect(MakeDay(2020, 1, 30)).toBe(MakeDay(2020, 2, 1));
  expect(MakeDay(2020, 0, 0)).toBe(MakeDay(2019, 11, 31));
});

test('numbers that are not finite or make no day give NaN', () => {
  expect(MakeDay(Number.NaN, 0, 1)).toBeNaN();
  expect(MakeDay(1e9, 0, 1)).toBeNaN();
  expect(MakeTime(0, Number.POSITIVE_INFINITY, 0, 0)).toBeNaN();
  expect(MakeDate(Number.MAX_VALUE, 0)).toBeNaN();
});

test('TimeClip truncates, has no -0 and ends at 8.64e15', () => {
  expect(TimeClip(-0.9)).toBe(0);
  expect(TimeClip(8.64e15)).toBe(8.64e15);
  expect(TimeClip(8.64e15 + 1)).toBeNaN();
});

test('two-digit years lie in the twentieth century', () => {
  expect([MakeFullYear(0), MakeFullYear(99.9), MakeFullYear(100), MakeFullYear(-1)]).toEqual([
    1900, 1999, 100, -1,
  ]);
});
