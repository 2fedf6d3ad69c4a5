// Which instructions the loop of validate-body.ts does itself, and their types as typed arrays; all from the instruction
// table.

import { fixedLengths } from '../format/instruction-lookup.ts';
import { ADDRESS, instructionRows } from '../format/instructions.ts';
import * as op from '../format/opcodes.gen.ts';
import { I32, type ValType } from '../format/types.ts';

/** Up to two operands, up to one result, immediates of a fixed length that need no check. */
export const TYPED = 1;
/** A typed memory access that is not atomic. */
export const ACCESS = 2;
export const LOCAL_GET = 3;
export const LOCAL_SET = 4;
export const LOCAL_TEE = 5;
export const GLOBAL_GET = 6;
export const GLOBAL_SET = 7;
export const DROP = 8;
export const SELECT = 9;
export const BLOCK = 10;
export const END = 11;
export const BR = 12;
export const BR_IF = 13;
export const CALL = 14;

const byNumber = new Map([
  [op.OP_local_get, LOCAL_GET],
  [op.OP_local_set, LOCAL_SET],
  [op.OP_local_tee, LOCAL_TEE],
  [op.OP_global_get, GLOBAL_GET],
  [op.OP_global_set, GLOBAL_SET],
  [op.OP_drop, DROP],
  [op.OP_select, SELECT],
  [op.OP_block, BLOCK],
  [op.OP_loop, BLOCK],
  [op.OP_if, BLOCK],
  [op.OP_end, END],
  [op.OP_br, BR],
  [op.OP_br_if, BR_IF],
  [op.OP_call, CALL],
]);

const unchecked = new Set(['none', 'i32', 'i64', 'f32', 'f64', 'v128']);

/** The rule of each instruction, 0 if it has only its general one. */
export const frequentRules = Uint8Array.from(instructionRows, (row, number) => {
  const { params, results, immediates } = row;
  const rule = byNumber.get(number);
  if (rule !== undefined || params === null) return rule ?? 0;
  if (params.length > 2 || results.length > 1) return 0;
  if (unchecked.has(immediates)) return TYPED;
  return immediates === 'memarg' && row.feature !== 'threads' ? ACCESS : 0;
});

/** The address type of memories is that of 32 bits here. */
function typeOrNone(type: ValType | undefined): number {
  return type === undefined ? 0 : type === ADDRESS ? I32 : type;
}

export const paramCounts = Uint8Array.from(instructionRows, ({ params }) => params?.length ?? 0);
export const firstParams = Int16Array.from(instructionRows, ({ params }) => typeOrNone(params?.[0]));
export const lastParams = Int16Array.from(instructionRows, ({ params }) => typeOrNone(params?.at(-1)));
export const resultTypes = Int16Array.from(instructionRows, ({ results }) => typeOrNone(results[0]));
/** Logarithm of the natural alignment of memory accesses. */
export const alignments = Int8Array.from(instructionRows, ({ align }) => align);
/** Words of an instruction with its immediates. */
export const lengths = Uint8Array.from(fixedLengths, (length) => 1 + length);
