// Frames that serve again: what one call leaves must not show in the next.
import { describe, expect, test } from 'vitest';
import { describeError, Runtime } from '../../engine.ts';

function run(source: string): string {
  const completion = new Runtime({}).runScript(source, 'test.js');
  if (completion.kind === 'throw') return describeError(completion.value).message;
  if (completion.kind !== 'normal') return completion.kind;
  return String(completion.value);
}

describe('a frame that serves again', () => {
  test.each<[string, string, string]>([
    [
      'has undefined variables and missing arguments',
      `function f(a, b, set) { var v, w; const before = [a, b, v, w].join(); if (set) { v = 1; w = 2; } return before; }
       f(1, 2, true); f(3); f();`,
      ',,,',
    ],
    [
      'has the closure, the environment and this of its own call',
      `const make = (x) => function () { return x + (this === undefined ? '' : this.y); };
       const [a, b] = [make('a'), make('b')];
       let out = '';
       for (let i = 0; i < 4; i++) out += a.call({ y: i }) + b.call({ y: -i });
       out;`,
      'a0b0a1b-1a2b-2a3b-3',
    ],
    [
      'is free again while a deeper call of the same function runs',
      'function f(n) { const mine = n; if (n > 0) f(n - 1); return mine; } let s = ""; for (let i = 0; i < 3; i++) s += f(200); s;',
      '200200200',
    ],
    [
      'is none that an exception left',
      `function f(n) { let local = n; if (n === 0) throw 0; try { f(n - 1); } catch { local += 'c'; } return local; }
       [f(1), f(2), f(3)].join();`,
      '1c,2,3',
    ],
    [
      'tells a construction from a call',
      `function F() { return new.target === undefined ? 'call' : { made: true }; }
       let out = '';
       for (let i = 0; i < 3; i++) out += F() + (new F().made === true) + F();
       out;`,
      'calltruecallcalltruecallcalltruecall',
    ],
    [
      'does not end a callback for another one',
      `function g(x) { return x * 2; }
       let sum = 0;
       for (let i = 0; i < 3; i++) sum += g(i) + [1, 2].map(g).reduce((a, b) => a + b, 0) + g(i);
       sum;`,
      '30',
    ],
    [
      'is none of a generator, which goes on',
      `function* g(n) { let mine = n; yield mine; mine++; yield mine; }
       const [a, b] = [g(1), g(10)];
       [a.next().value, b.next().value, a.next().value, b.next().value].join();`,
      '1,10,2,11',
    ],
    [
      'takes tail calls, as deep as they go',
      '"use strict"; function even(n) { return n === 0 ? true : odd(n - 1); } function odd(n) { return n === 0 ? false : even(n - 1); } even(50001);',
      'false',
    ],
    [
      'keeps the environment that closures of the call hold',
      `function counter() { let n = 0; return () => ++n; }
       const [a, b] = [counter(), counter()];
       [a(), a(), b(), a()].join();`,
      '1,2,1,3',
    ],
  ])('%s', (_name, source, expected) => {
    expect(run(source)).toBe(expected);
  });

  test('pauses in endless tail calls', () => {
    const execution = new Runtime({}).start('"use strict"; function f() { return f(); } f();', 'test.js');
    for (let i = 0; i < 3; i++) expect(execution.run(100)).toEqual({ kind: 'paused' });
  });
});
