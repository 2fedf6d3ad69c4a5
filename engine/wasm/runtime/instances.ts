// Instances of what modules define. https://webassembly.github.io/spec/core/exec/runtime.html

import { markHeapLeaf, setHeapOrigin } from '../../base/heap-leaf.ts';
import type { Lanes } from '../../eval/wasm-lanes.ts';
import type { Func } from '../format/module.ts';
import type { GlobalType, TableType } from '../format/types.ts';
import type { CanonicalType, TypeId } from '../validate/type-registry.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import type { MemoryInst } from './memory.ts';
import type { RegisterCode } from './register-code.ts';

/** Where values lie: numbers and vectors in slots of 8 bytes under several views, references beside them. */
export interface ValueSlots {
  readonly lanes: Lanes;
  readonly refs: unknown[];
}

/**
 * A function of the host. It finds its arguments in slots from `base` on, each in as many as its type takes, and
 * leaves its results there. It may throw: an `ExnInst` is an exception that modules can catch. `func` is the function
 * itself, whose `hostData` says what the code works on: one code serves any number of functions.
 */
export type HostCode = (slots: ValueSlots, base: number, func: FuncInst) => void;

/** What is compiled of a defined function, shared by all instances of its module. */
export class FuncCode {
  readonly valid: ValidModule;
  readonly func: Func;
  /** Index in the module, imports first. */
  readonly index: number;
  /** Compiled at the first call. */
  code: RegisterCode | null = null;

  constructor(valid: ValidModule, func: Func, index: number) {
    this.valid = valid;
    this.func = func;
    this.index = index;
  }
}

markHeapLeaf(FuncCode);
setHeapOrigin(FuncCode, ({ valid }) => valid);

export class FuncInst {
  readonly type: CanonicalType;
  /** null: a function of the host. */
  readonly instance: ModuleInst | null;
  readonly code: FuncCode | null;
  readonly host: HostCode | null;
  /** The embedder's, of a function of the host. */
  readonly hostData: unknown;
  /** The embedder can call it while the activation waits, see interpret/activation.ts, instead of `host`. */
  readonly suspends: boolean;

  constructor(
    type: CanonicalType,
    instance: ModuleInst | null,
    code: FuncCode | null,
    host: HostCode | null,
    hostData: unknown = null,
    suspends = false,
  ) {
    this.type = type;
    this.instance = instance;
    this.code = code;
    this.host = host;
    this.hostData = hostData;
    this.suspends = suspends;
  }
}

export class TableInst {
  readonly type: TableType;
  readonly elements: unknown[];

  constructor(type: TableType, size: number, init: unknown) {
    this.type = type;
    this.elements = new Array<unknown>(size).fill(init);
  }

  /** Whether it may grow by `count` elements. `limit` is the embedder's. */
  mayGrow(count: number, limit: number): boolean {
    const { elements, type } = this;
    const largest = type.max === null ? 2 ** (type.is64 ? 53 : 32) - 1 : Number(type.max);
    return elements.length + count <= Math.min(largest, limit);
  }

  /** Grows by `count` elements and gives the old size, or -1 if it may not. `limit` is the embedder's. */
  grow(count: number, init: unknown, limit: number): number {
    const { elements } = this;
    const size = elements.length;
    if (!this.mayGrow(count, limit)) return -1;
    for (let i = 0; i < count; i++) elements.push(init);
    return size;
  }
}

/** A number or vector lies in the words, low first; a reference in `ref`. */
export class GlobalInst {
  readonly type: GlobalType;
  readonly words = new Int32Array(4);
  ref: unknown = null;

  constructor(type: GlobalType) {
    this.type = type;
  }
}

/** Tags are compared by identity. */
export class TagInst {
  readonly type: CanonicalType;

  constructor(type: CanonicalType) {
    this.type = type;
  }
}

/** An exception: what it carries, as slots hold it. Thrown by the host's `throw` where it leaves the interpreter. */
export class ExnInst {
  readonly tag: TagInst;
  readonly words: Int32Array;
  readonly refs: readonly unknown[];

  constructor(tag: TagInst, words: Int32Array, refs: readonly unknown[]) {
    this.tag = tag;
    this.words = words;
    this.refs = refs;
  }
}

export type Extern = FuncInst | TableInst | MemoryInst | GlobalInst | TagInst;

export class ModuleInst {
  readonly valid: ValidModule;
  /** Canonical types by index. */
  readonly types: readonly TypeId[];
  readonly funcs: FuncInst[] = [];
  readonly tables: TableInst[] = [];
  /** Elements of `tables`, as far as this instance knows: others may make those that they share grow. */
  tableElements = 0;
  readonly memories: MemoryInst[] = [];
  readonly globals: GlobalInst[] = [];
  readonly tags: TagInst[] = [];
  /** Elements of the segments; emptied when dropped. */
  readonly elems: (readonly unknown[])[] = [];
  readonly datas: Uint8Array[] = [];
  readonly exports = new Map<string, Extern>();

  constructor(valid: ValidModule) {
    this.valid = valid;
    this.types = valid.context.types;
  }
}
