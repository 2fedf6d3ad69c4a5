// A tier of this engine as a conformance driver: a fresh Runtime per scenario, harness scripts parsed once per worker.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  constructorName,
  describeError,
  type Completion as EngineCompletion,
  type Execution,
  installTest262,
  parseModule,
  parseScript,
  Runtime,
  type Script,
  SourceText,
  Test262Agents,
  type TierName,
  type Value,
  withModuleSource,
} from '../../engine/engine.ts';
import { agentThreadHost } from './agent-threads.ts';
import type { Driver, HarnessFile, ScenarioInput, ScenarioResult } from './driver.ts';
import { hasReported, programText } from './driver.ts';

/** What keeps the process alive while other agents may notify this one. */
const IDLE_MS = 1000;

/** Nesting limit for the stack that worker processes are given. */
const WORKER_DEPTH = 9000;

export class KataanDriver implements Driver {
  readonly name: TierName;
  private readonly harnessScripts = new Map<HarnessFile, Script>();

  /** Fuel of a slice, if programs are to run in slices. */
  private readonly slice: number | null;

  constructor(name: TierName, slice: number | null = null) {
    this.name = name;
    this.slice = slice;
  }

  async run(input: ScenarioInput): Promise<ScenarioResult> {
    const agents = new Test262Agents(agentThreadHost);
    try {
      return await this.runWith(input, agents);
    } finally {
      agents.terminate();
    }
  }

  private async runWith(input: ScenarioInput, agents: Test262Agents): Promise<ScenarioResult> {
    const text = programText(input);
    if (input.parseOnly) {
      const source = new SourceText(input.path, text);
      const parsed = input.goal === 'module' ? parseModule(source) : parseScript(source);
      if (parsed.ok) return { completion: 'normal', errorName: '', message: '', prints: [] };
      return {
        completion: 'parse-error',
        errorName: parsed.error.errorType,
        message: parsed.error.message,
        prints: [],
      };
    }
    const prints: string[] = [];
    const runtime = new Runtime({
      tier: this.name,
      canBlock: input.canBlock,
      limits: { depth: WORKER_DEPTH },
      modules: withModuleSource({
        resolve: (specifier, referrer) =>
          relativeTo(input.root, resolve(input.root, dirname(referrer ?? input.path), specifier)),
        load: (name) => readFileSync(join(input.root, name), 'utf8'),
        loadBytes: (name) => readFileSync(join(input.root, name)),
      }),
    });
    installTest262(runtime, runtime.realm, (line) => prints.push(line), agents);
    for (const file of input.includes) {
      const completion = runtime.runParsedScript(this.harnessScript(file));
      if (completion.kind !== 'normal') return result(completion, prints, 'throw');
    }
    if (this.slice !== null) {
      const execution = runtime.start(text, input.path, input.goal);
      const end = await this.runInSlices(runtime, execution, this.slice, prints);
      const isEarly = input.goal === 'module' && !runtime.hasStarted(input.path);
      return result(end, prints, isEarly ? 'resolution-error' : 'throw');
    }
    if (input.goal === 'script') {
      const completion = runtime.runScript(text, input.path);
      if (completion.kind !== 'normal') return result(completion, prints, 'throw');
      const jobs = await runAllJobs(runtime, prints);
      return result(jobs, prints, 'throw');
    }
    const started = runtime.startModule(text, input.path);
    if (started.kind !== 'normal') return result(started, prints, 'throw');
    const jobs = await runAllJobs(runtime, prints);
    if (jobs.kind !== 'normal') return result(jobs, prints, 'throw');
    const state = runtime.promiseState(started.value);
    if (state !== null && state.state === 'rejected') {
      const phase = runtime.hasStarted(input.path) ? 'throw' : 'resolution-error';
      return result({ kind: 'throw', value: state.result }, prints, phase);
    }
    return { completion: 'normal', errorName: '', message: '', prints };
  }

  /** Runs a program with its jobs and timeouts in slices, until nothing is left or the test has ended. */
  private async runInSlices(
    runtime: Runtime,
    execution: Execution,
    fuel: number,
    prints: readonly string[],
  ): Promise<EngineCompletion> {
    for (;;) {
      const end = execution.run(fuel);
      if (end.kind === 'paused') continue;
      const timeoutMs = runtime.nextTimeoutMs;
      if (end.kind !== 'normal' || timeoutMs === null || hasReported(prints)) return end;
      await new Promise((resolve) => setTimeout(resolve, timeoutMs));
      runtime.agent.enqueueDueTimeouts(runtime.agent.hooks.now());
    }
  }

  private harnessScript(file: HarnessFile): Script {
    let script = this.harnessScripts.get(file);
    if (script === undefined) {
      const parsed = parseScript(new SourceText(file.name, file.source));
      if (!parsed.ok) throw new Error(`harness file ${file.name} does not parse: ${parsed.error.message}`);
      script = parsed.node;
      this.harnessScripts.set(file, script);
    }
    return script;
  }
}

/**
 * Runs jobs, timeouts of Atomics.waitAsync when their time comes, and what other agents notify, until nothing is left or the
 * test has ended.
 */
async function runAllJobs(runtime: Runtime, prints: readonly string[]): Promise<EngineCompletion> {
  let jobs = runtime.runJobs();
  for (;;) {
    const timeoutMs = runtime.nextTimeoutMs;
    const isWaiting = timeoutMs !== null || runtime.isWaitingForAgents;
    if (jobs.kind !== 'normal' || !isWaiting || hasReported(prints)) return jobs;
    await new Promise<void>((resolve) => {
      runtime.onProgress = resolve;
      setTimeout(resolve, timeoutMs ?? IDLE_MS);
    });
    jobs = runtime.runTimeouts();
  }
}

function relativeTo(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function result(
  completion: EngineCompletion,
  prints: string[],
  phase: 'throw' | 'resolution-error',
): ScenarioResult {
  switch (completion.kind) {
    case 'normal':
      return { completion: 'normal', errorName: '', message: '', prints };
    case 'parse-error':
      return {
        completion: 'parse-error',
        errorName: completion.error.errorType,
        message: completion.error.message,
        prints,
      };
    case 'limit':
      return { completion: 'limit', errorName: '', message: `${completion.limit} limit`, prints };
    case 'throw':
      return {
        completion: phase,
        errorName: constructorName(completion.value),
        message: messageOf(completion.value),
        prints,
      };
  }
}

function messageOf(value: Value): string {
  const { name, message } = describeError(value);
  return message === '' ? name : message;
}
