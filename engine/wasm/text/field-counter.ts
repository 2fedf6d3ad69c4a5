// How many fields of each kind a module's text has, held against the limits that the sections of a binary module have.

import type { ModuleLimits } from '../format/limits.ts';
import { overLimit } from '../format/module-error.ts';

export class FieldCounter {
  private readonly limits: ModuleLimits;
  private readonly counts = new Map<CountedField, number>();

  constructor(limits: ModuleLimits) {
    this.limits = limits;
  }

  /** Throws a ModuleError of kind `limit` when there are too many. */
  add(kind: CountedField, position: number): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    const [limit, what] = COUNTED_FIELDS[kind];
    if (count > this.limits[limit]) overLimit(position, what, this.limits[limit]);
    this.counts.set(kind, count);
  }
}

const COUNTED_FIELDS = {
  type: ['types', 'types'],
  import: ['imports', 'imports'],
  func: ['functions', 'functions'],
  table: ['tables', 'tables'],
  memory: ['memories', 'memories'],
  global: ['globals', 'globals'],
  tag: ['tags', 'tags'],
  export: ['exports', 'exports'],
  elem: ['elementSegments', 'element segments'],
  data: ['dataSegments', 'data segments'],
} as const satisfies Record<string, readonly [keyof ModuleLimits, string]>;

export type CountedField = keyof typeof COUNTED_FIELDS;
