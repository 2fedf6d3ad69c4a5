// The host itself, in the main context of the worker process: `vm` contexts would slow down every global variable.

import { createContext, runInContext, runInThisContext } from 'node:vm';
import type { Engine, RealmMaker } from './engine.ts';
import { usedHeapBytes } from './kataan-engine.ts';

export class HostEngine implements Engine {
  readonly version = `V8 ${process.versions.v8}`;
  readonly realms: RealmMaker = new HostRealms();
  private benchCall: (units: number) => unknown = () => undefined;

  evaluate(source: string, name: string): string {
    const value: unknown = runInThisContext(source, { filename: name });
    if (name === 'calling-code') this.benchCall = runInThisContext('benchCall') as (units: number) => unknown;
    return String(value);
  }

  call(units: number): string {
    return String(this.benchCall(units));
  }

  async callAsync(units: number): Promise<string> {
    this.benchCall(units);
    await new Promise(setImmediate); // Jobs are drained before the next turn of the event loop.
    return String((globalThis as { benchResult?: unknown }).benchResult);
  }
}

class HostRealms implements RealmMaker {
  create(): object {
    return createContext();
  }

  evaluate(realm: object, source: string): void {
    runInContext(source, realm);
  }

  usedBytes(): number {
    return usedHeapBytes();
  }
}
