// Which instructions may stand in a constant expression.
// https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions

import { invalid } from '../format/module-error.ts';
import * as op from '../format/opcodes.gen.ts';
import type { Context } from './context.ts';

const always = new Set([
  op.OP_end,
  op.OP_i32_const,
  op.OP_i64_const,
  op.OP_f32_const,
  op.OP_f64_const,
  op.OP_v128_const,
  op.OP_ref_null,
  op.OP_ref_func,
]);
const extended = new Set([
  op.OP_i32_add,
  op.OP_i32_sub,
  op.OP_i32_mul,
  op.OP_i64_add,
  op.OP_i64_sub,
  op.OP_i64_mul,
]);
const collected = new Set([
  op.OP_ref_i31,
  op.OP_struct_new,
  op.OP_struct_new_default,
  op.OP_struct_new_desc,
  op.OP_struct_new_default_desc,
  op.OP_array_new,
  op.OP_array_new_default,
  op.OP_array_new_fixed,
  op.OP_any_convert_extern,
  op.OP_extern_convert_any,
]);

/** Throws a ModuleError unless the instruction at `words[at]` is constant. */
export function checkConstant(context: Context, words: Int32Array, at: number, position: number): void {
  const number = words[at] as number;
  if (always.has(number)) return;
  if (number === op.OP_global_get) {
    const index = words[at + 1] as number;
    const { isMutable } = context.global(index, position);
    // Globals of the module itself came with garbage collection.
    if (!context.features.gc && index >= context.importedGlobals)
      invalid(position, 'unknown', 'global', `${index}, defined here: the feature gc is off`);
    if (!isMutable) return;
  } else if (extended.has(number)) {
    if (context.features.extendedConst) return;
    invalid(position, 'extendedConstant');
  } else if (collected.has(number)) return;
  invalid(position, 'constantExpression');
}
