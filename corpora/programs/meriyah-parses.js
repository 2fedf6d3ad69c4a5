// script: meriyah/dist/meriyah.umd.js
// meriyah parses two files of other packages and programs of every kind of syntax, and says where others are wrong.
// It copies nodes by structuredClone, which is the web's and not the language's: plain data are all that it copies.
globalThis.structuredClone = (value) => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(structuredClone);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, structuredClone(each)]));
};
const files = `${readText('mustache/mustache.js')};${readText('zod/v4/core/regexes.cjs')}`;
const tokens = new Map();
let commentChars = 0;
const tree = meriyah.parse(files, {
  ranges: true,
  loc: true,
  raw: true,
  webcompat: true,
  onToken: (type) => tokens.set(type, (tokens.get(type) ?? 0) + 1),
  onComment: (type, text) => {
    commentChars += text.length;
  },
});
const kinds = new Map();
let deepest = 0;
const walk = (node, depth) => {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const each of node) walk(each, depth);
    return;
  }
  if (typeof node.type === 'string') {
    kinds.set(node.type, (kinds.get(node.type) ?? 0) + 1);
    deepest = Math.max(deepest, depth);
  }
  for (const key of Object.keys(node)) if (key !== 'loc' && key !== 'range') walk(node[key], depth + 1);
};
walk(tree, 0);
print(`${files.length} chars, ${commentChars} of comments, depth ${deepest}`);
for (const [type, count] of [...kinds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) print(`${type} ${count}`);
for (const [type, count] of [...tokens].sort((a, b) => (a[0] < b[0] ? -1 : 1))) print(`token ${type} ${count}`);

const samples = [
  'async function* f({ a = 1, ...b }, [c, , d] = [], ...e) { for await (const x of y) yield* x?.[a]?.b ?? await c; }',
  'class A extends (B, C) { static #p = 1; get [x]() { return #p in this; } static { this.q = super.z; } }',
  'label: for (let i = 0, j = 1n; i < 10; i += 2) { if (i) continue label; else break; }',
  'const t = tag`a${1}b${`c${2}`}\\u{61}`, r = /(?<year>\\d{4})[\\]/]/giu, o = { __proto__: null, "x": 0x1f, async *g() {} };',
  'try { throw new.target } catch { debugger } finally { with (a) b }',
  'switch (x) { case 1: case 2: y(); default: (a, b) => ({}); async x => await x }',
  'a ||= b &&= c ??= d ** -e; delete a.b, void 0, typeof a, -+!~a;',
  'import d, { x as y, default as z } from "m"; export * as ns from "n"; export default class {} ; import.meta.url; import("k");',
];
for (const text of samples)
  for (const options of [{}, { sourceType: 'module', next: true }, { sourceType: 'script', webcompat: true, impliedStrict: true }])
    try {
      print(JSON.stringify(meriyah.parse(text, options), (key, value) => (typeof value === 'bigint' ? `${value}n` : value)));
    } catch (error) {
      print(`${error.name}: ${error.message} at ${error.start}..${error.end} ${JSON.stringify(error.loc)}`);
    }

for (const bad of ['let let = 1', 'a => { "use strict"; 010 }', 'for (let x, y of z) ;', '({ a: 1, a = 2 })', 'x = {', '`${', '/(/', 'yield = 1; function* g() { yield\n* 2 }', '"\\u{110000}"'])
  try {
    print(meriyah.parse(bad).type);
  } catch (error) {
    print(`${error.name}: ${error.message}`);
  }
