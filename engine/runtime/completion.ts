// Abrupt completions that cross host frames: a guest throw and an engine stop. Neither extends
// the host's Error, so that raising one costs no stack capture and no host error class is guest-visible.
import type { Value } from './value.ts';

/** A JavaScript throw completion, https://tc39.es/ecma262/#sec-throwcompletion . Created by errors.ts and `throw`. */
export class ThrowCompletion {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export type LimitName = 'fuel' | 'bytes' | 'time' | 'abort';

/** The engine stops the program. No guest `catch` or `finally` sees it. */
export class LimitStop {
  readonly limit: LimitName;
  constructor(limit: LimitName) {
    this.limit = limit;
  }
}
