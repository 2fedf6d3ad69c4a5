// Matching of what is given for an import with what the import wants.
// https://webassembly.github.io/spec/core/valid/matching.html#external-types

import type { ImportDesc } from '../format/module.ts';
import { shortened } from '../format/module-error.ts';
import type { Limits } from '../format/types.ts';
import type { TypeRegistry } from '../validate/type-registry.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import { type Extern, FuncInst, GlobalInst, TableInst, TagInst } from './instances.ts';
import { MemoryInst } from './memory.ts';

/** Gives what is to be imported under a name, or undefined. */
export type ImportResolver = (module: string, name: string, index: number) => Extern | undefined;

/** A module cannot be linked: the message says why, in the suite's words. */
export class LinkError {
  readonly message: string;
  /** Index of the import. */
  readonly index: number;

  constructor(message: string, index: number) {
    this.message = message;
    this.index = index;
  }
}

/** What a module imports, in order. Throws a LinkError. */
export function resolveImports(valid: ValidModule, resolve: ImportResolver): Extern[] {
  const next = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
  return valid.module.imports.map(({ module, name, desc }, i) => {
    const given = resolve(module, name, i);
    const failure = (what: string): never => {
      throw new LinkError(`${what} "${shortened(module)}" "${shortened(name)}"`, i);
    };
    if (given === undefined) return failure('unknown import');
    if (!matchesImport(valid, desc, next[desc.kind]++, given)) failure('incompatible import type for');
    return given;
  });
}

function matchesImport({ context }: ValidModule, desc: ImportDesc, index: number, given: Extern): boolean {
  const { registry } = context;
  switch (desc.kind) {
    case 'func': {
      if (!(given instanceof FuncInst)) return false;
      const wanted = (context.funcs[index] as { type: number }).type;
      return desc.isExact ? given.type.id === wanted : registry.isSubtype(given.type.id, wanted);
    }
    case 'table': {
      if (!(given instanceof TableInst)) return false;
      const wanted = context.table(index, 0);
      return (
        given.type.element === wanted.element &&
        matchesLimits(wanted, { ...given.type, min: BigInt(given.elements.length) })
      );
    }
    case 'memory': {
      if (!(given instanceof MemoryInst)) return false;
      const { type } = given;
      const wanted = context.memory(index, 0);
      return (
        type.isShared === wanted.isShared &&
        type.pageSizeLog2 === wanted.pageSizeLog2 &&
        matchesLimits(wanted, { ...type, min: BigInt(given.sizePages) })
      );
    }
    case 'global':
      return given instanceof GlobalInst && matchesGlobal(registry, context.global(index, 0), given.type);
    case 'tag':
      return given instanceof TagInst && given.type.id === context.tags[index];
  }
}

function matchesGlobal(
  registry: TypeRegistry,
  wanted: GlobalInst['type'],
  given: GlobalInst['type'],
): boolean {
  if (wanted.isMutable !== given.isMutable) return false;
  return wanted.isMutable ? wanted.type === given.type : registry.matches(given.type, wanted.type);
}

function matchesLimits(wanted: Limits, given: Limits): boolean {
  if (wanted.is64 !== given.is64 || given.min < wanted.min) return false;
  return wanted.max === null || (given.max !== null && given.max <= wanted.max);
}
