// RegExp objects take short ways while they and their prototype are unchanged; what changes them must be seen at once. Each
// program is run by both tiers and by the host, which must agree.
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { describeError, Runtime, TIERS, type TierName } from '../../engine.ts';

const cases: readonly [what: string, program: string][] = [
  [
    'an exec of its own',
    `const r = /a/g; r.exec = () => null; [r.test('a'), 'a'.replace(r, 'b'), 'a'.search(r)]`,
  ],
  [
    'an exec of the prototype that is replaced and put back',
    `const { exec } = RegExp.prototype; const r = /a/; const log = [r.test('a')];
     RegExp.prototype.exec = function (s) { log.push('called ' + s); return exec.call(this, s); };
     log.push(r.test('a'), 'xa'.search(r), 'xa'.replace(r, 'b'), String('xa'.match(r)));
     RegExp.prototype.exec = exec; log.push(r.test('a')); log`,
  ],
  [
    'the getter of one flag that is replaced',
    `const r = /a/g; const first = 'aa'.replace(r, 'b');
     Object.defineProperty(RegExp.prototype, 'global', { get() { return false; } });
     [first, 'aa'.replace(r, 'c'), r.lastIndex, /a/giy.flags]`,
  ],
  [
    'flags that are replaced',
    `Object.defineProperty(RegExp.prototype, 'flags', { get() { return 'g'; } });
     ['aa'.match(/a/g).length, 'aab'.replace(/b/g, '-')]`,
  ],
  [
    'a flag of its own',
    `const r = /a/; Object.defineProperty(r, 'global', { value: true });
     let n = 0; r.exec = function () { return n++ < 2 ? { 0: 'a', index: 0, length: 1 } : null; }; ['aa'.match(r).length, n]`,
  ],
  [
    'another prototype',
    `const r = /a/g; Object.setPrototypeOf(r, { exec: () => null }); [RegExp.prototype[Symbol.match].call(r, 'a')]`,
  ],
  [
    'a frozen object',
    `const r = Object.freeze(/a/g); let e; try { 'aa'.replace(r, 'b'); } catch (x) { e = x.name; } [e, r.lastIndex]`,
  ],
  [
    'a frozen object without global',
    `const r = Object.freeze(/a/); ['aa'.replace(r, 'b'), 'xa'.search(r), r.test('a')]`,
  ],
  [
    'a lastIndex that is not writable',
    `const r = /a/y; Object.defineProperty(r, 'lastIndex', { writable: false, value: 0 });
     let e; try { r.test('ab'); } catch (x) { e = x.name; } [e, r.lastIndex]`,
  ],
  [
    'a lastIndex that is an object',
    `const log = []; const r = /a/g; r.lastIndex = { valueOf() { log.push('v'); return 1; } }; [r.test('aa'), r.lastIndex, log]`,
  ],
  [
    'a lastIndex of many kinds',
    `[-1, -0, 1.9, '1', NaN, null, 2 ** 33, -Infinity].map((i) => { const r = /a/g; r.lastIndex = i; return [r.test('aaa'), r.lastIndex]; })`,
  ],
  [
    'search keeps any lastIndex',
    `const o = {}; const r = /b/g; r.lastIndex = o; ['ab'.search(r), r.lastIndex === o]`,
  ],
  [
    'a callback that changes the prototype',
    `const log = []; const out = 'aba'.replace(/a/g, (m, i) => {
       RegExp.prototype.exec = () => { log.push('exec'); return null; }; return m + i; });
     [out, log, /a/.test('a'), log]`,
  ],
  [
    'a callback that uses the same object',
    `const r = /(a)(b)?/g; ['abaab'.replace(r, (...args) => { const inner = r.exec('ab'); return JSON.stringify(args.slice(0, 4)) + (inner && inner[0]); }), r.lastIndex]`,
  ],
  [
    'a callback and lastIndex',
    `const r = /a/g; const seen = []; 'aaa'.replace(r, () => { seen.push(r.lastIndex); r.lastIndex = 7; return ''; }); [seen, r.lastIndex]`,
  ],
  [
    'groups of a callback',
    `'2024-05'.replace(/(?<y>\\d{4})-(?<m>\\d\\d)/, (...args) => JSON.stringify(args))`,
  ],
  [
    'groups of a template',
    `['2024-05'.replace(/(?<y>\\d{4})-(?<m>\\d\\d)(?<n>x)?/, '$<m>/$<y>[$<n>][$<z>]$2$3$4$&'), 'ab'.replace(/b/, "[$\`$'$$]")]`,
  ],
  [
    'a template without a dollar',
    `['a.b.c'.replace(/\\./g, '--'), 'abc'.replace(/x/g, 'y'), ''.replace(/(?:)/g, '-'), 'ab'.replace(/(?:)/g, '-')]`,
  ],
  [
    'empty matches of code points',
    `['😀a'.replace(/(?:)/gu, '-'), '😀a'.replace(/(?:)/g, '-').length, '😀'.match(/(?:)/gv).length]`,
  ],
  [
    'matches that a lookbehind lets begin earlier',
    `['aaa'.replace(/(?<=(a))a/g, '[$1]'), 'abab'.replace(/(?<=b|^)/g, '|')]`,
  ],
  [
    'sticky replacing',
    `const r = /a/gy; ['aaba'.replace(r, 'x'), r.lastIndex, 'aab'.match(/a/gy), 'baa'.replace(/a/y, 'x')]`,
  ],
  [
    'sticky without global keeps lastIndex',
    `const r = /a/y; ['aab'.replace(r, 'x'), r.lastIndex, 'aab'.replace(r, 'x'), r.lastIndex, 'aab'.replace(r, 'x'), r.lastIndex]`,
  ],
  [
    'splitting',
    `['a1b2c'.split(/\\d/), 'a1b2c'.split(/(\\d)/), 'abc'.split(/(?:)/), 'a,b,c'.split(/,/, 2), ''.split(/x/), ''.split(/(?:)/), '😀a'.split(/(?:)/u), 'aXbxc'.split(/x/i), 'ab'.split(/a/y), 'a b'.split(/ /, 0), 'a-b'.split(/-/, -1)]`,
  ],
  ['splitting keeps lastIndex', `const r = /,/g; r.lastIndex = 3; ['a,b,c'.split(r), r.lastIndex]`],
  [
    'a species of the prototype',
    `const log = []; RegExp.prototype.constructor = { [Symbol.species]: class extends RegExp { constructor(p, f) { super(p, f); log.push(f); } } };
     ['a-b'.split(/-/mi), [...'a-b'.matchAll(/-/mg)].length, log]`,
  ],
  [
    'a limit that changes the prototype',
    `['a-b-c'.split(/-/, { valueOf() { RegExp.prototype.exec = () => null; return 5; } })]`,
  ],
  [
    'legacy static properties',
    `const r = []; 'xabcy'.replace(/(b)(c)/, ''); r.push(RegExp.$1, RegExp['$\`']); 'a,b'.split(/(,)/); r.push(RegExp.lastMatch, RegExp.input); RegExp.input = 'z'; r.push(RegExp.$_); /q/.test('q'); r.push(RegExp.$_); r`,
  ],
  [
    'instances of subclasses',
    `class R extends RegExp {} const r = new R('a', 'g'); ['aa'.replace(r, 'b'), 'xa'.search(r), [...'aa'.matchAll(r)].length, 'xay'.split(r)]`,
  ],
  [
    'literals share no state',
    `const make = () => /a/g; const a = make(); a.test('aa'); a.x = 1; const b = make(); [a.lastIndex, b.lastIndex, b.x, a === b, Object.getOwnPropertyNames(b)]`,
  ],
  [
    'one source with other flags',
    `['g', '', 'i', 'g', 'gi', ''].map((f) => { const r = new RegExp('A', f); return [r.flags, r.test('a'), r.lastIndex]; })`,
  ],
  [
    'letters of flags in any order',
    `[new RegExp('a', 'yig').flags, 'aA'.replace(new RegExp('a', 'ig'), '-')]`,
  ],
  [
    'results are ordinary arrays',
    `const m = /(a)(b)?(c)?/.exec('xac'); m.push('z'); m[1] = 5; [m, m.index, m.input, m.groups, Object.keys(m), m.length, m.concat([1])]`,
  ],
  [
    'results of matchAll',
    `[...'a1b2'.matchAll(/([a-z])(?<n>\\d)/g)].map((m) => [m[0], m[1], m.groups.n, m.index, m.input])`,
  ],
  [
    'templates of every form',
    `const forms = ['$0', '$00', '$01', '$1', '$10', '$11', '$2', '$20', '$', '$$', '$$1', '$x', '$&$&', "$'", '$\`', '$<', '$<n', '$<n>', '$<m>x>', '$>', '$<>', 'a$', "$\`$'$1$&$1$2$1$1$1"];
     const patterns = [/b/g, /(b)/g, /(b)(x)?/, /(?<n>b)/g, /(?<n>b)(?<m>x)?/, /(a)()()()()()()()()(b)/g];
     patterns.map((r) => forms.map((t) => 'abcab'.replace(r, t)))`,
  ],
  [
    'a prefix that is long many times',
    `['a'.repeat(100).replace(/a/g, '$\`').length, 'ab'.repeat(9).replace(/b/g, "[$'$'$'$'$'$'$'$'$'$']").length]`,
  ],
];

function onTier(tier: TierName, program: string): string {
  const runtime = new Runtime({ tier });
  const completion = runtime.runScript(
    `(function () {})(); JSON.stringify((0, eval)(${JSON.stringify(program)}))`,
    'case',
  );
  if (completion.kind === 'throw') return describeError(completion.value).stack;
  return completion.kind === 'normal' ? String(completion.value) : completion.kind;
}

for (const [what, program] of cases)
  test(`regular expressions: ${what}`, () => {
    const expected = runInNewContext(`JSON.stringify((0, eval)(${JSON.stringify(program)}))`) as string;
    for (const tier of TIERS) expect(onTier(tier, program), tier).toBe(expected);
  });

test('what a replacement is too long for is a RangeError', () => {
  for (const tier of TIERS)
    expect(
      onTier(
        tier,
        `let e; try { 'a'.repeat(1 << 20).replace(/a/g, 'b'.repeat(1 << 12)); } catch (x) { e = x.name; } e`,
      ),
    ).toBe('"RangeError"');
});
