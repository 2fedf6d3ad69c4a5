// Instantiation, and calls from outside. https://webassembly.github.io/spec/core/exec/modules.html#instantiation

import {
  WASM_TRAP_ALLOCATION,
  WASM_TRAP_FUEL,
  WASM_TRAP_MEMORY,
  WASM_TRAP_TABLE,
} from '../../eval/wasm-traps.ts';
import type { Code } from '../format/code.ts';
import type { Elem, Func } from '../format/module.ts';
import * as op from '../format/opcodes.gen.ts';
import { type FuncType, isRef, sizeBytes, type ValType } from '../format/types.ts';
import {
  type Extern,
  FuncCode,
  FuncInst,
  GlobalInst,
  ModuleInst,
  TableInst,
  TagInst,
} from '../runtime/instances.ts';
import { type ImportResolver, resolveImports } from '../runtime/link.ts';
import { MemoryInst, newMemory } from '../runtime/memory.ts';
import type { CanonicalType } from '../validate/type-registry.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import { compileConstant } from './compile-function.ts';
import type { Machine } from './machine.ts';
import { slotsOf } from './operand-entries.ts';
import { abandon, invoke, traceOf, WasmTrapStop } from './run.ts';

/** A value as it lies in slots: a number or vector as words, low first, or a reference. */
export interface RawValue {
  readonly words: readonly number[];
  readonly ref: unknown;
}

const compiled = new WeakMap<ValidModule, FuncCode[]>();

/** What is compiled of a module's functions, once for all its instances. */
function codesOf(valid: ValidModule): FuncCode[] {
  let codes = compiled.get(valid);
  if (codes === undefined) {
    const imported = valid.context.funcs.length - valid.module.funcs.length;
    codes = valid.module.funcs.map((func, i) => new FuncCode(valid, func, imported + i));
    compiled.set(valid, codes);
  }
  return codes;
}

/**
 * Instantiates a module, `start` of its start function included. Throws a LinkError, or what `invoke` throws; what active
 * segments have written by then stays written.
 */
export function instantiate(
  m: Machine,
  valid: ValidModule,
  resolve: ImportResolver,
  start: (func: FuncInst) => void = (func) => call(m, func, []),
): ModuleInst {
  const imports = resolveImports(valid, resolve);
  const instance = new ModuleInst(valid);
  for (const each of imports) addExtern(instance, each);
  allocate(m, instance);
  for (const { name, kind, index } of valid.module.exports)
    instance.exports.set(name, externOf(instance, kind, index));
  initialize(m, instance);
  const startField = valid.module.start;
  if (startField !== null) start(instance.funcs[startField.funcidx] as FuncInst);
  return instance;
}

function addExtern(instance: ModuleInst, extern: Extern): void {
  if (extern instanceof FuncInst) instance.funcs.push(extern);
  else if (extern instanceof TableInst) {
    instance.tables.push(extern);
    instance.tableElements += extern.elements.length;
  } else if (extern instanceof MemoryInst) instance.memories.push(extern);
  else if (extern instanceof GlobalInst) instance.globals.push(extern);
  else instance.tags.push(extern);
}

function externOf(
  instance: ModuleInst,
  kind: 'func' | 'table' | 'memory' | 'global' | 'tag',
  index: number,
): Extern {
  switch (kind) {
    case 'func':
      return instance.funcs[index] as FuncInst;
    case 'table':
      return instance.tables[index] as TableInst;
    case 'memory':
      return instance.memories[index] as MemoryInst;
    case 'global':
      return instance.globals[index] as GlobalInst;
    case 'tag':
      return instance.tags[index] as TagInst;
  }
}

function allocate(m: Machine, instance: ModuleInst): void {
  const { module, context } = instance.valid;
  const { registry, limits } = m.store;
  for (const code of codesOf(instance.valid)) {
    const type = registry.get(context.types[code.func.typeidx] as number);
    instance.funcs.push(new FuncInst(type, instance, code, null));
  }
  for (let i = instance.tags.length; i < context.tags.length; i++)
    instance.tags.push(new TagInst(registry.get(context.tags[i] as number)));
  for (let i = instance.memories.length; i < context.memories.length; i++) {
    const type = context.memory(i, 0);
    const bytes = Number(type.min) * 2 ** type.pageSizeLog2;
    const isGranted = bytes <= limits.memoryBytes && m.store.chargeBytes(bytes);
    const memory = isGranted ? newMemory(type, limits.memoryBytes) : null;
    if (memory === null) throw new WasmTrapStop(WASM_TRAP_ALLOCATION, []);
    instance.memories.push(memory);
  }
  module.globals.forEach(({ init }, i) => {
    const global = new GlobalInst(context.global(context.importedGlobals + i, 0));
    const value = evaluate(m, instance, init, global.type.type);
    global.words.set(value.words);
    global.ref = value.ref;
    instance.globals.push(global);
  });
  module.tables.forEach(({ init }) => {
    const type = context.table(instance.tables.length, 0);
    const size = Number(type.min);
    const isGranted =
      size <= Math.min(limits.tableElements, limits.instanceTableElements - instance.tableElements);
    if (!isGranted || !m.store.chargeBytes(8 * size)) throw new WasmTrapStop(WASM_TRAP_ALLOCATION, []);
    instance.tableElements += size;
    const value = init === null ? null : evaluate(m, instance, init, type.element).ref;
    instance.tables.push(new TableInst(type, size, value));
  });
  module.elems.forEach((elem, i) => {
    instance.elems.push(elementsOf(m, instance, elem, context.elem(i, 0)));
  });
  for (const { bytes } of module.datas) instance.datas.push(bytes);
}

function elementsOf(m: Machine, instance: ModuleInst, { funcs, exprs }: Elem, type: ValType): unknown[] {
  if (funcs !== null) return funcs.map((index) => instance.funcs[index]);
  return exprs.map((expr) => evaluate(m, instance, expr, type).ref);
}

/** What is left of segments that are used up. */
const DROPPED: readonly unknown[] = [];
const DROPPED_BYTES = new Uint8Array(0);

/** Active segments, in order. */
function initialize(m: Machine, instance: ModuleInst): void {
  const { module, context } = instance.valid;
  module.elems.forEach(({ mode }, i) => {
    if (mode.kind === 'active') {
      const table = instance.tables[mode.index] as TableInst;
      const elements = instance.elems[i] as readonly unknown[];
      const offset = sizeOf(evaluate(m, instance, mode.offset, context.table(mode.index, 0).is64 ? -4 : -2));
      if (offset + elements.length > table.elements.length) throw new WasmTrapStop(WASM_TRAP_TABLE, []);
      for (let j = 0; j < elements.length; j++) table.elements[offset + j] = elements[j];
    }
    if (mode.kind !== 'passive') instance.elems[i] = DROPPED;
  });
  module.datas.forEach(({ mode, bytes }, i) => {
    if (mode.kind !== 'active') return;
    const memory = instance.memories[mode.index] as MemoryInst;
    const offset = sizeOf(evaluate(m, instance, mode.offset, memory.type.is64 ? -4 : -2));
    if (!m.isInBounds(memory, offset + bytes.length)) throw new WasmTrapStop(WASM_TRAP_MEMORY, []);
    memory.u8.set(bytes, offset);
    instance.datas[i] = DROPPED_BYTES;
  });
}

function sizeOf({ words: [low = 0, high = 0] }: RawValue): number {
  return (high >>> 0) * 2 ** 32 + (low >>> 0);
}

/** The value of a constant expression. The frequent ones are taken from their words, others run as functions. */
function evaluate(m: Machine, instance: ModuleInst, code: Code, type: ValType): RawValue {
  const { words } = code;
  const first = words[1] as number;
  switch (words[0]) {
    case op.OP_i32_const:
    case op.OP_f32_const:
      if (words.length === 3) return { words: [first], ref: null };
      break;
    case op.OP_i64_const:
    case op.OP_f64_const:
      if (words.length === 4) return { words: [first, words[2] as number], ref: null };
      break;
    case op.OP_ref_func:
      if (words.length === 3) return { words: [], ref: instance.funcs[first] };
      break;
    case op.OP_ref_null:
      if (words.length === 3) return { words: [], ref: null };
      break;
    case op.OP_global_get:
      if (words.length === 3) {
        const global = instance.globals[first] as GlobalInst;
        return { words: [...global.words], ref: global.ref };
      }
  }
  return call(m, constantFunction(instance, code, type), [])[0] as RawValue;
}

/** A function that gives the value of a constant expression. */
function constantFunction(instance: ModuleInst, code: Code, type: ValType): FuncInst {
  const func: Func = { typeidx: -1, locals: [], code, position: 0, bodyPosition: 0 };
  const funcCode = new FuncCode(instance.valid, func, -1);
  funcCode.code = compileConstant(instance.valid.context, code, type);
  const comp: FuncType = { kind: 'func', params: [], results: [type] };
  const canonical: CanonicalType = {
    id: -1,
    isFinal: true,
    superType: -1,
    chain: [],
    comp,
    describes: -1,
    descriptor: -1,
  };
  return new FuncInst(canonical, instance, funcCode, null);
}

/**
 * Calls a function with arguments of its parameters' types and gives the results. Throws what `invoke` throws; a run
 * that is out of fuel is over.
 */
export function call(m: Machine, func: FuncInst, args: readonly RawValue[]): RawValue[] {
  const base = m.freeSlot;
  writeArguments(m, func, args, base);
  const { depth } = m;
  if (invoke(m, func, base) !== 'done') {
    const stop = new WasmTrapStop(WASM_TRAP_FUEL, traceOf(m));
    abandon(m, depth);
    throw stop;
  }
  const results = readResults(m, func, base);
  if (depth === 0) m.dropRefs(0);
  return results;
}

/** Puts arguments where `invoke` expects them. */
export function writeArguments(m: Machine, func: FuncInst, args: readonly RawValue[], base: number): void {
  const { params } = func.type.comp as FuncType;
  let slot = base;
  while (m.refs.length < base + 2 * params.length) m.refs.push(null);
  params.forEach((type, i) => {
    const { words, ref } = args[i] as RawValue;
    if (isRef(type)) m.refs[slot] = ref;
    else m.i32.set(words, slot << 1);
    slot += slotsOf(type);
  });
}

/** The results that `invoke` has left. */
export function readResults(m: Machine, func: FuncInst, base: number): RawValue[] {
  const { results } = func.type.comp as FuncType;
  let slot = base;
  return results.map((type) => {
    const at = slot << 1;
    const value = isRef(type)
      ? { words: [], ref: m.refs[slot] }
      : { words: [...m.i32.subarray(at, at + (sizeBytes(type) >> 2))], ref: null };
    slot += slotsOf(type);
    return value;
  });
}
