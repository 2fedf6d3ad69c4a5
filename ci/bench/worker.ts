// What runs in a process of its own: one engine with one program. It answers requests of the parent one at a time.
// Timing is around whole calls of many units, on the host's monotonic clock.

import { isOffTarget, unitsFor, WarmUp } from './calibration.ts';
import { CALLING_CODE, type Engine, engineRows } from './engine.ts';
import type { Program } from './programs.ts';
import type { FirstAnswer, RealmsAnswer, Request, SampleAnswer, StartAnswer } from './protocol.ts';
import { medianOf } from './statistics.ts';

/** Realms made before the measured ones, so that the code that makes them is warm. */
const WARM_REALMS = 10;
const FIRST_SCRIPT = '[3, 1, 2].map((x) => x * 2).join("-") + JSON.stringify({ a: Math.max(1, 2) })';

class Session {
  private readonly engine: Engine;
  private readonly program: Program;
  private readonly targetMs: number;
  private units = 1;

  constructor(engine: Engine, program: Program, targetMs: number) {
    this.engine = engine;
    this.program = program;
    this.targetMs = targetMs;
  }

  /** Why the program cannot run here, or null when it is loaded. */
  load(): string | null {
    for (const name of this.program.needs)
      if (this.engine.evaluate(`typeof ${name}`, 'needs') === 'undefined') return `has no ${name}`;
    this.engine.evaluate(this.program.source, `${this.program.name}.js`);
    this.engine.evaluate(CALLING_CODE, 'calling-code');
    return null;
  }

  /** Milliseconds of a call. Throws an `Error` for a wrong checksum. */
  async time(units: number): Promise<number> {
    const { engine, program } = this;
    const start = performance.now();
    const checksum = program.isAsync ? await engine.callAsync(units) : engine.call(units);
    const ms = performance.now() - start;
    if (checksum !== program.expect)
      throw new Error(`checksum is ${checksum.slice(0, 80)}, not ${program.expect.slice(0, 80)}`);
    return ms;
  }

  async warmUp(warmupMs: number): Promise<void> {
    const warmUp = new WarmUp(warmupMs);
    warmUp.isOverAfter(1, await this.time(1));
    let units = Math.max(1, Math.floor(this.program.scale / 100));
    for (;;) {
      const ms = await this.time(units);
      if (warmUp.isOverAfter(units, ms) && ms >= this.targetMs / 5) {
        this.units = unitsFor(units, ms, this.targetMs);
        return;
      }
      units = unitsFor(units, ms, this.targetMs / 2);
    }
  }

  async sample(): Promise<SampleAnswer> {
    const { units } = this;
    const before = process.cpuUsage();
    const ms = await this.time(units);
    const { user, system } = process.cpuUsage(before);
    if (isOffTarget(ms, this.targetMs)) this.units = unitsFor(units, ms, this.targetMs);
    return { ms, units, cpuShare: Math.min(1, (user + system) / 1000 / ms) };
  }
}

let session: Session | null = null;

async function answer(request: Request): Promise<StartAnswer | SampleAnswer | FirstAnswer | RealmsAnswer> {
  switch (request.kind) {
    case 'start': {
      const engine = await loadEngine(request.engine);
      session = new Session(engine, request.program, request.targetMs);
      const skipped = session.load();
      if (skipped === null) await session.warmUp(request.warmupMs);
      return { version: engine.version, skipped };
    }
    case 'sample':
      if (session === null) throw new Error('no program was started');
      return session.sample();
    case 'first':
      return firstIterations(await loadEngine(request.engine), request.program, request.windowMs);
    case 'realms':
      return measureRealms(await loadEngine(request.engine), request.count);
  }
}

/** Units completed in a window that opens when the engine is ready and gets the text of the program. */
async function firstIterations(engine: Engine, program: Program, windowMs: number): Promise<FirstAnswer> {
  const before = process.cpuUsage();
  const start = performance.now();
  const cold = new Session(engine, program, windowMs);
  const skipped = cold.load();
  if (skipped !== null) return { skipped, count: 0, firstMs: 0, lastMs: 0, cpuShare: 1 };
  await cold.time(1);
  const firstMs = performance.now() - start;
  let count = firstMs <= windowMs ? 1 : 0;
  let elapsedMs = firstMs;
  let lastMs = firstMs;
  while (elapsedMs < windowMs) {
    await cold.time(1);
    elapsedMs = performance.now() - start;
    if (elapsedMs > windowMs) break;
    count++;
    lastMs = elapsedMs;
  }
  const { user, system } = process.cpuUsage(before);
  return { skipped, count, firstMs, lastMs, cpuShare: Math.min(1, (user + system) / 1000 / elapsedMs) };
}

function measureRealms(engine: Engine, count: number): RealmsAnswer {
  const { realms } = engine;
  if (realms === null) throw new Error('realms of this engine are not measured');
  const kept: unknown[] = [];
  for (let i = 0; i < WARM_REALMS; i++) {
    const realm = realms.create();
    realms.evaluate(realm, FIRST_SCRIPT);
    kept.push(realm);
  }
  const measured: unknown[] = [];
  const timed = (act: (i: number) => void): number =>
    medianOf(
      Array.from({ length: count }, (_, i) => {
        const start = performance.now();
        act(i);
        return performance.now() - start;
      }),
    );
  realms.usedBytes(); // A first full collection also frees what the warm-up compiled.
  const beforeBytes = realms.usedBytes();
  const createMs = timed(() => {
    measured.push(realms.create());
  });
  const createdBytes = realms.usedBytes();
  const firstScriptMs = timed((i) => realms.evaluate(measured[i], FIRST_SCRIPT));
  const usedBytes = realms.usedBytes();
  if (kept.length + measured.length !== WARM_REALMS + count) throw new Error('realms are kept alive');
  return {
    createMs,
    createKb: (createdBytes - beforeBytes) / 1024 / count,
    firstScriptMs,
    usedKb: (usedBytes - beforeBytes) / 1024 / count,
  };
}

function loadEngine(name: string): Promise<Engine> {
  const row = engineRows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`no engine ${name}`);
  return row.load();
}

process.on('message', (request: Request) => {
  answer(request).then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
