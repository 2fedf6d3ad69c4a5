import { describe, expect, test } from 'vitest';
import { PatternSyntaxError } from '../syntax/regexp/pattern-syntax-error.ts';
import { hostPatternOf } from './host-pattern.ts';
import { compileRegExp, type MatchLimits, NO_MATCH_LIMITS, type RegExpProgram } from './matcher.ts';
import { RegExpSearcher } from './searcher.ts';

function compiled(source: string, flags: string): RegExpProgram {
  const program = compileRegExp(source, flags);
  if (program instanceof PatternSyntaxError) throw new Error(program.message);
  return program;
}

function hostPattern(source: string, flags: string) {
  const { pattern, mode } = compiled(source, flags).delegation;
  return pattern === null ? null : hostPatternOf(pattern, mode, () => {});
}

describe('what is proven', () => {
  const linear: readonly [source: string, flags: string, printed: string][] = [
    ['abc', '', 'abc'],
    ['a-b', '', 'a\\u002db'],
    ['(?<year>\\d{4})-(?<x>\\d\\d)?', '', '([0-9]{4})\\u002d([0-9][0-9])?'],
    ['k', 'i', '[Kk]'],
    ['k', 'iu', '[Kk\\u{212a}]'],
    ['[^"]*', '', '[\\u0000-\\u0021\\u0023-\\uffff]*'],
    ['^.$', 'm', '^.$'],
    ['(?s:.)x', '', '(?:[^])x'],
    ['(?i:a)b', '', '(?:[Aa])b'],
    ['"[^"\\n]*"', '', '\\u0022[\\u0000-\\u0009\\u000b-\\u0021\\u0023-\\uffff]*\\u0022'],
    ['[a-z]\\w*', '', '[a-z][0-9A-Z\\u005fa-z]*'],
    ['\\d+(?:\\.\\d+)?', '', '[0-9]+(?:\\u002e[0-9]+)?'],
    ['[[a-z]--[aeiou]]+', 'v', '[b-df-hj-np-tv-z]+'],
    ['a(?=b)', '', 'a(?=b)'],
    ['a|b|', '', 'a|b|'],
    ['x\\b', 'u', 'x\\b'],
  ];
  for (const [source, flags, printed] of linear)
    test(`/${source}/${flags} is linear as /${printed}/`, () => {
      const result = hostPattern(source, flags);
      expect(result?.source).toBe(printed);
      expect(result?.isLinear).toBe(true);
    });

  for (const [source, flags] of [
    ['\\d+x', ''],
    ['"(?:[^"\\\\]|\\\\.)*"', ''],
    ['.*foo', ''],
    ['\\s+$', ''],
    ['\\w+@\\w+', ''],
  ] as const)
    test(`/${source}/${flags} is linear in an attempt only`, () =>
      expect(hostPattern(source, flags)).toMatchObject({ isLinear: false, scansAhead: true }));

  const refused: readonly [source: string, flags: string, reason: string][] = [
    ['(a)\\1', '', 'back reference'],
    ['(?<=a)b', '', 'lookbehind'],
    ['(?=(a))', '', 'capture in a lookahead'],
    ['(?:(a)|b)*', '', 'capture in a repetition'],
    ['(?:a?)*', '', 'repetition of what can be empty'],
    ['(a*)*b', '', 'nested repetition'],
    ['(?:a|ab)*c', '', 'ambiguous choice in a repetition'],
    ['a*a*b', '', 'two repetitions of the same'],
    ['(?:.*,)*x', '', 'ambiguous repetition in a repetition'],
    ['.*a.*b', '', 'square of the length'],
    ['(?=.*x)a', '', 'unbounded lookahead'],
    ['a?', 'u', 'empty match with u'],
    ['\\bk', 'iu', 'word characters by case'],
    ['(?m:^)a$', '', 'lines in a part'],
    ['a', 'd', 'indices'],
    ['[\\q{ab|c}]', 'v', 'strings'],
    [`a{1,9}`.repeat(3), '', 'too many ways'],
    ['(?:[ab]{1,100}c){1,100}', '', 'too many repetitions'],
    [`${'('.repeat(40)}a${')'.repeat(40)}`, '', 'too deep'],
    ['a'.repeat(3000), '', 'too long'],
    ['\\p{L}', 'u', 'too many ranges'],
  ];
  for (const [source, flags, reason] of refused)
    test(`/${source.slice(0, 30)}/${flags} is refused: ${reason}`, () =>
      expect(hostPattern(source, flags)).toBeNull());
});

describe('searching', () => {
  function counting(): MatchLimits & { steps: number } {
    return {
      ...NO_MATCH_LIMITS,
      steps: 0,
      charge(steps) {
        this.steps += steps;
      },
    };
  }

  const rows: readonly [source: string, flags: string, input: string, lastIndex: number][] = [
    ['(\\w+)=(\\d+)?;', '', 'x=;  key=12;', 1],
    ['"(?:[^"\\\\]|\\\\.)*"|(b)', '', `${'a"b\\"'.repeat(400)} `, 0],
    ['\\d+x', '', `${'12 '.repeat(800)}7x`, 0],
    ['^ab', '', 'abab', 0],
    ['^ab', '', 'abab', 2],
    ['ab', 'y', 'abab', 2],
    ['ab', 'y', 'abab', 1],
    ['[^a]', 'u', 'a😀b', 2],
    ['é+', 'i', 'aÉé', 0],
    ['x', '', 'abc', 3],
    ['[a-c]{2}|xy', '', 'zxyab', 1],
    ['a.c(?=d)', '', `${'abc '.repeat(700)}abcd`, 0],
    ['[^a]b', 'i', 'ABab-B', 0],
    ['\\{\\{\\s*([a-z]+)\\s*\\}\\}', '', `${'{{ '.repeat(600)}{{ ab }}`, 0],
    ['\\{\\{\\s*([a-z]+)\\s*\\}\\}', '', `${'. '.repeat(600)}{{ ab }}`, 0],
    ['(\\w+) (\\w+)', '', `${'ab,'.repeat(600)}cd ef`, 0],
    ['(\\w+) (\\w+)', 'u', `ab,cd,😀${'ef gh '.repeat(200)}`, 0],
  ];
  for (const [source, flags, input, lastIndex] of rows)
    test(`/${source}/${flags} finds the same on the host from ${lastIndex}`, () => {
      const program = compiled(source, flags);
      const results = (['own', 'host'] as const).map((mode) => {
        const searcher = new RegExpSearcher(mode, NO_MATCH_LIMITS);
        let last: unknown = null;
        for (let i = 0; i < 5; i++) {
          const match = searcher.search(program, input, lastIndex, program.flags.sticky);
          const texts = match && Array.from({ length: match.count }, (_, index) => match.text(index));
          last = [match?.start, match?.end, texts];
          const end = searcher.searchEnd(program, input, lastIndex, program.flags.sticky);
          expect(end).toBe(match === null ? -1 : match.end);
        }
        return last;
      });
      expect(results[1]).toEqual(results[0]);
      expect(program.delegation.host).not.toBeNull();
    });

  test('fuel grows with what the host scans, and with what attempts may scan', () => {
    const stepsOf = (source: string, input: string, lastIndex = 0) => {
      const limits = counting();
      new RegExpSearcher('host', limits).search(compiled(source, ''), input, lastIndex, false);
      return limits.steps;
    };
    const zs = 'z'.repeat(100_000);
    expect(stepsOf('x', zs)).toBeGreaterThan(12_000);
    expect(stepsOf('x', `x${zs}`)).toBeLessThan(1000);
    expect(stepsOf('"(?:[^"\\\\]|\\\\.)*"|x', `x${zs}`)).toBeGreaterThan(390);
  });

  test('a host that fails is not asked again, and our matcher finds the match', () => {
    const program = compiled('(a)b', '');
    const searcher = new RegExpSearcher('host', NO_MATCH_LIMITS);
    for (let i = 0; i < 4; i++) searcher.searchEnd(program, 'ab', 0, false);
    const host = program.delegation.host as unknown as { searching: unknown };
    Object.defineProperty(host, 'searching', {
      value: Object.freeze(/(a)b/g),
    });
    expect(searcher.search(program, 'xab', 0, false)?.start).toBe(1);
    expect(searcher.search(program, 'xxab', 0, false)?.text(1)).toBe('a');
  });

  test('the square of the length is never the host’s: a long search without a match is charged and can be stopped', () => {
    const limits: MatchLimits = {
      ...NO_MATCH_LIMITS,
      charge: (() => {
        let left = 50_000;
        return (steps: number) => {
          left -= steps;
          if (left < 0) throw 'stop';
        };
      })(),
    };
    const input = `"${'\\"'.repeat(50_000)}`;
    expect(() =>
      new RegExpSearcher('host', limits).search(compiled('"(?:[^"\\\\]|\\\\.)*"x', ''), input, 0, false),
    ).toThrow('stop');
  });
});
