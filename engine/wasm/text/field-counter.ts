// How many fields of each kind a module's text has, held against the limits that the sections of a binary module have and
// charged to the module's budget.

import type { ModuleLimits } from '../format/limits.ts';
import type { EntryKind, ModuleBudget } from '../format/module-budget.ts';
import { overLimit } from '../format/module-error.ts';

export class FieldCounter {
  private readonly limits: ModuleLimits;
  private readonly budget: ModuleBudget;
  private readonly counts = new Map<CountedField, number>();

  constructor(limits: ModuleLimits, budget: ModuleBudget) {
    this.limits = limits;
    this.budget = budget;
  }

  /** Throws a ModuleError of kind `limit` when there are too many, or no budget is left. */
  add(kind: CountedField, position: number): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    const [limit, what, entry] = COUNTED_FIELDS[kind];
    if (count > this.limits[limit]) overLimit(position, what, this.limits[limit]);
    if (entry !== null) this.budget.entries(entry, 1, position);
    this.counts.set(kind, count);
  }
}

// Types pay where they are read, those of recursion groups as well.
const COUNTED_FIELDS = {
  type: ['types', 'types', null],
  import: ['imports', 'imports', 'import'],
  func: ['functions', 'functions', 'function'],
  table: ['tables', 'tables', 'table'],
  memory: ['memories', 'memories', 'memory'],
  global: ['globals', 'globals', 'global'],
  tag: ['tags', 'tags', 'tag'],
  export: ['exports', 'exports', 'export'],
  elem: ['elementSegments', 'element segments', 'elementSegment'],
  data: ['dataSegments', 'data segments', 'dataSegment'],
} as const satisfies Record<string, readonly [keyof ModuleLimits, string, EntryKind | null]>;

export type CountedField = keyof typeof COUNTED_FIELDS;
