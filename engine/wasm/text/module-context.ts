// What a text parser knows about the module it is in: index spaces with their names, and types, to which uses of
// function types that no definition fits are added.

import type { ModuleLimits } from '../format/limits.ts';
import type { ExternKind, Names } from '../format/module.ts';
import type { ModuleBudget } from '../format/module-budget.ts';
import { malformed, overLimit } from '../format/module-error.ts';
import type { FuncType, SubType, ValType } from '../format/types.ts';

export type SpaceName = 'type' | ExternKind | 'data' | 'elem';

/** How messages call the things of a space. */
const SPACE_WORDS: Readonly<Record<SpaceName, string>> = {
  type: 'type',
  func: 'function',
  table: 'table',
  memory: 'memory',
  global: 'global',
  tag: 'tag',
  data: 'data segment',
  elem: 'elem segment',
};

/** Indices of one kind, some with names. */
export class Space {
  readonly word: string;
  readonly names = new Map<string, number>();
  count = 0;
  private readonly budget: ModuleBudget;

  constructor(word: string, budget: ModuleBudget) {
    this.word = word;
    this.budget = budget;
  }

  /** Takes the next index, under a name if there is one. */
  bind(name: string | null, position: number): number {
    const index = this.count++;
    if (name === null) return index;
    if (this.names.has(name)) malformed(position, 'duplicate', this.word, `$${name}`);
    this.budget.entries('identifier', 1, position);
    this.budget.name(name.length, position);
    this.names.set(name, index);
    return index;
  }

  lookup(name: string, position: number): number {
    return this.names.get(name) ?? malformed(position, 'unknown', this.word, `$${name}`);
  }
}

export class ModuleContext {
  readonly spaces: Readonly<Record<SpaceName, Space>>;
  readonly types: SubType[] = [];
  readonly recGroups: number[] = [];
  readonly budget: ModuleBudget;
  /** Names of fields by type index. */
  readonly fields = new Map<number, Space>();
  /** Index of the first type definition that a bare function type may stand for. */
  private readonly funcTypes = new Map<string, number>();
  private readonly limits: ModuleLimits;

  constructor(limits: ModuleLimits, budget: ModuleBudget) {
    this.limits = limits;
    this.budget = budget;
    const spaces: Partial<Record<SpaceName, Space>> = {};
    for (const name of Object.keys(SPACE_WORDS) as SpaceName[])
      spaces[name] = new Space(SPACE_WORDS[name], budget);
    this.spaces = spaces as Record<SpaceName, Space>;
  }

  /** Adds a recursion group of definitions that stand at `position`. */
  addTypes(types: readonly SubType[], position: number): void {
    const { limits } = this;
    if (this.types.length + types.length > limits.types) overLimit(position, 'types', limits.types);
    if (this.recGroups.length >= limits.recursionGroups)
      overLimit(position, 'recursion groups', limits.recursionGroups);
    const [first] = types;
    if (types.length === 1 && first?.comp.kind === 'func' && isPlain(first)) {
      const key = funcTypeKey(first.comp.params, first.comp.results);
      if (!this.funcTypes.has(key)) this.funcTypes.set(key, this.types.length);
    }
    for (const type of types) this.types.push(type);
    this.recGroups.push(types.length);
  }

  /** The index of a function type that is written where it is used. */
  inlineFuncType(params: readonly ValType[], results: readonly ValType[], position: number): number {
    const found = this.funcTypes.get(funcTypeKey(params, results));
    if (found !== undefined) return found;
    this.budget.entries('type', 1, position);
    this.budget.entries('valueType', params.length + results.length, position);
    const index = this.spaces.type.bind(null, position);
    const comp: FuncType = { kind: 'func', params, results };
    this.addTypes([{ isFinal: true, supers: [], comp, describes: -1, descriptor: -1, position }], position);
    return index;
  }

  /** Enters the names of all spaces and of fields. */
  collectNames(into: Names): void {
    const { spaces, fields } = this;
    const targets: readonly (readonly [SpaceName, Map<number, string>])[] = [
      ['func', into.functions],
      ['type', into.types],
      ['table', into.tables],
      ['memory', into.memories],
      ['global', into.globals],
      ['elem', into.elems],
      ['data', into.datas],
      ['tag', into.tags],
    ];
    for (const [space, names] of targets)
      for (const [index, name] of namesByIndex(spaces[space])) names.set(index, name);
    for (const [typeidx, space] of fields)
      if (space.names.size > 0) into.fields.set(typeidx, namesByIndex(space));
  }

  /** The function type of an index. */
  funcType(typeidx: number, position: number): FuncType {
    const type = this.types[typeidx] ?? malformed(position, 'unknown', 'type', String(typeidx));
    return type.comp.kind === 'func' ? type.comp : malformed(position, 'notFunction', String(typeidx));
  }
}

export function namesByIndex(space: Space): Map<number, string> {
  const map = new Map<number, string>();
  for (const [name, index] of space.names) map.set(index, name);
  return map;
}

function isPlain(type: SubType): boolean {
  return type.isFinal && type.supers.length === 0 && type.describes < 0 && type.descriptor < 0;
}

function funcTypeKey(params: readonly ValType[], results: readonly ValType[]): string {
  return `${params.join()}>${results.join()}`;
}
