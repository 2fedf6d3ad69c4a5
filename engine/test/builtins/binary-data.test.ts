// Binary data where Test262 does not look: limits, charges, hosts' peculiarities, long arrays, waiting.
import { describe, expect, test } from 'vitest';
import {
  type Completion,
  executors,
  inspect,
  type ModuleHost,
  Runtime,
  type RuntimeOptions,
  TIERS,
} from '../../engine.ts';
import { type Clock, EventLoop } from '../../host/event-loop.ts';

function run(source: string, options: RuntimeOptions = {}): Completion {
  return new Runtime(options).runScript(source, 'test.js');
}

/** What a program printed or threw, on every tier. */
function outcomes(source: string, options: RuntimeOptions = {}): string[] {
  return TIERS.map((tier) => {
    const completion = run(source, { ...options, tier });
    if (completion.kind === 'limit') return `limit ${completion.limit}`;
    if (completion.kind === 'parse-error') return completion.error.message;
    return completion.kind === 'throw'
      ? new Runtime().describeError(completion.value).name
      : inspect(completion.value);
  });
}

function expectOutcome(source: string, expected: string, options: RuntimeOptions = {}): void {
  expect(outcomes(source, options)).toEqual(TIERS.map(() => expected));
}

/** The fuel that a program uses. */
function fuelOf(source: string): number {
  const runtime = new Runtime({ limits: { fuel: 1e12 } });
  const completion = runtime.runScript(source, 'test.js');
  if (completion.kind !== 'normal') throw new Error(completion.kind);
  return 1e12 - runtime.agent.remainingFuel;
}

describe('lengths', () => {
  const tooLong = [
    'new ArrayBuffer(2 ** 32 + 1)',
    'new SharedArrayBuffer(2 ** 40)',
    'new ArrayBuffer(0, { maxByteLength: 2 ** 33 })',
    'new Uint8Array(2 ** 32 + 1)',
    'new Float64Array(2 ** 30)',
    'new Uint8Array({ length: 2 ** 53 })',
    'new ArrayBuffer(8).transfer(2 ** 33)',
  ];
  test.each(tooLong)('%s is a RangeError', (source) => expectOutcome(source, 'RangeError'));

  const charged = [
    'new ArrayBuffer(1e8)',
    'new SharedArrayBuffer(1e8)',
    'new Int32Array(25e6)',
    'const b = new ArrayBuffer(0, { maxByteLength: 1e8 }); b.resize(1e8)',
    'const b = new SharedArrayBuffer(0, { maxByteLength: 1e8 }); b.grow(1e8)',
    'const b = new ArrayBuffer(1e6); for (const kept = []; ; ) kept.push(b.slice(0))',
    'const a = new Uint8Array(1e6); for (const kept = []; ; ) kept.push(a.subarray(1))',
    'for (const kept = []; ; ) kept.push(new DataView(new ArrayBuffer(0)))',
    "const s = 'AAAA'.repeat(1e5); for (const kept = []; ; ) kept.push(Uint8Array.fromBase64(s))",
    'const a = new Uint8Array(1e6); for (const kept = []; ; ) kept.push(a.toHex())',
    'const i = new Int32Array(new SharedArrayBuffer(4)); for (const kept = []; ; ) kept.push(Atomics.waitAsync(i, 0, 0))',
  ];
  test.each(charged)(
    '%s stops at the limit of bytes',
    (source) => {
      expectOutcome(source, 'limit bytes', { limits: { bytes: 2e7 } });
    },
    60_000,
  );
});

describe('fuel', () => {
  const bulk = [
    'a.fill(1)',
    'a.copyWithin(1, 0)',
    'a.copyWithin(0, 1)',
    'a.set(b)',
    'a.set(new Float64Array(b.buffer))',
    'a.slice()',
    'a.reverse()',
    'a.toReversed()',
    'a.sort()',
    'a.toSorted()',
    'a.indexOf(7)',
    'a.includes(7)',
    'a.lastIndexOf(7)',
    'a.buffer.slice(0)',
    'a.toBase64()',
    'a.toHex()',
    'new Float32Array(a)',
    'new Float16Array(a)',
  ];
  const setUp = (size: number): string => `const a = new Uint8Array(${size}), b = new Uint8Array(${size}); `;
  test.each(bulk)('%s charges by length', (source) => {
    const used = fuelOf(setUp(1 << 22) + source) - fuelOf(setUp(1 << 22));
    expect(used).toBeGreaterThan(4096);
  });

  test('stops bulk work on gigabytes half way', () => {
    const started = performance.now();
    const source = 'const a = new Uint8Array(2 ** 31); for (;;) a.fill(1)';
    expect(run(source, { limits: { fuel: 3e6 } })).toEqual({ kind: 'limit', limit: 'fuel' });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('sorting without comparator', () => {
  test('long arrays are sorted in runs and merged, -0 before 0 and NaN last', () => {
    const size = 600_001;
    const source = `const a = new Float64Array(${size}); let x = 1;
      for (let i = 0; i < ${size}; i++) { x = (x * 16807) % 2147483647; a[i] = i % 1000 === 0 ? NaN : i % 777 === 0 ? -0 : (x % 1000) - 500; }
      a.sort()`;
    const expected = new Float64Array(size);
    let x = 1;
    for (let i = 0; i < size; i++) {
      x = (x * 16807) % 2147483647;
      expected[i] = i % 1000 === 0 ? Number.NaN : i % 777 === 0 ? -0 : (x % 1000) - 500;
    }
    expected.sort();
    const runtime = new Runtime();
    const sorted = runtime.runScript(source, 'test.js');
    if (sorted.kind !== 'normal') throw new Error(sorted.kind);
    const view = (sorted.value as unknown as { view: Float64Array }).view;
    expect(view.length).toBe(size);
    let firstDifference = -1;
    for (let i = 0; i < size && firstDifference < 0; i++)
      if (!Object.is(view[i], expected[i])) firstDifference = i;
    expect(firstDifference).toBe(-1);
  });

  test('Float16 sorts by value', () => {
    expectOutcome(
      'new Float16Array([1, -0, NaN, 0, -1, -Infinity]).sort()',
      'Float16Array(6) [ -Infinity, -1, -0, 0, 1, NaN ]',
    );
  });
});

describe('detaching', () => {
  test('views of a buffer whose bytes live on elsewhere see nothing of them', () => {
    expectOutcome(
      `const u = new Uint8Array([1, 2, 3]), f = new Float16Array(u.buffer, 0, 1);
       const seen = [];
       const look = () => { seen.push(u[0], u.length, 0 in u, f[0]); u[0] = 9; f[0] = 9; };
       for (let i = 0; i < 50; i++) u[1] = u[0];
       const b = u.buffer.transfer(); look();
       [seen, new Uint8Array(b)]`,
      '[ [ undefined, 0, false, undefined ], Uint8Array(3) [ 1, 1, 3 ] ]',
    );
  });

  test('detaching one buffer leaves the views of others as they are', () => {
    expectOutcome(
      `const u = new Uint8Array([1, 2, 3]), other = new ArrayBuffer(8);
       other.transfer(); u[0] = 7; u[0] + u[2]`,
      '10',
    );
  });
});

describe('arrays that track a buffer which ends within an element', () => {
  test.each(['ArrayBuffer', 'SharedArrayBuffer'])('%s', (kind) => {
    const change = kind === 'ArrayBuffer' ? 'resize' : 'grow';
    expectOutcome(
      `const b = new ${kind}(10, { maxByteLength: 40 }), a = new Int32Array(b), h = new Float16Array(b, 8);
       const lengths = [a.length, h.length]; a[1] = 5; h[0] = 1.5;
       b.${change}(23); lengths.push(a.length, h.length); a[4] = 6;
       b.${change}(24); lengths.push(a.length, h.length); a[5] = 7;
       [lengths, a, h[0]]`,
      '[ [ 2, 1, 5, 7, 6, 8 ], Int32Array(6) [ 0, 5, 15872, 0, 6, 7 ], 1.5 ]',
    );
  });
});

describe('Atomics.wait', () => {
  const SHARED = 'const i = new Int32Array(new SharedArrayBuffer(16));';

  test('blocks for its timeout', () => {
    const started = performance.now();
    expectOutcome(`${SHARED} Atomics.wait(i, 0, 0, 20)`, "'timed-out'");
    expect(performance.now() - started).toBeGreaterThanOrEqual(19 * TIERS.length);
  });

  test('asks whether the program must stop', () => {
    const until = performance.now() + 60;
    const interrupt = (): 'time' | null => (performance.now() > until ? 'time' : null);
    expect(run(`${SHARED} Atomics.wait(i, 0, 0)`, { interrupt })).toEqual({ kind: 'limit', limit: 'time' });
  });

  test('is a TypeError where the agent or its host cannot block', () => {
    expectOutcome(`${SHARED} Atomics.wait(i, 0, 0, 1)`, 'TypeError', { canBlock: false });
    expectOutcome(`${SHARED} Atomics.wait(i, 0, 0, 1)`, 'TypeError', { suspend: () => 'cannot-block' });
  });
});

describe('Atomics.waitAsync', () => {
  const SHARED = 'const i = new Int32Array(new SharedArrayBuffer(16)); const log = [];';

  test('notifies in the order of the calls, by element, and up to the count', () => {
    const runtime = new Runtime();
    const source = `${SHARED}
      for (const n of [1, 2, 3]) Atomics.waitAsync(i, 0, 0).value.then((r) => log.push(n + r));
      Atomics.waitAsync(i, 1, 0).value.then((r) => log.push('other ' + r));
      log.push(Atomics.notify(i, 0, 2), Atomics.notify(i, 2), Atomics.notify(i, 0), Atomics.notify(i, 0));`;
    runtime.runScript(source, 'test.js');
    runtime.runJobs();
    expect(runtime.runScript("log.join(' ')", 'log.js')).toEqual({
      kind: 'normal',
      value: '2 0 1 0 1ok 2ok 3ok',
    });
    expect(runtime.nextTimeoutMs).toBeNull();
  });

  test('times out in the order of due times, and a waiter that was notified does not', () => {
    let nowMs = 1000;
    const runtime = new Runtime({ now: () => nowMs });
    const source = `${SHARED}
      Atomics.waitAsync(i, 0, 0, 30).value.then((r) => log.push('a ' + r));
      Atomics.waitAsync(i, 0, 0, 10).value.then((r) => log.push('b ' + r));
      Atomics.waitAsync(i, 1, 0, 5).value.then((r) => log.push('c ' + r));
      Atomics.notify(i, 1); log`;
    const completion = runtime.runScript(source, 'test.js');
    if (completion.kind !== 'normal') throw new Error(completion.kind);
    const log = (): string => inspect(completion.value);
    runtime.runJobs();
    expect([log(), runtime.nextTimeoutMs]).toEqual(["[ 'c ok' ]", 10]);
    nowMs = 1009;
    runtime.runTimeouts();
    expect([log(), runtime.nextTimeoutMs]).toEqual(["[ 'c ok' ]", 1]);
    nowMs = 1050;
    runtime.runTimeouts();
    expect([log(), runtime.nextTimeoutMs]).toEqual(["[ 'c ok', 'b timed-out', 'a timed-out' ]", null]);
  });
});

describe('modules of type bytes', () => {
  const source = `import b from 'data' with { type: 'bytes' }; globalThis.result = [b, b.buffer.immutable];`;
  const importData = async (modules: ModuleHost): Promise<string> => {
    const runtime = new Runtime({ modules });
    const started = runtime.startModule(source, 'main');
    if (started.kind !== 'normal') throw new Error(started.kind);
    runtime.runJobs();
    await Promise.resolve();
    runtime.runJobs();
    const state = runtime.promiseState(started.value);
    if (state?.state === 'rejected') return runtime.describeError(state.result).message;
    const result = runtime.getProperty(runtime.realm.globalObject, 'result');
    return result.kind === 'normal' ? inspect(result.value) : result.kind;
  };
  const resolve = (specifier: string): string => specifier;
  const load = (): string => 'text';

  test('are immutable copies of what the host gives, now or later', async () => {
    const bytes = new Uint8Array([9, 1, 2, 255]).subarray(1);
    const expected = '[ Uint8Array(3) [ 1, 2, 255 ], true ]';
    expect(await importData({ resolve, load, loadBytes: () => bytes })).toBe(expected);
    expect(await importData({ resolve, load, loadBytes: () => Promise.resolve(bytes) })).toBe(expected);
  });

  test('are refused where the host has none', async () => {
    expect(await importData({ resolve, load })).toContain('this module host has no bytes');
  });
});

test('an event loop goes on until the timeouts of Atomics.waitAsync are over', async () => {
  let nowMs = 5000;
  const clock: Clock = {
    now: () => nowMs,
    async sleep(ms) {
      nowMs += ms;
    },
  };
  const runtime = new Runtime({ now: clock.now });
  const loop = new EventLoop(runtime, clock);
  const source = `const i = new Int32Array(new SharedArrayBuffer(16)), log = [];
    setTimeout(() => log.push('timer'), 20);
    for (const ms of [30, 10]) Atomics.waitAsync(i, 0, 0, ms).value.then((r) => log.push(ms + ' ' + r));`;
  expect(runtime.runScript(source, 'test.js').kind).toBe('normal');
  expect(await loop.run()).toEqual({ kind: 'done' });
  const log = runtime.runScript("log.join(', ')", 'log.js');
  expect([log, nowMs]).toEqual([{ kind: 'normal', value: '10 timed-out, timer, 30 timed-out' }, 5030]);
});

describe('executors', () => {
  test('let time pass at once', () => {
    const source = `const i = new Int32Array(new SharedArrayBuffer(8));
      print(Atomics.wait(i, 0, 0, 1e9)); Atomics.waitAsync(i, 0, 0, 1e9).value.then(print);`;
    for (const executor of executors) {
      const outcome = executor.execute({ name: 'test.js', source, goal: 'script' }, {});
      expect(outcome.output).toEqual(['timed-out', 'timed-out']);
    }
  });

  test('stop a wait that nobody can end', () => {
    const source = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)';
    for (const executor of executors) {
      expect(executor.execute({ name: 'test.js', source, goal: 'script' }, {}).value).toBe('time');
    }
  });
});
