// What a tier is to those who run scripts and modules on it: it instantiates, calls, and shows what instances hold, as bits.
// A new tier implements `WasmEngine` and has a row in executors.ts. Every end is data; only a host error is thrown.
//
// What an engine cannot tell has the end `unknown`; of ours none does, but the host does not know every proposal.

import { encodeModule } from '../format/encode-module.ts';
import type { Features } from '../format/features.ts';
import type { Module } from '../format/module.ts';
import { ModuleError, type ModuleErrorKind } from '../format/module-error.ts';
import type { FuncType, ValType } from '../format/types.ts';
import type { RawValue } from '../interpret/instantiate.ts';
import type { ModuleSource } from '../text/script.ts';
import { moduleOfSource } from '../text/script.ts';
import type { TypeRegistry } from '../validate/type-registry.ts';
import { type ValidModule, validateModule } from '../validate/validate-module.ts';

/** How a call ended. */
export type CallEnd =
  | { readonly kind: 'values'; readonly values: readonly RawValue[] }
  /** `message` in the words of the test suite; `frames`, the stack of functions, may be empty. */
  | { readonly kind: 'trap'; readonly message: string; readonly frames: string }
  /** An exception that no module caught. */
  | { readonly kind: 'exception' }
  /** All fuel is used up. */
  | { readonly kind: 'out-of-fuel' }
  | Unknown;

export interface Unknown {
  readonly kind: 'unknown';
}
export const UNKNOWN: Unknown = { kind: 'unknown' };

/** A module that was not taken. */
export interface Refused {
  readonly kind: 'refused';
  /** null: the engine does not say; then its message is in words of its own. */
  readonly errorKind: ModuleErrorKind | null;
  readonly message: string;
}

/** A module that our reader or validator refuses and the engine takes. */
export interface Taken {
  readonly kind: 'taken';
}

export type InstantiateEnd =
  | { readonly kind: 'instance'; readonly exports: ReadonlyMap<string, EngineExtern> }
  | { readonly kind: 'link'; readonly message: string }
  | Exclude<CallEnd, { kind: 'values' }>;

export type EngineExtern = EngineFunc | EngineGlobal | EngineMemory | EngineTable | EngineTag;

export interface EngineFunc {
  readonly kind: 'func';
  /** With canonical types. */
  readonly type: FuncType;
  /** The function as a reference. */
  readonly ref: unknown;
  call(args: readonly RawValue[]): CallEnd;
}
export interface EngineGlobal {
  readonly kind: 'global';
  readonly type: ValType;
  /** null: it cannot be seen. */
  read(): RawValue | null;
}
export interface EngineMemory {
  readonly kind: 'memory';
  bytes(): Uint8Array;
}
export interface EngineTable {
  readonly kind: 'table';
  /** null: they cannot be seen. */
  elements(): readonly unknown[] | null;
}
export interface EngineTag {
  readonly kind: 'tag';
}

export interface EngineOptions {
  /** Default: no bound. */
  readonly fuel?: number;
  readonly bytes?: number;
  readonly depth?: number;
  /** Fuel of a slice: calls pause and go on when it is used up. */
  readonly slice?: number;
  /** What is printed through the module `spectest`, a line for each call. */
  readonly print?: ((line: string) => void) | null;
}

export interface WasmEngine {
  /** Modules are validated against it. */
  readonly registry: TypeRegistry;
  /** 0 where none is counted. */
  readonly fuelUsed: number;
  /** It is no judge of texts and custom sections: it is given binaries, and does not say what is wrong with one. */
  readonly takesBinariesOnly: boolean;
  /**
   * What the engine says to a module: null if it takes it. `error` is what our reader and validator say, `bytes` the binary
   * module, null for a text that they cannot read. `features` are what our validator allowed.
   */
  verdict(
    error: ModuleError | null,
    bytes: () => Uint8Array | null,
    features: Features,
  ): Refused | Taken | Unknown | null;
  /** The exports of the module `spectest`, the same each time. */
  spectest(): ReadonlyMap<string, EngineExtern>;
  /** `resolve` gives what this engine made. `module` has passed `verdict`. */
  instantiate(
    module: ValidModule,
    resolve: (module: string, name: string, index: number) => EngineExtern | undefined,
  ): InstantiateEnd;
  /** What a reference is: `func`, `i31 5`, `host 3`, …. */
  referenceText(ref: unknown): string;
}

/** Reads a module, validates it unless it is only to be read, and asks the engine. */
export function compileFor(
  engine: WasmEngine,
  source: ModuleSource,
  features: Features,
  isOnlyRead = false,
): { readonly kind: 'compiled'; readonly valid: ValidModule | null } | Refused | Taken | Unknown {
  let module: Module | null = null;
  let valid: ValidModule | null = null;
  let error: ModuleError | null = null;
  try {
    module = moduleOfSource(source, features);
    if (!isOnlyRead) valid = validateModule(module, features, engine.registry);
  } catch (thrown) {
    if (!(thrown instanceof ModuleError)) throw thrown;
    error = thrown;
  }
  const bytes = (): Uint8Array | null => {
    if (source.kind === 'binary') return source.bytes;
    return module === null ? null : encodeModule(module);
  };
  return engine.verdict(error, bytes, features) ?? { kind: 'compiled', valid };
}

/** The verdict of tiers of ours: that of our reader and validator. */
export function ownVerdict(error: ModuleError | null): Refused | null {
  return error === null ? null : { kind: 'refused', errorKind: error.kind, message: error.message };
}
