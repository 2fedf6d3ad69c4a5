// Every tier as an Executor: one interface, plain comparable outcomes. The facade gives the way to make
// a Runtime, so that this file does not depend on it.
import type { Outcome, TierExecutor } from './base/executor.ts';
import type { Completion, ModuleHost, Runtime, RuntimeOptions } from './engine.ts';
import { formatMessage } from './format-message.ts';
import { inspect } from './inspect.ts';
import { LimitStop } from './runtime/completion.ts';
import { ToString } from './runtime/operations/type-conversion.ts';
import type { Value } from './runtime/value.ts';
import { PAUSABLE_TIERS, TIERS, type TierName } from './tiers.ts';

/** One program. */
export interface ProgramInput {
  /** Shown in messages and used to resolve relative imports. */
  readonly name: string;
  readonly source: string;
  readonly goal: 'script' | 'module';
}

export interface ExecuteOptions {
  readonly fuel?: number;
  readonly bytes?: number;
  readonly depth?: number;
  /** Where imports come from; none by default. Loads must be synchronous to take part in the run. */
  readonly modules?: ModuleHost;
  /** Fuel of a slice: the program is run in slices, in tiers that can. */
  readonly slice?: number;
  /** Prepares the fresh runtime before the program runs: what it sees besides `print` and `console`. */
  readonly install?: (runtime: Runtime) => void;
}

export type Executor = TierExecutor<TierName, ProgramInput, ExecuteOptions>;

/** Executors have no clock but this: outcomes must not differ from run to run. */
const FIXED_TIME_MS = 946_684_800_000;
/** Fuel that counts as unlimited and can still be subtracted from. */
const PLENTY_OF_FUEL = Number.MAX_SAFE_INTEGER;

/** An Executor for each tier, over Runtimes that `createRuntime` makes. */
export function makeExecutors(createRuntime: (options: RuntimeOptions) => Runtime): readonly Executor[] {
  return TIERS.map((name) => ({
    name,
    execute: (input, options) => execute(createRuntime, name, input, options),
  }));
}

function execute(
  createRuntime: (options: RuntimeOptions) => Runtime,
  tier: TierName,
  input: ProgramInput,
  options: ExecuteOptions,
): Outcome {
  let seed = 0x9e3779b9;
  const limits = {
    fuel: Math.min(options.fuel ?? PLENTY_OF_FUEL, PLENTY_OF_FUEL),
    ...(options.bytes === undefined ? {} : { bytes: options.bytes }),
    ...(options.depth === undefined ? {} : { depth: options.depth }),
  };
  const runtime = createRuntime({
    tier,
    limits,
    ...(options.modules === undefined ? {} : { modules: options.modules }),
    now: () => FIXED_TIME_MS,
    random: () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    },
    suspend(_view, _index, _value, timeoutMs) {
      // Nobody else could notify: time passes at once, and an endless wait ends the program.
      if (timeoutMs === Number.POSITIVE_INFINITY) throw new LimitStop('time');
      return 'timed-out';
    },
    weakReferences: 'on-request',
    timeZone: { name: 'UTC', offsetMsAt: () => 0, displayNameAt: () => 'Coordinated Universal Time' },
  });
  const output: string[] = [];
  installOutput(runtime, output);
  options.install?.(runtime);
  const end =
    options.slice !== undefined && PAUSABLE_TIERS.includes(tier)
      ? runInSlices(runtime, input, options.slice)
      : run(runtime, input);
  return {
    completion: end.kind,
    value: endText(end),
    output,
    unhandledRejections: runtime.takeUnhandledRejections().map((reason) => inspect(reason)),
    fuel: limits.fuel - runtime.agent.remainingFuel,
  };
}

/** Runs the program and its jobs; the rejection of a module's evaluation is a throw. */
function run(runtime: Runtime, input: ProgramInput): Completion {
  const started =
    input.goal === 'module'
      ? runtime.startModule(input.source, input.name)
      : runtime.runScript(input.source, input.name);
  if (started.kind === 'parse-error' || started.kind === 'limit') return started;
  let jobs = runtime.runJobs();
  while (jobs.kind === 'normal' && runtime.nextTimeoutMs !== null) {
    jobs = runtime.runTimeouts(FIXED_TIME_MS + runtime.nextTimeoutMs);
  }
  if (jobs.kind !== 'normal') return jobs;
  return input.goal === 'script' ? started : runtime.moduleCompletion(started);
}

/** The same in slices of `fuel`, timeouts included. */
function runInSlices(runtime: Runtime, input: ProgramInput, fuel: number): Completion {
  const execution = runtime.start(input.source, input.name, input.goal);
  for (;;) {
    const slice = execution.run(fuel);
    if (slice.kind === 'paused') continue;
    if (slice.kind === 'limit' || slice.kind === 'parse-error' || runtime.nextTimeoutMs === null)
      return slice;
    runtime.agent.enqueueDueTimeouts(FIXED_TIME_MS + runtime.nextTimeoutMs);
  }
}

function endText(end: Completion): string {
  switch (end.kind) {
    case 'normal':
    case 'throw':
      return inspect(end.value);
    case 'parse-error':
      return `${end.error.errorType}: ${end.error.message} (${end.error.line}:${end.error.column})`;
    case 'limit':
      return end.limit;
  }
}

/** `print` and the printing part of `console`, into `output`. */
function installOutput(runtime: Runtime, output: string[]): void {
  const { agent } = runtime;
  const write = (text: string): void => {
    agent.chargeBytes(text.length);
    output.push(text);
  };
  runtime.defineFunction('print', 1, ([value]) => {
    write(ToString(agent, value));
    return undefined;
  });
  const log = (args: readonly Value[]): Value => {
    write(formatMessage(agent, args));
    return undefined;
  };
  const console = runtime.createObject();
  for (const name of ['log', 'info', 'debug', 'error', 'warn']) {
    runtime.setProperty(console, name, runtime.createFunction(name, 0, log));
  }
  runtime.defineGlobal('console', console);
}
