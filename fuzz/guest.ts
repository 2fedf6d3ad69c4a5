// Guest code under tight limits, for targets that work through a runtime: scripts and calls of their functions, each ending as text.
import { Runtime, type RuntimeOptions, type Value } from '../engine/engine.ts';
import { Finding } from './target.ts';

/** Of one call. */
const FUEL = 400_000;
const BYTES = 64_000_000;

/** How a call ended: with a text, by a guest throw, whose class is told, or at a limit. */
export type Ending =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'throw'; readonly name: string; readonly message: string }
  | { readonly kind: 'limit'; readonly limit: string };

export class Guest {
  readonly runtime: Runtime;

  constructor(options: RuntimeOptions = {}) {
    this.runtime = new Runtime({
      ...options,
      // Agents count down from what is not infinite.
      limits: { fuel: FUEL, bytes: BYTES },
      now: () => 1_000_000_000_000,
      random: () => 0.5,
    });
  }

  /** The value of a script of ours. Throws if it does not run. */
  evaluate(source: string): Value {
    const completion = this.runtime.runScript(source, 'probe.js');
    if (completion.kind === 'normal') return completion.value;
    throw new Error(
      `the probe does not run: ${JSON.stringify(completion.kind === 'throw' ? this.runtime.describeError(completion.value) : completion)}`,
    );
  }

  /** Runs a script of the fuzzer; its value must be a string. */
  run(source: string): Ending {
    this.refill();
    return this.ending(this.runtime.runScript(source, 'input.js'));
  }

  /** Calls a function of ours, which gives a string. */
  call(callee: Value, args: readonly Value[], fuel = FUEL): Ending {
    this.refill(fuel);
    return this.ending(this.runtime.call(callee, undefined, args));
  }

  private refill(fuel = FUEL): void {
    this.runtime.agent.fuel = fuel;
    this.runtime.agent.bytes = BYTES;
  }

  private ending(completion: ReturnType<Runtime['runScript']>): Ending {
    switch (completion.kind) {
      case 'normal':
        if (typeof completion.value !== 'string')
          throw new Finding(`the probe gave ${typeof completion.value}`);
        return { kind: 'value', text: completion.value };
      case 'throw': {
        const { name, message } = this.runtime.describeError(completion.value);
        return { kind: 'throw', name, message };
      }
      case 'limit':
        return { kind: 'limit', limit: completion.limit };
      case 'parse-error':
        return { kind: 'throw', name: completion.error.errorType, message: completion.error.message };
    }
  }
}

/** Throws that two engines differ. */
export function differs(what: string, own: unknown, other: unknown): never {
  throw new Finding(`${what}\n  ours:  ${JSON.stringify(own)}\n  other: ${JSON.stringify(other)}`);
}
