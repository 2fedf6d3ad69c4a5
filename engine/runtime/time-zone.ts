// Time zones over the host's Date and Intl, which are asked for leaf data only: offsets and display names. Time is
// cut into buckets; a bucket whose ends have the same offset is taken to have no transition, another one has
// exactly one, found by bisection. No zone of the tz database changes its offset and back within a bucket.
import type { TimeZoneProvider } from './host-hooks.ts';

/** About 9 days. */
const BUCKET_MS = 0x3000_0000;
const MAX_BUCKETS = 4096;
/** The range of time values, which is that of the host's Date. */
const MAX_TIME_MS = 8.64e15;
/** Instants of winter and summer for which Intl knows names. */
const NAMED_JANUARY = Date.UTC(2020, 0, 1);
const NAMED_JULY = Date.UTC(2020, 6, 1);

interface Bucket {
  /** The first instant of the bucket, and of the next. */
  readonly start: number;
  readonly end: number;
  readonly offsetBefore: number;
  readonly offsetAfter: number;
  /** First instant with offsetAfter. */
  readonly transition: number;
  /** '' until asked for. */
  nameBefore: string;
  nameAfter: string;
}

/** The zone UTC. */
export const UTC_TIME_ZONE: TimeZoneProvider = {
  name: 'UTC',
  offsetMsAt: () => 0,
  displayNameAt: () => 'Coordinated Universal Time',
};

/** The zone that the host's Date uses. Its name is asked for when needed: that takes Intl some 15 ms. */
export function hostTimeZone(): TimeZoneProvider {
  return new CachedTimeZone(null, hostOffsetMsAt);
}

/** A zone by its IANA name, which the host's Intl must know; throws the host's RangeError if it does not. */
export function namedTimeZone(name: string): TimeZoneProvider {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return new CachedTimeZone(name, (epochMs) => intlOffsetMsAt(format, epochMs));
}

/** Holds no instant. */
const NO_BUCKET: Bucket = {
  start: Number.NaN,
  end: Number.NaN,
  offsetBefore: 0,
  offsetAfter: 0,
  transition: 0,
  nameBefore: '',
  nameAfter: '',
};

class CachedTimeZone implements TimeZoneProvider {
  /** Null until asked for: the host's own zone. */
  private knownName: string | null;
  private readonly uncachedOffsetMsAt: (epochMs: number) => number;
  private readonly buckets: Map<number, Bucket>;
  /** The bucket asked for last: most questions come in a row about the same time of year. */
  private lastBucket: Bucket;
  private nameFormat: Intl.DateTimeFormat | null;

  constructor(name: string | null, uncachedOffsetMsAt: (epochMs: number) => number) {
    this.knownName = name;
    this.uncachedOffsetMsAt = uncachedOffsetMsAt;
    this.buckets = new Map();
    this.lastBucket = NO_BUCKET;
    this.nameFormat = null;
  }

  get name(): string {
    this.knownName ??= new Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
    return this.knownName;
  }

  offsetMsAt(epochMs: number): number {
    const bucket = this.bucketAt(epochMs);
    return epochMs < bucket.transition ? bucket.offsetBefore : bucket.offsetAfter;
  }

  displayNameAt(epochMs: number): string {
    const bucket = this.bucketAt(epochMs);
    if (epochMs < bucket.transition) {
      if (bucket.nameBefore === '') bucket.nameBefore = this.uncachedNameAt(epochMs);
      return bucket.nameBefore;
    }
    if (bucket.nameAfter === '') bucket.nameAfter = this.uncachedNameAt(epochMs);
    return bucket.nameAfter;
  }

  private bucketAt(epochMs: number): Bucket {
    const { lastBucket } = this;
    if (epochMs >= lastBucket.start && epochMs < lastBucket.end) return lastBucket;
    const index = Math.floor(epochMs / BUCKET_MS);
    let bucket = this.buckets.get(index);
    if (bucket === undefined) {
      bucket = this.makeBucket(index * BUCKET_MS, (index + 1) * BUCKET_MS);
      if (this.buckets.size >= MAX_BUCKETS) this.buckets.clear();
      this.buckets.set(index, bucket);
    }
    this.lastBucket = bucket;
    return bucket;
  }

  private makeBucket(start: number, end: number): Bucket {
    const firstMs = clampTime(start);
    const lastMs = clampTime(end);
    const { lastBucket } = this;
    // Time that goes on from bucket to bucket asks once for each.
    const follows = lastBucket.end === start;
    const offsetBefore = follows ? lastBucket.offsetAfter : this.uncachedOffsetMsAt(firstMs);
    const offsetAfter = this.uncachedOffsetMsAt(lastMs);
    let before = firstMs;
    let after = lastMs;
    if (offsetBefore === offsetAfter) before = after = Number.NEGATIVE_INFINITY;
    while (after - before > 1) {
      const middle = before + Math.floor((after - before) / 2);
      if (this.uncachedOffsetMsAt(middle) === offsetBefore) before = middle;
      else after = middle;
    }
    return { start, end, offsetBefore, offsetAfter, transition: after, nameBefore: '', nameAfter: '' };
  }

  private uncachedNameAt(epochMs: number): string {
    const name = this.intlNameAt(clampTime(epochMs));
    if (!/^GMT[+-]/.test(name)) return name;
    // Intl names no zone for times long ago: the name that the same offset has today, else that of the standard time.
    const january = this.intlNameAt(NAMED_JANUARY);
    const july = this.intlNameAt(NAMED_JULY);
    const offset = this.offsetMsAt(epochMs);
    const januaryOffset = this.offsetMsAt(NAMED_JANUARY);
    const julyOffset = this.offsetMsAt(NAMED_JULY);
    if (offset === januaryOffset) return january;
    return offset === julyOffset || julyOffset < januaryOffset ? july : january;
  }

  private intlNameAt(epochMs: number): string {
    this.nameFormat ??= new Intl.DateTimeFormat('en-US', { timeZone: this.name, timeZoneName: 'long' });
    const parts = this.nameFormat.formatToParts(epochMs);
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  }
}

function clampTime(epochMs: number): number {
  return Math.max(-MAX_TIME_MS, Math.min(MAX_TIME_MS, epochMs));
}

/** The offset from the host's local fields, which are exact to the second where getTimezoneOffset is not. */
function hostOffsetMsAt(epochMs: number): number {
  const date = new Date(epochMs);
  return (
    utcMs(
      date.getFullYear(),
      date.getMonth(),
      date.getDate(),
      date.getHours(),
      date.getMinutes(),
      date.getSeconds(),
    ) -
    Math.floor(epochMs / 1000) * 1000
  );
}

function intlOffsetMsAt(format: Intl.DateTimeFormat, epochMs: number): number {
  const fields = new Map<string, string>();
  for (const part of format.formatToParts(epochMs)) fields.set(part.type, part.value);
  const number = (type: string): number => Number(fields.get(type));
  const year = fields.get('era')?.startsWith('B') ? 1 - number('year') : number('year');
  const local = utcMs(
    year,
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
    number('second'),
  );
  return local - Math.floor(epochMs / 1000) * 1000;
}

/** Milliseconds of proleptic Gregorian fields, also just outside the range of the host's Date. */
function utcMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  // 400 Gregorian years are a whole number of days.
  const cycles = Math.floor(year / 400);
  const date = new Date(0);
  date.setUTCFullYear(year - cycles * 400, month, day);
  return date.getTime() + cycles * 146_097 * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
}
