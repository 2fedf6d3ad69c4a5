// Expressions whose value is known while compiling: literals, and operators on such expressions, by the table of
// reference semantics in eval/. What would throw is not folded, so that it throws where and when it is evaluated.
//
// Operands and results are bounded: below the bounds no operator charges fuel on any tier, so that a folded program uses
// the fuel it would use otherwise; nothing is spent on constants longer than any source would write; and whoever gives
// us a text of `1n << 1000000n` gets no megabyte of bytecode for it. Bytes are charged for what is allocated, and a
// constant is not allocated where it stands.
import { assert } from '../../base/assert.ts';
import { type OperatorRow, operatorRows } from '../../eval/operators.ts';
import { eval_string_concat, type HostPrimitive } from '../../eval/primitive.ts';
import { TRAP_NONE } from '../../eval/traps.ts';
import {
  type BinaryExpression,
  type Expression,
  KIND_BigIntLiteral,
  KIND_BinaryExpression,
  KIND_BooleanLiteral,
  KIND_ConditionalExpression,
  KIND_LogicalExpression,
  KIND_NullLiteral,
  KIND_NumericLiteral,
  KIND_ParenthesizedExpression,
  KIND_SequenceExpression,
  KIND_StringLiteral,
  KIND_TemplateLiteral,
  KIND_UnaryExpression,
  type LogicalExpression,
  type SequenceExpression,
  type TemplateLiteral,
  type UnaryExpression,
} from '../../syntax/ast.gen.ts';

/** What a literal can be, and undefined. */
export type ConstantValue = undefined | null | boolean | number | string | bigint;

/** A value known while compiling. */
export interface FoldedConstant {
  readonly value: ConstantValue;
  /** The source offset that evaluating the expression would have left as the current one; -1: none. */
  readonly position: number;
}

/** Code units of strings that become longer strings or are compared; from 256 on, joining and comparing cost fuel. */
const MAX_TEXT = 255;
/** Code units of strings that become numbers; longer ones cost fuel. */
const MAX_NUMERIC_TEXT = 64;
/** Magnitudes of BigInts: 64 bits, as far as operators other than ** and shifts are free. */
const MAX_BIGINT = 0xffff_ffff_ffff_ffffn;
/** Shifts and exponents of BigInts: a result below the bound has no larger ones, but from the operands 0, 1 and -1. */
const MAX_BIGINT_SHIFT = 64n;
/** Nesting of operators that is looked into. An expression is looked at once for each of so many around it. */
const MAX_DEPTH = 32;

const binaryRows = rowsByOperator(2);
const unaryRows = rowsByOperator(1);
const toBoolean = rowOf(unaryRows, 'ToBoolean');
const toString = rowOf(unaryRows, 'ToString');

/** Operators that leave a string operand a string, or do not look at it. */
const TEXT_OPERATORS: ReadonlySet<string> = new Set([
  ...['===', '!==', '&&', '||', '??', '!', 'typeof', 'void', 'ToBoolean', 'ToString'],
]);

/** The value of the expression if it is a literal or made of literals; null if it is not, or would throw. */
export function constantOf(node: Expression, depth = MAX_DEPTH): FoldedConstant | null {
  switch (node.kind) {
    case KIND_ParenthesizedExpression:
      return constantOf(node.expression, depth);
    case KIND_NullLiteral:
      return { value: null, position: -1 };
    case KIND_BooleanLiteral:
    case KIND_NumericLiteral:
    case KIND_StringLiteral:
    case KIND_BigIntLiteral:
      return { value: node.value, position: -1 };
    default:
      return depth === 0 ? null : constantOfOperator(node, depth - 1);
  }
}

/** The same for an operand, looked into as far as it is when its operator is asked for: if all fold, so does that. */
export function constantOfOperand(node: Expression): FoldedConstant | null {
  return constantOf(node, MAX_DEPTH - 1);
}

function constantOfOperator(node: Expression, depth: number): FoldedConstant | null {
  switch (node.kind) {
    case KIND_TemplateLiteral:
      return constantOfTemplate(node, depth);
    case KIND_UnaryExpression:
      return constantOfUnary(node, depth);
    case KIND_BinaryExpression:
      return constantOfBinary(node, depth);
    case KIND_LogicalExpression:
      return constantOfLogical(node, depth);
    case KIND_ConditionalExpression: {
      const test = constantOf(node.test, depth);
      if (test === null) return null;
      return after(test, constantOf(isTrue(test) ? node.consequent : node.alternate, depth));
    }
    case KIND_SequenceExpression:
      return constantOfSequence(node, depth);
    default:
      return null;
  }
}

/** ToBoolean of a constant. */
export function isTrue({ value }: FoldedConstant): boolean {
  return toBoolean.eval(value, undefined) === true;
}

/** ToString of a constant, where it is to be folded. */
export function foldToString({ value, position }: FoldedConstant): FoldedConstant | null {
  return fold(toString, value, undefined, position);
}

/** The value of the operator of `node` on two constants; null if it throws or is not to be folded. */
export function foldBinary(
  node: BinaryExpression,
  left: FoldedConstant,
  right: FoldedConstant,
): FoldedConstant | null {
  const row = binaryRows.get(node.operator);
  return row === undefined ? null : fold(row, left.value, right.value, node.start);
}

/** Whether the left operand of a logical operator is its value, whatever the right one is. */
export function decides(operator: LogicalExpression['operator'], left: FoldedConstant): boolean {
  if (operator === '??') return left.value !== undefined && left.value !== null;
  return isTrue(left) === (operator === '||');
}

function constantOfUnary(node: UnaryExpression, depth: number): FoldedConstant | null {
  const row = unaryRows.get(node.operator);
  if (row === undefined) return null;
  const argument = constantOf(node.argument, depth);
  if (argument === null) return null;
  // typeof evaluates a reference and is nowhere itself.
  return fold(row, argument.value, undefined, node.operator === 'typeof' ? argument.position : node.start);
}

/** Chains to the left are a loop here, however long they are. */
function constantOfBinary(node: BinaryExpression, depth: number): FoldedConstant | null {
  const chain: BinaryExpression[] = [];
  let first: Expression = node;
  while (first.kind === KIND_BinaryExpression) {
    chain.push(first);
    first = first.left;
  }
  let left = constantOf(first, depth);
  for (let i = chain.length - 1; i >= 0 && left !== null; i--) {
    const right = constantOf(chain[i].right, depth);
    left = right === null ? null : foldBinary(chain[i], left, right);
  }
  return left;
}

function constantOfLogical(node: LogicalExpression, depth: number): FoldedConstant | null {
  const chain: LogicalExpression[] = [];
  let first: Expression = node;
  while (first.kind === KIND_LogicalExpression) {
    chain.push(first);
    first = first.left;
  }
  let left = constantOf(first, depth);
  for (let i = chain.length - 1; i >= 0 && left !== null; i--) {
    if (!decides(chain[i].operator, left)) left = after(left, constantOf(chain[i].right, depth));
  }
  return left;
}

function constantOfSequence(node: SequenceExpression, depth: number): FoldedConstant | null {
  let last: FoldedConstant | null = constantOf(node.expressions[0], depth);
  for (let i = 1; i < node.expressions.length && last !== null; i++)
    last = after(last, constantOf(node.expressions[i], depth));
  return last;
}

function constantOfTemplate(node: TemplateLiteral, depth: number): FoldedConstant | null {
  const { quasis, expressions } = node;
  let text = quasis[0].cooked as string;
  let position = -1;
  for (let i = 0; i < expressions.length; i++) {
    const part = constantOf(expressions[i], depth);
    if (part === null) return null;
    const folded = foldToString(part);
    const quasi = quasis[i + 1].cooked as string;
    if (folded === null || text.length + quasi.length > MAX_TEXT) return null;
    text = eval_string_concat(eval_string_concat(text, folded.value as string), quasi);
    if (text.length > MAX_TEXT) return null;
    position = expressions[i].start;
  }
  return { value: text, position };
}

/** `last` as evaluated after `first`. */
function after(first: FoldedConstant, last: FoldedConstant | null): FoldedConstant | null {
  return last === null || last.position !== -1 ? last : { value: last.value, position: first.position };
}

function fold(row: OperatorRow, x: ConstantValue, y: ConstantValue, position: number): FoldedConstant | null {
  const maxText = TEXT_OPERATORS.has(row.text) || isJoin(row, x, y) ? MAX_TEXT : MAX_NUMERIC_TEXT;
  if (!isShort(x, maxText) || !isShort(y, maxText)) return null;
  if (typeof y === 'bigint' && GROWING.has(row.text) && (y > MAX_BIGINT_SHIFT || y < -MAX_BIGINT_SHIFT))
    return null;
  if (row.trap(x, y) !== TRAP_NONE) return null;
  const value = row.eval(x, y) as ConstantValue;
  if (!isShort(value, MAX_TEXT)) return null;
  // Hosts may differ in the last digit of a power, and compiled code goes from one to another.
  if (row.text === '**' && typeof value === 'number' && !Number.isSafeInteger(value)) return null;
  return { value, position };
}

/** Operators whose result may be as long as the right operand says. */
const GROWING: ReadonlySet<string> = new Set(['**', '<<', '>>']);

/** + as concatenation. */
function isJoin(row: OperatorRow, x: HostPrimitive, y: HostPrimitive): boolean {
  return row.text === '+' && row.arity === 2 && (typeof x === 'string' || typeof y === 'string');
}

function isShort(value: ConstantValue, maxText: number): boolean {
  if (typeof value === 'string') return value.length <= maxText;
  return typeof value !== 'bigint' || (value <= MAX_BIGINT && value >= -MAX_BIGINT);
}

/** The rows of whole operators, those that change their operand left out. */
function rowsByOperator(arity: number): ReadonlyMap<string, OperatorRow> {
  const rows = operatorRows.filter(
    (row) => row.arity === arity && row.domain === 'primitive' && row.text !== '++' && row.text !== '--',
  );
  return new Map(rows.map((row) => [row.text, row]));
}

function rowOf(rows: ReadonlyMap<string, OperatorRow>, text: string): OperatorRow {
  const row = rows.get(text);
  assert(row !== undefined, `the operator table has ${text}`);
  return row;
}
