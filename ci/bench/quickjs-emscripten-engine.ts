// QuickJS as `quickjs-emscripten` embeds it: the release build, synchronous, without limits.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getQuickJS, type QuickJSContext, type QuickJSHandle, type QuickJSRuntime } from 'quickjs-emscripten';
import type { Engine, RealmMaker } from './engine.ts';

/** The engine in a new WebAssembly instance. */
export async function loadQuickjsEmscripten(): Promise<Engine> {
  const runtime = (await getQuickJS()).newRuntime();
  return new QuickjsEmscriptenEngine(runtime);
}

class QuickjsEmscriptenEngine implements Engine {
  readonly version: string;
  readonly realms: RealmMaker;
  private readonly context: QuickJSContext;
  private benchCall: QuickJSHandle;

  constructor(runtime: QuickJSRuntime) {
    this.version = packageVersion('quickjs-emscripten');
    this.context = runtime.newContext();
    this.benchCall = this.context.undefined;
    this.realms = new QuickjsRealms(runtime, this.context);
  }

  evaluate(source: string, name: string): string {
    const value = textOf(this.context, evaluate(this.context, source, name));
    if (name === 'calling-code') this.benchCall = this.context.getProp(this.context.global, 'benchCall');
    return value;
  }

  call(units: number): string {
    const { context } = this;
    const argument = context.newNumber(units);
    const result = context.callFunction(this.benchCall, context.undefined, argument);
    argument.dispose();
    return textOf(context, valueOf(context, result));
  }

  async callAsync(units: number): Promise<string> {
    const { context } = this;
    this.call(units);
    const jobs = context.runtime.executePendingJobs();
    if (jobs.error !== undefined) throw errorOf(context, jobs.error);
    return textOf(context, context.getProp(context.global, 'benchResult'));
  }
}

class QuickjsRealms implements RealmMaker {
  private readonly runtime: QuickJSRuntime;
  private readonly context: QuickJSContext;

  constructor(runtime: QuickJSRuntime, context: QuickJSContext) {
    this.runtime = runtime;
    this.context = context;
  }

  create(): QuickJSContext {
    return this.runtime.newContext();
  }

  evaluate(realm: QuickJSContext, source: string): void {
    evaluate(realm, source, 'first-script').dispose();
  }

  usedBytes(): number {
    const handle = this.runtime.computeMemoryUsage();
    const usage = this.context.dump(handle) as { memory_used_size: number };
    handle.dispose();
    return usage.memory_used_size;
  }
}

type Result = ReturnType<QuickJSContext['evalCode']>;

function evaluate(context: QuickJSContext, source: string, name: string): QuickJSHandle {
  return valueOf(context, context.evalCode(source, name, { type: 'global' }));
}

function valueOf(context: QuickJSContext, result: Result): QuickJSHandle {
  if (result.error !== undefined) throw errorOf(context, result.error);
  return result.value;
}

function errorOf(context: QuickJSContext, handle: QuickJSHandle): Error {
  const error = context.dump(handle) as { name?: string; message?: string } | string;
  handle.dispose();
  return new Error(typeof error === 'object' ? `${error.name}: ${error.message}` : String(error));
}

function textOf(context: QuickJSContext, handle: QuickJSHandle): string {
  const text = context.getString(handle);
  handle.dispose();
  return text;
}

/** The version of an installed package. */
export function packageVersion(name: string): string {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const text = readFileSync(`${folder}/${name}/package.json`, 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch (error) {
      // The package lies in one of the further folders.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return 'unknown';
}
