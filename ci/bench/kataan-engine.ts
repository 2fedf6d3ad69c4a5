// A tier of ours: one Runtime, no limits.

import type { Completion, JSObject, RegExpMode, TierName, Value } from '../../engine/engine.ts';
import { describeError, Runtime } from '../../engine/engine.ts';
import type { Engine, RealmMaker } from './engine.ts';

export class KataanEngine implements Engine {
  readonly version: string;
  readonly realms: RealmMaker;
  private readonly runtime: Runtime;
  private benchCall: Value;

  constructor(tier: TierName, regexp: RegExpMode = 'host') {
    this.version = 'this checkout';
    this.runtime = new Runtime({ tier, regexp });
    this.benchCall = undefined;
    this.realms = new KataanRealms(this.runtime);
  }

  evaluate(source: string, name: string): string {
    const value = valueOf(this.runtime.runScript(source, name));
    if (name === 'calling-code') this.benchCall = valueOf(this.runtime.getProperty(this.global, 'benchCall'));
    return String(value);
  }

  call(units: number): string {
    return String(valueOf(this.runtime.call(this.benchCall, undefined, [units])));
  }

  async callAsync(units: number): Promise<string> {
    this.call(units);
    valueOf(this.runtime.runJobs());
    return String(valueOf(this.runtime.getProperty(this.global, 'benchResult')));
  }

  private get global(): JSObject {
    return this.runtime.realm.globalObject;
  }
}

class KataanRealms implements RealmMaker {
  private readonly runtime: Runtime;

  constructor(runtime: Runtime) {
    this.runtime = runtime;
  }

  create(): ReturnType<Runtime['createRealm']> {
    return this.runtime.createRealm();
  }

  evaluate(realm: ReturnType<Runtime['createRealm']>, source: string): void {
    valueOf(this.runtime.runScript(source, 'first-script', realm));
  }

  usedBytes(): number {
    return usedHeapBytes();
  }
}

/** Bytes of the host's heap in use after a full collection; the process must run with --expose-gc. */
export function usedHeapBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function valueOf(completion: Completion): Value {
  switch (completion.kind) {
    case 'normal':
      return completion.value;
    case 'throw': {
      const { name, message } = describeError(completion.value);
      throw new Error(`${name}: ${message}`);
    }
    case 'parse-error':
      throw new Error(`${completion.error.errorType}: ${completion.error.message}`);
    case 'limit':
      throw new Error(`${completion.limit} limit`);
  }
}
