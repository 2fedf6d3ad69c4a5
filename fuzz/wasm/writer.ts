// What the generator of modules is made of: the writer of the module at hand, and parts, each of which adds what a
// proposal brought. Parts know the writer by this interface only.

import type { ValType } from '../../engine/wasm/format/types.ts';
import type { FeatureName } from '../../engine/wasm/wasm.ts';
import type { Random } from '../random.ts';

export interface Signature {
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

export interface MemoryShape {
  /** Name with its sign; empty if instructions cannot name memories. */
  readonly name: string;
  readonly address: ValType;
}

export interface Writer {
  readonly random: Random;
  readonly features: ReadonlySet<FeatureName>;
  /** Types of locals, globals and expressions. */
  readonly types: readonly ValType[];
  readonly signatures: readonly Signature[];
  readonly memories: readonly MemoryShape[];
  readonly isShared: boolean;
  /** Results of the function at hand. */
  readonly results: readonly ValType[];
  statements(count: number, depth: number): string;
  /** An expression without side effects that matter where it is not evaluated; any type of `types`. */
  expression(type: ValType, depth: number): string;
  leaf(type: ValType): string;
  /** A function that may be called here, or null. */
  callee(isFit: (signature: Signature) => boolean): number | null;
  args(callee: number, depth: number): string;
  /** A label that was not used yet. */
  freshLabel(): string;
  /** An expression of the address type, nearly always in bounds and a multiple of `align`. */
  address(memory: MemoryShape, depth: number, align?: number): string;
}

/** What a proposal adds. Statements leave the stack as it was. */
export interface Part {
  readonly needs: readonly FeatureName[];
  /** Fields of the module. */
  fields?(w: Writer): string;
  /** Names and types of the locals that each function has for it. */
  locals?(w: Writer): string;
  /** null: there is nothing fitting. */
  statement?(w: Writer, depth: number): string | null;
  expression?(w: Writer, type: ValType, depth: number): string | null;
}
