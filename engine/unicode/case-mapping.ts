// Case mapping and case folding from case-mapping.gen.ts, decoded on first use: the full conversions of
// strings (locale-independent), simple folding, and the two meanings of Canonicalize for regular
// expressions, each with its orbits (the characters that canonicalize to the same one).

import {
  SIMPLE_CASE_FOLDING,
  SIMPLE_LOWERCASE,
  SIMPLE_UPPERCASE,
  SPECIAL_LOWERCASE,
  SPECIAL_UPPERCASE,
} from './case-mapping.gen.ts';
import { type CodePointSet, setContains } from './code-point-set.ts';
import { decodeNumbers, unzigzag } from './number-coding.ts';
import { codePointsOfBinaryProperty } from './properties.ts';

/** Canonical character to all characters that canonicalize to it (itself among them), at least two. */
export type CaseOrbits = ReadonlyMap<number, readonly number[]>;

/** Returns the simple case folding (statuses C and S) of `codePoint`, itself if it has none. */
export function simpleCaseFold(codePoint: number): number {
  if (codePoint < 0x80) return codePoint >= 0x41 && codePoint <= 0x5a ? codePoint + 0x20 : codePoint;
  return foldings().get(codePoint) ?? codePoint;
}

/**
 * Canonicalize of a code unit when neither `u` nor `v` is set: the uppercase mapping where that is one
 * code unit and does not turn a character beyond ASCII into an ASCII one.
 * https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch
 */
export function uppercaseCanonicalize(codeUnit: number): number {
  if (codeUnit < 0x80) return codeUnit >= 0x61 && codeUnit <= 0x7a ? codeUnit - 0x20 : codeUnit;
  return uppercaseCanonicals().get(codeUnit) ?? codeUnit;
}

/** Returns every code point that has a simple case folding other than itself, with that folding. */
export function simpleCaseFoldings(): ReadonlyMap<number, number> {
  return foldings();
}

/** Orbits of Canonicalize with `u` or `v`: simple case folding. */
export function foldingOrbits(): CaseOrbits {
  if (foldingOrbitsMemo === null) foldingOrbitsMemo = orbits(foldings());
  return foldingOrbitsMemo;
}

/** Orbits of Canonicalize without `u` and `v`: uppercase of code units. */
export function uppercaseOrbits(): CaseOrbits {
  if (uppercaseOrbitsMemo === null) uppercaseOrbitsMemo = orbits(uppercaseCanonicals());
  return uppercaseOrbitsMemo;
}

/** Unicode default uppercase conversion of a string of UTF-16 code units — https://tc39.es/ecma262/#sec-string.prototype.touppercase */
export function toUppercase(string: string): string {
  return convert(string, uppercases(), specialUppercases(), null);
}

/** Unicode default lowercase conversion, with the rule for final sigma — https://tc39.es/ecma262/#sec-string.prototype.tolowercase */
export function toLowercase(string: string): string {
  return convert(string, lowercases(), specialLowercases(), isFinalSigma);
}

let foldingOrbitsMemo: CaseOrbits | null = null;
let uppercaseOrbitsMemo: CaseOrbits | null = null;

function lazily<T>(compute: () => T): () => T {
  let value: T | null = null;
  return () => {
    if (value === null) value = compute();
    return value;
  };
}

const foldings = lazily(() => decodeMapping(SIMPLE_CASE_FOLDING));
const uppercases = lazily(() => decodeMapping(SIMPLE_UPPERCASE));
const lowercases = lazily(() => decodeMapping(SIMPLE_LOWERCASE));
const specialUppercases = lazily(() => decodeSpecial(SPECIAL_UPPERCASE));
const specialLowercases = lazily(() => decodeSpecial(SPECIAL_LOWERCASE));

const uppercaseCanonicals = lazily(() => {
  const special = specialUppercases();
  const canonicals = new Map<number, number>();
  for (const [from, to] of uppercases()) {
    if (from < 0x80) canonicals.set(from, to);
    else if (from < 0x10000 && to >= 0x80 && to < 0x10000 && !special.has(from)) canonicals.set(from, to);
  }
  return canonicals;
});

function decodeMapping(text: string): Map<number, number> {
  const map = new Map<number, number>();
  const numbers = decodeNumbers(text);
  let from = 0;
  for (let i = 0; i < numbers.length; i += 3) {
    from += numbers[i];
    const stride = (numbers[i + 1] & 1) + 1;
    const offset = unzigzag(numbers[i + 2]);
    map.set(from, from + offset);
    for (let more = numbers[i + 1] >>> 1; more > 0; more--) {
      from += stride;
      map.set(from, from + offset);
    }
  }
  return map;
}

function decodeSpecial(text: string): Map<number, string> {
  const map = new Map<number, string>();
  const numbers = decodeNumbers(text);
  let from = 0;
  for (let i = 0; i < numbers.length; ) {
    from += numbers[i++];
    let to = '';
    for (let count = numbers[i++]; count > 0; count--)
      to += String.fromCodePoint(from + unzigzag(numbers[i++]));
    map.set(from, to);
  }
  return map;
}

function orbits(canonicals: ReadonlyMap<number, number>): CaseOrbits {
  const result = new Map<number, number[]>();
  for (const [member, canonical] of canonicals) {
    const orbit = result.get(canonical);
    if (orbit === undefined) result.set(canonical, [canonical, member]);
    else orbit.push(member);
  }
  return result;
}

function convert(
  string: string,
  simple: ReadonlyMap<number, number>,
  special: ReadonlyMap<number, string>,
  finalSigma: ((string: string, index: number) => boolean) | null,
): string {
  let result = '';
  let copied = 0;
  for (let i = 0; i < string.length; ) {
    const codePoint = string.codePointAt(i) as number;
    const width = codePoint > 0xffff ? 2 : 1;
    let mapped: string | null = null;
    if (codePoint === 0x3a3 && finalSigma?.(string, i)) mapped = '\u03c2';
    else if (codePoint >= 0x80 && special.has(codePoint)) mapped = special.get(codePoint) as string;
    else {
      const to = simple.get(codePoint);
      if (to !== undefined) mapped = String.fromCodePoint(to);
    }
    if (mapped !== null) {
      result += string.slice(copied, i) + mapped;
      copied = i + width;
    }
    i += width;
  }
  return copied === 0 ? string : result + string.slice(copied);
}

const casedSet = lazily((): CodePointSet => codePointsOfBinaryProperty('Cased'));
const caseIgnorableSet = lazily((): CodePointSet => codePointsOfBinaryProperty('Case_Ignorable'));

/** The Final_Sigma condition: a cased letter before, none after, case-ignorable characters skipped. */
function isFinalSigma(string: string, index: number): boolean {
  const ignorable = caseIgnorableSet();
  const cased = casedSet();
  let before = index;
  let found = false;
  while (before > 0) {
    before--;
    let codePoint = string.charCodeAt(before);
    if (
      (codePoint & 0xfc00) === 0xdc00 &&
      before > 0 &&
      (string.charCodeAt(before - 1) & 0xfc00) === 0xd800
    ) {
      before--;
      codePoint = string.codePointAt(before) as number;
    }
    if (setContains(ignorable, codePoint)) continue;
    found = setContains(cased, codePoint);
    break;
  }
  if (!found) return false;
  for (let after = index + 1; after < string.length; ) {
    const codePoint = string.codePointAt(after) as number;
    if (!setContains(ignorable, codePoint)) return !setContains(cased, codePoint);
    after += codePoint > 0xffff ? 2 : 1;
  }
  return true;
}
