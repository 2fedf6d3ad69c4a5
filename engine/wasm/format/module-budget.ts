// What a module costs the host, charged before it is made: readers and parsers charge each entry by the table here, at what
// it takes from decoding to validation, and code as its buffers are allocated. A few bytes of a module can demand hundreds
// of the host, and a host that runs out of memory takes the process with it.

import type { ModuleLimits } from './limits.ts';
import { overBudget } from './module-error.ts';

/**
 * Bytes on the host's heap that one entry takes until its module is validated, rounded up to cover what growing lists
 * leave behind. Measured by engine/test/wasm-limits.test.ts, which runs modules that are full of one of them.
 */
export const ENTRY_BYTES = {
  type: 640,
  recursionGroup: 128,
  /** A parameter or result: its share of the canonical type and of the key of that as well; and a field of a structure. */
  valueType: 32,
  structField: 128,
  superType: 48,
  /** The list of a type's supertypes up to the root of its hierarchy, at the greatest depth. */
  superChain: 960,
  import: 384,
  function: 384,
  local: 24,
  table: 512,
  memory: 512,
  global: 352,
  tag: 128,
  export: 256,
  elementSegment: 448,
  elementIndex: 24,
  elementExpression: 160,
  dataSegment: 512,
  customSection: 288,
  /** A name, without its characters, and one of them. */
  name: 48,
  nameByte: 3,
  /** A name in a map from indices. */
  mappedName: 96,
  nameMap: 320,
  branchHint: 128,
  /** Of the text format: a field of the module, an identifier, an annotation. */
  moduleField: 256,
  identifier: 160,
  annotation: 1024,
} as const;

export type EntryKind = keyof typeof ENTRY_BYTES;

/** How messages call what was too much. */
const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  type: 'types',
  recursionGroup: 'recursion groups',
  valueType: 'parameters and results of types',
  structField: 'fields of structures',
  superType: 'supertypes',
  superChain: 'subtypes',
  import: 'imports',
  function: 'functions',
  local: 'locals',
  table: 'tables',
  memory: 'memories',
  global: 'globals',
  tag: 'tags',
  export: 'exports',
  elementSegment: 'element segments',
  elementIndex: 'elements of segments',
  elementExpression: 'elements of segments',
  dataSegment: 'data segments',
  customSection: 'custom sections',
  name: 'names',
  nameByte: 'names',
  mappedName: 'names',
  nameMap: 'names',
  branchHint: 'branch hints',
  moduleField: 'fields',
  identifier: 'identifiers',
  annotation: 'annotations',
};

/** What is left of `entryBytes` and `codeBytes` for one module. */
export class ModuleBudget {
  private readonly limits: ModuleLimits;
  private entryBytes: number;
  private codeBytes: number;

  constructor(limits: ModuleLimits) {
    this.limits = limits;
    this.entryBytes = limits.entryBytes;
    this.codeBytes = limits.codeBytes;
  }

  /** Charges `count` entries of a kind. Throws a ModuleError of kind `limit`. */
  entries(kind: EntryKind, count: number, position: number): void {
    this.entryBytes -= ENTRY_BYTES[kind] * count;
    if (this.entryBytes < 0) overBudget(position, ENTRY_WORDS[kind], 'entryBytes', this.limits.entryBytes);
  }

  /** Charges a name of so many bytes. Throws as `entries` does. */
  name(byteLength: number, position: number): void {
    this.entryBytes -= ENTRY_BYTES.name + ENTRY_BYTES.nameByte * byteLength;
    if (this.entryBytes < 0) overBudget(position, ENTRY_WORDS.name, 'entryBytes', this.limits.entryBytes);
  }

  /** Charges bytes of a buffer for decoded code. Throws as `entries` does. */
  code(bytes: number, position: number): void {
    this.codeBytes -= bytes;
    if (this.codeBytes < 0) overBudget(position, 'instructions', 'codeBytes', this.limits.codeBytes);
  }
}
