// How the compilers of the productions reach one another: tables by node kind, filled from the rows of their files by
// compile.ts. An expression is compiled for what becomes of its value: into a register (`compileTo`), as an operand
// wherever it lies (`compileOperand`), as a branch, or for its effect alone.
import { assert } from '../../base/assert.ts';
import {
  type Expression,
  forEachChild,
  KIND_ArrowFunction,
  KIND_AssignmentExpression,
  KIND_BigIntLiteral,
  KIND_BinaryExpression,
  KIND_CallExpression,
  KIND_ComputedMember,
  KIND_FunctionExpression,
  KIND_IdentifierReference,
  KIND_NAMES,
  KIND_NewExpression,
  KIND_NumericLiteral,
  KIND_ParenthesizedExpression,
  KIND_PrivateMember,
  KIND_StaticMember,
  KIND_StringLiteral,
  KIND_ThisExpression,
  KIND_UnaryExpression,
  KIND_UpdateExpression,
  type Node,
} from '../../syntax/ast.gen.ts';
import { SPINE_TEXT, spineCuts } from '../../syntax/spine.ts';
import type { Label } from '../writer.ts';
import { constantOf, type FoldedConstant, isTrue } from './constant-folding.ts';
import type { FunctionCompiler } from './function-compiler.ts';

/** Compiles a node of its kind; its value goes to `dst`. */
export type ExpressionCompiler = (c: FunctionCompiler, node: never, dst: number) => void;
export type StatementCompiler = (c: FunctionCompiler, node: never) => void;
/** Jumps to the label if the value, as a Boolean, is `sense`. */
export type BranchCompiler = (c: FunctionCompiler, node: never, label: Label, sense: boolean) => void;

export type ExpressionRow = readonly [kind: number, compile: ExpressionCompiler];
export type StatementRow = readonly [kind: number, compile: StatementCompiler];
export type BranchRow = readonly [kind: number, compile: BranchCompiler];

const expressions: (ExpressionCompiler | undefined)[] = new Array(KIND_NAMES.length).fill(undefined);
const statements: (StatementCompiler | undefined)[] = new Array(KIND_NAMES.length).fill(undefined);
const branches: (BranchCompiler | undefined)[] = new Array(KIND_NAMES.length).fill(undefined);
/** Compilers for nodes whose value nobody uses, where that saves something. */
const effects: (StatementCompiler | undefined)[] = new Array(KIND_NAMES.length).fill(undefined);

export function installExpressions(rows: readonly ExpressionRow[]): void {
  for (const [kind, compile] of rows) expressions[kind] = compile;
}
export function installStatements(rows: readonly StatementRow[]): void {
  for (const [kind, compile] of rows) statements[kind] = compile;
}
export function installBranches(rows: readonly BranchRow[]): void {
  for (const [kind, compile] of rows) branches[kind] = compile;
}
export function installEffects(rows: readonly StatementRow[]): void {
  for (const [kind, compile] of rows) effects[kind] = compile;
}

export function unparenthesized(node: Expression): Expression {
  let inner = node;
  while (inner.kind === KIND_ParenthesizedExpression) inner = inner.expression;
  return inner;
}

/**
 * The value of the expression goes to register `dst`. Parts of it may do so before the whole is evaluated: `dst` is no
 * variable that the expression reads.
 */
export function compileTo(c: FunctionCompiler, node: Expression, dst: number): void {
  const inner = unparenthesized(node);
  const constant = constantOf(inner);
  if (constant !== null) {
    loadConstant(c, constant, dst);
    return;
  }
  const known = settledVariable(c, inner);
  if (known !== null) {
    if (known !== dst) c.emit.move(dst, known);
    return;
  }
  const compile = expressions[inner.kind];
  assert(compile !== undefined, `expressions of kind ${KIND_NAMES[inner.kind]} can be compiled`);
  const mark = c.writer.mark();
  if (inner.end - inner.start > SPINE_TEXT) compileInnerLinks(c, inner);
  c.enterNode();
  compile(c, inner as never, dst);
  c.leaveNode();
  c.writer.release(mark);
}

/** Compiles the links of a long spine that come before its last ones. */
function compileInnerLinks(c: FunctionCompiler, node: Expression): void {
  const cuts = spineCuts(node, c.pendingSpine);
  if (cuts.length === 0) return;
  // By turns, so that no piece is written to the register that it begins with.
  const registers = [c.writer.newRegister(), c.writer.newRegister()];
  for (let i = cuts.length - 1; i >= 0; i--) {
    const dst = registers[i & 1];
    compileTo(c, cuts[i], dst);
    c.putSpine(cuts[i], dst);
  }
}

function loadConstant(c: FunctionCompiler, constant: FoldedConstant, dst: number): void {
  const { value } = constant;
  passPosition(c, constant);
  if (fitsRegister(value)) c.emit.move(dst, c.writer.constantRegister(value));
  else c.emit.loadConst(dst, c.writer.constant(value));
}

/** What follows is where it would be if the constant had been computed: a frame's position tells where it last was. */
function passPosition(c: FunctionCompiler, { position }: FoldedConstant): void {
  if (position !== -1) c.writer.at(position);
}

/** Constants that every frame has a register for; BigInts and -0 are loaded where they are needed. */
function fitsRegister(value: FoldedConstant['value']): boolean {
  return typeof value !== 'bigint' && !Object.is(value, -0);
}

/** A register that holds the constant: its own or a temporary. */
export function constantOperand(c: FunctionCompiler, constant: FoldedConstant): number {
  if (fitsRegister(constant.value)) {
    passPosition(c, constant);
    return c.writer.constantRegister(constant.value);
  }
  const dst = c.writer.newRegister();
  loadConstant(c, constant, dst);
  return dst;
}

/** The value in a fresh temporary register. */
export function compileToTemporary(c: FunctionCompiler, node: Expression): number {
  const dst = c.writer.newRegister();
  compileTo(c, node, dst);
  return dst;
}

/**
 * A register that holds the value: a variable's or constant's own, or a temporary. It is the value only until something
 * is assigned to the variable.
 */
export function compileOperand(c: FunctionCompiler, node: Expression): number {
  const inner = unparenthesized(node);
  const constant = constantOf(inner);
  if (constant !== null) return constantOperand(c, constant);
  return settledVariable(c, inner) ?? compileToTemporary(c, inner);
}

/** The same, for a value that has to outlast the evaluation of `later`. */
export function compileOperandBefore(
  c: FunctionCompiler,
  node: Expression,
  ...later: readonly (Node | null)[]
): number {
  const inner = unparenthesized(node);
  const constant = constantOf(inner);
  if (constant !== null) return constantOperand(c, constant);
  const known = settledVariable(c, inner);
  if (known === null) return compileToTemporary(c, inner);
  if (inner.kind !== KIND_IdentifierReference || !later.some((node) => node !== null && mayAssign(node)))
    return known;
  const dst = c.writer.newRegister();
  c.emit.move(dst, known);
  return dst;
}

export function compileEffect(c: FunctionCompiler, node: Expression): void {
  const inner = unparenthesized(node);
  const mark = c.writer.mark();
  const constant = constantOf(inner);
  if (constant !== null) passPosition(c, constant);
  else if (settledVariable(c, inner) === null) {
    const compile = effects[inner.kind];
    if (compile === undefined) compileTo(c, inner, c.writer.newRegister());
    else {
      c.enterNode();
      compile(c, inner as never);
      c.leaveNode();
    }
  }
  c.writer.release(mark);
}

/** Jumps to `label` if the value, as a Boolean, is `sense`; else goes on. */
export function compileBranch(c: FunctionCompiler, node: Expression, label: Label, sense: boolean): void {
  const inner = unparenthesized(node);
  const constant = constantOf(inner);
  if (constant !== null) {
    passPosition(c, constant);
    if (isTrue(constant) === sense) c.emit.jump(label);
    return;
  }
  const compile = branches[inner.kind];
  const mark = c.writer.mark();
  if (compile !== undefined) {
    c.enterNode();
    compile(c, inner as never, label, sense);
    c.leaveNode();
  } else {
    const value = compileOperand(c, inner);
    if (sense) c.emit.jumpIfTrue(value, label);
    else c.emit.jumpIfFalse(value, label);
  }
  c.writer.release(mark);
}

export function compileStatement(c: FunctionCompiler, node: Node): void {
  const compile = statements[node.kind];
  assert(compile !== undefined, `statements of kind ${KIND_NAMES[node.kind]} can be compiled`);
  const mark = c.writer.mark();
  c.enterNode();
  compile(c, node as never);
  c.leaveNode();
  c.writer.release(mark);
}

export function compileStatements(c: FunctionCompiler, nodes: readonly Node[]): void {
  for (const node of nodes) compileStatement(c, node);
}

/** The constant that a condition is, with the place it is at passed; null if it has to be evaluated. */
export function constantTest(c: FunctionCompiler, node: Expression): FoldedConstant | null {
  const constant = constantOf(node);
  if (constant !== null) passPosition(c, constant);
  return constant;
}

/** The register of a variable that can be read without any code, or of a link that has been compiled; null otherwise. */
function settledVariable(c: FunctionCompiler, node: Expression): number | null {
  if (node === c.pendingSpine) return c.takeSpine();
  const register = registerOfVariable(c, node);
  if (register !== null) c.writer.at(node.start);
  return register;
}

function registerOfVariable(c: FunctionCompiler, node: Expression): number | null {
  switch (node.kind) {
    case KIND_ThisExpression:
      return c.thisInRegister ? c.unit.thisRegister : null;
    case KIND_IdentifierReference: {
      const resolution = c.session.analysis.resolutions.get(node);
      if (resolution === undefined || resolution.needsTDZCheck) return null;
      const { access, binding } = resolution;
      // No realm has another global undefined: it cannot be changed, deleted, or hidden by a declaration of a script.
      if (access === 'global' && node.name === 'undefined') return c.writer.constantRegister(undefined);
      if (access !== 'binding' || binding === null || binding.storage !== 'register') return null;
      return c.registers.get(binding) ?? null;
    }
    default:
      return null;
  }
}

/** Expressions that write their register only with their last instruction, once all else is done. */
export function writesLast(node: Expression): boolean {
  switch (unparenthesized(node).kind) {
    case KIND_BinaryExpression:
    case KIND_UnaryExpression:
    case KIND_StaticMember:
    case KIND_ComputedMember:
    case KIND_PrivateMember:
    case KIND_CallExpression:
    case KIND_NewExpression:
    case KIND_NumericLiteral:
    case KIND_StringLiteral:
    case KIND_BigIntLiteral:
    case KIND_IdentifierReference:
      return true;
    default:
      return false;
  }
}

/** Nodes looked at before the answer is taken to be yes. */
const SEARCH_BUDGET = 40;

/** Whether evaluating the node may assign to a variable that lies in a register of this frame. True is no proof. */
export function mayAssign(root: Node): boolean {
  const pending: Node[] = [root];
  for (let visited = 0; pending.length > 0; visited++) {
    if (visited > SEARCH_BUDGET) return true;
    const node = pending.pop() as Node;
    switch (node.kind) {
      case KIND_AssignmentExpression:
      case KIND_UpdateExpression:
        return true;
      case KIND_FunctionExpression:
      case KIND_ArrowFunction:
        break;
      default:
        forEachChild(node, (child) => {
          pending.push(child);
        });
    }
  }
  return false;
}
