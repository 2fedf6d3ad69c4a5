import { describe, expect, test } from 'vitest';
import { inspect, Runtime } from '../engine.ts';
import { installPrint } from './console.ts';
import { type Clock, EventLoop, installPerformance, type LoopEnd } from './event-loop.ts';

/** Time that passes only in `sleep`. */
class VirtualClock implements Clock {
  private ms = 1000;
  now(): number {
    return this.ms;
  }
  sleep(ms: number): Promise<void> {
    this.ms += ms;
    return Promise.resolve();
  }
}

async function run(source: string, limits = {}): Promise<{ lines: string[]; end: LoopEnd; ms: number }> {
  const runtime = new Runtime({ limits });
  const lines: string[] = [];
  const clock = new VirtualClock();
  installPrint(runtime, (text) => lines.push(text.trimEnd()));
  installPerformance(runtime, clock, 0);
  const loop = new EventLoop(runtime, clock);
  const completion = runtime.runScript(source, 'test.js');
  expect(completion.kind).toBe('normal');
  const end = await loop.run();
  return { lines, end, ms: clock.now() - 1000 };
}

/** Programs and what they print, in order. */
const ORDERS: readonly (readonly [source: string, printed: readonly string[]])[] = [
  [
    "setTimeout(print, 0, 'timer'); Promise.resolve().then(() => print('job')); print('sync')",
    ['sync', 'job', 'timer'],
  ],
  [
    "setTimeout(print, 20, 'late'); setTimeout(print, 10, 'early'); setTimeout(print, 20, 'later')",
    ['early', 'late', 'later'],
  ],
  ["setImmediate(print, 'i'); queueMicrotask(() => print('m')); setTimeout(print, 5, 't')", ['m', 'i', 't']],
  [
    "setTimeout(() => { print('a'); Promise.resolve().then(() => print('b')) }, 1); setTimeout(print, 1, 'c')",
    ['a', 'b', 'c'],
  ],
  [
    "const t = setTimeout(print, 5, 'never'); clearTimeout(t); clearTimeout(t); clearTimeout(); clearInterval('x'); print('end')",
    ['end'],
  ],
  [
    'let n = 0; const t = setInterval(() => { print(n); if (++n === 3) clearInterval(t) }, 10)',
    ['0', '1', '2'],
  ],
  [
    "setTimeout(() => clearTimeout(u), 1); const u = setTimeout(print, 1, 'never'); setTimeout(print, 2, 'end')",
    ['end'],
  ],
  [
    "setImmediate(() => { print('first'); setImmediate(print, 'third') }); setImmediate(print, 'second')",
    ['first', 'second', 'third'],
  ],
  ["const i = setImmediate(print, 'never'); clearImmediate(i); print('end')", ['end']],
  [
    'queueMicrotask(() => { print(1); queueMicrotask(() => print(3)) }); queueMicrotask(() => print(2))',
    ['1', '2', '3'],
  ],
  ['setTimeout(() => print(performance.now() >= 1000), 1000)', ['true']],
  [
    '(async () => { for (const ms of [30, 10]) { await new Promise((r) => setTimeout(r, ms)); print(ms) } })()',
    ['30', '10'],
  ],
  [
    "setTimeout('not a function'.length ? print : 0, -5, 'negative'); setTimeout(print, NaN, 'nan'); setTimeout(print, 2 ** 40, 'long')",
    ['negative', 'nan', 'long'],
  ],
];

describe('the event loop', () => {
  test.each(ORDERS)('%s', async (source, printed) => {
    const { lines, end } = await run(source);
    expect(lines).toEqual(printed);
    expect(end).toEqual({ kind: 'done' });
  });

  test('sleeps no longer than the timers ask for', async () => {
    expect((await run('setTimeout(() => {}, 250); setTimeout(() => {}, 100)')).ms).toBe(250);
  });

  test('ends at an error that nothing caught', async () => {
    const { lines, end } = await run(
      "setTimeout(() => { throw 'thrown' }, 1); setTimeout(print, 2, 'never')",
    );
    expect([lines, end]).toEqual([[], { kind: 'uncaught', value: 'thrown' }]);
  });

  test('ends at an error in a microtask before further microtasks run', async () => {
    const { lines, end } = await run(
      "queueMicrotask(() => { throw 1 }); queueMicrotask(() => print('never'))",
    );
    expect([lines, end]).toEqual([[], { kind: 'uncaught', value: 1 }]);
  });

  test('ends at a rejection that nobody handles, unless it is handled in the same turn', async () => {
    expect((await run('Promise.reject(1)')).end).toEqual({ kind: 'unhandled-rejection', value: 1 });
    expect((await run('const p = Promise.reject(1); queueMicrotask(() => p.catch(() => {}))')).end).toEqual({
      kind: 'done',
    });
  });

  test('ends at a limit in a timer or microtask', async () => {
    expect((await run('setTimeout(() => { for (;;); }, 1)', { fuel: 1e4 })).end).toEqual({
      kind: 'limit',
      limit: 'fuel',
    });
    expect((await run('queueMicrotask(() => { for (;;); })', { fuel: 1e4 })).end).toEqual({
      kind: 'limit',
      limit: 'fuel',
    });
  });

  test.each(['setTimeout()', 'setInterval({})', 'setImmediate(1)', "queueMicrotask('f')"])(
    '%s throws a TypeError',
    (source) => {
      const runtime = new Runtime();
      new EventLoop(runtime, new VirtualClock());
      const completion = runtime.runScript(source, 'test.js');
      expect(completion.kind === 'throw' && inspect(completion.value)).toMatch(
        /^TypeError: The callback must be a function/,
      );
    },
  );
});
