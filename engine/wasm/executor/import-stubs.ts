// A module that satisfies another's imports in a fixed way, so that every engine gets the same: functions give back parameters of
// the results' types, else zeros, and globals, memories and tables are as small as may be and zero. A global counts the
// calls and mixes in their integer arguments.
//
// Its exports are named by the indices of the imports.

import { type Code, CodeBuilder } from '../format/code.ts';
import {
  type Export,
  emptyModule,
  type Func,
  type Global,
  type Memory,
  type Module,
  type Table,
  type Tag,
} from '../format/module.ts';
import * as op from '../format/opcodes.gen.ts';
import {
  asNullable,
  F32,
  F64,
  type FuncType,
  HEAP_ANY,
  HEAP_EQ,
  HEAP_FUNC,
  HEAP_I31,
  heapOf,
  I32,
  I64,
  isNullable,
  isRef,
  type SubType,
  V128,
  type ValType,
} from '../format/types.ts';

/** The export that counts calls. */
export const CALLS_EXPORT = 'calls';

/** null: something is imported of a type that has no fixed value. */
export function importStubs(module: Module): Module | null {
  return new StubMaker(module).make();
}

class StubMaker {
  private readonly module: Module;
  private readonly funcs: Func[] = [];
  private readonly tables: Table[] = [];
  private readonly memories: Memory[] = [];
  private readonly tags: Tag[] = [];
  /** The first counts calls. */
  private readonly globals: Global[] = [];
  private readonly exports: Export[] = [];
  private isComplete = true;

  constructor(module: Module) {
    this.module = module;
  }

  make(): Module | null {
    const counter = new CodeBuilder();
    pushZero(counter, I64);
    this.globals.push({ type: { type: I64, isMutable: true }, init: ended(counter), position: 0 });
    this.exports.push({ name: CALLS_EXPORT, kind: 'global', index: 0, position: 0 });
    // Functions first: the others may hold them.
    this.module.imports.forEach(({ desc }, i) => {
      if (desc.kind !== 'func') return;
      this.export(i, 'func', this.funcs.length);
      this.funcs.push(this.func(desc.typeidx, i));
    });
    this.module.imports.forEach(({ desc }, i) => {
      switch (desc.kind) {
        case 'table': {
          const init = isNullable(desc.type.element) ? null : this.constant(desc.type.element);
          this.export(i, 'table', this.tables.length);
          this.tables.push({ type: desc.type, init, position: 0 });
          return;
        }
        case 'memory':
          this.export(i, 'memory', this.memories.length);
          this.memories.push({ type: desc.type, position: 0 });
          return;
        case 'global':
          this.export(i, 'global', this.globals.length);
          this.globals.push({ type: desc.type, init: this.constant(desc.type.type), position: 0 });
          return;
        case 'tag':
          this.export(i, 'tag', this.tags.length);
          this.tags.push({ typeidx: desc.typeidx, position: 0 });
      }
    });
    if (!this.isComplete) return null;
    const { types, recGroups } = this.module;
    const { funcs, tables, memories, globals, tags, exports } = this;
    return { ...emptyModule(), types, recGroups, funcs, tables, memories, globals, tags, exports };
  }

  private export(importIndex: number, kind: Export['kind'], index: number): void {
    this.exports.push({ name: String(importIndex), kind, index, position: 0 });
  }

  private func(typeidx: number, importIndex: number): Func {
    const code = new CodeBuilder();
    const { params, results } = (this.module.types[typeidx] as SubType).comp as FuncType;
    // calls := 31 · calls + number of the import + the integer parameters
    push(code, op.OP_global_get, 0);
    push(code, op.OP_i64_const, 31, 0);
    push(code, op.OP_i64_mul);
    push(code, op.OP_i64_const, importIndex + 1, 0);
    push(code, op.OP_i64_add);
    params.forEach((type, i) => {
      if (type !== I32 && type !== I64) return;
      push(code, op.OP_local_get, i);
      if (type === I32) push(code, op.OP_i64_extend_i32_u);
      push(code, op.OP_i64_add);
    });
    push(code, op.OP_global_set, 0);
    for (const type of results) {
      const param = params.indexOf(type);
      if (param >= 0) push(code, op.OP_local_get, param);
      else if (!this.pushConstant(code, type)) {
        push(code, op.OP_unreachable);
        break;
      }
    }
    return { typeidx, locals: [], code: ended(code), position: 0, bodyPosition: 0 };
  }

  private constant(type: ValType): Code {
    const code = new CodeBuilder();
    if (!this.pushConstant(code, type)) this.isComplete = false;
    return ended(code);
  }

  /** False: no value of the type can be made. */
  private pushConstant(code: CodeBuilder, type: ValType): boolean {
    if (!isRef(type)) {
      pushZero(code, type);
      return true;
    }
    if (isNullable(type)) {
      push(code, op.OP_ref_null, asNullable(type));
      return true;
    }
    const heap = heapOf(type);
    if (heap === HEAP_I31 || heap === HEAP_EQ || heap === HEAP_ANY) {
      push(code, op.OP_i32_const, 0);
      push(code, op.OP_ref_i31);
      return true;
    }
    const index = this.funcs.findIndex(({ typeidx }) => heap === HEAP_FUNC || typeidx === heap);
    if (index < 0) return false;
    push(code, op.OP_ref_func, index);
    return true;
  }
}

function push(code: CodeBuilder, opcode: number, ...immediates: number[]): void {
  code.begin(opcode, 0);
  for (const word of immediates) code.word(word);
}

/** The instruction that gives a constant, and the words of its immediate. */
const ZEROS: ReadonlyMap<ValType, readonly [opcode: number, words: number]> = new Map([
  [I32, [op.OP_i32_const, 1]],
  [I64, [op.OP_i64_const, 2]],
  [F32, [op.OP_f32_const, 1]],
  [F64, [op.OP_f64_const, 2]],
  [V128, [op.OP_v128_const, 4]],
]);

function pushZero(code: CodeBuilder, type: ValType): void {
  const [opcode, words] = ZEROS.get(type) as readonly [number, number];
  push(code, opcode, ...new Array<number>(words).fill(0));
}

function ended(code: CodeBuilder): Code {
  push(code, op.OP_end);
  return code.finish();
}
