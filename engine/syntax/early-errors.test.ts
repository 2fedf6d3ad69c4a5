// Every error code with a smallest text that earns it.
import { expect, test } from 'vitest';
import { MESSAGES, type MessageCode } from './messages.ts';
import { parseModule, parseScript } from './parse.ts';
import { SourceText } from './source-text.ts';

type Goal = 'script' | 'module';
/** `‸` marks the offset that is reported. */
type Row = readonly [code: MessageCode, text: string, goal?: Goal];

const rows: readonly Row[] = [
  // Lexical.
  ['UnexpectedCharacter', 'a = ‸§'],
  ['UnexpectedCharacter', '‸# a'],
  ['UnterminatedComment', 'a ‸/* b'],
  ['UnterminatedString', '‸"abc\n"'],
  ['UnterminatedTemplate', '‸`abc'],
  ['UnterminatedRegExp', '‸/abc\n/'],
  ['InvalidHexEscape', '"‸\\x4"'],
  ['InvalidUnicodeEscape', '"a‸\\u{110000}"'],
  ['InvalidUnicodeEscape', '`‸\\u{}`'],
  ['InvalidNameEscape', '‸\\u0020'],
  ['OctalInTemplate', '`‸\\01`'],
  ['InvalidNumber', '0x‸'],
  ['InvalidNumber', '1e‸'],
  ['InvalidSeparator', '1‸_'],
  ['InvalidSeparator', '0‸_1'],
  ['InvalidSeparator', '1_‸_0'],
  ['NameAfterNumber', '3‸in []'],
  ['NameAfterNumber', '01‸n'],
  ['InvalidRegExpFlags', '/a/g‸g'],
  ['InvalidRegExp', '/‸(/'],

  // Grammar.
  ['UnexpectedEnd', 'a=‸'],
  ['ExpectedTokenAtEnd', '{‸'],
  ['UnexpectedToken', 'a ‸b'],
  ['UnexpectedToken', '‸)'],
  ['UnexpectedToken', 'async () \n‸=> 1'],
  ['UnexpectedString', 'a ‸"b"'],
  ['UnexpectedNumber', 'a ‸1'],
  ['EscapedKeyword', '‸v\\u0061r x'],
  ['EmptyParentheses', '‸()'],
  ['UnexpectedRest', '‸(...a)'],
  ['NestedTooDeeply', '('.repeat(5000)],
  ['NewlineAfterThrow', 'throw‸\n1'],
  ['MissingInitializer', 'const a‸'],
  ['MissingInitializer', 'var {a}‸'],
  ['DeclarationInBody', 'if (1) ‸const a = 1'],
  ['DeclarationInBody', 'if (1) ‸let [\na] = 1'],
  ['DeclarationInBody', 'while (1) ‸function f() {}'],
  ['DeclarationInBody', 'if (1) a: ‸function f() {}'],
  ['DeclarationInBody', 'if (1) a: ‸class C {}'],
  ['TryWithoutHandler', 'try {}‸'],
  ['DuplicateDefault', 'switch (1) {default: ; ‸default:}'],
  ['ImportOutsideModule', '‸import "a"'],
  ['ImportOutsideModule', '{ ‸import "a" }', 'module'],
  ['ImportMetaOutsideModule', '‸import.meta'],
  ['NewImport', 'new ‸import("a")'],
  ['NewSuperCall', 'class A extends B { constructor() { new ‸super() } }'],
  ['OptionalChainInNew', 'new a‸?.b()'],
  ['TemplateInOptionalChain', 'a?.b‸`c`'],
  ['TemplateInOptionalChain', 'a?.‸`c`'],
  ['UnaryBeforeExponent', '‸-1 ** 2'],
  ['MixedCoalesce', 'a ?? b ‸|| c'],
  ['MixedCoalesce', 'a ‸?? b && c'],
  ['PrivateNameAlone', 'class A { #a; b = ‸#a; }'],

  // Names.
  ['StrictReservedWord', '"use strict"; let ‸static'],
  ['AwaitReserved', 'var ‸await', 'module'],
  ['AwaitReserved', 'async (‸await) => 1'],
  ['AwaitReserved', 'class A { static { var ‸await } }'],
  ['YieldReserved', 'function* f() { var ‸yield }'],
  ['StrictEvalArguments', '"use strict"; ‸eval = 1'],
  ['StrictEvalArguments', 'function ‸eval() { "use strict" }'],
  ['LetInLexicalDeclaration', 'let ‸let'],
  ['Redeclaration', 'let a; var ‸a'],
  ['Redeclaration', 'var a; let ‸a'],
  ['Redeclaration', 'let a; { var ‸a }'],
  ['Redeclaration', 'try {} catch (a) { let b, { ‸a } = 1 }'],
  ['Redeclaration', 'try {} catch ({ a }) { var ‸a }'],
  ['Redeclaration', '{ function a() {} async function ‸a() {} }'],
  ['Redeclaration', 'function a() {} class ‸a {}'],
  ['Redeclaration', 'class A { #a; ‸#a }'],
  ['DuplicateParameter', '(a, ‸a) => 1'],
  ['DuplicateParameter', 'function f(a, ‸a) { "use strict" }'],
  ['DuplicateParameter', 'function f(a, ‸a = 1) {}'],
  ['UndeclaredPrivateName', 'a.‸#b'],
  ['UndeclaredPrivateName', 'class A { a = this.‸#b }'],
  ['ArgumentsInClass', 'class A { a = ‸arguments }'],

  // Strict mode.
  ['StrictOctal', '"use strict"; ‸010'],
  ['StrictOctal', '"‸\\01"; "use strict"'],
  ['StrictOctal', '"use strict"; "‸\\8"'],
  ['StrictOctal', 'import "‸\\01"', 'module'],
  ['StrictOctal', 'export { "‸\\8" } from "a"', 'module'],
  ['StrictWith', '"use strict"; ‸with (a) {}'],
  ['StrictDelete', '"use strict"; delete ‸(a)'],
  ['UseStrictNonSimple', 'function f(a = 1) { ‸"use strict" }'],

  // Assignment targets and patterns.
  ['InvalidAssignmentTarget', '‸1 = 2'],
  ['InvalidAssignmentTarget', '‸({a}) = 1'],
  ['InvalidAssignmentTarget', '‸f() &&= 1'],
  ['InvalidAssignmentTarget', '"use strict"; ‸f() = 1'],
  ['InvalidAssignmentTarget', '[‸f()] = 1'],
  ['OptionalChainTarget', '‸a?.b = 1'],
  ['InvalidDestructuringTarget', '({‸a() {}} = 1)'],
  ['InvalidParameter', '(‸a.b) => 1'],
  ['InvalidParameter', '(‸(a)) => 1'],
  ['RestNotLast', '[...a‸,] = b'],
  ['RestNotLast', '[...a‸, b] = c'],
  ['InitializerInLiteral', '({a ‸= 1})'],
  ['DuplicateProto', '({__proto__: 1, ‸"__proto__": 2})'],
  ['DeletePrivate', 'class A { #a; b() { delete ‸this.#a } }'],

  // Functions and classes.
  ['YieldInParameters', 'function* f() { (a = ‸yield) => 1 }'],
  ['YieldInParameters', 'function* f(a = (‸yield)) {}'],
  ['AwaitInParameters', 'async function f(a = ‸await 1) {}'],
  ['GetterParameters', '({‸get a(b) {}})'],
  ['SetterParameters', '({‸set a(...b) {}})'],
  ['UnexpectedNewTarget', '‸new.target'],
  ['UnexpectedSuper', 'function f() { ‸super.a }'],
  ['UnexpectedSuper', 'class A { a() { ‸super } }'],
  ['UnexpectedSuperCall', 'class A { constructor() { ‸super() } }'],
  ['DuplicateConstructor', "class A { constructor() {} ‸'constructor'() {} }"],
  ['SpecialConstructor', 'class A { get ‸constructor() {} }'],
  ['PrivateConstructor', 'class A { ‸#constructor }'],
  ['StaticPrototype', 'class A { static ‸prototype() {} }'],
  ['InvalidFieldName', 'class A { ‸constructor = 1 }'],
  ['InvalidFieldName', 'class A { static ‸prototype }'],
  ['DecoratedConstructor', 'class A { @d ‸constructor() {} }'],
  ['DecoratedStaticBlock', 'class A { @d ‸static {} }'],

  // Statements.
  ['ReturnOutsideFunction', '‸return'],
  ['MisplacedBreak', '‸break'],
  ['MisplacedContinue', 'switch (1) {case 1: ‸continue}'],
  ['UndefinedLabel', 'while (1) ‸break a'],
  ['UndefinedLabel', 'a: while (1) { (() => { ‸break a })() }'],
  ['ContinueToNonLoop', 'a: { while (1) ‸continue a }'],
  ['DuplicateLabel', 'a: ‸a: ;'],
  ['ForHeadInitializer', 'for (let a = ‸1 of b) ;'],
  ['LetInForOf', 'for (‸let.a of b) ;'],
  ['AsyncInForOf', 'for (‸async of b) ;'],
  ['UsingInForIn', 'for (‸using a in b) ;'],
  ['MisplacedUsing', '‸using a = 1'],
  ['MisplacedUsing', 'switch (1) { case 1: ‸using a = 1 }'],

  // Modules.
  ['DuplicateExport', 'var a; export { a }; export { ‸a }', 'module'],
  ['UndeclaredExport', 'export { ‸a }', 'module'],
  ['StringLocalExport', 'export { ‸"a" as b }', 'module'],
  ['ReservedLocalExport', 'export { ‸if }', 'module'],
  ['IllFormedExportName', 'export * as ‸"\\uD800" from "a"', 'module'],
  ['DuplicateAttribute', 'import "a" with { type: "b", ‸type: "c" }', 'module'],
];

for (const [code, marked, goal = 'script'] of rows) {
  test(`${code}: ${marked.length > 70 ? `${marked.slice(0, 20)}…` : marked}`, () => {
    const at = marked.indexOf('‸');
    const text = marked.replace('‸', '');
    const source = new SourceText('test', text);
    const result = goal === 'module' ? parseModule(source) : parseScript(source);
    if (result.ok) throw new Error('accepted');
    expect(result.error.code).toBe(code);
    if (at >= 0) expect(result.error.offset).toBe(at);
    expect(result.error.errorType).toBe(code === 'NestedTooDeeply' ? 'RangeError' : 'SyntaxError');
  });
}

test('every error code has a text that earns it', () => {
  const covered = new Set<string>(rows.map(([code]) => code));
  expect(Object.keys(MESSAGES).filter((code) => !covered.has(code))).toEqual([]);
});

test('a record holds the position and an excerpt with a caret', () => {
  const result = parseScript(new SourceText('test', 'a;\n\tlet b = 1 +;\nc'));
  if (result.ok) throw new Error('accepted');
  expect(result.error).toEqual({
    code: 'UnexpectedToken',
    errorType: 'SyntaxError',
    message: "unexpected token ';'",
    offset: 15,
    line: 2,
    column: 13,
    excerpt: '\tlet b = 1 +;\n\t           ^',
  });
});

test('the excerpt of a long line is a window around the position', () => {
  const result = parseScript(new SourceText('test', `${'a;'.repeat(1000)})${'b;'.repeat(1000)}`));
  if (result.ok) throw new Error('accepted');
  const [line, caret] = result.error.excerpt.split('\n');
  expect(line.length).toBeLessThan(120);
  expect(line[caret.length - 1]).toBe(')');
});
