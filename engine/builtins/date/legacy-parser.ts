// The loose date notation that engines have read since before it was specified: `Jan 2, 2020 3:04 PM`, `1/2/2020`,
// `2 January 2020 15:04 EST`. What is accepted follows the common hosts:
// - words before the first number are noise, text in parentheses always is;
// - a number before `:` is a part of the time, and so is the one that follows it;
// - other numbers are year, month and day in an order told by a month name and their sizes;
// - after a time or GMT, a sign begins an offset from UTC.
import { MS_PER_HOUR, MS_PER_MINUTE } from './arithmetic.ts';
import { isInBounds, type ParsedDate } from './parsed-date.ts';

/** Everything from `A` up counts as a letter, but for white space; the separators U+2028 and U+2029 are none here. */
const TOKEN = /(\d+)|([^\S\u2028\u2029]+)|((?:(?![^\S\u2028\u2029])[A-\uffff])+)|(.)/sy;

const MONTH_PREFIXES = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** Zone abbreviations by their offsets in hours. */
const ZONE_HOURS: ReadonlyMap<string, number> = new Map([
  ['ut', 0],
  ['utc', 0],
  ['z', 0],
  ['gmt', 0],
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
]);

type Token =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'space' }
  | { readonly kind: 'symbol'; readonly text: string };

/** Reads a date in the loose notation; null if it is none. */
export function parseLegacyDate(text: string): ParsedDate | null {
  const tokens = tokenize(text);
  return tokens === null ? null : new LegacyDateReader(tokens).read();
}

/** The tokens outside parentheses; null if there are more than any date has. */
function tokenize(text: string): Token[] | null {
  const tokens: Token[] = [];
  let depth = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [all, number, space, word] = match;
    if (all === '(') depth++;
    else if (all === ')' && depth > 0) depth--;
    else if (depth > 0) continue;
    else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number), text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
    else if (space !== undefined) tokens.push({ kind: 'space' });
    else tokens.push({ kind: 'symbol', text: all });
    if (tokens.length > 256) return null;
  }
  return tokens;
}

class LegacyDateReader {
  private readonly tokens: readonly Token[];
  private at = 0;
  private readonly dayNumbers: number[] = [];
  /** Hour, minute, second and millisecond; four numbers mean that the time is complete. */
  private readonly timeNumbers: number[] = [];
  private hasReadNumber = false;
  private namedMonth = -1;
  private meridiem: 'am' | 'pm' | null = null;
  private offsetMs: number | null = null;
  /** Set while an offset's minutes may still come: its sign. */
  private offsetSign = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  read(): ParsedDate | null {
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at++];
      switch (token.kind) {
        case 'number':
          if (!this.readNumber(token.value)) return null;
          this.hasReadNumber = true;
          break;
        case 'word':
          if (!this.readWord(token.text)) return null;
          break;
        case 'symbol':
          if (!this.readSymbol(token.text)) return null;
          break;
        case 'space':
          break;
      }
    }
    return this.compose();
  }

  private peekSymbol(text: string): boolean {
    const next = this.tokens[this.at];
    return next !== undefined && next.kind === 'symbol' && next.text === text;
  }

  private skipSymbol(text: string): boolean {
    if (!this.peekSymbol(text)) return false;
    this.at++;
    return true;
  }

  private readNumber(n: number): boolean {
    if (this.skipSymbol(':')) {
      if (!this.skipSymbol(':')) return this.addTime(n);
      return this.timeNumbers.length === 0 && this.addTime(n) && this.addTime(0);
    }
    if (this.isTimePart(n) && this.skipSymbol('.')) return this.addTime(n) && this.readFraction();
    if (this.offsetSign !== 0 && n <= 59) {
      this.offsetMs = (this.offsetMs ?? 0) + this.offsetSign * n * MS_PER_MINUTE;
      this.offsetSign = 0;
      return true;
    }
    if (this.isTimePart(n)) return this.addTime(n) && this.completeTime() && this.timeMayEndHere();
    if (this.dayNumbers.length === 3) return false;
    this.dayNumbers.push(n);
    this.skipSymbol('-');
    return true;
  }

  /** Can `n` go on a time that has begun? */
  private isTimePart(n: number): boolean {
    const parts = this.timeNumbers.length;
    return ((parts === 1 || parts === 2) && n <= 59) || (parts === 3 && n <= 999);
  }

  private addTime(n: number): boolean {
    return this.timeNumbers.length < 4 && this.timeNumbers.push(n) > 0;
  }

  private completeTime(): boolean {
    while (this.timeNumbers.length < 4) this.timeNumbers.push(0);
    return true;
  }

  /** What follows the full stop of a time: a fraction of a second. */
  private readFraction(): boolean {
    const token = this.tokens[this.at++];
    if (token === undefined || token.kind !== 'number') return false;
    const ms = Number(token.text.slice(0, 3).padEnd(3, '0'));
    return this.addTime(ms) && this.completeTime();
  }

  /** Only space, a sign or Z may touch the end of a time. */
  private timeMayEndHere(): boolean {
    const next = this.tokens[this.at];
    if (next === undefined || next.kind === 'space') return true;
    if (next.kind === 'word') return next.text === 'z';
    return next.kind === 'symbol' && (next.text === '+' || next.text === '-');
  }

  private readWord(word: string): boolean {
    if ((word === 'am' || word === 'pm') && this.timeNumbers.length > 0) {
      this.meridiem = word;
      return true;
    }
    const month = word.length < 3 ? -1 : MONTH_PREFIXES.indexOf(word.slice(0, 3));
    if (month >= 0 && month % 3 === 0) {
      this.namedMonth = month / 3;
      this.skipSymbol('-');
      return true;
    }
    const zoneHours = ZONE_HOURS.get(word);
    if (zoneHours !== undefined && this.hasReadNumber) {
      this.offsetMs = zoneHours * MS_PER_HOUR;
      return true;
    }
    // Noise must come before the first number, and not touch it.
    return !this.hasReadNumber && this.tokens[this.at]?.kind !== 'number';
  }

  private readSymbol(text: string): boolean {
    if (text === '+' || text === '-') {
      if (this.offsetMs === 0 || this.timeNumbers.length > 0) return this.readOffset(text === '-' ? -1 : 1);
      return !this.hasReadNumber;
    }
    return text !== ')' || !this.hasReadNumber;
  }

  private readOffset(sign: number): boolean {
    const token = this.tokens[this.at];
    let digits = '';
    if (token !== undefined && token.kind === 'number') {
      digits = token.text;
      this.at++;
    }
    this.hasReadNumber = true;
    const n = Number(digits);
    if (this.skipSymbol(':')) {
      this.offsetSign = sign;
      this.offsetMs = sign * n * MS_PER_HOUR;
      return true;
    }
    if (digits.length === 1 || digits.length === 2) this.offsetMs = sign * n * MS_PER_HOUR;
    else if (digits.length === 3 || digits.length === 4) {
      this.offsetMs = sign * (Math.floor(n / 100) * MS_PER_HOUR + (n % 100) * MS_PER_MINUTE);
    } else return false;
    return true;
  }

  private compose(): ParsedDate | null {
    const date = this.composeDay();
    if (date === null) return null;
    const [hourAsWritten = 0, minute = 0, second = 0, ms = 0] = this.timeNumbers;
    let hour = hourAsWritten;
    if (this.meridiem !== null) {
      if (hour > 12) return null;
      hour = (hour % 12) + (this.meridiem === 'pm' ? 12 : 0);
    }
    const parsed: ParsedDate = { ...date, hour, minute, second, ms, offsetMs: this.offsetMs };
    return isInBounds(parsed) ? parsed : null;
  }

  /** Year, month and day by position: month first unless a name or a number too large for a day says otherwise. */
  private composeDay(): { readonly year: number; readonly month: number; readonly day: number } | null {
    if (this.dayNumbers.length === 0) return null;
    const [first, second = 1, third = 1] = this.dayNumbers;
    const startsWithDay = first >= 1 && first <= 31;
    if (this.namedMonth >= 0) {
      return startsWithDay
        ? { year: fullYear(second), month: this.namedMonth, day: first }
        : { year: fullYear(first), month: this.namedMonth, day: second };
    }
    return startsWithDay
      ? { year: fullYear(third), month: first - 1, day: second }
      : { year: fullYear(first), month: second - 1, day: third };
  }
}

/** Two-digit years: 0 to 49 lie in this century, 50 to 99 in the last. */
function fullYear(year: number): number {
  if (year <= 49) return 2000 + year;
  return year <= 99 ? 1900 + year : year;
}
