import { describe, expect, test } from 'vitest';
import { type Executor, executors, parseScript, SourceText } from '../engine/engine.ts';
import { programAt } from '../fuzz/programs/program.ts';
import { applyEdit, candidates } from './candidates.ts';
import { differenceKey, differenceOf } from './compare.ts';
import { observeProgram } from './observe.ts';
import { type ReduceOptions, reduce } from './reduce.ts';

const BOUNDS: ReduceOptions = { goal: 'script', maxTries: 5000, isOver: () => false };

/** An executor with a planted defect: what is printed of -0 has lost its sign. */
const misprinting: Executor = {
  name: executors[0].name,
  execute(input, options) {
    const outcome = executors[0].execute(input, options);
    return { ...outcome, output: outcome.output.map((line) => line.replace(/-0(?![.\d])/g, '0')) };
  },
};

function differenceIn(source: string) {
  const input = { name: 'reduced.js', source, goal: 'script' as const };
  return differenceOf(
    new Map([
      ['right', observeProgram(executors[0], input, { fuel: 1e5 })],
      ['wrong', observeProgram(misprinting, input, { fuel: 1e5 })],
    ]),
  );
}

describe('reduction', () => {
  test('a planted defect is reduced to the statement that shows it', { timeout: 60_000 }, async () => {
    const source = `
      // A long way to -0.
      class Scale {
        #factor;
        constructor(factor = 2) { this.#factor = factor; }
        get factor() { return this.#factor; }
        *apply(values, { offset = 0, ...rest } = {}) {
          for (const value of values) {
            try {
              if (value > 100) continue;
              yield value * this.#factor + offset;
            } finally {
              log('done', value, rest);
            }
          }
        }
      }
      function log(...args) { console.log(...args); }
      const scale = new Scale(-1);
      label: for (let i = 3; i >= 0; i--) {
        switch (i) {
          case 2: log(\`two \${[...scale.apply([1, 2])].join()}\`); break;
          default: if (i === 1) continue label; log(...scale.apply([i], { offset: -0, x: 'y' }));
        }
      }
      log('end');`;
    const key = differenceIn(source);
    expect(key?.kind).toBe('output');
    const holds = (text: string): boolean => {
      const difference = differenceIn(text);
      return difference !== null && key !== null && differenceKey(difference) === differenceKey(key);
    };
    const { source: reduced, tries, isMinimal } = await reduce(source, holds, BOUNDS);
    expect(isMinimal).toBe(true);
    expect(tries).toBeLessThan(3000);
    expect(reduced.length).toBeLessThan(60);
    expect(holds(reduced)).toBe(true);
    expect(reduced).toMatch(/log\(.*-/);
  });

  test('a generated program is reduced, too', { timeout: 60_000 }, async () => {
    // The first of the sequence that prints a -0.
    let index = 0;
    while (programAt(11, index).goal === 'module' || differenceIn(programAt(11, index).source) === null)
      index++;
    const { source } = programAt(11, index);
    const holds = (text: string): boolean => differenceIn(text) !== null;
    const { source: reduced } = await reduce(source, holds, BOUNDS);
    expect(source.length).toBeGreaterThan(500);
    expect(reduced.length).toBeLessThan(160);
    expect(holds(reduced)).toBe(true);
  });

  test.each<readonly [name: string, source: string, keep: RegExp, expected: string]>([
    ['statements go', 'a; b; c; d;', /c/, 'c'],
    ['blocks are unwrapped', '{ { if (x) { try { got(1, 2) } finally { } } } }', /got/, 'got'],
    ['loops are replaced by their bodies', 'for (let i = 0; i < 3; i++) g(i)', /g/, 'g'],
    ['the cases of a switch', 'switch (v) { case 1: got(); break; default: k() }', /got/, 'got'],
    ['parameters go', 'function f(a, { b = 1 }, ...c) { return a }', /function f/, 'function f() {}'],
    ['elements go', 'x = [1, , y, ...z]', /y/, 'y'],
    ['properties go', 'x = { a: 1, get b() { return 2 }, c, [d]: e }', /get/, 'x={get b(){}}'],
    ['arguments go', 'f(a, ...b, c)(d)', /b/, 'b'],
    ['strings are shortened', "x = 'abcdefgh' + 12345", /'.+'/, "'a'"],
    ['numbers are shortened', 'f(123456)', /f\(\d/, 'f(0)'],
    ['calls on the spot are unwrapped', '(() => { (function () { a() })() })()', /a/, 'a'],
    ['templates are unwrapped', 'x = `a${b}c${d}`', /d/, 'd'],
    ['async and generators', 'async function* f() { await a; yield* b }', /function f/, 'function f() {}'],
    ['optional chains', 'a?.b?.[c](d)', /a/, 'a'],
    [
      'classes',
      'class A extends B { static x = 1; #y() {} constructor() { super() } }',
      /class/,
      'class A {}',
    ],
    ['catch clauses', 'try { a } catch ({ b }) { c } finally { d }', /a/, 'a'],
  ])('%s', async (_name, source, keep, expected) => {
    const { source: reduced } = await reduce(source, (text) => keep.test(text), BOUNDS);
    expect(reduced.replace(/\s+/g, '').replace(/;$/, '')).toBe(expected.replace(/\s+/g, ''));
  });

  test('bounds end it with the best so far', async () => {
    const source = Array.from({ length: 50 }, (_, i) => `f${i}();`).join('\n');
    const holds = (text: string): boolean => text.includes('f7(') && text.includes('f40(');
    const short = await reduce(source, holds, { ...BOUNDS, maxTries: 6 });
    expect(short).toMatchObject({ tries: 6, isMinimal: false });
    const stopped = await reduce(source, holds, { ...BOUNDS, isOver: () => true });
    expect(stopped.isMinimal).toBe(false);
    const whole = await reduce(source, holds, BOUNDS);
    expect(whole).toMatchObject({ isMinimal: true });
    expect(whole.source.split(';').length).toBeLessThan(4);
  });

  test('no candidate is longer than the program', { timeout: 60_000 }, () => {
    for (let index = 0; index < 20; index++) {
      const { source, goal } = programAt(5, index);
      if (goal === 'module') continue;
      const parsed = parseScript(new SourceText('x', source));
      if (!parsed.ok) continue;
      for (const edit of candidates(parsed.node, source)) {
        expect(edit.start).toBeLessThanOrEqual(edit.end);
        expect(applyEdit(source, edit).length).toBeLessThanOrEqual(source.length);
      }
    }
  });
});
