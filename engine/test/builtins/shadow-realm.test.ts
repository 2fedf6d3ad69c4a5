// What Test262 does not ask of ShadowRealms: limits, isolation of imports, chains of wrapped functions.
import { expect, test } from 'vitest';
import { Runtime, type TierName } from '../../engine.ts';

const TIERS: readonly TierName[] = ['tree-walker', 'bytecode-vm'];

/** Values that a script and its jobs give to `print`, as text. */
function run(
  tier: TierName,
  source: string,
  limits: { readonly fuel?: number; readonly bytes?: number } = {},
): string[] {
  const prints: string[] = [];
  const runtime = new Runtime({
    tier,
    limits,
    modules: {
      resolve: (specifier, referrer) => `${referrer ?? 'shadow'}/${specifier}`,
      load: (
        name,
      ) => `export const name = '${name}'; export const array = () => [] instanceof Array; export const object = {};
        globalThis.seen = (globalThis.seen ?? 0) + 1;`,
    },
  });
  runtime.defineFunction('print', 1, (args) => {
    prints.push(args.map(String).join(' '));
    return undefined;
  });
  for (const completion of [runtime.runScript(source, 'outer'), runtime.runJobs()]) {
    if (completion.kind === 'throw')
      prints.push(`throws ${runtime.describeError(completion.value).stack.split('\n')[0]}`);
    else if (completion.kind !== 'normal') prints.push(completion.kind);
  }
  return prints;
}

const rows: readonly [name: string, source: string, prints: readonly string[]][] = [
  [
    'code of a realm imports into its realm, whoever calls it',
    `const r = new ShadowRealm();
     r.evaluate('globalThis.load = (done) => { import("m").then((ns) => done(ns.name + " " + Object.getPrototypeOf(ns.array) .constructor(" return this")().seen)); }');
     r.evaluate('load')((text) => print(text, typeof seen));`,
    ['shadow/m 1 undefined'],
  ],
  [
    'importValue wraps, and reports what cannot pass',
    `const r = new ShadowRealm();
     r.importValue('m', 'array').then((f) => print(f(), Object.getPrototypeOf(f) === Function.prototype));
     r.importValue('m', 'object').catch((e) => print(e instanceof TypeError, e.message));
     r.importValue('m', 'none').catch((e) => print(e.message));`,
    [
      'true true',
      'true #<Object> cannot pass the boundary of a ShadowRealm: only primitives and functions can',
      "The module does not provide an export named 'none'",
    ],
  ],
  [
    'errors cross as text only, without running code of the other side',
    `const r = new ShadowRealm();
     const tries = ['throw new RangeError("far")', 'throw { toString() { escaped() } }', 'throw Object.defineProperty(new Error("x"), "message", { get() { escaped() } })', 'throw "s"', '({})'];
     for (const text of tries) try { r.evaluate(text); } catch (e) { print(e.constructor === TypeError, e.message); }
     try { r.evaluate('('); } catch (e) { print(e.constructor === SyntaxError); }`,
    [
      'true The other realm threw RangeError: far',
      'true The other realm threw #<Object>',
      'true The other realm threw Error',
      'true The other realm threw "s"',
      'true #<Object> cannot pass the boundary of a ShadowRealm: only primitives and functions can',
      'true',
    ],
  ],
  [
    'deep chains of wrapped functions and recursion through the boundary end in an error',
    `const r = new ShadowRealm();
     const wrap = r.evaluate('(f) => f');
     let f = () => 1;
     for (let i = 0; i < 50000; i++) f = wrap(f);
     try { f(); } catch (e) { print(e.constructor === TypeError); }
     let depth = 0; const again = r.evaluate('(f) => f()'); const recurse = () => { depth++; again(recurse); };
     try { recurse(); } catch (e) { print(e.constructor === TypeError, depth > 50); }`,
    ['true', 'true true'],
  ],
  [
    'declarations persist, strict code keeps its own, globals are not shared',
    `const r = new ShadowRealm(); var outer = 1;
     r.evaluate('var a = 1; let b = 2; globalThis.c = 3');
     print(r.evaluate('typeof a + typeof b + typeof c + typeof outer + typeof print'));
     r.evaluate('"use strict"; var d = 1');
     print(r.evaluate('typeof d'), typeof a);`,
    ['numberundefinednumberundefinedundefined', 'undefined undefined'],
  ],
];

for (const tier of TIERS) {
  for (const [name, source, prints] of rows)
    test(`${tier}: ${name}`, () => expect(run(tier, source)).toEqual(prints));
  test(`${tier}: limits hold inside, and no code of the outer realm sees the stop`, () => {
    const loop = `try { new ShadowRealm().evaluate('for (;;);'); } catch { print('caught'); } finally { print('finally'); }`;
    expect(run(tier, loop, { fuel: 100_000 })).toEqual(['limit']);
    expect(run(tier, 'const all = []; for (;;) all.push(new ShadowRealm());', { bytes: 10_000_000 })).toEqual(
      ['limit'],
    );
  });
}
