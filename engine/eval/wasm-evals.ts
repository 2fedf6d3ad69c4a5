// Every eval_ and trap_ function of WebAssembly by name, for what works on the whole table: tests, oracles, folding.

import * as conversion from './wasm-conversion.ts';
import * as float from './wasm-float.ts';
import * as i32 from './wasm-i32.ts';
import * as i64 from './wasm-i64.ts';
import type { VectorEval } from './wasm-lanes.ts';
import type { WasmTrap } from './wasm-traps.ts';
import * as bits from './wasm-v128-bits.ts';
import * as vectorFloat from './wasm-v128-float.ts';
import * as integer from './wasm-v128-integer.ts';

export type ScalarEval = (...operands: never[]) => number | bigint;
export type TrapEval = (...operands: never[]) => WasmTrap;

/** Functions on scalars, `eval_i32_add` and `trap_i32_div_s` and so on. */
export const scalarEvals: Readonly<Record<string, ScalarEval | TrapEval | undefined>> = {
  ...i32,
  ...i64,
  ...float,
  ...conversion,
};

/** Functions on vectors, with the signature of wasm-lanes.ts. */
export const vectorEvals: Readonly<Record<string, VectorEval | undefined>> = {
  ...bits,
  ...vectorFloat,
  ...integer,
};
