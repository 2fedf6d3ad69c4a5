// What execution notes for later tiers, and the caches that serve many shapes: they never change what code means.
import { describe, expect, test } from 'vitest';
import { Runtime } from '../../engine.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import {
  InlineCache,
  noteOperands,
  noteTarget,
  OPERAND_BIGINT,
  OPERAND_NUMBER,
  OPERAND_OBJECT,
  OPERAND_OTHER,
  OPERAND_RIGHT_SHIFT,
  OPERAND_STRING,
  TARGET_FEW,
  TARGET_MANY,
  TARGET_ONE,
  TARGET_SAME_CODE,
} from '../../vm/feedback.ts';
import type { VMFunction } from '../../vm/function.ts';

/** The values of an array expression. */
function values(runtime: Runtime, source: string): FunctionObject[] {
  const completion = runtime.runScript(source, 'values.js');
  if (completion.kind !== 'normal') throw new Error(completion.kind);
  const list = completion.value as unknown as { el: FunctionObject[] };
  return list.el;
}

describe('feedback', () => {
  test('operand kinds add up', () => {
    const ic = new InlineCache();
    noteOperands(ic, 1, 'a');
    expect(ic.observed).toBe(OPERAND_NUMBER | (OPERAND_STRING << OPERAND_RIGHT_SHIFT));
    noteOperands(ic, 1n, null);
    noteOperands(ic, true, new Runtime().createObject());
    expect(ic.observed).toBe(
      OPERAND_NUMBER |
        OPERAND_BIGINT |
        OPERAND_OTHER |
        ((OPERAND_STRING | OPERAND_OTHER | OPERAND_OBJECT) << OPERAND_RIGHT_SHIFT),
    );
  });

  test('call targets: one, closures of the same code, a few, many', () => {
    const runtime = new Runtime();
    const make = '(() => () => 1)';
    const [f, g, ...others] = values(
      runtime,
      `const make = ${make}; [make(), make(), () => 1, () => 2, () => 3, () => 4]`,
    );
    const ic = new InlineCache();
    noteTarget(ic, f);
    expect([ic.target, ic.observed]).toEqual([f, TARGET_ONE]);
    noteTarget(ic, g);
    expect([ic.target, ic.observed]).toEqual([f, TARGET_ONE | TARGET_SAME_CODE]);
    for (const other of others.slice(0, 3)) noteTarget(ic, other);
    expect(ic.observed).toBe(TARGET_ONE | TARGET_SAME_CODE | TARGET_FEW);
    noteTarget(ic, others[0]);
    expect(ic.observed).toBe(TARGET_ONE | TARGET_SAME_CODE | TARGET_FEW);
    noteTarget(ic, others[3]);
    expect([ic.observed, ic.next]).toEqual([TARGET_MANY, null]);
  });

  test('calls and back-edges are counted by the code of a function', () => {
    const runtime = new Runtime();
    const [f] = values(runtime, 'const f = (n) => { for (let i = 0; i < n; i++); }; f(3); f(4); [f]');
    const { feedback } = f as VMFunction;
    expect([feedback.callCount, feedback.loopCount]).toEqual([2, 7]);
  });

  test('a place sees what its operators and calls met', () => {
    const runtime = new Runtime();
    const [f, g] = values(
      runtime,
      'const g = (x) => x; const f = (a, b) => g(a + b); f(1, 2); f("a", 3); [f, g]',
    );
    const { caches } = (f as VMFunction).feedback;
    expect(caches.map(({ observed }) => observed)).toContain(
      OPERAND_STRING | (OPERAND_NUMBER << OPERAND_RIGHT_SHIFT),
    );
    expect(caches.find(({ target }) => target === g)?.observed).toBe(TARGET_ONE);
  });
});

describe('a place that sees many shapes', () => {
  const setUp = `
    const kinds = [];
    for (let i = 0; i < 100; i++) {
      const o = Object.create(i % 2 ? { inherited: i } : { get inherited() { return -this.own; } });
      for (let j = 0; j < i; j++) o['p' + j] = 0;
      o.own = i;
      kinds.push(o);
    }
    const read = (o) => o.own + ':' + o.inherited;
    const write = (o, v) => { o.own = v; };
    const all = () => kinds.map(read).join();
    const expected = () => kinds.map((o, i) => o.own + ':' + (i % 2 ? Object.getPrototypeOf(o)['inherited'] : -o.own)).join();
    all();`;
  const agree = (change: string): unknown => {
    const completion = new Runtime().runScript(
      `${setUp} ${change}; const a = all(), b = expected(); a === b ? 'same' : a + ' ' + b`,
      'many.js',
    );
    return completion.kind === 'normal' ? completion.value : completion.kind;
  };

  test.each([
    ['as they are', ''],
    ['after writes', 'kinds.forEach((o, i) => write(o, i * 2)); kinds.forEach((o, i) => write(o, i * 3))'],
    [
      'after prototypes changed',
      'kinds.forEach((o, i) => { if (i % 2) Object.getPrototypeOf(o).inherited = "x" + i; })',
    ],
    ['after properties were deleted and added', 'kinds.forEach((o) => { delete o.own; o.own = "n"; })'],
    [
      'after an own property hides an inherited one',
      'kinds.forEach((o, i) => { if (i % 4 === 0) Object.defineProperty(o, "inherited", { get() { return -this.own; } }); })',
    ],
    [
      'after prototypes were replaced',
      'kinds.forEach((o, i) => { if (i % 2) Object.setPrototypeOf(o, { inherited: i + "r" }); })',
    ],
  ])('%s', (_when, change) => {
    expect(agree(change)).toBe('same');
  });
});
