import { describe, expect, test } from 'vitest';
import { type ExecuteOptions, executors, type Outcome, TIERS } from './engine.ts';

function execute(
  source: string,
  options: ExecuteOptions = {},
  goal: 'script' | 'module' = 'script',
): Outcome {
  return executors[0].execute({ name: 'test.js', source, goal }, options);
}

describe('an executor', () => {
  test('exists for each tier', () => {
    expect(executors.map(({ name }) => name)).toEqual(TIERS);
  });

  test.each<readonly [source: string, expected: Partial<Outcome>]>([
    ['1 + 1', { completion: 'normal', value: '2', output: [], unhandledRejections: [] }],
    ["print(1); console.log('a', { b: 1 }); 'end'", { value: "'end'", output: ['1', 'a { b: 1 }'] }],
    ['throw new TypeError("t")', { completion: 'throw', value: 'TypeError: t\n    at test.js:1:7' }],
    ['throw 5', { completion: 'throw', value: '5' }],
    [
      'let let',
      {
        completion: 'parse-error',
        value: "SyntaxError: 'let' is not allowed as a lexically bound name (1:5)",
      },
    ],
    ['Promise.resolve().then(() => print("job")); 1', { value: '1', output: ['job'] }],
    ['Promise.reject(3); 1', { completion: 'normal', unhandledRejections: ['3'] }],
    ['[Math.random() === Math.random(), Date.now()]', { value: '[ false, 946684800000 ]' }],
    ['new Date(0).toString()', { value: "'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)'" }],
  ])('%s', (source, expected) => {
    expect(execute(source)).toMatchObject(expected);
  });

  test('runs modules to the end of their evaluation', () => {
    expect(execute('export const a = await 1; print(a)', {}, 'module')).toMatchObject({
      completion: 'normal',
      output: ['1'],
    });
    expect(execute('await 0; throw 7', {}, 'module')).toMatchObject({
      completion: 'throw',
      value: '7',
      unhandledRejections: [],
    });
    expect(execute("import 'none'", {}, 'module').completion).toBe('throw');
  });

  test('stops at limits', () => {
    expect(execute('for (;;);', { fuel: 1e5 })).toMatchObject({ completion: 'limit', value: 'fuel' });
    expect(execute('const a = []; for (;;) a.push({})', { bytes: 1e6 })).toMatchObject({
      completion: 'limit',
      value: 'bytes',
    });
    expect(execute('(function f() { f() })()', { depth: 50 })).toMatchObject({ completion: 'throw' });
    expect(execute('Promise.resolve().then(() => { for (;;); })', { fuel: 1e5 }).completion).toBe('limit');
  });

  test('gives the same outcome each time', () => {
    const source =
      'const m = new Map(); for (let i = 0; i < 100; i++) m.set(i, Math.random()); print(Date.now()); m';
    const first = execute(source);
    expect(first.fuel).toBeGreaterThan(100);
    expect(execute(source)).toEqual(first);
  });
});
