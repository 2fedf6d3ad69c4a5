// The tiers that run WebAssembly, and every one as an executor. A new tier is a row.

import type { Outcome, TierExecutor } from '../../base/executor.ts';
import { DEFAULT_FEATURES, type Features } from '../format/features.ts';
import { ModuleError } from '../format/module-error.ts';
import { type CommandRun, ScriptRunner } from '../script/script-runner.ts';
import type { Command, ModuleSource } from '../text/script.ts';
import { parseScript } from '../text/script-parser.ts';
import type { EngineOptions, WasmEngine } from './engine.ts';
import { exerciseModule } from './exercise-module.ts';
import { InterpreterEngine } from './interpreter-engine.ts';
import { endText } from './outcome-text.ts';

export type WasmTierName = 'wasm-interpreter';

export interface WasmTier<Name extends string = WasmTierName> {
  readonly name: Name;
  /** An engine with an empty store. */
  readonly createEngine: (options: EngineOptions) => WasmEngine;
  /** Whether `EngineOptions.slice` has a meaning. */
  readonly isPausable: boolean;
}

/** In the order of their numbers. */
export const wasmTiers: readonly WasmTier[] = [
  {
    name: 'wasm-interpreter',
    createEngine: (options) => new InterpreterEngine(options),
    isPausable: true,
  },
];

/** A script is a text; a module is a text or bytes. */
export interface WasmInput {
  readonly name: string;
  readonly source: string | Uint8Array;
  readonly goal: 'wasm-module' | 'wasm-script';
  /** Where the operands of a module's calls come from. */
  readonly seed?: number;
  readonly features?: Features;
}

export interface WasmExecuteOptions {
  readonly fuel?: number;
  readonly bytes?: number;
  readonly depth?: number;
  /** Fuel of a slice, in tiers that can pause. */
  readonly slice?: number;
  /** Calls or commands after which the run ends as if its fuel were used up: for engines that count none. */
  readonly steps?: number;
}

export type WasmExecutor<Name extends string = WasmTierName> = TierExecutor<
  Name,
  WasmInput,
  WasmExecuteOptions
>;

export const wasmExecutors: readonly WasmExecutor[] = wasmTiers.map(makeWasmExecutor);

/**
 * A tier as an executor. The output has a line for each command of a script; of a module, one for each call of its exported
 * functions and one for each thing its instance holds at the end.
 */
export function makeWasmExecutor<Name extends string>(tier: WasmTier<Name>): WasmExecutor<Name> {
  return { name: tier.name, execute: (input, options) => new WasmRun(tier, input, options).execute() };
}

class WasmRun {
  private readonly input: WasmInput;
  private readonly engine: WasmEngine;
  private readonly output: string[] = [];
  private readonly features: Features;
  private stepsLeft: number;

  constructor(tier: WasmTier<string>, input: WasmInput, options: WasmExecuteOptions) {
    const { steps, slice, ...limits } = options;
    this.input = input;
    this.features = input.features ?? DEFAULT_FEATURES;
    this.stepsLeft = steps ?? Number.POSITIVE_INFINITY;
    this.engine = tier.createEngine({
      ...limits,
      ...(slice === undefined || !tier.isPausable ? {} : { slice }),
    });
  }

  execute(): Outcome {
    if (this.stepsLeft === 0) return this.end('limit', 'fuel');
    return this.input.goal === 'wasm-module' ? this.module() : this.script();
  }

  private module(): Outcome {
    const { engine, features, input } = this;
    let source: ModuleSource;
    try {
      source = moduleSource(input.source);
    } catch (error) {
      return this.parseError(error);
    }
    const { seed = 1 } = input;
    const end = exerciseModule(engine, source, { features, seed, write: (line) => this.write(line) });
    switch (end.kind) {
      case 'finished':
        return this.end('normal', '');
      case 'out-of-fuel':
        return this.end('limit', 'fuel');
      case 'refused':
      case 'taken':
        return this.end('parse-error', endText(engine, end));
      case 'unknown':
        return this.end('unsupported', '');
    }
  }

  private script(): Outcome {
    const { source } = this.input;
    const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
    let commands: Command[];
    try {
      commands = parseScript(text);
    } catch (error) {
      return this.parseError(error);
    }
    const runner = new ScriptRunner(this.engine, this.features);
    let line = 1;
    let counted = 0;
    for (const command of commands) {
      const run = runner.run(command);
      if (run.end.kind === 'out-of-fuel') return this.end('limit', 'fuel');
      for (; counted < command.position; counted++) if (text[counted] === '\n') line++;
      if (!this.write(`${line} ${command.kind}: ${this.runText(run)}`)) return this.end('limit', 'fuel');
    }
    return this.end('normal', '');
  }

  private runText({ end, types }: CommandRun): string {
    if (end.kind === 'done') return 'done';
    return end.kind === 'missing' ? end.message : endText(this.engine, end, types);
  }

  /** What is no script or has wrong tokens. */
  private parseError(error: unknown): Outcome {
    if (!(error instanceof ModuleError)) throw error;
    return this.end('parse-error', `${error.kind}: ${error.message} (at ${error.position})`);
  }

  private write(line: string): boolean {
    this.output.push(line);
    return --this.stepsLeft > 0;
  }

  private end(completion: Outcome['completion'], value: string): Outcome {
    const { output, engine } = this;
    return { completion, value, output, unhandledRejections: [], fuel: engine.fuelUsed };
  }
}

/** Throws a ModuleError for a text with wrong tokens. */
function moduleSource(source: string | Uint8Array): ModuleSource {
  if (typeof source !== 'string') return { kind: 'binary', bytes: source };
  return { kind: 'quote', bytes: new TextEncoder().encode(source) };
}
