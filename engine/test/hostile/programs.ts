// Programs that ask for more than their limits: each ended the process, hung, or outlived its limits by far. By name: the source.
// All end at a limit of 20 MB, of five million units of fuel, or by themselves.

/** `count` pieces that a function of the index makes. */
function pieces(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join('');
}

export const hostilePrograms: Readonly<Record<string, string>> = {
  engineErrors: 'const kept = []; for (;;) try { null.x; } catch (error) { kept.push(error); }',
  engineErrorsOfNames:
    "const name = 'n'.repeat(1e6), kept = []; for (;;) try { ({ [name]: 1 })[name](); } catch (error) { kept.push(error.message); }",
  patternsOfStrings:
    "const kept = []; for (let i = 0; ; i++) { const pattern = new RegExp('a[\\\\p{RGI_Emoji}--\\\\p{L}]' + i, 'v'); pattern.test('ab'); kept.push(pattern); }",
  patternsThatAreCached:
    "for (let i = 0; ; i++) new RegExp('a[\\\\p{RGI_Emoji}--\\\\p{L}]' + i, 'v').test('ab');",
  functionsOfText:
    "const kept = []; const text = 'if (1) {}'.repeat(20000); for (let i = 0; ; i++) kept.push(Function(text + i));",
  evalOfText:
    "const kept = []; const text = '(' + '() => {},'.repeat(20000) + '1)'; for (;;) kept.push(eval('[function () {' + text + '}]'));",
  evalInALoop: "const text = '1;'.repeat(100000); for (;;) eval(text);",
  realmsOfText: "for (;;) new ShadowRealm().evaluate('1;'.repeat(100000));",
  generators:
    'const kept = []; function* g() { yield 1; } for (;;) { const it = g(); it.next(); kept.push(it); }',
  generatorsThatWait: 'const kept = []; function* g() { yield 1; } for (;;) kept.push(g());',
  asyncFunctions: 'async function f() { await new Promise(() => {}); } for (;;) f();',
  generatorsOfManyVariables: `function* g() { ${pieces(5000, (i) => `let a${i} = ${i};`)} yield 1; } const kept = []; for (;;) { const it = g(); it.next(); kept.push(it); }`,
  recursionOfManyVariables: `function f() { ${pieces(5000, (i) => `let a${i} = ${i};`)} return f(); } try { f(); } catch (error) { error.name; }`,
  textsOfNumbers:
    'const kept = []; for (;;) kept.push((1.7e308).toString(2), (1e20).toFixed(100), 1e300.toPrecision(100));',
  comparisonsOfBigInts: 'const a = 3n ** 1000000n, b = a + 1n; for (;;) a < b;',
};

/** Programs whose values are shown to the host: inspected, and reported as uncaught. */
export const hostileValues: Readonly<Record<string, string>> = {
  stringObject: "new String('x'.repeat(15e6))",
  array: 'Array(2e6).fill(1)',
  longBigInt: '1n << 80000000n',
  negativeBigInt: '-(1n << 80000000n)',
  bigintObject: 'Object(1n << 80000000n)',
  symbol: "Symbol('\\n'.repeat(15e6))",
  symbolKey: "({ [Symbol('k\\n'.repeat(5e6))]: 1 })",
  longKey: "({ ['k\\n'.repeat(5e6)]: 1 })",
  lines: "let a = ['\\n'.repeat(9999)]; for (let i = 0; i < 2; i++) a = Array(100).fill(a); a",
  propertiesOfLines:
    "const o = {}, lines = '\\n'.repeat(9999); for (let i = 0; i < 50000; i++) o['k' + i] = lines; o",
  circularChain: 'const t = {}; const o = Object.create(new Proxy(t, {})); Object.setPrototypeOf(t, o); o',
  stacks:
    "const e = new Error('x'), f = new Error('y', { cause: e }); const lines = (text) => Array(60000).fill(text).map((x, i) => x + i).join('\\n    at '); e.stack = 'E: x\\n    at ' + lines('a'); f.stack = 'F: y\\n    at ' + lines('b'); f",
};
