// What a module may demand. The format allows far more than a host can bear; these are the bounds that the JavaScript
// API names where it names one (https://webassembly.github.io/spec/js-api/#limits), ours elsewhere. Everything that
// allocates by a number found in a module checks it here first.

export interface ModuleLimits {
  /** Bytes of a binary module, or UTF-16 units of a text one. */
  readonly moduleSize: number;
  readonly types: number;
  readonly recursionGroups: number;
  readonly subtypeDepth: number;
  readonly functions: number;
  readonly imports: number;
  readonly exports: number;
  readonly globals: number;
  readonly tags: number;
  readonly tables: number;
  readonly memories: number;
  readonly dataSegments: number;
  readonly elementSegments: number;
  readonly segmentElements: number;
  readonly functionSizeBytes: number;
  /** Parameters and locals together. */
  readonly locals: number;
  /** Locals of all functions, which a few bytes can declare by the thousand. */
  readonly moduleLocals: number;
  readonly parameters: number;
  readonly results: number;
  readonly structFields: number;
  readonly arrayNewFixedOperands: number;
  readonly branchTableTargets: number;
  /** Blocks within blocks. */
  readonly nesting: number;
  /** Values on the operand stack of one function. */
  readonly operands: number;
  /**
   * Bytes on the host's heap for all that is decoded of a module but its instructions, by the costs of module-budget.ts: the
   * other limits name kinds, this one what they add up to.
   */
  readonly entryBytes: number;
  /** Bytes of buffers beside the heap for the decoded instructions of a module. */
  readonly codeBytes: number;
  /** Tokens of a text, which take 9 bytes each beside the heap while it is parsed. */
  readonly tokens: number;
}

export const DEFAULT_MODULE_LIMITS: ModuleLimits = {
  moduleSize: 1_073_741_824,
  types: 1_000_000,
  recursionGroups: 1_000_000,
  subtypeDepth: 63,
  functions: 1_000_000,
  imports: 1_000_000,
  exports: 1_000_000,
  globals: 1_000_000,
  tags: 1_000_000,
  tables: 100_000,
  memories: 100,
  dataSegments: 100_000,
  elementSegments: 10_000_000,
  segmentElements: 10_000_000,
  functionSizeBytes: 7_654_321,
  locals: 50_000,
  moduleLocals: 10_000_000,
  parameters: 1_000,
  results: 1_000,
  structFields: 10_000,
  arrayNewFixedOperands: 10_000,
  branchTableTargets: 65_520,
  nesting: 20_000,
  operands: 1_000_000,
  entryBytes: 1_073_741_824,
  codeBytes: 1_073_741_824,
  tokens: 67_108_864,
};
