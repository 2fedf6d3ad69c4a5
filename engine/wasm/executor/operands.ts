// Operands of calls from a seed: boundary values and small numbers mostly. The same seed, the same operands on every engine.

import {
  EXTERNREF,
  F32,
  F64,
  HEAP_ANY,
  HEAP_EQ,
  HEAP_FUNC,
  HEAP_I31,
  heapOf,
  I32,
  I64,
  isNullable,
  isRef,
  type ValType,
} from '../format/types.ts';
import type { RawValue } from '../interpret/instantiate.ts';
import { rawOf } from '../library/values.ts';
import { hostValue } from '../script/script-values.ts';

const INTEGERS = [0, 1, -1, 2, 31, 32, 63, 64, 127, 255, 65_535, 65_536, 2 ** 31 - 1, -(2 ** 31)];
const FLOATS = [0, -0, 1, -1, 0.5, -1.5, 2 ** 31, 2 ** 63, 1e20, -3e38, 1e-40, Number.NaN, 1 / 0, -1 / 0];
const NO_REFERENCES = { fromHost: (value: unknown) => value, toHost: (ref: unknown) => ref };

export class Operands {
  private state: number;

  constructor(seed: number) {
    this.state = (Math.imul(seed, 0x9e37_79b9) ^ 0x85eb_ca6b) | 0;
  }

  /** A number from 0 up to `count`, which is not included. */
  below(count: number): number {
    // Marsaglia's xorshift of 32 bits over a counter-mixed state.
    let x = this.state === 0 ? 0x2545_f491 : this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (Math.imul(x, 0x9e37_79b1) >>> 0) % count;
  }

  /** Undefined: there is no value of the type at hand. `functions` are references that may be passed. */
  of(type: ValType, functions: readonly unknown[]): RawValue | undefined {
    if (isRef(type)) return this.reference(type, functions);
    switch (type) {
      case I32:
        return { words: [this.word()], ref: null };
      case I64:
        return this.below(2) === 0
          ? { words: [this.word(), this.word()], ref: null }
          : rawOf(BigInt(this.word()), I64, NO_REFERENCES, '');
      case F32:
      case F64:
        return rawOf(this.pick(FLOATS), type, NO_REFERENCES, '');
      default:
        return { words: [this.word(), this.word(), this.word(), this.word()], ref: null };
    }
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  private word(): number {
    switch (this.below(3)) {
      case 0:
        return this.pick(INTEGERS) | 0;
      case 1:
        return this.below(300) - 20;
      default:
        return this.below(2 ** 32) | 0;
    }
  }

  private reference(type: ValType, functions: readonly unknown[]): RawValue | undefined {
    const isNull = isNullable(type) && this.below(3) === 0;
    if (isNull) return { words: [], ref: null };
    switch (heapOf(type)) {
      case heapOf(EXTERNREF):
        return { words: [], ref: hostValue(this.below(5)) };
      case HEAP_ANY:
      case HEAP_EQ:
      case HEAP_I31:
        return { words: [], ref: this.below(300) - 20 };
      case HEAP_FUNC:
        if (functions.length > 0) return { words: [], ref: this.pick(functions) };
    }
    return isNullable(type) ? { words: [], ref: null } : undefined;
  }
}
