// Modules through which the host's functions and globals are seen as bits. JavaScript changes NaNs and knows no vectors, so a
// float crosses as an integer of its bits and a vector as two integers.

import { F32, F64, type FuncType, I32, I64, V128, type ValType } from '../../engine/wasm/format/types.ts';
import { CodeBuilder, emptyModule, encodeModule, type Module, op } from '../../engine/wasm/harness.ts';

/** The types of JavaScript's side for a type of ours. */
function crossing(type: ValType): readonly ValType[] {
  switch (type) {
    case F32:
      return [I32];
    case F64:
      return [I64];
    case V128:
      return [I64, I64];
    default:
      return [type];
  }
}

/** A binary module whose export `call` calls the import `f` of module `m`, a function of a type of `module`. */
export function functionAdapter(module: Module, typeidx: number): Uint8Array {
  const { params, results } = (module.types[typeidx] as Module['types'][number]).comp as FuncType;
  const outer: FuncType = {
    kind: 'func',
    params: params.flatMap(crossing),
    results: results.flatMap(crossing),
  };
  const code = new CodeBuilder();
  let local = 0;
  for (const type of params) {
    pushInward(code, type, local);
    local += crossing(type).length;
  }
  push(code, op.OP_call, 0);
  for (let i = results.length - 1; i >= 0; i--) push(code, op.OP_local_set, local + i);
  for (const [i, type] of results.entries())
    pushOutward(code, type, () => push(code, op.OP_local_get, local + i));
  return adapter(module, outer, { kind: 'func', typeidx, isExact: false }, results, code);
}

/** A binary module whose export `call` gives the import `f` of module `m`, a global of a type of `module`. */
export function globalAdapter(module: Module, type: { type: ValType; isMutable: boolean }): Uint8Array {
  const outer: FuncType = { kind: 'func', params: [], results: crossing(type.type) };
  const code = new CodeBuilder();
  pushOutward(code, type.type, () => push(code, op.OP_global_get, 0));
  return adapter(module, outer, { kind: 'global', type }, [], code);
}

function adapter(
  { types, recGroups }: Module,
  outer: FuncType,
  desc: Module['imports'][number]['desc'],
  locals: readonly ValType[],
  code: CodeBuilder,
): Uint8Array {
  push(code, op.OP_end);
  const position = 0;
  const ownType = { isFinal: true, supers: [], comp: outer, describes: -1, descriptor: -1, position };
  return encodeModule({
    ...emptyModule(),
    types: [...types, ownType],
    recGroups: [...recGroups, 1],
    imports: [{ module: 'm', name: 'f', desc, position }],
    funcs: [{ typeidx: types.length, locals, code: code.finish(), position, bodyPosition: 0 }],
    exports: [{ name: 'call', kind: 'func', index: desc.kind === 'func' ? 1 : 0, position }],
  });
}

function push(code: CodeBuilder, opcode: number, ...immediates: number[]): void {
  code.begin(opcode, 0);
  for (const word of immediates) code.word(word);
}

/** Pushes the value that crossed in locals from `local` on. */
function pushInward(code: CodeBuilder, type: ValType, local: number): void {
  push(code, op.OP_local_get, local);
  if (type === F32) push(code, op.OP_f32_reinterpret_i32);
  if (type === F64) push(code, op.OP_f64_reinterpret_i64);
  if (type !== V128) return;
  push(code, op.OP_i64x2_splat);
  push(code, op.OP_local_get, local + 1);
  push(code, op.OP_i64x2_replace_lane, 1);
}

function pushOutward(code: CodeBuilder, type: ValType, pushValue: () => void): void {
  pushValue();
  if (type === F32) push(code, op.OP_i32_reinterpret_f32);
  if (type === F64) push(code, op.OP_i64_reinterpret_f64);
  if (type !== V128) return;
  push(code, op.OP_i64x2_extract_lane, 0);
  pushValue();
  push(code, op.OP_i64x2_extract_lane, 1);
}
