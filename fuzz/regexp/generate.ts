// Patterns, flags and subjects for the comparison of the matchers.

import fc from 'fast-check';

export interface Sample {
  readonly pattern: string;
  readonly flagText: string;
  readonly text: string;
  readonly lastIndex: number;
}

const CHARACTERS = [
  'a',
  'b',
  'B',
  'c',
  'A',
  'k',
  'K',
  's',
  'ſ',
  '\u212a',
  'σ',
  'ς',
  'ß',
  'é',
  'É',
  '1',
  '_',
  '-',
  ' ',
  '\n',
  '\u2028',
  '😀',
  '\ud83d',
  '\ude00',
  '𐐀',
  '𐐨',
  '\u00ff',
  '\u0178',
  'µ',
  'μ',
  'ǆ',
  'ǅ',
];
const FLAG_SETS = [
  '',
  'i',
  'm',
  's',
  'u',
  'iu',
  'im',
  'is',
  'mu',
  'su',
  'v',
  'iv',
  'sv',
  'y',
  'gi',
  'd',
  'yu',
  'gu',
  'gv',
  'ig',
  'ms',
  'isuy',
];

const character = fc.constantFrom(...CHARACTERS);
const flags = fc.constantFrom(...FLAG_SETS);
const subject = fc.array(character, { maxLength: 14 }).map((list) => list.join(''));

const classEscape = fc.constantFrom('\\d', '\\D', '\\w', '\\W', '\\s', '\\S');
const uClassEscape = fc.constantFrom(
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\p{Lu}',
  '\\P{Lu}',
  '\\p{L}',
  '\\P{L}',
  '\\p{sc=Greek}',
  '\\p{ASCII}',
  '\\u{1f600}',
  '\\ud83d\\ude00',
  '\\ud83d',
);
const quantifier = fc.constantFrom(
  '',
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{0,2}?',
  '{2,}',
  '{0}',
  '{2,3}?',
  '{0,1}',
);

const classAtom = fc.oneof(
  { weight: 4, arbitrary: character.filter((c) => c !== '-') },
  fc.constantFrom('a-c', 'A-Z', 'k-s', '\\b', '\\n', '\u00e0-\u00ff', '\u0370-\u03ff', 'a-z'),
);
const plainClass = fc
  .tuple(fc.boolean(), fc.array(fc.oneof(classAtom, classEscape), { maxLength: 4 }))
  .map(([not, atoms]) => `[${not ? '^' : ''}${atoms.join('')}]`);
const uClass = fc
  .tuple(fc.boolean(), fc.array(fc.oneof(classAtom, uClassEscape), { maxLength: 4 }))
  .map(([not, atoms]) => `[${not ? '^' : ''}${atoms.join('')}]`);

const vOperand: fc.Arbitrary<string> = fc.letrec<{ operand: string; set: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3 },
    character.map((c) => (c === '-' ? '\\-' : c)),
    uClassEscape,
    fc
      .array(
        fc
          .array(
            character.map((c) => (c === '-' ? '\\-' : c)),
            { maxLength: 3 },
          )
          .map((s) => s.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((list) => `\\q{${list.join('|')}}`),
    tie('set'),
  ),
  set: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(
        fc.boolean(),
        fc.array(fc.oneof(tie('operand'), fc.constantFrom('a-c', 'A-Z', '\u0370-\u03ff')), { maxLength: 3 }),
      )
      .map(([not, list]) => `[${not ? '^' : ''}${list.join('')}]`),
    fc
      .tuple(
        fc.boolean(),
        fc.constantFrom('--', '&&'),
        fc.array(tie('operand'), { minLength: 2, maxLength: 3 }),
      )
      .map(([not, op, list]) => `[${not ? '^' : ''}${list.join(op)}]`),
  ),
})).set;

type Mode = 'plain' | 'u' | 'v';

function patternOf(mode: Mode): fc.Arbitrary<string> {
  const set = mode === 'plain' ? plainClass : mode === 'u' ? uClass : vOperand;
  const anyEscape = mode === 'plain' ? classEscape : uClassEscape;
  return fc.letrec<{ disjunction: string; alternative: string; term: string; atom: string }>((tie) => ({
    disjunction: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      { weight: 3, arbitrary: tie('alternative') },
      fc.tuple(tie('alternative'), tie('disjunction')).map(([a, b]) => `${a}|${b}`),
    ),
    alternative: fc.array(tie('term'), { maxLength: 4 }).map((terms) => terms.join('')),
    term: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      { weight: 8, arbitrary: fc.tuple(tie('atom'), quantifier).map(([atom, q]) => atom + q) },
      fc.constantFrom('^', '$', '\\b', '\\B'),
      fc
        .tuple(fc.constantFrom('?=', '?!', '?<=', '?<!'), tie('disjunction'))
        .map(([kind, body]) => `(${kind}${body})`),
    ),
    atom: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      { weight: 6, arbitrary: character.map((c) => (c === '-' && mode !== 'plain' ? 'a' : c)) },
      { weight: 2, arbitrary: set },
      anyEscape,
      fc.constant('.'),
      fc.constantFrom('\\1', '\\2', '\\1'),
      { weight: 3, arbitrary: tie('disjunction').map((body) => `(${body})`) },
      tie('disjunction').map((body) => `(?:${body})`),
    ),
  })).disjunction;
}

/** Patterns of the grammar, most of them free of early errors, with flags and a subject. */
export const wellFormed: fc.Arbitrary<Sample> = fc
  .tuple(flags, subject, fc.nat(6))
  .chain(([flagText, text, lastIndex]) =>
    patternOf(flagText.includes('u') ? 'u' : flagText.includes('v') ? 'v' : 'plain').map((pattern) => ({
      pattern,
      flagText,
      text,
      lastIndex,
    })),
  );

const FRAGMENTS = [
  'a',
  'b',
  '1',
  '8',
  '0',
  '(',
  ')',
  '(',
  ')',
  '(?:',
  '(?=',
  '(?<=',
  '(?!',
  '(?<a>',
  '(?<b>',
  '\\k<a>',
  '\\k',
  '|',
  '[',
  ']',
  '[^',
  '^',
  '$',
  '.',
  '*',
  '+',
  '?',
  '{',
  '}',
  '{1}',
  '{1,',
  '{2,1}',
  '{1,2}',
  ',',
  '-',
  '--',
  '&&',
  '\\',
  '\\b',
  '\\B',
  '\\-',
  '\\c',
  '\\ca',
  '\\c1',
  '\\x',
  '\\x41',
  '\\u',
  '\\u0041',
  '\\u{41}',
  '\\ud83d',
  '\\ude00',
  '\\0',
  '\\1',
  '\\2',
  '\\08',
  '\\11',
  '\\377',
  '\\400',
  '\\p',
  '\\p{',
  '\\p{L}',
  '\\P{Lu}',
  '\\q{',
  '\\q{a|bc}',
  '\\d',
  '\\W',
  '\\/',
  '/',
  '😀',
  '\\p{RGI_Emoji}',
  '!!',
  '&',
  '\\&',
  ':',
  '>',
  '=',
  'x',
  '\n',
];
/** Fragments of patterns in a row, most of them early errors. */
export const soup: fc.Arbitrary<Sample> = fc.record({
  pattern: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 8 }).map((list) => list.join('')),
  flagText: flags,
  text: fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        '\\',
        'c',
        '1',
        '8',
        '\0',
        '\t',
        'A',
        '{',
        '}',
        ']',
        '-',
        '😀',
        'x',
        'u',
        'k',
        '\x08',
        '\x01',
        ',',
      ),
      { maxLength: 8 },
    )
    .map((list) => list.join('')),
  lastIndex: fc.nat(3),
});

const LITERALS = ['a', 'b', 'ab', '"', ',', '=', '-', ' ', '\\.', '\\\\', '\\/', '1', 'é', 'k'];
const SETS = [
  '[^"]',
  '[a-z]',
  '\\d',
  '\\w',
  '\\s',
  '.',
  '[^"\\\\\\n]',
  '[^,]',
  '[A-Z_]',
  '[\\w.]',
  '\\S',
  '[é-ü]',
  '[^]',
];
const literal = fc.constantFrom(...LITERALS);
const set = fc.constantFrom(...SETS);
const piece: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: literal },
  {
    weight: 4,
    arbitrary: fc
      .tuple(set, fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '*?', '+?'))
      .map(([s, q]) => s + q),
  },
  fc.constantFrom('^', '$', '\\b', '(?=[a-z])', '(?!,)'),
  fc
    .tuple(
      fc.array(fc.oneof(literal, set), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '?', '*', '+', '{2}'),
    )
    .map(([parts, q]) => `(?:${parts.join('')})${q}`),
  fc
    .tuple(fc.array(fc.oneof(literal, set), { minLength: 1, maxLength: 3 }), fc.constantFrom('', '*', '+'))
    .map(([parts, q]) => `(?:${parts.join('|')})${q}`),
);
const group = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '', '?'))
  .map(([parts, q]) => `(${parts.join('')})${q}`);
const alternative = fc.array(fc.oneof({ weight: 3, arbitrary: piece }, group), {
  minLength: 1,
  maxLength: 5,
});
const TEXT = [
  'a',
  'b',
  'ab',
  '"',
  '"',
  ',',
  '=',
  '-',
  ' ',
  '.',
  '\\',
  '/',
  '12',
  'é',
  'K',
  'k',
  '\n',
  'foo',
  'x_1',
  '😀',
  'ſ',
];

/** Patterns as scanners and parsers of lines have them, many of which run on the host; subjects may be long. */
export const practical: fc.Arbitrary<Sample> = fc.record({
  pattern: fc
    .array(alternative, { minLength: 1, maxLength: 3 })
    .map((list) => list.map((a) => a.join('')).join('|')),
  flagText: fc.constantFrom('', 'g', 'y', 'i', 'gi', 'm', 'gm', 's', 'u', 'gu', 'yu', 'v', 'iu', 'yi'),
  text: fc
    .tuple(fc.array(fc.constantFrom(...TEXT), { maxLength: 30 }), fc.constantFrom(1, 1, 1, 8, 60))
    .map(([list, times]) => list.join('').repeat(times)),
  lastIndex: fc.nat(5),
});
