import { describe, expect, test } from 'vitest';
import type { Pattern, PatternNode } from './pattern-ast.ts';
import { PatternSyntaxError, parsePattern, parseRegExpFlags } from './pattern-parser.ts';
import type { PatternErrorCode } from './pattern-syntax-error.ts';

function errorOf(source: string, flags: string): string | null {
  const result = parsePattern(source, flags);
  return result instanceof PatternSyntaxError ? `${result.code.slice(8)} ${result.position}` : null;
}

describe('rejected patterns', () => {
  const rows: readonly [source: string, flags: string, error: string][] = [
    ['(', '', 'unterminated-group 0'],
    ['a(?:b', '', 'unterminated-group 1'],
    ['a)', '', 'unmatched-parenthesis 1'],
    ['(?a)', '', 'invalid-group 0'],
    ['(?', '', 'invalid-group 0'],
    ['*', '', 'nothing-to-repeat 0'],
    ['a**', '', 'nothing-to-repeat 2'],
    ['^*', '', 'nothing-to-repeat 1'],
    ['{1}', '', 'nothing-to-repeat 0'],
    ['a|{1,}', '', 'nothing-to-repeat 2'],
    ['(?<=a)*', '', 'nothing-to-repeat 6'],
    ['(?<!a){2}', '', 'nothing-to-repeat 6'],
    ['(?=a)*', 'u', 'nothing-to-repeat 5'],
    ['a{2,1}', '', 'numbers-out-of-order 1'],
    ['a{99999999999999999999999,99999999999999999999998}', '', 'numbers-out-of-order 1'],
    ['{', 'u', 'nothing-to-repeat 0'],
    ['a{1', 'u', 'lone-bracket 1'],
    ['}', 'u', 'lone-bracket 0'],
    [']', 'v', 'lone-bracket 0'],
    ['\\', '', 'trailing-backslash 1'],
    ['[\\', '', 'trailing-backslash 2'],
    ['\\-', 'u', 'invalid-escape 0'],
    ['\\c', 'u', 'invalid-escape 0'],
    ['\\c1', 'u', 'invalid-escape 0'],
    ['[\\c]', 'v', 'invalid-escape 1'],
    ['\\x1', 'u', 'invalid-escape 0'],
    ['\\u{110000}', 'u', 'invalid-unicode-escape 0'],
    ['\\u{}', 'u', 'invalid-unicode-escape 0'],
    ['\\u12', 'u', 'invalid-unicode-escape 0'],
    ['\\1', 'u', 'unknown-group-number 0'],
    ['\\2(a)', 'u', 'unknown-group-number 0'],
    ['\\00', 'u', 'invalid-decimal-escape 0'],
    ['[\\1]', 'u', 'invalid-decimal-escape 1'],
    ['\\k', 'u', 'invalid-named-reference 0'],
    ['\\k<a>', 'u', 'unknown-group-name 0'],
    ['(?<a>.)\\k', '', 'invalid-named-reference 7'],
    ['(?<a>.)[\\k]', '', 'invalid-named-reference 8'],
    ['(?<a>.)\\k<b>', '', 'unknown-group-name 7'],
    ['(?<>a)', '', 'invalid-group-name 0'],
    ['(?<1>a)', '', 'invalid-group-name 0'],
    ['(?<a', '', 'invalid-group-name 0'],
    ['(?<a\\u{110000}>)', '', 'invalid-group-name 0'],
    ['(?<a>x)(?<a>y)', '', 'duplicate-group-name 7'],
    ['(?:(?<a>x)|y)(?<a>z)', '', 'duplicate-group-name 13'],
    ['(?<a>(?<a>x)|y)', '', 'duplicate-group-name 5'],
    ['(?<a>x)|(?:(?<b>y)|(?<a>z)(?<b>w)(?<a>v))', '', 'duplicate-group-name 33'],
    ['(?-:a)', '', 'invalid-modifiers 0'],
    ['(?ii:a)', '', 'invalid-modifiers 3'],
    ['(?i-i:a)', '', 'invalid-modifiers 4'],
    ['(?u:a)', '', 'invalid-group 0'],
    ['(?i-s-m:a)', '', 'invalid-group 0'],
    ['(?i', '', 'invalid-group 0'],
    ['\\p', 'u', 'invalid-property 0'],
    ['\\p{Foo}', 'u', 'invalid-property 0'],
    ['\\p{L', 'u', 'invalid-property 0'],
    ['\\p{Script=}', 'u', 'invalid-property 0'],
    ['\\p{RGI_Emoji}', 'u', 'invalid-property 0'],
    ['\\P{RGI_Emoji}', 'v', 'negated-strings 0'],
    ['[a', '', 'unterminated-class 0'],
    ['[a-', '', 'unterminated-class 0'],
    ['x[[a]', 'v', 'unterminated-class 1'],
    ['[b-a]', '', 'range-out-of-order 1'],
    ['[b-a]', 'v', 'range-out-of-order 1'],
    ['[\\d-a]', 'u', 'invalid-class-range 1'],
    ['[a-\\d]', 'u', 'invalid-class-range 1'],
    ['[(]', 'v', 'reserved-class-character 1'],
    ['[a!!b]', 'v', 'reserved-class-character 2'],
    ['[a-]', 'v', 'reserved-class-character 3'],
    ['[a--b&&c]', 'v', 'invalid-class-operation 5'],
    ['[a&&&b]', 'v', 'invalid-class-operation 4'],
    ['[a&&]', 'v', 'invalid-class-operation 4'],
    ['[ab--c]', 'v', 'invalid-class-operation 3'],
    ['[a-z--c]', 'v', 'invalid-class-operation 4'],
    ['[a--b-c]', 'v', 'invalid-class-operation 5'],
    ['[^\\q{ab}]', 'v', 'negated-strings 0'],
    ['[^\\p{RGI_Emoji}]', 'v', 'negated-strings 0'],
    ['[^[\\q{ab}--x]]', 'v', 'negated-strings 0'],
    ['[\\q{ab]', 'v', 'reserved-class-character 6'],
    ['[\\q]', 'v', 'invalid-escape 1'],
  ];
  for (const [source, flags, error] of rows) {
    test(`/${source}/${flags}`, () => expect(errorOf(source, flags)).toBe(error));
  }
});

describe('accepted patterns', () => {
  const rows: readonly [source: string, flags: string][] = [
    ['', ''],
    ['a|', ''],
    ['(?=a)*', ''],
    ['(?!a){2}', ''],
    ['{', ''],
    ['a{', ''],
    ['a{,1}', ''],
    ['}]', ''],
    ['\\c', ''],
    ['\\c1', ''],
    ['[\\c]', ''],
    ['\\x1', ''],
    ['\\u{1', ''],
    ['\\1', ''],
    ['\\8', ''],
    ['\\k', ''],
    ['\\k<a>', ''],
    ['\\p{Foo}', ''],
    ['[\\d-z]', ''],
    ['[a-\\w-z]', ''],
    ['\\_', ''],
    ['(?<a>x)\\k<a>', ''],
    ['\\k<a>(?<a>x)', ''],
    ['(?<a>x)|(?<a>y)', ''],
    ['(?:(?<a>x)|(?<a>y))\\k<a>|(?<a>z)', 'u'],
    ['(?<𐐀>a)', ''],
    ['(?<\\u{10400}>a)\\k<𐐀>', ''],
    ['(?<\\ud801\\udc00>a)', ''],
    ['(?i:a)', ''],
    ['(?-i:a)', ''],
    ['(?im-s:a)', 'u'],
    ['(?i-:a)', ''],
    ['[a-]', 'u'],
    ['[\\-]', 'u'],
    ['\\/', 'u'],
    ['[]', 'v'],
    ['[^]', 'v'],
    ['[a-z[0-9]--\\d]', ''],
    ['[[a-z]--[aeiou]--x]', 'v'],
    ['[\\w&&\\d&&[1-3]]', 'v'],
    ['[\\q{}]', 'v'],
    ['[^\\q{a|b}]', 'v'],
    ['[^[\\q{ab}&&x]]', 'v'],
    ['[^[x--\\q{ab}]]', 'v'],
    ['[\\&\\-\\!]', 'v'],
    ['[a&b]', 'v'],
    ['\\p{RGI_Emoji}', 'v'],
    ['[\\p{Lu}\\p{Script=Greek}]', 'v'],
    ['\\p{scx=Zzzz}', 'u'],
    ['a{0}', ''],
    ['a{99999999999999999999}', ''],
    ['a{00000000000000000000000002,3}', ''],
  ];
  for (const [source, flags] of rows)
    test(`/${source}/${flags}`, () => expect(errorOf(source, flags)).toBe(null));
});

describe('flags', () => {
  const rows: readonly [flags: string, code: PatternErrorCode | null, position: number][] = [
    ['', null, 0],
    ['dgimsuy', null, 0],
    ['dgimsvy', null, 0],
    ['gg', 'pattern/duplicate-flag', 1],
    ['gx', 'pattern/unknown-flag', 1],
    ['uv', 'pattern/u-with-v', 1],
    ['G', 'pattern/unknown-flag', 0],
    ['\ud83d', 'pattern/unknown-flag', 0],
  ];
  for (const [flags, code, position] of rows) {
    test(`'${flags}'`, () => {
      const result = parseRegExpFlags(flags);
      if (code === null) expect(result).not.toBeInstanceOf(PatternSyntaxError);
      else expect(result).toEqual(new PatternSyntaxError(code, position));
    });
  }
});

function parsed(source: string, flags: string): Pattern {
  const result = parsePattern(source, flags);
  if (result instanceof PatternSyntaxError) throw new Error(result.message);
  return result;
}

test('captures and names are numbered in order of their parentheses', () => {
  const pattern = parsed('(a)(?<x>b(?:c(d)))|(?<x>e)[(](?=(f))', '');
  expect(pattern.captureCount).toBe(5);
  expect(pattern.groupNames).toEqual([null, null, 'x', null, 'x', null]);
});

test('a quantifier knows the captures inside its body', () => {
  const body = parsed('(a)(?:(b)(c))*', '').body as Extract<PatternNode, { kind: 'Alternative' }>;
  expect(body.terms[1]).toMatchObject({
    kind: 'Quantified',
    min: 0,
    max: Number.POSITIVE_INFINITY,
    greedy: true,
    firstCapture: 2,
    captureCount: 2,
  });
  expect(parsed('(a)?', '').body).toMatchObject({ kind: 'Quantified', firstCapture: 1, captureCount: 1 });
});

describe('characters of escapes', () => {
  const rows: readonly [source: string, flags: string, codePoints: number[]][] = [
    ['\\n\\t\\v\\f\\r\\0', '', [10, 9, 11, 12, 13, 0]],
    ['\\x41\\u0042\\cC', 'u', [0x41, 0x42, 3]],
    ['\\u{1f600}\\ud83d\\ude00😀', 'u', [0x1f600, 0x1f600, 0x1f600]],
    ['\\ud83d\\ude00', '', [0xd83d, 0xde00]],
    ['\\ud83d\\u{de00}', 'u', [0xd83d, 0xde00]],
    ['\\377\\400\\08\\8\\11', '', [255, 0o40, 0x30, 0, 0x38, 0x38, 9]],
    ['\\c!\\xz\\u1', '', [0x5c, 0x63, 0x21, 0x78, 0x7a, 0x75, 0x31]],
  ];
  for (const [source, flags, codePoints] of rows) {
    test(`/${source}/${flags}`, () => {
      const { terms } = parsed(source, flags).body as Extract<PatternNode, { kind: 'Alternative' }>;
      expect(terms.map((term) => (term.kind === 'Character' ? term.codePoint : -1))).toEqual(codePoints);
    });
  }
});

describe('size and depth', () => {
  for (const open of ['(', '(?:', '(?=', '(?<!', '(?<a>', '(?i:', '[']) {
    test(`200,000 times ${open} is an error, not a stack overflow`, () => {
      expect(errorOf(open.repeat(200_000), 'v')).not.toBe(null);
    });
  }
  test('nesting within the limit is accepted', () => {
    expect(errorOf(`${'('.repeat(9_000)}a${')*'.repeat(9_000)}`, '')).toBe(null);
    expect(errorOf(`${'['.repeat(9_000)}a${']'.repeat(9_000)}`, 'v')).toBe(null);
    expect(errorOf(`${'('.repeat(10_001)}a${')'.repeat(10_001)}`, '')).toBe('too-deep 10000');
  });
  test('long flat patterns are accepted', () => {
    for (const part of ['a', 'a|', 'a*', '(a)', '[a]', '\\d', '(?=a)', '(?<n>a)|']) {
      expect(errorOf(part.repeat(100_000), ''), part).toBe(null);
    }
  });
});
