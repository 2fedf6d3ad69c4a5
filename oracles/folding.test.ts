// What a compiler makes of operators on literals while compiling has to be what they are when they are evaluated: each
// row of the operator table on literals, on tiers that compile to bytecode, and expressions put together of such, on all.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BYTECODE_TIERS,
  compileProgram,
  executors,
  JSObject,
  loadBytecode,
  type Outcome,
  Runtime,
  TIERS,
  type TierName,
} from '../engine/engine.ts';
import { operatorRows } from '../engine/eval/operators.ts';
import type { HostPrimitive } from '../engine/eval/primitive.ts';
import { TRAP_NONE, TRAPS } from '../engine/eval/traps.ts';
import { Thrown } from './guest-operator.ts';
import { literalExpression, literalOf } from './literals.ts';
import { operandsOf, RANDOM_COUNT } from './operands.ts';

/** Of the random operands of a row so many are written as literals; boundary operands all are. */
const RANDOM_LITERALS = 500;
const EXPRESSIONS_A_SCRIPT = 500;
const ROW_BUDGET_MS = 60_000;

const seed = Number(process.env.ORACLES_SEED ?? Date.now() % 2 ** 31);
console.log(`folding: seed ${seed}; ORACLES_SEED=${seed} npx vitest run oracles/folding repeats this run`);

for (const tier of BYTECODE_TIERS)
  describe(`operators on literals are in ${tier} what the table says`, () => {
    for (const row of operatorRows.filter(({ domain }) => domain === 'primitive')) {
      if (literalExpression(row, 1, 1) === null) continue;
      test(row.expression, { timeout: ROW_BUDGET_MS }, () => {
        const { xs, ys } = operandsOf(row, seed);
        const cases: { text: string; wanted: unknown }[] = [];
        for (let i = 0; i < xs.length - RANDOM_COUNT + RANDOM_LITERALS; i++) {
          const text = literalExpression(row, xs[i], ys[i]);
          if (text === null) continue;
          const trap = row.trap(xs[i], ys[i]);
          const { errorName, message } = TRAPS[trap];
          const wanted = trap === TRAP_NONE ? row.eval(xs[i], ys[i]) : new Thrown(errorName, message);
          cases.push({ text, wanted });
        }
        expect(cases.length).toBeGreaterThan(RANDOM_LITERALS / 2);
        const results = valuesOf(
          tier,
          cases.map(({ text }) => text),
        );
        const wrong = cases.filter(({ wanted }, i) => !isSame(wanted, results[i]));
        expect(wrong.slice(0, 5)).toEqual([]);
      });
    }
  });

function isSame(wanted: unknown, result: unknown): boolean {
  return wanted instanceof Thrown && result instanceof Thrown
    ? wanted.errorName === result.errorName && wanted.message === result.message
    : Object.is(wanted, result);
}

/** What the expressions give, or throw, in a tier. */
function valuesOf(tier: TierName, expressions: readonly string[]): unknown[] {
  const runtime = new Runtime({ tier });
  const results: unknown[] = [];
  runtime.defineFunction('give', 1, ([value]) => {
    if (!(value instanceof JSObject)) results.push(value);
    else {
      const { name, message } = runtime.describeError(value);
      results.push(new Thrown(name, message));
    }
    return undefined;
  });
  for (let i = 0; i < expressions.length; i += EXPRESSIONS_A_SCRIPT) {
    const lines = expressions
      .slice(i, i + EXPRESSIONS_A_SCRIPT)
      .map((text) => `try { give(${text}); } catch (error) { give(error); }`);
    const end = runtime.runScript(lines.join('\n'), 'literals.js');
    if (end.kind !== 'normal') throw new Error(`the script ended as '${end.kind}'`);
  }
  return results;
}

/** An expression with holes for its literals. */
interface Shape {
  readonly text: (hole: () => string) => string;
  readonly literals: readonly HostPrimitive[];
}

const literals = fc.oneof(
  fc.constantFrom<HostPrimitive>(
    null,
    true,
    false,
    0,
    -0,
    1,
    2,
    7,
    31,
    32,
    0.5,
    -1,
    1e21,
    2 ** 53,
    -(2 ** 31),
  ),
  fc.constantFrom<HostPrimitive>(0n, 1n, -1n, 3n, 64n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 65n)),
  fc.constantFrom<HostPrimitive>(
    '',
    '0',
    ' 12 ',
    '-1',
    '1n',
    'a',
    'ab',
    '\ud800',
    '\n',
    'x'.repeat(60),
    '1'.repeat(70),
  ),
  fc.constantFrom<HostPrimitive>('y'.repeat(200), 'y'.repeat(255), 'z'.repeat(300)),
);
const infixes = operatorRows.filter(({ arity, domain }) => arity === 2 && domain === 'primitive');
const prefixes = ['+', '-', '~', '!', 'typeof', 'void'];

const shapes = fc.letrec<{ shape: Shape }>((tie) => {
  const part = tie('shape');
  const make = (parts: readonly Shape[], join: (texts: readonly string[]) => string): Shape => ({
    text: (hole) => join(parts.map(({ text }) => text(hole))),
    literals: parts.flatMap((each) => each.literals),
  });
  const leaf = literals.map((value): Shape => ({ text: (hole) => hole(), literals: [value] }));
  return {
    shape: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      { weight: 2, arbitrary: leaf },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...infixes), part, part)
          .map(([{ text }, a, b]) => make([a, b], ([x, y]) => `((${x}) ${text} (${y}))`)),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(...prefixes), part)
          .map(([operator, a]) => make([a], ([x]) => `(${operator} (${x}))`)),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(part, part).map((ps) => make(ps, ([x, y]) => `\`-\${${x}}+\${${y}}\``)),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(part, part, part).map((ps) => make(ps, ([x, y, z]) => `(${x} ? ${y} : ${z})`)),
      },
      { weight: 1, arbitrary: fc.tuple(part, part).map((ps) => make(ps, ([x, y]) => `(${x}, ${y})`)) },
    ),
  };
}).shape;

/**
 * A program that evaluates each expression as a value, as a condition, for its effect, and in front of a getter that
 * throws: the trace shows where the frame was last. Literals stand in the expressions, or are arguments of the function
 * that they are in.
 */
function programOf(expressions: readonly Shape[], where: 'in place' | 'as arguments'): string {
  const names = new Map<string, string>();
  const hole = (value: HostPrimitive): string => {
    const text = literalOf(value) as string;
    if (where === 'in place') return text;
    if (!names.has(text)) names.set(text, `v${names.size}`);
    return names.get(text) as string;
  };
  const lines = expressions.map(({ text, literals: values }) => {
    const rest = values.values();
    const expression = text(() => hole(rest.next().value as HostPrimitive));
    return `try { print(${expression}); if (${expression}) print('yes'); else print('no'); ${expression}; }
catch (error) { print(error.name, error.message); }
try { print({ a: ${expression}, ...thrower }); } catch (error) { print(error.stack); }`;
  });
  return `const object = { get it() { throw new Error('thrown'); } };
(function (${['thrower', ...names.values()].join(', ')}) {
${lines.join('\n')}
})(${['object', ...names.keys()].join(', ')});`;
}

const LIMITS = { fuel: 10_000_000, bytes: 100_000_000 };

function run(tier: TierName, source: string): Outcome {
  const executor = executors.find(({ name }) => name === tier);
  if (executor === undefined) throw new Error(`no executor ${tier}`);
  return executor.execute({ name: 'program.js', source, goal: 'script' }, LIMITS);
}

test('expressions of literals: folding changes no value, no error, no trace and no fuel', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(fc.array(shapes, { minLength: 1, maxLength: 12 }), (expressions) => {
      const folded = programOf(expressions, 'in place');
      const [walker, ...others] = TIERS.map((tier) => run(tier, folded));
      expect(walker.completion).toBe('normal');
      for (const { fuel: _, ...other } of others) {
        const { fuel: __, ...wanted } = walker;
        expect(other).toEqual(wanted);
      }
      // Variables, which nothing folds. Lines and columns are others.
      const unfolded = programOf(expressions, 'as arguments');
      for (const tier of TIERS) {
        const plain = run(tier, unfolded);
        const same = run(tier, folded);
        const withoutPlaces = ({ output }: Outcome) => output.map((text) => text.replace(/:\d+:\d+/g, ''));
        expect(withoutPlaces(plain)).toEqual(withoutPlaces(same));
        expect(plain.fuel).toBe(same.fuel);
      }
    }),
    { seed, numRuns: 200 },
  );
});

// What a branch that is never taken still means: its declarations, its completion value, its labels.
const branches: readonly [source: string, value: string][] = [
  ["eval('1; if (true) { 2; } else { 3; }')", '2'],
  ["eval('1; if (false) { 2; }')", 'undefined'],
  ["eval('1; if (0) 2; else ;')", 'undefined'],
  ["eval('1; while (false) { 2; }')", 'undefined'],
  ["eval('1; do { 2; } while (!1)')", '2'],
  ["eval('1; for (; 1 > 2; ) { 3; }')", 'undefined'],
  ["if (false) { var hoisted = 1; } `${'hoisted' in globalThis} ${hoisted}`", "'true undefined'"],
  ["if (!1) { function later() {} } `${'later' in globalThis} ${typeof later}`", "'true undefined'"],
  ['if (1) { function now() {} } typeof now', "'function'"],
  ['a: if (true) { break a; } 5', '5'],
  ['a: { if (2 > 1) break a; throw 1; } 6', '6'],
  ['a: for (let i = 0; ; i++) { if (!0) { if (i < 3) continue a; else break; } throw 1; } 7', '7'],
  [
    'function* g() { while (1) { yield 1; if (false) yield 2; return false ? yield 3 : 4; } } [...g()].length',
    '1',
  ],
  [
    'const f = () => { for (; null; ) { return 1; } do { if (1 + 1 === 2) continue; return 2; } while (0); return 3; }; f()',
    '3',
  ],
  ['try { if (true) throw 8; } catch (error) { error }', '8'],
  ['(() => { try { return true ? 9 : f(); } finally { if (false) return 10; } })()', '9'],
  ['typeof (true && undefinedName) + (0 || typeof undefinedName)', 'ReferenceError'],
  ['let x = 1; false && (x = 2); true || (x = 3); null ?? (x = 4); x', '4'],
  ["class K { [1 + 1] = 'a' + 'b'; static { if (!0) this.s = `${1}${2}`; } } new K()[2] + K.s", "'ab12'"],
  ['switch (1 + 1) { case 3 - 1: 11; break; default: 12; }', '11'],
  ['with ({ y: 13 }) { if (true) y; }', '13'],
];
for (const [source, value] of branches)
  test(`${source} has the same end on every tier`, () => {
    for (const tier of TIERS) {
      const outcome = run(tier, source);
      if (value === 'ReferenceError') expect([tier, outcome.completion]).toEqual([tier, 'throw']);
      else expect([tier, outcome.completion, outcome.value]).toEqual([tier, 'normal', value]);
      if (!BYTECODE_TIERS.includes(tier)) continue;
      const compiled = compileProgram(source, 'program.js', 'script');
      if (!compiled.ok) throw new Error(source);
      expect(loadBytecode(compiled.program.toBytes())).toMatchObject({ ok: true });
    }
  });
