// QuickJS-NG as `quickjs-wasi` embeds it, without limits.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type JSValueHandle, QuickJS } from 'quickjs-wasi';
import type { Engine } from './engine.ts';
import { packageVersion } from './quickjs-emscripten-engine.ts';

/** The engine in a new WebAssembly instance. */
export async function loadQuickjsWasi(): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve('quickjs-wasi/quickjs.wasm');
  return new QuickjsWasiEngine(await QuickJS.create(readFileSync(file)));
}

class QuickjsWasiEngine implements Engine {
  readonly version: string;
  readonly realms = null;
  private readonly vm: QuickJS;
  private benchCall: JSValueHandle;

  constructor(vm: QuickJS) {
    this.version = packageVersion('quickjs-wasi');
    this.vm = vm;
    this.benchCall = vm.undefined;
  }

  evaluate(source: string, name: string): string {
    const text = this.take(this.vm.evalCode(source, name));
    if (name === 'calling-code') this.benchCall = this.vm.global.getProp('benchCall');
    return text;
  }

  call(units: number): string {
    const argument = this.vm.newNumber(units);
    const text = this.take(this.vm.callFunction(this.benchCall, this.vm.undefined, argument));
    argument.dispose();
    return text;
  }

  async callAsync(units: number): Promise<string> {
    this.call(units);
    this.vm.executePendingJobs();
    return this.take(this.vm.global.getProp('benchResult'));
  }

  private take(handle: JSValueHandle): string {
    const text = handle.toString();
    handle.dispose();
    return text;
  }
}
