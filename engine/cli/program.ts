// Reading a program and running it to its end: what `kataan FILE` does. Everything a program sees of its host is
// installed here; nothing of files, network or environment is, except through imports of modules.

import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import {
  BYTECODE_TIERS,
  type BytecodeError,
  type Completion,
  describeError,
  describeSyntaxError,
  describeUncaught,
  formatMessage,
  installTest262,
  isBytecode,
  loadBytecode,
  Runtime,
  type SyntaxErrorRecord,
  Test262Agents,
  type Value,
  withModuleSource,
} from '../engine.ts';
import { agentThreads } from '../host/agent-threads.ts';
import { installConsole, installPrint, installScriptArgs } from '../host/console.ts';
import { type Clock, EventLoop, installPerformance, type LoopEnd } from '../host/event-loop.ts';
import { moduleFiles, nameOfPath } from '../host/module-files.ts';
import { decodeSource, readFileBytes } from '../host/source-file.ts';
import type { RunOptions } from './arguments.ts';
import { STDERR, STDOUT, wantsColors, writeTo } from './terminal.ts';

export const EXIT_OK = 0;
export const EXIT_ERROR = 1;
export const EXIT_USAGE = 2;
export const EXIT_UNSETTLED = 13;
export const LIMIT_EXITS = { fuel: 64, bytes: 65, time: 66, abort: 67 } as const;

/** A source text with the name it has in messages. */
export interface SourceProgram {
  readonly kind: 'source';
  readonly name: string;
  readonly text: string;
  readonly isModule: boolean;
}

/** The bytes of a compiled program, not looked into yet. */
export interface BytecodeFile {
  readonly kind: 'bytecode';
  /** The file, as the user named it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Program = SourceProgram | BytecodeFile;

export const HOST_CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms) =>
    new Promise((wake) => {
      setTimeout(wake, ms);
    }),
};

/** The program that the options name; null if they name none and standard input is a terminal. Throws SourceFileError. */
export async function readProgram({
  source,
  isModule,
}: Pick<RunOptions, 'source' | 'isModule'>): Promise<Program | null> {
  switch (source.kind) {
    case 'text':
      return { kind: 'source', name: '[eval]', text: source.text, isModule };
    case 'file': {
      const path = resolve(source.path);
      const bytes = readFileBytes(source.path);
      // Bytecode goes by its first bytes; the ending only says what a file that lacks them should have been.
      if (isBytecode(bytes) || path.endsWith('.ktbc')) return { kind: 'bytecode', name: source.path, bytes };
      const asModule = isModule || path.endsWith('.mjs');
      const text = decodeSource(bytes, source.path);
      return { kind: 'source', name: asModule ? nameOfPath(path) : path, text, isModule: asModule };
    }
    case 'none':
      return isatty(0) ? null : readStandardInput(isModule);
    case 'stdin':
      return readStandardInput(isModule);
  }
}

async function readStandardInput(isModule: boolean): Promise<Program> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  const bytes = Buffer.concat(chunks);
  if (isBytecode(bytes)) return { kind: 'bytecode', name: 'standard input', bytes };
  return { kind: 'source', name: '[stdin]', text: decodeSource(bytes, 'standard input'), isModule };
}

/** What a program's output goes to, and where its time and chance come from. */
export interface ProgramHost {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly clock: Clock;
  /** Of performance. */
  readonly timeOriginMs: number;
  /** Date's clock and Math.random; the host's own if left out. */
  readonly now?: () => number;
  readonly random?: () => number;
}

export const PROCESS_HOST: ProgramHost = {
  out: (text) => writeTo(STDOUT, text),
  err: (text) => writeTo(STDERR, text),
  clock: HOST_CLOCK,
  timeOriginMs: performance.timeOrigin,
};

/** A runtime under the limits of the options, with modules from files. */
export function createRuntime(
  options: RunOptions,
  { now, random }: Pick<ProgramHost, 'now' | 'random'> = PROCESS_HOST,
): Runtime {
  const { fuel, maxBytes, depth, timeoutMs } = options;
  const deadline = timeoutMs === null ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
  return new Runtime({
    tier: options.tier,
    regexp: options.regexp,
    limits: {
      ...(fuel === null ? {} : { fuel }),
      ...(maxBytes === null ? {} : { bytes: maxBytes }),
      ...(depth === null ? {} : { depth }),
    },
    modules: options.isTest262 ? withModuleSource(moduleFiles(process.cwd())) : moduleFiles(process.cwd()),
    ...(now === undefined ? {} : { now }),
    ...(random === undefined ? {} : { random }),
    ...(timeoutMs === null ? {} : { interrupt: () => (performance.now() > deadline ? 'time' : null) }),
  });
}

/** Defines what programs see of their host; returns the loop that runs their timers. */
export function installHost(
  runtime: Runtime,
  options: RunOptions,
  { out, err, clock, timeOriginMs }: ProgramHost,
): EventLoop {
  installConsole(
    runtime,
    { out, err },
    { outColors: wantsColors(STDOUT), errColors: wantsColors(STDERR), now: clock.now },
  );
  if (options.isTest262) {
    // The command is bundled into one file, which threads of agents run as well.
    const agents = new Test262Agents(agentThreads(new URL(import.meta.url)));
    installTest262(runtime, runtime.realm, (line) => out(`${line}\n`), agents);
  } else installPrint(runtime, out);
  installScriptArgs(runtime, options.scriptArgs);
  installPerformance(runtime, clock, timeOriginMs);
  return new EventLoop(runtime, clock, { strictRejections: !options.isTest262 });
}

/** Says why bytes are no program that can run; the result is the exit status. */
export function reportBytecodeError(
  name: string,
  { message, offset, hint }: BytecodeError,
  err: (text: string) => void,
): number {
  err(`kataan: ${name}: ${message} (byte ${offset})\nhint: ${hint}\n`);
  return EXIT_ERROR;
}

/** Runs a program with its jobs and timers; the result is the exit status. */
export async function runProgram(
  program: Program,
  options: RunOptions,
  host: ProgramHost = PROCESS_HOST,
): Promise<number> {
  if (program.kind === 'source')
    return runToEnd(program.name, program.isModule, options, host, (runtime) =>
      program.isModule
        ? runtime.startModule(program.text, program.name)
        : runtime.runScript(program.text, program.name),
    );
  const { err } = host;
  if (!BYTECODE_TIERS.includes(options.tier)) {
    err(
      `kataan: tier ${options.tier} does not run bytecode\nhint: tiers that do are ${BYTECODE_TIERS.join(', ')}\n`,
    );
    return EXIT_USAGE;
  }
  const loaded = loadBytecode(program.bytes);
  if (!loaded.ok) return reportBytecodeError(program.name, loaded.error, err);
  const isModule = loaded.program.goal === 'module';
  // Imports are resolved from where the file lies now.
  const path = resolve(program.name);
  const name = isModule ? nameOfPath(path) : path;
  return runToEnd(name, isModule, options, host, (runtime) => runtime.runProgram(loaded.program, name));
}

async function runToEnd(
  name: string,
  isModule: boolean,
  options: RunOptions,
  host: ProgramHost,
  start: (runtime: Runtime) => Completion,
): Promise<number> {
  const runtime = createRuntime(options, host);
  const { out, err } = host;
  const loop = installHost(runtime, options, host);
  const reporter = new Reporter(name, options, err);

  const started = start(runtime);
  if (started.kind !== 'normal') return reporter.report(started);
  if (options.printsResult) {
    // Conversions are not asked for, so that printing runs no guest code.
    const value = started.value;
    out(`${formatMessage(runtime.agent, [value], { colors: wantsColors(STDOUT) })}\n`);
  }
  const end = await withinTime(loop, options);
  if (end.kind !== 'done') return reporter.reportEnd(end);
  if (!isModule) return EXIT_OK;
  const evaluation = runtime.promiseState(started.value);
  if (evaluation?.state === 'rejected') return reporter.report({ kind: 'throw', value: evaluation.result });
  if (evaluation?.state === 'pending') {
    err('kataan: the module waits for a promise that nothing can settle any more\n');
    return EXIT_UNSETTLED;
  }
  return EXIT_OK;
}

/** Runs the loop; a program that only sleeps past its time is stopped, too. */
async function withinTime(loop: EventLoop, { timeoutMs }: RunOptions): Promise<LoopEnd> {
  const first = loop.turn();
  if (typeof first !== 'number') return first;
  if (timeoutMs === null) return loop.run();
  const timeUp = HOST_CLOCK.sleep(timeoutMs).then((): LoopEnd => ({ kind: 'limit', limit: 'time' }));
  return Promise.race([loop.run(), timeUp]);
}

/** Tells the user why a program failed, in the manner the options ask for, and gives the exit status. */
class Reporter {
  private readonly name: string;
  private readonly options: RunOptions;
  private readonly err: (text: string) => void;

  constructor(name: string, options: RunOptions, err: (text: string) => void) {
    this.name = name;
    this.options = options;
    this.err = err;
  }

  report(end: Completion): number {
    switch (end.kind) {
      case 'normal':
        return EXIT_OK;
      case 'parse-error':
        return this.syntaxError(end.error);
      case 'throw':
        return this.uncaught(end.value);
      case 'limit':
        return this.limit(end.limit);
    }
  }

  reportEnd(end: LoopEnd): number {
    switch (end.kind) {
      case 'done':
        return EXIT_OK;
      case 'limit':
        return this.limit(end.limit);
      case 'uncaught':
        return this.uncaught(end.value);
      case 'unhandled-rejection':
        return this.uncaught(end.value, 'Uncaught (in promise)');
    }
  }

  syntaxError(error: SyntaxErrorRecord): number {
    if (this.options.isTest262) this.err(`${error.errorType}: ${oneLine(error.message)}\n`);
    else {
      this.err(`${describeSyntaxError(this.name, error)}\n`);
      if (MODULE_ERRORS.includes(error.code))
        this.err('hint: --module runs the program as a module, as does a name that ends in .mjs\n');
    }
    return EXIT_ERROR;
  }

  private uncaught(value: Value, label = 'Uncaught'): number {
    if (this.options.isTest262) {
      const { name, message } = describeError(value);
      this.err(`${message === '' ? name : `${name}: ${oneLine(message)}`}\n`);
    } else this.err(`${describeUncaught(value, { colors: wantsColors(STDERR) }, label)}\n`);
    return EXIT_ERROR;
  }

  private limit(limit: keyof typeof LIMIT_EXITS): number {
    const { fuel, maxBytes, timeoutMs } = this.options;
    const allowed = {
      fuel: `${fuel} units of fuel`,
      bytes: `${maxBytes} bytes`,
      time: `${timeoutMs} ms`,
      abort: '',
    }[limit];
    this.err(
      limit === 'abort' ? 'kataan: aborted\n' : `kataan: stopped: the program used up its ${allowed}\n`,
    );
    return LIMIT_EXITS[limit];
  }
}

/** Early errors that a program gets for being a module run as a script. */
const MODULE_ERRORS: readonly string[] = ['ImportOutsideModule', 'ImportMetaOutsideModule'];

function oneLine(text: string): string {
  return text.replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ');
}
