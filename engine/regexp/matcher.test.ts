import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PatternSyntaxError } from '../syntax/regexp/pattern-syntax-error.ts';
import {
  BacktrackStackLimit,
  BacktrackStepLimit,
  compileRegExp,
  execRegExp,
  type MatchLimits,
  NO_MATCH_LIMITS,
  type RegExpProgram,
} from './matcher.ts';
import { disassemble, Op } from './opcodes.ts';

function compiled(source: string, flags: string): RegExpProgram {
  const program = compileRegExp(source, flags);
  if (program instanceof PatternSyntaxError) throw new Error(`${program.message} at ${program.position}`);
  return program;
}

/** The captures as text, undefined for those not set; null without a match. */
function captures(
  source: string,
  flags: string,
  input: string,
  lastIndex = 0,
): (string | undefined)[] | null {
  const program = compiled(source, flags);
  const result = execRegExp(program, input, lastIndex, program.flags.sticky, NO_MATCH_LIMITS);
  if (result === null) return null;
  const texts: (string | undefined)[] = [];
  for (let i = 0; i <= 2 * program.captureCount; i += 2)
    texts.push(result[i] < 0 ? undefined : input.slice(result[i], result[i + 1]));
  return texts;
}

const U = undefined;

type Row = readonly [source: string, flags: string, input: string, expected: (string | undefined)[] | null];

const groups: Record<string, readonly Row[]> = {
  'quantifiers and captures': [
    ['a[a-z]{2,4}', '', 'abcdefghi', ['abcde']],
    ['a[a-z]{2,4}?', '', 'abcdefghi', ['abc']],
    ['(aa|aabaac|ba|b|c)*', '', 'aabaac', ['aaba', 'ba']],
    ['(z)((a+)?(b+)?(c))*', '', 'zaacbbbcac', ['zaacbbbcac', 'z', 'ac', 'a', U, 'c']],
    ['(a*)*', '', 'b', ['', U]],
    ['(a*)b\\1+', '', 'baaaac', ['b', '']],
    ['(?:(a)|b)*', '', 'ab', ['ab', U]],
    ['(?:a*?)*?b', '', 'aab', ['aab']],
    ['(?:|a){2}b', '', 'ab', ['ab']],
    ['(a?)??b', '', 'ab', ['ab', 'a']],
    ['((a)|(b))*?c', '', 'abc', ['abc', 'b', U, 'b']],
    ['(?:a{0}b)(c){0}', '', 'b', ['b', U]],
    ['(a{2}){2}', '', 'aaaaa', ['aaaa', 'aa']],
    ['x{2,3}?y', '', 'xxxxy', ['xxxy']],
    ['(?:(?=(a))){2}\\1', '', 'aa', ['a', 'a']],
    ['(?=(a))?b', '', 'b', ['b', U]],
    ['(?:){3}x', '', 'x', ['x']],
    ['(?:(a)(b)?)+', '', 'aba', ['aba', 'a', U]],
    ['(?:((x)|y)z)*', '', 'xzyz', ['xzyz', 'y', U]],
    ['(?:(\\w)(?=(x))?)*?;', '', 'axb;', ['axb;', 'b', U]],
    ['(?:(a)|(b)\\1)*', '', 'aba', ['aba', 'a', U]],
    ['(?:(a\\1))*', '', 'aaa', ['aaa', 'a']],
    ['(?:(a)b|ac)*c?', '', 'abac', ['abac', U]],
  ],
  'starts of words': [
    ['\\b(\\w+)\\s+\\1\\b', '', 'xthe the he he', ['he he', 'he']],
    ['\\b[a-z]+(.?)', '', '1a b!', ['b!', '!']],
    ['(\\b\\w)\\W', '', 'ab a', null],
    ['\\bk(.)', 'iu', 'a\u212ak k!', ['k!', '!']],
    ['\\bk(.)', 'i', 'a\u212ak k!', ['k ', ' ']],
    ['\\b[a-z-]', '', 'a-b', ['a']],
    ['\\b[b-]', '', 'a-b', ['-']],
  ],
  lookarounds: [
    ['(?=(a+))', '', 'baaabac', ['', 'aaa']],
    ['(?=(a+))a*b\\1', '', 'baaabac', ['aba', 'a']],
    ['(.*?)a(?!(a+)b\\2c)\\2(.*)', '', 'baaabaac', ['baaabaac', 'ba', U, 'abaac']],
    ['(?<=\\$)\\d+(\\.\\d*)?', '', '$10.53', ['10.53', '.53']],
    ['(?<=(\\d+)(\\d+))$', '', '1053', ['', '1', '053']],
    ['(?<=\\1(.))b', '', 'aab', ['b', 'a']],
    ['(?<=(.)\\1)b', '', 'aab', ['b', 'a']],
    ['(?<!abc)\\w\\w\\w', '', 'abcdef', ['abc']],
    ['(?<=^(\\w{3}))def', '', 'abcdef', ['def', 'abc']],
    ['(?<=a(?=([^a]{2})d)\\w{3})\\w\\w', '', 'abcdcdeaabcde', ['cd', 'bc']],
    ['(?<=([ab]+)c)d', '', 'xabacd', ['d', 'aba']],
    ['(?<=a{2,3}?(b))c', '', 'aaabc', ['c', 'b']],
    ['(?<!(a)b)c', '', 'c', ['c', U]],
    ['(?:(?=(a)|b)[ab])+', '', 'ab', ['ab', U]],
  ],
  'back references and names': [
    ['(?<x>a)(?<y>b)\\k<y>\\k<x>', '', 'abba', ['abba', 'a', 'b']],
    ['(?:(?<x>a)|(?<x>b))\\k<x>', '', 'abb', ['bb', U, 'b']],
    ['(?:(?:(?<x>a)|(?<x>b))\\k<x>){2}', '', 'aabb', ['aabb', U, 'b']],
    ['\\k<x>(?<x>a)', '', 'a', ['a', 'a']],
    ['(a)\\1', 'i', 'aA', ['aA', 'a']],
    ['(ſ)\\1', 'iu', 'ſS', ['ſS', 'ſ']],
    ['(ſ)\\1', 'i', 'ſS', null],
    ['(\\ud83d)\\1', 'u', '\ud83d\ud83d\ude00', null],
    ['(𐐀)\\1', 'iu', '𐐀𐐨', ['𐐀𐐨', '𐐀']],
  ],
  case: [
    ['[^x]', 'i', 'X', null],
    ['[^x]', 'iu', 'X', null],
    ['\\u212a', 'i', 'k', null],
    ['\\u212a', 'iu', 'k', ['k']],
    ['[\\w]', 'iu', 'ſ', ['ſ']],
    ['[\\w]', 'i', 'ſ', null],
    ['[^\\W]', 'iu', 'ſ', ['ſ']],
    ['\\W', 'iu', 'ſ', null],
    ['\\b', 'iu', 'ſ', ['']],
    ['\\b', 'i', 'ſ', null],
    ['\\u03b9', 'i', '\u0345', ['\u0345']],
    ['\\u1e9e', 'iu', 'ß', ['ß']],
    ['\\u1e9e', 'i', 'ß', null],
    ['\\P{Lu}', 'iu', 'A', ['A']],
    ['[^\\P{Lu}]', 'iu', 'A', null],
    ['[^\\P{Lu}]', 'iv', 'A', ['A']],
    ['\\P{Lu}', 'iv', 'A', null],
    ['\\p{Lu}', 'iv', 'a', ['a']],
    ['[\\p{Lu}&&\\p{Ll}]', 'iv', 'a', ['a']],
    ['[\\q{KS}--k]+', 'iv', '\u212aſ', ['\u212aſ']],
  ],
  modifiers: [
    ['(?i:a)b', '', 'AbAB', ['Ab']],
    ['(?-i:a)b', 'i', 'AbaB', ['aB']],
    ['a(?i:b|(?-i:c))d', '', 'aBd', ['aBd']],
    ['a(?i:b|(?-i:c))d', '', 'aCd', null],
    ['(?s:.).', '', '\n\n', null],
    ['(?m:^)a(?m:$)', '', '\na\n', ['a']],
    ['(?m-i:^A)', 'i', 'x\nA', ['A']],
    ['(a)(?i:\\1)', '', 'aA', ['aA', 'a']],
    ['(?i:\\b)', 'u', 'ſ', ['']],
  ],
  'code points': [
    ['^.$', '', '😀', null],
    ['^.$', 'u', '😀', ['😀']],
    ['\\ude00', 'u', '😀', null],
    ['\\ud83d', 'u', '😀\ud83d', ['\ud83d']],
    ['[^a]', 'u', '😀', ['😀']],
    ['[😀]', '', '😀', ['\ud83d']],
    ['😀{2}', 'u', '😀😀', ['😀😀']],
    ['(?<=😀)a', 'u', '😀a', ['a']],
    ['(?<=\\ude00)a', 'u', '😀a', null],
    ['(?<=^.)a', 'u', '😀a', ['a']],
    ['.+?a', 'su', '😀\ude00\ud83da', ['😀\ude00\ud83da']],
    ['^[^x]+😀$', 'u', '😀😀😀', ['😀😀😀']],
    ['\\S{2,}$', 'u', 'a😀', ['a😀']],
  ],
  'sets with strings': [
    ['[\\q{abc|ab|a|}]c', 'v', 'abc', ['abc']],
    ['^[\\q{abc|ab|a|}]c', 'v', 'abcc', ['abcc']],
    ['^[\\q{ab|}a]$', 'v', 'a', ['a']],
    ['^[\\q{}]$', 'v', '', ['']],
    ['(?<=^[\\q{ab|b}])c', 'v', 'abc', ['c']],
    ['[[a-z]--[aeiou]]+', 'v', 'aabcde', ['bcd']],
    ['[\\w&&[^\\d]]+', 'v', '12ab', ['ab']],
    ['^\\p{Emoji_Keycap_Sequence}$', 'v', '1\ufe0f\u20e3', ['1\ufe0f\u20e3']],
    ['^\\p{RGI_Emoji}$', 'v', '👨‍👩‍👧‍👦', ['👨‍👩‍👧‍👦']],
    ['\\p{RGI_Emoji}', 'v', '👨‍👩', ['👨']],
    ['^[\\p{RGI_Emoji}--\\q{😀}]', 'v', '😀', null],
    ['^[\\p{RGI_Emoji_Flag_Sequence}&&\\q{🇩🇪|x}]$', 'v', '🇩🇪', ['🇩🇪']],
  ],
  search: [
    ['b+', '', 'aabbc', ['bb']],
    ['abc', '', 'ababc', ['abc']],
    ['^a', '', 'ba', null],
    ['^a', 'm', 'b\ra', ['a']],
    ['a$', 'm', 'a\u2028b', ['a']],
    ['(?:^a|^b)c', '', 'xbc', null],
    ['[é-ü]', '', 'abcö', ['ö']],
    ['$', '', 'ab', ['']],
    ['[]', '', 'a', null],
    ['[^]', '', '\n', ['\n']],
    ['a|ab', 'y', 'ab', ['a']],
    ['b', 'y', 'ab', null],
    ['[\\b]', '', '\b', ['\b']],
    ['[\\d-z]+', '', 'a1-z', ['1-z']],
  ],
};

for (const [title, rows] of Object.entries(groups)) {
  describe(title, () => {
    for (const [source, flags, input, expected] of rows) {
      test(`/${source}/${flags} on ${JSON.stringify(input)}`, () => {
        expect(captures(source, flags, input)).toEqual(expected);
      });
    }
  });
}

test('the search starts at lastIndex, or at the start of the pair it lies in', () => {
  const at = (source: string, flags: string, input: string, lastIndex: number) => {
    const program = compiled(source, flags);
    return execRegExp(program, input, lastIndex, program.flags.sticky, NO_MATCH_LIMITS)?.[0] ?? null;
  };
  expect(at('a', 'g', 'aba', 1)).toBe(2);
  expect(at('a', 'y', 'aba', 1)).toBe(null);
  expect(at('^', 'g', 'aba', 1)).toBe(null);
  expect(at('', 'g', 'ab', 2)).toBe(2);
  expect(at('.', 'gu', 'a😀b', 2)).toBe(1);
  expect(at('.', 'yv', 'a😀b', 2)).toBe(1);
  expect(at('.', 'g', 'a😀b', 2)).toBe(2);
});

describe('limits', () => {
  function counting(most: number, maxStackBytes: number): MatchLimits & { steps: number; calls: number } {
    return {
      steps: 0,
      calls: 0,
      maxStackBytes,
      maxSteps: Number.POSITIVE_INFINITY,
      maxStepsPerUnit: 0,
      charge(steps) {
        this.steps += steps;
        this.calls++;
        if (this.steps > most) throw 'stop';
      },
    };
  }
  const exec = (source: string, flags: string, input: string, limits: MatchLimits) =>
    execRegExp(compiled(source, flags), input, 0, false, limits);

  test('what backtracks is charged and stopped', () => {
    const limits = counting(100_000, 1 << 20);
    expect(() => exec('(?:(?:(a+)+b?){2,}c?){2,}\\1$', '', `${'a'.repeat(40)}d`, limits)).toThrow('stop');
    expect(limits.steps).toBeLessThan(110_000);
    expect(limits.calls).toBeGreaterThan(50);
  });

  test('a match without a charge that stops it ends at the most steps', () => {
    const limits = { ...NO_MATCH_LIMITS, maxSteps: 1_000_000 };
    // A back reference forbids to remember what failed.
    const backtracking = '(?:(?:(a+)+b?){2,}c?){2,}\\1$';
    expect(() => exec(backtracking, '', `${'a'.repeat(40)}d`, limits)).toThrow(BacktrackStepLimit);
    expect(new BacktrackStepLimit(1)).not.toBeInstanceOf(Error);
  });

  test('the most steps grow with the subject', () => {
    const limits = { ...NO_MATCH_LIMITS, maxSteps: 1_000, maxStepsPerUnit: 16 };
    const alternatives = '(?:a|b|c|d)*e';
    expect(exec(alternatives, '', `${'d'.repeat(100_000)}e`, limits)?.[1]).toBe(100_001);
    expect(() => exec('(?:(a+)+b?)+\\1$', '', `${'a'.repeat(5_000)}d`, limits)).toThrow(BacktrackStepLimit);
  });

  const catastrophic: readonly [source: string, input: string][] = [
    ['(a*)*b', 'a'.repeat(10_000)],
    ['(a+)+$', `${'a'.repeat(10_000)}b`],
    ['(?:a|aa)+$', `${'a'.repeat(50_000)}b`],
    ['(x+x+)+y', 'x'.repeat(10_000)],
    ['(?:a?)*?(?:a|ab)*?c', 'ab'.repeat(10_000)],
    ['^(?:(\\w+)\\s?)*!$', 'word '.repeat(4_000)],
    ['^(?:.*,)*x', `${'1,'.repeat(5_000)}`],
    ['(?:ab|c)*$x', 'ab'.repeat(50_000)],
    ['^(?:(a+)+b?){2,}$', `${'a'.repeat(5_000)}c`],
    ['(?:a?){100}$x', 'a'.repeat(1_000)],
    ['^(?:a|a?b|aa){3,50}$', 'a'.repeat(101)],
    ['\\s+$', `${' '.repeat(100_000)}x`],
    ['(?:(?:(a+)+b?){2,}c?){2,}$', `${'a'.repeat(3_000)}d`],
    ['^(?:(?:a|aa){1,3}b?){2,9}$', `${'a'.repeat(26)}c`],
    ['^(?:(?:(?:a?){0,4}b?){0,4}c?){0,4}$', `${'a'.repeat(70)}`],
    ['^(?:(?:x{1,3}?){1,9}?){1,9}?y', 'x'.repeat(300)],
  ];
  for (const [source, input] of catastrophic)
    test(`/${source}/ ends without a match on ${input.length} characters`, () => {
      const limits = counting(100_000_000, 1 << 26);
      expect(exec(source, '', input, limits)).toBe(null);
    });

  test('a remembered failure stands for no other: what can match later does', () => {
    const rows: readonly [source: string, input: string, expected: number][] = [
      ['(?:(a*)*b|a*c)', `${'a'.repeat(2_000)}c`, 2_001],
      ['(?:a|aa)*b?c', `${'a'.repeat(2_000)}c`, 2_001],
      ['(?:(?:a*)*x|(?:a*b?)*)$', 'aaab'.repeat(500), 2_000],
      ['(?:a?a?)*(?=c)c', `${'a'.repeat(2_000)}c`, 2_001],
      ['^(?:a|aa|aaa){500,1000}?$', 'a'.repeat(1_500), 1_500],
      ['^(?:a|aa|aaa){100,200}$', 'a'.repeat(600), 600],
      ['(?:(a*)*!|a{0,1500}?c)', `${'a'.repeat(2_000)}c`, 2_001],
      ['^(?:(?:a?)*b?){5,}c', `${'aab'.repeat(600)}c`, 1_801],
      ['^(?:(?:a|aa){2,3}){100,200}$', 'a'.repeat(1_200), 1_200],
      ['^(?:(?:a|aa|b){1,20}?c?){30,60}$', `${'aab'.repeat(390)}c`, 1_171],
      ['^(?:(?:a?){3}){400}$', 'a'.repeat(1_200), 1_200],
    ];
    for (const [source, input, expected] of rows)
      expect(exec(source, '', `${input}`, NO_MATCH_LIMITS)?.[1], source).toBe(expected);
  }, 30_000);

  test('every kind of loop is charged in proportion to the input', () => {
    const input = 'ab'.repeat(50_000);
    for (const source of [
      'x',
      '[xy]',
      '.*x',
      '(?:a|b)*x',
      '(?<=(?:ab)*)x',
      '^(?:ab)*$',
      '(?=.*x)',
      '.*?x',
      '(.+)\\1$',
      '^(?!.*x)',
    ]) {
      const limits = counting(20_000, 1 << 26);
      let stopped = false;
      try {
        exec(source, '', input, limits);
      } catch (error) {
        if (error !== 'stop') throw error;
        stopped = true;
      }
      expect(stopped || limits.steps > 10_000, source).toBe(true);
    }
  });

  test('the backtrack stack stops at its limit, in the same place every time', () => {
    const input = 'ab'.repeat(100_000);
    const stepsUntilLimit = () => {
      const limits = counting(Number.POSITIVE_INFINITY, 64 * 1024);
      expect(() => exec('(?:ab|c|abc)*x', '', input, limits)).toThrow(BacktrackStackLimit);
      return limits.steps;
    };
    const first = stepsUntilLimit();
    exec('(?:ab|c)*$', '', input, NO_MATCH_LIMITS);
    expect(stepsUntilLimit()).toBe(first);
    expect(new BacktrackStackLimit(1)).not.toBeInstanceOf(Error);
  });

  test('simple repetitions need no stack', () => {
    for (const source of ['a*b', '[^b]*b', '.*', '.*?b', '(?:.*)b', '(?:aa|c)*b', '(?:(a)|c)*b']) {
      expect(
        exec(source, 's', `${'a'.repeat(300_000)}b`, counting(Number.POSITIVE_INFINITY, 4096)),
        source,
      ).not.toBe(null);
    }
  });

  test('the compilation of classes is charged', () => {
    let steps = 0;
    const charge = (count: number) => {
      steps += count;
      if (steps > 100_000) throw 'stop';
    };
    expect(() => compileRegExp('[\\0-\\uffff]'.repeat(1_000), 'i', charge)).toThrow('stop');
  });

  test('deep and long patterns run without the host stack', () => {
    const deep = (open: string, close: string) => `${open.repeat(9_000)}a${close.repeat(9_000)}`;
    expect(captures(deep('(?:', ')*'), '', 'aa')).toEqual(['aa']);
    expect(captures(deep('(?=', ')'), '', 'aa')).toEqual(['']);
    expect(captures(deep('(?<=', ')'), '', 'aa')).toEqual(['']);
    expect(captures(deep('[', ']'), 'v', 'aa')).toEqual(['a']);
    expect(captures('a'.repeat(100_000), '', 'a'.repeat(100_000))?.length).toBe(1);
    expect(captures(`${'b|'.repeat(100_000)}a`, '', 'a')).toEqual(['a']);
  });
});

test('the labels of the dispatch are the numbers of the table', () => {
  const text = readFileSync(fileURLToPath(new URL('./backtracker.ts', import.meta.url)), 'utf8');
  const labels = [...text.matchAll(/case (\d+) \/\* (\w+) \*\/:/g)].map((match) => [
    match[2],
    Number(match[1]),
  ]);
  expect(Object.fromEntries(labels)).toEqual(Op);
});

test('a program prints as text', () => {
  expect(disassemble(compiled('(?:a|b\\d*)+?(x)\\1', 'i').code).split('\n')).toEqual([
    '   0 Guard 8 0',
    '   3 CharPair 65 97',
    '   6 Jump 15',
    '   8 CharPair 66 98',
    '  11 RunPossessive 0 0 2147483647',
    '  15 Guard 0 8',
    '  18 Save 2',
    '  20 CharPair 88 120',
    '  23 Save 3',
    '  25 BackReference 1 1 1',
    '  29 Match',
  ]);
});
