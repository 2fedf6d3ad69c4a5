// Shapes that are long and not deep, however the grammar nests them: every tier runs them with more links than a host's
// stack has frames for, and one of every kind of loop with a hundred thousand. Where one is evaluated (returned, branched
// on, deleted, in a generator) is a way of its own through the compiler.
import { describe, expect, test } from 'vitest';
import { Runtime, TIERS, type TierName } from '../engine.ts';

const LONG = 100_000;
const LONGER_THAN_A_STACK = 12_000;
/** One for each loop of the parser and the tiers. */
const LONGEST = [
  'members',
  'calls of methods',
  'constructions',
  'optional calls',
  'conditions',
  'assignments',
  'negations',
];

const expressions = (length: number): Readonly<Record<string, string>> => ({
  members: `o${'.o'.repeat(length)}`,
  'computed members': `o${'["o"]'.repeat(length)}`,
  'private members': `class C { #c = this; static get(c) { return c${'.#c'.repeat(length)} } }; C.get(c = new C()) === c ? o : 1`,
  calls: `o${'()'.repeat(length)}`,
  'calls of methods': `o${'.f()'.repeat(length)}`,
  'calls of computed methods': `o${'["f"](1)'.repeat(length)}`,
  constructions: `${'new '.repeat(length)}o`,
  'constructions with arguments': `${'new '.repeat(length)}o${'()'.repeat(length)}`,
  'tagged templates': `o${'``'.repeat(length)}`,
  'tags that are methods': `o${'.f``'.repeat(length)}`,
  'optional members': `o${'?.o'.repeat(length)}`,
  'optional calls': `o${'?.()'.repeat(length)}`,
  'optional calls of methods': `o${'?.f?.(1)'.repeat(length)}`,
  'links of all kinds': `o${'.o["o"]?.f(...[])'.repeat(length / 4)}`,
  conditions: `${'none ? 1 : '.repeat(length)}o`,
  'conditions that are constant': `${'0 ? 1 : '.repeat(length)}o`,
  assignments: `${'a = '.repeat(length)}o`,
  'assignments to members': `${'o.a = '.repeat(length)}o`,
  sums: `none${' + 0'.repeat(length)}, o`,
  conjunctions: `o${' && o'.repeat(length)}`,
  disjunctions: `none${' || none'.repeat(length)} || o`,
  coalescing: `null${' ?? a'.repeat(length)} ?? o`,
  sequences: `1${', 1'.repeat(length)}, o`,
  negations: `${'!'.repeat(length)}o && o`,
  'operators before an operand': `${'- ~ + '.repeat(length / 3)}none, o`,
  voids: `${'void '.repeat(length)}1 ?? o`,
  'types of types': `${'typeof '.repeat(length)}1, o`,
  templates: `\`${'${none}'.repeat(length)}\`.length === ${length} && o`,
});

/** One for each way of the compilers. */
const USED = [
  'calls of methods',
  'optional calls of methods',
  'conditions',
  'negations',
  'conjunctions',
  'disjunctions',
  'sums',
  'coalescing',
  'sequences',
  'assignments',
  'types of types',
  'voids',
];

/** What is done with the value, which is `o`. */
const uses: Readonly<Record<string, (expression: string) => string>> = {
  'its value': (e) => `(${e}) === o`,
  'an effect': (e) => `${e}; true`,
  'a branch': (e) => `if (${e}) true; else false`,
  'a strict return': (e) => `(function () { "use strict"; return ${e} })() === o`,
  'an argument': (e) => `Object.is(o, (${e}))`,
  'an operand of delete': (e) => `delete (${e}), true`,
  'code of a generator': (e) => `(function* () { yield; return [${e}, yield][0] })().next().done === false`,
};

const PRELUDE = `var a, c, none = 0, o = function () { return o }; o.o = o; o.f = o;`;

/** What `source` ends with on a tier. */
function resultOf(tier: TierName, source: string): unknown {
  const runtime = new Runtime({ tier });
  const prepared = runtime.runScript(PRELUDE, 'prelude.js');
  expect(prepared.kind).toBe('normal');
  const end = runtime.runScript(source, 'chain.js');
  return end.kind === 'normal' ? end.value : end;
}

for (const tier of TIERS) {
  describe(`long chains on ${tier}`, () => {
    for (const [name, expression] of Object.entries(expressions(LONGER_THAN_A_STACK))) {
      test(name, () => {
        const source = name === 'private members' ? `${expression}, true` : uses['its value'](expression);
        expect(resultOf(tier, source)).toBe(true);
      });
    }
    for (const name of LONGEST) {
      test(`100,000 ${name}`, () => {
        expect(resultOf(tier, uses['its value'](expressions(LONG)[name]))).toBe(true);
      });
    }
    for (const [name, use] of Object.entries(uses)) {
      test(`chains as ${name}`, () => {
        for (const chain of USED) {
          expect([chain, resultOf(tier, use(expressions(LONGER_THAN_A_STACK)[chain]))]).toEqual([
            chain,
            true,
          ]);
        }
      });
    }
    test('100,000 else if', () => {
      expect(resultOf(tier, `${'if (none) 1; else '.repeat(LONG)} true`)).toBe(true);
      expect(resultOf(tier, `${'if (none) 1; else '.repeat(LONGER_THAN_A_STACK)} if (o) true`)).toBe(true);
    });
    test('what happens in the middle of a chain happens once, in order', () => {
      const program = `
        var log = []; o.g = function (x) { log.push(x); return this };
        o${Array.from({ length: 300 }, (_, i) => `.g(${i}).o`).join('')};
        log.every((x, i) => x === i) && log.length`;
      expect(resultOf(tier, program)).toBe(300);
    });
    test('an optional chain ends where something is missing', () => {
      const calls = '.f()'.repeat(200);
      expect(resultOf(tier, `o${calls}.missing?.x${calls}`)).toBe(undefined);
      expect(resultOf(tier, `o?.o${calls}.missing?.[log.push(1)]${calls}`)).toBe(undefined);
      expect(resultOf(tier, `delete o?.o${calls}.missing?.x${calls}.y`)).toBe(true);
      expect(resultOf(tier, `(o?.o${calls}.missing?.x${calls}.f)?.(1)`)).toBe(undefined);
    });
    test('the object of a method in a chain is this', () => {
      const links = '.f().o'.repeat(100);
      expect(resultOf(tier, `o.self = function () { return this === o }; o${links}.self()`)).toBe(true);
      expect(resultOf(tier, `o.self = function () { return this === o }; o?.o${links}.self()`)).toBe(true);
      expect(resultOf(tier, `o.self = function () { return this === o }; (o?.o${links}.self)()`)).toBe(true);
    });
  });
}
