// Conditions of branches: a slot, or a comparison that was melted into the branch.

import * as r from './register-ops.gen.ts';

/** A condition to branch on. */
export type Condition =
  | { readonly kind: 'slot'; readonly slot: number; readonly isNegated: boolean }
  | {
      readonly kind: 'compare';
      readonly comparison: number;
      readonly a: number;
      readonly b: number;
      readonly isConstant: boolean;
    };

export interface Comparison {
  readonly jump: number;
  readonly isSwapped: boolean;
  readonly isUnary: boolean;
}

function comparison(jump: number, isSwapped = false): Comparison {
  return { jump, isSwapped, isUnary: false };
}

const comparisons = new Map<number, Comparison>([
  [r.R_i32_eq, comparison(r.R_jump_i32_eq)],
  [r.R_i32_ne, comparison(r.R_jump_i32_ne)],
  [r.R_i32_lt_s, comparison(r.R_jump_i32_lt_s)],
  [r.R_i32_lt_u, comparison(r.R_jump_i32_lt_u)],
  [r.R_i32_ge_s, comparison(r.R_jump_i32_ge_s)],
  [r.R_i32_ge_u, comparison(r.R_jump_i32_ge_u)],
  [r.R_i32_gt_s, comparison(r.R_jump_i32_lt_s, true)],
  [r.R_i32_gt_u, comparison(r.R_jump_i32_lt_u, true)],
  [r.R_i32_le_s, comparison(r.R_jump_i32_ge_s, true)],
  [r.R_i32_le_u, comparison(r.R_jump_i32_ge_u, true)],
  [r.R_i32_eqz, { jump: 0, isSwapped: false, isUnary: true }],
  [r.R_i64_eq, comparison(r.R_jump_i64_eq)],
  [r.R_i64_ne, comparison(r.R_jump_i64_ne)],
  [r.R_i64_lt_s, comparison(r.R_jump_i64_lt_s)],
  [r.R_i64_lt_u, comparison(r.R_jump_i64_lt_u)],
  [r.R_i64_ge_s, comparison(r.R_jump_i64_ge_s)],
  [r.R_i64_ge_u, comparison(r.R_jump_i64_ge_u)],
  [r.R_i64_gt_s, comparison(r.R_jump_i64_lt_s, true)],
  [r.R_i64_gt_u, comparison(r.R_jump_i64_lt_u, true)],
  [r.R_i64_le_s, comparison(r.R_jump_i64_ge_s, true)],
  [r.R_i64_le_u, comparison(r.R_jump_i64_ge_u, true)],
  [r.R_f32_eq, comparison(r.R_jump_f32_eq)],
  [r.R_f32_ne, comparison(r.R_jump_f32_ne)],
  [r.R_f32_lt, comparison(r.R_jump_f32_lt)],
  [r.R_f32_le, comparison(r.R_jump_f32_le)],
  [r.R_f32_gt, comparison(r.R_jump_f32_lt, true)],
  [r.R_f32_ge, comparison(r.R_jump_f32_le, true)],
  [r.R_f64_eq, comparison(r.R_jump_f64_eq)],
  [r.R_f64_ne, comparison(r.R_jump_f64_ne)],
  [r.R_f64_lt, comparison(r.R_jump_f64_lt)],
  [r.R_f64_le, comparison(r.R_jump_f64_le)],
  [r.R_f64_gt, comparison(r.R_jump_f64_lt, true)],
  [r.R_f64_ge, comparison(r.R_jump_f64_le, true)],
]);

/** What a branch on the result of an opcode can be instead, or null. */
export function comparisonOf(opcode: number): Comparison | null {
  return comparisons.get(opcode) ?? null;
}

/** Of floats, what is not less need not be greater or equal. */
const oppositePairs = [
  [r.R_jump_i32_eq, r.R_jump_i32_ne],
  [r.R_jump_i32_lt_s, r.R_jump_i32_ge_s],
  [r.R_jump_i32_lt_u, r.R_jump_i32_ge_u],
  [r.R_jump_i64_eq, r.R_jump_i64_ne],
  [r.R_jump_i64_lt_s, r.R_jump_i64_ge_s],
  [r.R_jump_i64_lt_u, r.R_jump_i64_ge_u],
  [r.R_jump_f32_eq, r.R_jump_f32_ne],
  [r.R_jump_f32_lt, r.R_jump_f32_not_lt],
  [r.R_jump_f32_le, r.R_jump_f32_not_le],
  [r.R_jump_f64_eq, r.R_jump_f64_ne],
  [r.R_jump_f64_lt, r.R_jump_f64_not_lt],
  [r.R_jump_f64_le, r.R_jump_f64_not_le],
] as const;
const opposites = new Map<number, number>(
  oppositePairs.flatMap(([a, b]): [number, number][] => [
    [a, b],
    [b, a],
  ]),
);

/** The opposite condition. */
export function negated(condition: Condition): Condition {
  return condition.kind === 'slot'
    ? { ...condition, isNegated: !condition.isNegated }
    : { ...condition, comparison: opposites.get(condition.comparison) as number };
}

const constantForms = new Map<number, number>([
  [r.R_jump_i32_eq, r.R_jump_i32_eq_k],
  [r.R_jump_i32_ne, r.R_jump_i32_ne_k],
  [r.R_jump_i32_lt_s, r.R_jump_i32_lt_s_k],
  [r.R_jump_i32_ge_s, r.R_jump_i32_ge_s_k],
  [r.R_jump_i32_lt_u, r.R_jump_i32_lt_u_k],
  [r.R_jump_i32_ge_u, r.R_jump_i32_ge_u_k],
]);

/** The form of a jump whose second operand is a constant, or null if it has none. */
export function constantForm(jump: number): number | null {
  return constantForms.get(jump) ?? null;
}
