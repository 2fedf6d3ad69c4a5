// JSON texts, nearly all of them right, and JavaScript expressions of values for JSON.stringify.
import type { Grammar } from '../grammar.ts';

export const JSON_TEXT: Grammar = {
  Text: ['«V»', ' «V» ', '\n«V»\r\n\t'],
  V: ['1', '«Num»', '«Num»', '«Str»', '«Str»', 'true', 'false', 'null', '[«Vs»]', '[«Vs»]', '{«Ms»}', '{«Ms»}', '{«Ms»}', '[ «V» , «V» ]'],
  Vs: ['', '«V»', '«V»,«Vs»', '«V», «Vs»'],
  Ms: ['', '«K»:«V»', '«K»:«V»,«Ms»', '«K» : «V» ,\n«Ms»', '«K»:«V»,«K»:«V»'],
  K: ['"a"', '"b"', '"a"', '"0"', '"1"', '"-0"', '"4294967295"', '"4294967294"', '"__proto__"', '"constructor"', '"toJSON"', '"length"', '""', '«Str»'],
  Num: ['0', '-0', '1', '-1', '1.5', '1e3', '1E+2', '1e-7', '1e21', '123456789012345678901', '0.1', '-0.0', '1e400', '-1e400', '5e-324', '2e-324', '9007199254740993', '1.7976931348623157e308', '4294967296', '0.000001', '1e-400', '01', '1.', '.5', '+1', '1e', '0x1', '1n', 'NaN', 'Infinity', '-'],
  Str: ['"x"', '""', '"«Cs»"', '"«Cs»"', '"«Cs»"', '"«Cs»"', "'a'", '"\n"', '"\t"', '"'],
  Cs: ['', 'a«Cs»', 'bc«Cs»', '\\"«Cs»', '\\\\«Cs»', '\\/«Cs»', '\\b\\f\\n\\r\\t«Cs»', '\\u0041«Cs»', '\\ud83d«Cs»', '\\ude00«Cs»', '\\ud83d\\ude00«Cs»', '\ud83d«Cs»', '😀«Cs»', '\u2028«Cs»', '\u007f«Cs»', '\\u0000«Cs»', '\\uD8«Cs»', '\\x41«Cs»', "\\'«Cs»", '\\u00e9é«Cs»', '\u0001«Cs»', '\\«Cs»'],
}; // biome-ignore format: rows of a grammar

export const JSON_TOKENS: readonly string[] = [
  '{', '}', '[', ']', ',', ':', '"', '"a"', '"a":', '1', '-', '.', 'e', 'E+', '0', 'true', 'false', 'null', 'tru', 'undefined', '\\u', '\\', '[[', '{"a":', '"__proto__":', '//', '/**/', 'NaN',
]; // biome-ignore format: a list of words

/** An expression of JSON.stringify's arguments; V, R and G are value, replacer and gap. */
export const STRINGIFIED: Grammar = {
  Call: ['JSON.stringify(«V»)', 'JSON.stringify(«V», «R»)', 'JSON.stringify(«V», «R», «G»)', 'JSON.stringify(«V», null, «G»)', 'JSON.stringify(JSON.parse(JSON.stringify(«V»)))'],
  V: [
    '1', '«Prim»', '«Prim»', '[«Vs»]', '[«Vs»]', '({«Ms»})', '({«Ms»})', '({«Ms»})', 'Object(«Prim»)', 'new Date(0)', 'new Date(NaN)', 'new Map([[1, 2]])', 'new Set([1])', '/a/g', '() => 1', 'function f() {}', 'class {}', 'Symbol.iterator',
    'new Uint8Array([1, 2])', 'new ArrayBuffer(2)', 'Object.create(«V»)', 'Object.create(null)', 'Object.freeze(«V»)', 'new Proxy([«Vs»], {})', 'new Proxy({«Ms»}, {})', 'new Proxy(() => 1, {})', 'new Proxy({«Ms»}, { ownKeys: () => ["a", "b"], getOwnPropertyDescriptor: () => ({ value: «V», enumerable: true, configurable: true }) })',
    'new Proxy([1, 2], { get: (t, k) => k === "length" ? 3 : «V» })', '(o => (o.self = o))({})', '(o => (o.x = {o}, o))({})', '(a => (a.push(a), a))([1])', '[,«V»,,]', '((a) => (a.length = 4, a))([1])', 'Array(3)', 'new Error("x")', 'Object.assign(() => 1, { toJSON: () => «V» })', 'globalThis.undefined', 'JSON', 'Math', 'arguments',
    'Object.defineProperty([1, 2], "1", { enumerable: false, get: () => «V» })', 'Object.defineProperty({}, "a", { value: 1, enumerable: false })', '(o => (Object.defineProperty(o, "a", { get() { throw new RangeError("x") }, enumerable: true }), o))({})', '(p => { try { p = Proxy.revocable([], {}); p.revoke(); return p.proxy } catch { return 0 } })()',
    'Object.setPrototypeOf([«Vs»], null)', 'new (class extends Array {})(3)', 'new (class { #a = 1; b = «V»; get c() { return 1 } })', 'async () => {}', '(function* () {})()', 'Promise.resolve(1)', 'new WeakMap()', 'JSON.parse("[1,{\\"a\\":2}]")',
  ],
  Prim: ['1', 'undefined', 'null', 'true', 'false', '0', '-0', 'NaN', 'Infinity', '1e21', '1e-7', '0.1', '123456789.125', '""', '"a"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\u0000\\u001f\\u007f"', '"\\b\\f\\n\\r\\t\\"\\\\/"', '"\\u2028😀"', '1n', 'Symbol("s")', '"x".repeat(300)'],
  Vs: ['', '«V»', '«V», «Vs»', '...[«Vs»], «V»', ', «V»'],
  Ms: ['', '«K»: «V»', '«K»: «V», «Ms»', '...«V»', 'get «K»() { return «V» }', 'toJSON(k) { return «T» }', 'toJSON: «V»', '«K»: «V», «K»: «V»', '[Symbol.toPrimitive]: () => 1', '[Symbol()]: 1', 'set «K»(v) {}', 'valueOf: () => 2', 'toString: () => "t"'],
  T: ['k', 'this', '«V»', '[k, typeof k]', '({ ...this, toJSON: undefined })', 'undefined', '1n'],
  K: ['a', 'b', 'c', '"a"', '0', '1', '10', '"-1"', '"__proto__"', '["__proto__"]', '"\\ud83d"', '"\\n"', 'constructor', 'length', '4294967295', '""'],
  R: [
    'null', 'undefined', '(k, v) => v', '(k, v) => k === "a" ? undefined : v', '(k, v) => typeof v === "number" ? String(v) : v', '(k, v) => typeof v === "bigint" ? v + "n" : v', '(k, v) => k === "" ? «V» : v', 'function (k, v) { return Array.isArray(this) ? v : [k, v].length > 9 ? 1 : v }',
    'function (k, v) { delete this.b; return v }', '(k, v) => { if (v && typeof v === "object") v.a = 1; return v }', '["a", "b"]', '["a", "a", 0, new Number(1), new String("b"), {}, null, Symbol()]', '[]', '[1, "0"]', 'new Proxy(["a"], {})', '{}', '"a"', 'new Set(["a"])', '(k, v) => { if (k === "c") throw new TypeError("x"); return v }', '() => 1n', '() => undefined', '[-0, 1.5, "length"]',
  ],
  G: ['1', '0', '2', '10', '11', '-1', '1.9', 'NaN', 'Infinity', '"\\t"', '"--"', '"abcdefghijklmnop"', '""', 'new Number(3)', 'new String("xy")', 'true', '{}', 'null', '"\\ud83d"', 'Symbol()', '1n', '({ valueOf: () => 3 })', 'Object.assign(new Number(3), { valueOf: () => 5 })', 'Object.assign(new String("a"), { toString: () => "q" })', '"\\u2028"'],
}; // biome-ignore format: rows of a grammar
