// Validation of modules. https://webassembly.github.io/spec/core/valid/modules.html

import { type HeapOrigin, markHeapLeaf } from '../../base/heap-leaf.ts';
import type { Code } from '../format/code.ts';
import { DEFAULT_FEATURES, type Features } from '../format/features.ts';
import { immediateLength } from '../format/instruction-lookup.ts';
import { DEFAULT_MODULE_LIMITS, type ModuleLimits } from '../format/limits.ts';
import {
  type BranchHint,
  type ExternKind,
  type Func,
  type Import,
  importCount,
  type Module,
  type SegmentMode,
} from '../format/module.ts';
import { invalid, overLimit } from '../format/module-error.ts';
import { OP_br_if, OP_if, OP_ref_func } from '../format/opcodes.gen.ts';
import {
  asNonNull,
  type FuncType,
  type GlobalType,
  globalTypeOf,
  isDefaultable,
  valTypeText,
} from '../format/types.ts';
import { Context } from './context.ts';
import { FunctionValidator } from './function-validator.ts';
import { addressType } from './operand-stack.ts';
import { TypeRegistry } from './type-registry.ts';
import { validateMemoryType, validateRecType, validateTableType } from './type-rules.ts';

/** A module together with what validation found out about it. */
export class ValidModule implements HeapOrigin {
  readonly module: Module;
  readonly context: Context;
  /** Estimated by whoever counts bytes. */
  heapBytes = 0;

  constructor(module: Module, context: Context) {
    this.module = module;
    this.context = context;
  }
}

// Walks of a guest's heap stop at code.
markHeapLeaf(ValidModule);

/**
 * Validates a module. Its types are entered into `registry`, which modules that are to work together must share.
 * Throws a ModuleError of kind `invalid` or `limit` with a position of the module's source.
 */
export function validateModule(
  module: Module,
  features: Features = DEFAULT_FEATURES,
  registry: TypeRegistry = new TypeRegistry(),
  limits: ModuleLimits = DEFAULT_MODULE_LIMITS,
): ValidModule {
  const context = new Context(registry, features, limits);
  new ModuleValidator(module, context).run();
  return new ValidModule(module, context);
}

class ModuleValidator {
  private readonly module: Module;
  private readonly context: Context;
  private readonly functions: FunctionValidator;

  constructor(module: Module, context: Context) {
    this.module = module;
    this.context = context;
    this.functions = new FunctionValidator(context);
  }

  run(): void {
    const { module, context } = this;
    this.declareFunctions();
    let first = 0;
    for (const count of module.recGroups) {
      validateRecType(context, module.types.slice(first, first + count));
      first += count;
    }
    for (const each of module.imports) this.import(each);
    context.importedGlobals = context.globals.length;
    for (const { typeidx, position } of module.tags) this.tag(typeidx, position);
    for (const { typeidx, position } of module.funcs) {
      context.funcType(typeidx, position);
      context.funcs.push(context.funcInfo(typeidx, true, position));
    }
    for (const { type, position } of module.memories) {
      validateMemoryType(context, type, position);
      context.memories.push(type);
      this.onlyOne('memory', position);
    }
    this.tables();
    for (const { type, init, position } of module.globals) {
      const global = this.globalType(type, position);
      this.functions.constant(init, global.type);
      context.globals.push(global);
    }
    for (const { mode, position } of module.datas) {
      if (mode.kind === 'active')
        this.functions.constant(mode.offset, addressType(context.memory(mode.index, position)));
      context.dataCount++;
    }
    this.elems();
    for (const func of module.funcs) this.func(func);
    this.hints();
    this.start();
    this.exports();
  }

  /** Functions that something outside of bodies mentions. */
  private declareFunctions(): void {
    const { module } = this;
    const { declared } = this.context;
    const count = importCount(module, 'func') + module.funcs.length;
    // What is no function is found out later.
    const declare = (index: number): void => {
      if (index < count) declared.add(index);
    };
    const fromCode = ({ words }: Code): void => {
      for (let at = 0; at < words.length; at += 1 + immediateLength(words, at))
        if (words[at] === OP_ref_func) declare(words[at + 1] as number);
    };
    const fromMode = (mode: SegmentMode): void => {
      if (mode.kind === 'active') fromCode(mode.offset);
    };
    for (const { kind, index } of module.exports) if (kind === 'func') declare(index);
    for (const { init } of module.globals) fromCode(init);
    for (const { init } of module.tables) if (init !== null) fromCode(init);
    for (const { mode } of module.datas) fromMode(mode);
    for (const { funcs, exprs, mode } of module.elems) {
      for (const index of funcs ?? []) declare(index);
      exprs.forEach(fromCode);
      fromMode(mode);
    }
  }

  private import({ desc, position }: Import): void {
    const { context } = this;
    switch (desc.kind) {
      case 'func':
        context.funcType(desc.typeidx, position);
        context.funcs.push(context.funcInfo(desc.typeidx, desc.isExact, position));
        return;
      case 'table':
        context.tables.push(validateTableType(context, desc.type, position));
        this.onlyOne('table', position);
        return;
      case 'memory':
        validateMemoryType(context, desc.type, position);
        context.memories.push(desc.type);
        this.onlyOne('memory', position);
        return;
      case 'global':
        context.globals.push(this.globalType(desc.type, position));
        return;
      case 'tag':
        this.tag(desc.typeidx, position);
    }
  }

  /** Before their proposals a module had one table and one memory at most. */
  private onlyOne(kind: ExternKind & ('table' | 'memory'), position: number): void {
    const { context } = this;
    const isMemory = kind === 'memory';
    const count = (isMemory ? context.memories : context.tables).length;
    const mayBeMore = isMemory ? context.features.multiMemory : context.features.referenceTypes;
    if (count > 1 && !mayBeMore) invalid(position, isMemory ? 'multipleMemories' : 'multipleTables');
    const limit = isMemory ? context.limits.memories : context.limits.tables;
    if (count > limit) overLimit(position, isMemory ? 'memories' : 'tables', limit);
  }

  private globalType({ type, isMutable }: GlobalType, position: number): GlobalType {
    return globalTypeOf(this.context.valType(type, position), isMutable);
  }

  private tag(typeidx: number, position: number): void {
    const { context } = this;
    if (context.funcType(typeidx, position).results.length > 0) invalid(position, 'tagResults');
    context.tags.push(context.type(typeidx, position));
  }

  private tables(): void {
    const { module, context } = this;
    for (const { type, init, position } of module.tables) {
      const table = validateTableType(context, type, position);
      if (init !== null) this.functions.constant(init, table.element);
      else if (!isDefaultable(table.element))
        invalid(
          position,
          'stackMismatch',
          `[${valTypeText(table.element)}]`,
          `[${valTypeText(table.element | 2)}]`,
        );
      context.tables.push(table);
      this.onlyOne('table', position);
    }
  }

  private elems(): void {
    const { module, context } = this;
    for (const { type: written, funcs, exprs, mode, position } of module.elems) {
      const type = context.valType(written, position);
      for (const index of funcs ?? []) {
        const func = context.func(index, position);
        const own = asNonNull((func.type << 3) | 1);
        if (!context.registry.matchesRef(own, type))
          invalid(position, 'stackMismatch', `[${valTypeText(type)}]`, `[${valTypeText(own)}]`);
      }
      for (const expr of exprs) this.functions.constant(expr, type);
      if (mode.kind === 'active') {
        const table = context.table(mode.index, position);
        if (!context.registry.matchesRef(type, table.element))
          invalid(
            position,
            'typeMismatch',
            `element segment's type ${valTypeText(type)} does not match table's element type ${valTypeText(table.element)}`,
          );
        this.functions.constant(mode.offset, addressType(table));
      }
      context.elems.push(type);
    }
  }

  private func({ typeidx, locals, code, position }: Func): void {
    const { context } = this;
    const type = context.funcType(typeidx, position);
    const count = type.params.length + locals.length;
    if (count > context.limits.locals) overLimit(position, 'locals', context.limits.locals);
    this.functions.body(type, locals, code, position);
  }

  /** A branch hint is about an `if` or a `br_if`. */
  private hints(): void {
    const { module } = this;
    const imported = importCount(module, 'func');
    for (const [funcidx, hints] of module.branchHints) {
      const code = module.funcs[funcidx - imported]?.code;
      const wrong = code === undefined ? undefined : misplacedHint(code, hints);
      if (wrong !== undefined)
        invalid(wrong.position, 'annotation', 'metadata.code.branch_hint', 'invalid target');
    }
  }

  private start(): void {
    const { start } = this.module;
    if (start === null) return;
    const { context } = this;
    const { type } = context.func(start.funcidx, start.position);
    const { params, results } = context.registry.get(type).comp as FuncType;
    if (params.length > 0 || results.length > 0) invalid(start.position, 'startFunction');
  }

  private exports(): void {
    const { module, context } = this;
    const names = new Set<string>();
    for (const { name, kind, index, position } of module.exports) {
      context[CONTEXT_LOOKUP[kind]](index, position);
      if (names.has(name)) invalid(position, 'duplicateExport', name);
      names.add(name);
    }
  }
}

const CONTEXT_LOOKUP = {
  func: 'func',
  table: 'table',
  memory: 'memory',
  global: 'global',
  tag: 'tag',
} as const satisfies Record<ExternKind, keyof Context>;

/** The first of ascending hints that is about something else than a branch. */
function misplacedHint({ words }: Code, hints: readonly BranchHint[]): BranchHint | undefined {
  let at = 0;
  let count = 0;
  for (const hint of hints) {
    for (; count < hint.instruction && at < words.length; count++) at += 1 + immediateLength(words, at);
    if (words[at] !== OP_if && words[at] !== OP_br_if) return hint;
  }
  return undefined;
}
