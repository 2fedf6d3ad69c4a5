// The tolerant token list, and the dumps made of it and of trees.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { astToJson, dumpAst, dumpTokens, tokensToJson } from './dump.ts';
import { parseScript } from './parse.ts';
import { SourceText } from './source-text.ts';
import { tokenize } from './tokenizer.ts';
import * as tokens from './tokens.gen.ts';

function categories(text: string): string {
  return tokenize(text)
    .map(({ category, start, end }) => `${category}:${text.slice(start, end)}`)
    .join(' ');
}

describe('a slash', () => {
  const rows: readonly [text: string, tokens: string][] = [
    ['a / b / c', 'name:a punctuator:/ name:b punctuator:/ name:c'],
    ['(a) / b / c', 'punctuator:( name:a punctuator:) punctuator:/ name:b punctuator:/ name:c'],
    ['if (a) /b/g', 'keyword:if punctuator:( name:a punctuator:) regexp:/b/g'],
    ['a = /b/', 'name:a punctuator:= regexp:/b/'],
    ['return /b/', 'keyword:return regexp:/b/'],
    ['a.return / b', 'name:a punctuator:. name:return punctuator:/ name:b'],
    ['a++ / b', 'name:a punctuator:++ punctuator:/ name:b'],
    ['{} /b/', 'punctuator:{ punctuator:} regexp:/b/'],
    ['a = {} / b', 'name:a punctuator:= punctuator:{ punctuator:} punctuator:/ name:b'],
    ['`${a}` / b', 'template:`${ name:a template:}` punctuator:/ name:b'],
    ['this / b', 'literalName:this punctuator:/ name:b'],
  ];
  for (const [text, expected] of rows) test(text, () => expect(categories(text)).toBe(expected));
});

test('templates, comments and nested braces', () => {
  expect(categories('`a${ {b: `c${d}`} }e` // f')).toBe(
    'template:`a${ punctuator:{ name:b punctuator:: template:`c${ name:d template:}` punctuator:} template:}e` comment:// f',
  );
  expect(categories('#!a\n<!-- b\n/* c */ d')).toBe('comment:#!a comment:<!-- b comment:/* c */ name:d');
});

test('errors become tokens and the rest is read', () => {
  expect(categories('a "b\nc')).toBe('name:a error:"b name:c');
  expect(categories('a § 1x b')).toBe('name:a error:§ error:1x name:b');
  expect(categories('a /* b')).toBe('name:a error:/* b');
  expect(categories('`a${b')).toBe('template:`a${ name:b');
  expect(categories('`a')).toBe('error:`a');
});

test('tokens of any text are in order, do not overlap and leave out white space only', () => {
  const piece = fc.constantFrom(
    'a',
    '1',
    '"',
    "'",
    '`',
    '${',
    '}',
    '{',
    '(',
    ')',
    '/',
    '*',
    '//',
    '/*',
    '*/',
    '\\',
    '\n',
    ' ',
    '#',
    'if',
    '=',
    '😀',
    '\\u{',
    '0x',
    '<!--',
    '-->',
    '.',
    '?',
    'é',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      let pos = 0;
      for (const { start, end } of tokenize(text)) {
        expect(start).toBeGreaterThanOrEqual(pos);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(pos, start).trim()).toBe('');
        pos = end;
      }
      expect(text.slice(pos).trim()).toBe('');
    }),
    { numRuns: 3000 },
  );
});

test('the dump of tokens', () => {
  expect(dumpTokens('let a = 1n;')).toBe(`0-3 keyword LET "let"
4-5 name IDENTIFIER "a"
6-7 punctuator ASSIGN "="
8-10 number BIGINT "1n"
10-11 punctuator SEMICOLON ";"
`);
  expect(JSON.parse(tokensToJson('a'))).toEqual([
    { category: 'name', kind: 'IDENTIFIER', start: 0, end: 1, text: 'a' },
  ]);
});

test('the dump of a tree', () => {
  const result = parseScript(new SourceText('test', 'let a = [, 1n]; a?.b'));
  if (!result.ok) throw new Error(result.error.message);
  expect(dumpAst(result.node)).toBe(`Script 0-20 strict=false scope={"kind":"script","lexicals":["a"]}
  body[0]: LexicalDeclaration 0-15 declarationKind="let"
    declarations[0]: BindingDeclaration 4-14
      target: BindingIdentifier 4-5 name="a"
      initializer: ArrayLiteral 8-14
        elements[0]: hole
        elements[1]: BigIntLiteral 11-13 value="1n"
  body[1]: ExpressionStatement 16-20
    expression: OptionalChain 16-20
      expression: StaticMember 16-20 name="b" optional=true
        object: IdentifierReference 16-17 name="a"
`);
  const json = JSON.parse(astToJson(result.node));
  expect(json.body[0].declarations[0].initializer.elements).toEqual([
    null,
    { kind: 'BigIntLiteral', start: 11, end: 13, value: '1n' },
  ]);
});

test('literal case labels agree with the table of tokens', () => {
  const numbers = tokens as unknown as Readonly<Record<string, number>>;
  let count = 0;
  for (const file of readdirSync(new URL('parser', import.meta.url))) {
    const text = readFileSync(new URL(`parser/${file}`, import.meta.url), 'utf8');
    for (const [, label, name] of text.matchAll(/\b(\d+) \/\* (T_\w+) \*\//g)) {
      expect([file, name, numbers[name]]).toEqual([file, name, Number(label)]);
      count++;
    }
  }
  expect(count).toBeGreaterThan(40);
});
