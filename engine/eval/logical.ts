// The logical operators on operands that are primitives and have both been evaluated. What they need not evaluate is
// the business of whoever runs them.
// https://tc39.es/ecma262/#sec-binary-logical-operators
import { eval_ToBoolean } from './conversion.ts';
import type { HostPrimitive } from './primitive.ts';

/** https://tc39.es/ecma262/#sec-logical-not-operator */
export function eval_logicalNOT(x: HostPrimitive): boolean {
  return !eval_ToBoolean(x);
}

/** https://tc39.es/ecma262/#sec-binary-logical-operators-runtime-semantics-evaluation */
export function eval_logicalAND(x: HostPrimitive, y: HostPrimitive): HostPrimitive {
  return eval_ToBoolean(x) ? y : x;
}
export function eval_logicalOR(x: HostPrimitive, y: HostPrimitive): HostPrimitive {
  return eval_ToBoolean(x) ? x : y;
}
export function eval_coalesce(x: HostPrimitive, y: HostPrimitive): HostPrimitive {
  return x === undefined || x === null ? y : x;
}
