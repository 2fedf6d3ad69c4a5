// What the evaluation of one node costs the host stack beyond its children, in units of depth. A unit stands for
// at most DEPTH_UNIT_BYTES of host stack: measured over recursion of every kind on Node 20, interpreted host frames
// included. Kinds with large frames, or with several host functions to a node, cost more than one unit.
import {
  KIND_AssignmentExpression,
  KIND_Block,
  KIND_ClassDeclaration,
  KIND_ClassExpression,
  KIND_ForInStatement,
  KIND_ForOfStatement,
  KIND_ForStatement,
  KIND_NAMES,
  KIND_ObjectLiteral,
  KIND_SwitchStatement,
  KIND_TaggedTemplate,
  KIND_TryStatement,
} from '../syntax/ast.gen.ts';

export const DEPTH_UNIT_BYTES = 450;

/** Units by node kind. */
export const DEPTH_COSTS: Uint8Array = new Uint8Array(KIND_NAMES.length).fill(1);
for (const [kind, units] of [
  [KIND_AssignmentExpression, 2],
  [KIND_Block, 2],
  [KIND_ClassDeclaration, 2],
  [KIND_ClassExpression, 2],
  [KIND_ForStatement, 2],
  [KIND_ForInStatement, 2],
  [KIND_ForOfStatement, 2],
  [KIND_ObjectLiteral, 2],
  [KIND_SwitchStatement, 2],
  [KIND_TaggedTemplate, 2],
  [KIND_TryStatement, 3],
]) {
  DEPTH_COSTS[kind] = units;
}

/** Host generators have larger frames: what a node costs in the suspendable evaluator, in multiples of its units. */
export const SUSPENDABLE_FACTOR = 2;

/** A call, beyond the unit that call.ts charges: from the call expression to the statements of the body. */
export const CALL_DEPTH = 2;
/** The resumption of a coroutine, beyond what its nested evaluators were charged: host generators have large frames. */
export const RESUME_DEPTH = 5;
/** One level of a binding or assignment pattern. */
export const PATTERN_DEPTH = 3;
