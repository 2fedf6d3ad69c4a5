// A grammar of programs that are mostly right: every production of the language, with no thought of the context it stands in, so
// that early errors are met as well.
import type { Grammar } from '../grammar.ts';

export const PROGRAM: Grammar = {
  Program: ['«S»', '«S»«Program»', '«S»\n«Program»', '"use strict"; «Program»', '#!x\n«Program»', '«M»«Program»'],
  // Names, with those that are keywords somewhere.
  N: [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'a1', 'b1', 'c1', 'd1', 'e1', 'f1', 'g1',
    'h1', 'i1', 'j1', 'k1', 'l1', 'm1', 'n1', 'o1', 'p1', 'q1', 'r1', 's1', 't1', 'u1', 'v1', 'w1', 'x1', 'y1', 'z1', 'async', 'await', 'yield', 'let', 'static', 'of', 'get', 'set', 'arguments', 'eval', 'using', 'accessor',
    'undefined', 'as', 'from', 'meta', 'target', 'defer', 'source', 'implements', 'enum', '\\u0061', '\\u{62}', 'aw\\u0061it', 'ℵ', '𠮷',
    'constructor', 'prototype', '__proto__', 'new', 'super', 'default',
  ],
  S: [
    ';', '«E»;', '«E»\n', '{«Ss»}', 'var «P» = «E»;', 'let «P» = «E»;', 'const «P» = «E»;', 'var «N»;', 'let «N», «N»;', 'using «N» = «E»;',
    'await using «N» = «E»;', 'if («E») «S»', 'if («E») «S» else «S»', 'for (;;) «S»', 'for (var «N» = «E»; «E»; «E») «S»',
    'for (let «P» of «E») «S»', 'for (const «P» in «E») «S»', 'for («L» of «E») «S»', 'for («L» in «E») «S»', 'for (var «N» = «E» in «E») «S»',
    'for await (const «P» of «E») «S»', 'for (async of «E») «S»', 'for (using «N» of «E») «S»', 'for (let of «E») «S»', 'while («E») «S»', 'do «S» while («E»)', 'do «S» while («E»);',
    'with («E») «S»', 'switch («E») {«Cases»}', 'try {«Ss»} catch («P») {«Ss»}', 'try {«Ss»} catch {«Ss»} finally {«Ss»}',
    'try {«Ss»} finally {«Ss»}', 'throw «E»;', 'return «E»;', 'return;', 'break;', 'continue;', 'break «N»;', 'continue «N»;', '«N»: «S»', 'debugger;',
    'function «N»(«Ps») {«Ss»}', 'function* «N»(«Ps») {«Ss»}', 'async function «N»(«Ps») {«Ss»}', 'async function* «N»(«Ps») {«Ss»}',
    'class «N» «H»{«Cs»}', '@«D» class «N» {«Cs»}', '"use strict"', '<!-- «N»\n', '\n--> «N»\n', '/* «N»\n */', '// «N»\n',
  ],
  Ss: ['', '«S»', '«S»«Ss»', '"use strict";«Ss»'],
  Cases: ['', 'case «E»: «Ss» «Cases»', 'default: «Ss» «Cases»'],
  M: [
    'import «N» from "m";', 'import * as «N» from "m";', 'import {«N» as «N», "s" as «N»} from "m" with {type: "json"};', 'import "m";',
    'import defer * as «N» from "m";', 'import source «N» from "m";', 'import «N», {«N»} from "m";', 'export default «E»;', 'export default function («Ps») {«Ss»}',
    'export default class «H»{«Cs»}', 'export {«N» as «N»};', 'export {«N» as "s", default} from "m";', 'export * from "m";', 'export * as «N» from "m";',
    'export * as "\\ud83d" from "m";', 'export let «P» = «E»;', 'export class «N» {«Cs»}', 'export async function «N»() {«Ss»}', 'export @«D» class «N» {}',
  ],
  E: [
    'a', '«N»', '«N»', '«N»', '«N»', '«N»', '«L»', '1', '2', '«Num»', '«Num»', '«Str»', '«Str»', '«Tpl»', '/«Re»/«Fl»', 'this', 'null', 'true', '(«E»)', '«E», «E»', '[«Es»]', '{«Os»}', '({«Os»})',
    '«E» «B» «E»', '«E» «B» «E»', '«U» «E»', '«E»++', '--«E»', '«L» «A» «E»', '«P» = «E»', '(«P» = «E»)', '«E» ? «E» : «E»', '«E»(«Es»)', 'new «E»(«Es»)', 'new «E»',
    '«E».«N»', '«E»?.«N»', '«E»?.(«Es»)', '«E»?.[«E»]', '«E»[«E»]', '«E».#«N»', '#«N» in «E»', '«E»«Tpl»', '«N» => «E»', '(«Ps») => «E»', '(«Ps») => {«Ss»}',
    'async «N» => «E»', 'async («Ps») => {«Ss»}', 'async («Es»)', 'function («Ps») {«Ss»}', 'function* «N»(«Ps») {«Ss»}', 'async function («Ps») {«Ss»}',
    'async function* («Ps») {«Ss»}', 'class «H»{«Cs»}', 'class «N» «H»{«Cs»}', '@«D» class {}', 'yield «E»', 'yield* «E»', 'yield', 'await «E»', 'super(«Es»)',
    'super.«N»', 'super[«E»]', 'new.target', 'import.meta', 'import(«E»)', 'import(«E», «E»)', 'import.defer(«E»)', 'import.source(«E»)', '...«E»',
  ],
  Es: ['', '«E»', '«E», «Es»', ', «Es»', '...«E», «Es»'],
  L: ['a', '«N»', '«E».«N»', '«E»[«E»]', '[«L», ...«L»]', '{a: «L», ...«L»}', '(«L»)', '«E»?.«N»', 'this', 'f()'],
  P: ['a', '«N»', '«N»', '«N»', '[«Pl»]', '{«Po»}', '«P» = «E»', '(«P»)'],
  Pl: ['', '«P»', ', «Pl»', '«P», «Pl»', '...«P»', '«P» = «E»'],
  Po: ['', '«N»', '«N» = «E»', '«K»: «P»', '«K»: «P» = «E», «Po»', '...«N»', '«N», «Po»', '...{a}'],
  Ps: ['', '«P»', '«P», «Ps»', '«P» = «E»', '...«P»', '«N», «N»', '«P»,'],
  K: ['a', '«N»', '«N»', '«N»', '«Str»', '«Num»', '[«E»]', '[«E»]', '#«N»', '1n', '__proto__'],
  Os: ['', '«N»', '«K»: «E»', '«K»: «E», «Os»', '«N» = «E»', '...«E»', '«K»(«Ps») {«Ss»}', 'get «K»() {«Ss»}', 'set «K»(«P») {«Ss»}', '*«K»() {«Ss»}', 'async «K»() {«Ss»}', 'async *«K»() {«Ss»}', '__proto__: «E», "__proto__": «E»', '«N», «Os»', '«Os», «Os»'],
  H: ['', 'extends «E» ', 'extends «L» ', 'extends null '],
  D: ['a', 'a.b(«Es»)', '(«E»)', 'a.#b', 'a[«E»]', 'new.target', 'await'],
  Cs: ['', '«C»', '«C»«Cs»', '«C»\n«Cs»', ';«Cs»'],
  C: [
    '«K»;', '«K» = «E»;', '«K»\n', 'static «K» = «E»;', 'static {«Ss»}', '«K»(«Ps») {«Ss»}', 'static «K»(«Ps») {«Ss»}', 'get «K»() {«Ss»}', 'set «K»(«P») {«Ss»}',
    'static get «K»() {«Ss»}', 'async «K»() {«Ss»}', '*«K»() {«Ss»}', 'async *«K»() {«Ss»}', 'accessor «K» = «E»;', 'static accessor «K»;', '@«D» «C»', 'constructor(«Ps») {«Ss»}',
    'constructor() {super(«Es»);«Ss»}', 'get\n«K»() {}', 'static\n«K»', 'async\n«K»(){}', '"constructor"() {}', 'static prototype() {}', '#constructor() {}', 'get #a() {} set #a(b) {}', 'get', 'set', 'static', 'async', 'accessor',
  ],
  U: ['-', '+', '!', '~', 'typeof', 'void', 'delete', 'await', '++', '--', 'delete this.#a,'],
  B: ['+', '-', '*', '/', '%', '**', '<', '>', '<=', '>=', '==', '!=', '===', '!==', '<<', '>>', '>>>', '&', '|', '^', '&&', '||', '??', 'in', 'instanceof', ','],
  A: ['=', '+=', '-=', '*=', '/=', '%=', '**=', '<<=', '>>=', '>>>=', '&=', '|=', '^=', '&&=', '||=', '??='],
  Num: ['1', '0', '1.5', '.5', '5.', '1e3', '1E-3', '0x1F', '0b10', '0o17', '017', '08', '09.5', '1_000', '1__0', '1_', '0_1', '10n', '0xFn', '017n', '1.5n', '1e400', '3in', '0b2', '0x', '1a', '9007199254740993', '1e', '.0e-0'],
  Str: ['"a"', "'b'", '""', "'\\n\\x41\\u0041\\u{41}'", "'\\07'", "'\\8'", '"\\\n"', '"\u2028"', "'\\u{110000}'", "'\\x4'", '"use strict"', '"\\ud83d"', "'\\0'", '"__proto__"', '"constructor"', "'\n'"],
  Tpl: ['`a`', '``', '`${«E»}`', '`a${«E»}b${«E»}c`', '`\\u{`', '`\\07`', '`\r\n`', '`\\\n$`', '`${`${«E»}`}`', '`${{}}`', '`\\x`'],
  Re: ['a', '(?<n>a)\\k<n>', '[/\\]]', '(?:«Re»)*', '«Re»|«Re»', '\\p{L}', '(?=a)', '(?<=a)', '(?i-m:a)', '[a--b]', 'a{1,2}', '\\/', '(', '*', '[', '\\u{1F600}', '(?<n>a)|(?<n>b)', '\\1(a)', '=', '\\\n'],
  Fl: ['', 'g', 'i', 'u', 'v', 'uv', 'gg', 'd', 'y', 's', 'x', '\\u0067'],
}; // biome-ignore format: rows of a grammar

/** What is right in some places only, or with some names, numbers and strings only. */
const IN_PLACES =
  /«M»|async of|let of|017n|1.5n|return|break|continue|await|yield|super|#|new\.target|import|export|using|@|with \(|'«E»(?:\+\+|«Tpl»)|--«E»|\.\.\.«[EL]»$|«P» = «E»\)?$|\{«Os»\}$|«N» = «E»$|async \(«Es»\)|^(?:enum|default|new|implements|let|static|arguments|eval|constructor|get|set|async)$|\\[u78x]|1a|08|09|_|^0[xb]2?$|^1e$|3in|^\(?[[*]$|^[(*[]$|«L» «A»|delete this/;

/** The rows that are right nearly everywhere: texts of them are mostly taken. */
export const PLAIN_PROGRAM: Grammar = Object.fromEntries(
  Object.entries(PROGRAM).map(([symbol, rows]) => [
    symbol,
    rows.filter((row, i) => i === 0 || !IN_PLACES.test(row)),
  ]),
);

/** Tokens and beginnings of constructs. */
export const TOKENS: readonly string[] = [
  ...'{ } ( ) [ ] . ; , < > = + - * / % & | ^ ! ~ ? : ... <= >= == != === !== ++ -- << >> >>> && || ?? ?. => += **= >>>= &&= ||= ??= ** @ # ` ${ a b 0 1 .5 1n "s" /a/g'.split(' '),
  ...'await break case catch class const continue debugger default delete do else export extends finally for function if import in instanceof new return super switch this throw try typeof var void while with yield let static async of get set using accessor enum null true false eval arguments target meta from as defer source constructor __proto__'.split(' '),
  '"use strict";', 'function f() {', 'class C {', '() => {', 'async () => {', 'for (', 'for await (', 'new.target', 'import.meta', 'import(', '#a', '#a in', '`${', '}`', 'static {', '<!--', '-->', '/*', '*/', '//', '\n', 'super(', 'super.', 'yield*', 'function*', 'async function',
]; // biome-ignore format: a list of words

/** What opens a level, what stands inside, what closes it. */
export const NESTING: readonly (readonly [open: string, inside: string, close: string])[] = [
  ['(', '1', ')'], ['[', '1', ']'], ['({a:', '1', '})'], ['{', ';', '}'], ['`${', '1', '}`'], ['a(', '1', ')'], ['a[', '1', ']'], ['a?.[', '1', ']'], ['-', '1', ''], ['!', '1', ''], ['typeof ', '1', ''],
  ['a => ', '1', ''], ['(a = ', '1', ') => a'], ['async () => {', '', '}'], ['function f() {', '', '}'], ['(class { a = ', '1', ' })'], ['class A extends ', 'B', ' {}'], ['if (1) ', ';', ''], ['if (1) ; else ', ';', ''],
  ['for (;;) ', ';', ''], ['a: ', ';', ''], ['do ', ';', ' while (1)'], ['switch (1) { case 1: ', '', '}'], ['try {', '', '} finally {}'], ['[a, ', 'b', '] = c'], ['{a: ', 'b', '} = c'], ['var [', 'a', '] = b'], ['1 + ', '1', ''], ['1 ** ', '1', ''],
  ['a ? ', '1', ' : 2'], ['a ? 1 : ', '2', ''], ['a = ', '1', ''], ['a, ', '1', ''], ['new ', 'A', ''], ['import(', '1', ')'], ['@(', 'a', ') class {}'], ['/(', 'a', ')/'], ['/[[', 'a', ']]/v'], ['a ?? ', 'b', ''], ['...', 'a', ''], ['yield ', '1', ''], ['await ', '1', ''], ['a.b.', 'c', ''], ['label:', 'a', ''],
]; // biome-ignore format: a table
