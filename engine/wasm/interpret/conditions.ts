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

const comparisons = new Map<number, Comparison>([
  [r.R_i32_eq, { jump: r.R_jump_i32_eq, isSwapped: false, isUnary: false }],
  [r.R_i32_ne, { jump: r.R_jump_i32_ne, isSwapped: false, isUnary: false }],
  [r.R_i32_lt_s, { jump: r.R_jump_i32_lt_s, isSwapped: false, isUnary: false }],
  [r.R_i32_lt_u, { jump: r.R_jump_i32_lt_u, isSwapped: false, isUnary: false }],
  [r.R_i32_ge_s, { jump: r.R_jump_i32_ge_s, isSwapped: false, isUnary: false }],
  [r.R_i32_ge_u, { jump: r.R_jump_i32_ge_u, isSwapped: false, isUnary: false }],
  [r.R_i32_gt_s, { jump: r.R_jump_i32_lt_s, isSwapped: true, isUnary: false }],
  [r.R_i32_gt_u, { jump: r.R_jump_i32_lt_u, isSwapped: true, isUnary: false }],
  [r.R_i32_le_s, { jump: r.R_jump_i32_ge_s, isSwapped: true, isUnary: false }],
  [r.R_i32_le_u, { jump: r.R_jump_i32_ge_u, isSwapped: true, isUnary: false }],
  [r.R_i32_eqz, { jump: 0, isSwapped: false, isUnary: true }],
]);

/** What a branch on the result of an opcode can be instead, or null. */
export function comparisonOf(opcode: number): Comparison | null {
  return comparisons.get(opcode) ?? null;
}

const opposites = new Map<number, number>([
  [r.R_jump_i32_eq, r.R_jump_i32_ne],
  [r.R_jump_i32_ne, r.R_jump_i32_eq],
  [r.R_jump_i32_lt_s, r.R_jump_i32_ge_s],
  [r.R_jump_i32_ge_s, r.R_jump_i32_lt_s],
  [r.R_jump_i32_lt_u, r.R_jump_i32_ge_u],
  [r.R_jump_i32_ge_u, r.R_jump_i32_lt_u],
]);

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

/** The form of a jump whose second operand is a constant. */
export function constantForm(jump: number): number {
  return constantForms.get(jump) as number;
}
