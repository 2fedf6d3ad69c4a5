// The operators on primitives: one row for each operator and kind of operands, with its meaning. A row of the domain
// 'primitive' is the whole operator as the language has it; narrower rows are what a tier that knows its operands may
// use instead, and agree with it there. `in`, `instanceof` and `delete` have no meaning without objects, the comma
// none but its right operand's; assignment operators are the binary ones.
import {
  eval_add,
  eval_bitwiseAND,
  eval_bitwiseNOT,
  eval_bitwiseOR,
  eval_bitwiseXOR,
  eval_decrement,
  eval_divide,
  eval_exponentiate,
  eval_increment,
  eval_leftShift,
  eval_multiply,
  eval_remainder,
  eval_signedRightShift,
  eval_subtract,
  eval_unaryMinus,
  eval_unsignedRightShift,
  trap_add,
  trap_bitwiseAND,
  trap_bitwiseOR,
  trap_bitwiseXOR,
  trap_divide,
  trap_exponentiate,
  trap_increment,
  trap_leftShift,
  trap_multiply,
  trap_remainder,
  trap_signedRightShift,
  trap_subtract,
  trap_unsignedRightShift,
} from './arithmetic.ts';
import {
  eval_bigint_add,
  eval_bigint_bitwiseAND,
  eval_bigint_bitwiseNOT,
  eval_bigint_bitwiseOR,
  eval_bigint_bitwiseXOR,
  eval_bigint_divide,
  eval_bigint_exponentiate,
  eval_bigint_leftShift,
  eval_bigint_multiply,
  eval_bigint_remainder,
  eval_bigint_signedRightShift,
  eval_bigint_subtract,
  eval_bigint_unaryMinus,
  eval_bigint_unsignedRightShift,
  trap_bigint_add,
  trap_bigint_divide,
  trap_bigint_exponentiate,
  trap_bigint_leftShift,
  trap_bigint_multiply,
  trap_bigint_remainder,
  trap_bigint_signedRightShift,
  trap_bigint_unsignedRightShift,
} from './bigint.ts';
import {
  eval_greater,
  eval_greaterEqual,
  eval_less,
  eval_lessEqual,
  eval_looselyEqual,
  eval_looselyNotEqual,
  trap_isLessThan,
} from './comparison.ts';
import {
  eval_ToBoolean,
  eval_ToNumber,
  eval_ToNumeric,
  eval_ToString,
  trap_ToNumber,
  trap_ToNumeric,
  trap_ToString,
} from './conversion.ts';
import { eval_coalesce, eval_logicalAND, eval_logicalNOT, eval_logicalOR } from './logical.ts';
import {
  eval_number_add,
  eval_number_bitwiseAND,
  eval_number_bitwiseNOT,
  eval_number_bitwiseOR,
  eval_number_bitwiseXOR,
  eval_number_divide,
  eval_number_exponentiate,
  eval_number_leftShift,
  eval_number_multiply,
  eval_number_remainder,
  eval_number_signedRightShift,
  eval_number_subtract,
  eval_number_unaryMinus,
  eval_number_unsignedRightShift,
} from './number.ts';
import {
  eval_strictEqual,
  eval_strictNotEqual,
  eval_string_concat,
  eval_typeof,
  eval_void,
  type HostPrimitive,
  trap_string_concat,
} from './primitive.ts';
import { TRAP_NONE, type Trap } from './traps.ts';

/** The operands a row is for: all of one type, or any primitives. */
export type OperandDomain = 'number' | 'bigint' | 'string' | 'primitive';

export interface OperatorRow {
  /** The operator; for a conversion that has none, the abstract operation. */
  readonly text: string;
  readonly arity: 1 | 2;
  readonly domain: OperandDomain;
  /** An expression of the variables `x` and, with two operands, `y` whose value is the row's. */
  readonly expression: string;
  /** The value; to be used where `trap` gives TRAP_NONE, and total. Called with operands of the domain only. */
  eval(x: HostPrimitive, y: HostPrimitive): HostPrimitive;
  trap(x: HostPrimitive, y: HostPrimitive): Trap;
}

type Meaning = OperatorRow['eval'];
type TrapMeaning = OperatorRow['trap'];

export const operatorRows: readonly OperatorRow[] = [
  infix('+', 'primitive', eval_add, trap_add),
  infix('+', 'number', eval_number_add),
  infix('+', 'bigint', eval_bigint_add, trap_bigint_add),
  infix('+', 'string', eval_string_concat, trap_string_concat),
  infix('-', 'primitive', eval_subtract, trap_subtract),
  infix('-', 'number', eval_number_subtract),
  infix('-', 'bigint', eval_bigint_subtract, trap_bigint_add),
  infix('*', 'primitive', eval_multiply, trap_multiply),
  infix('*', 'number', eval_number_multiply),
  infix('*', 'bigint', eval_bigint_multiply, trap_bigint_multiply),
  infix('/', 'primitive', eval_divide, trap_divide),
  infix('/', 'number', eval_number_divide),
  infix('/', 'bigint', eval_bigint_divide, trap_bigint_divide),
  infix('%', 'primitive', eval_remainder, trap_remainder),
  infix('%', 'number', eval_number_remainder),
  infix('%', 'bigint', eval_bigint_remainder, trap_bigint_remainder),
  infix('**', 'primitive', eval_exponentiate, trap_exponentiate),
  infix('**', 'number', eval_number_exponentiate),
  infix('**', 'bigint', eval_bigint_exponentiate, trap_bigint_exponentiate),
  infix('<<', 'primitive', eval_leftShift, trap_leftShift),
  infix('<<', 'number', eval_number_leftShift),
  infix('<<', 'bigint', eval_bigint_leftShift, trap_bigint_leftShift),
  infix('>>', 'primitive', eval_signedRightShift, trap_signedRightShift),
  infix('>>', 'number', eval_number_signedRightShift),
  infix('>>', 'bigint', eval_bigint_signedRightShift, trap_bigint_signedRightShift),
  infix('>>>', 'primitive', eval_unsignedRightShift, trap_unsignedRightShift),
  infix('>>>', 'number', eval_number_unsignedRightShift),
  infix('>>>', 'bigint', eval_bigint_unsignedRightShift, trap_bigint_unsignedRightShift),
  infix('&', 'primitive', eval_bitwiseAND, trap_bitwiseAND),
  infix('&', 'number', eval_number_bitwiseAND),
  infix('&', 'bigint', eval_bigint_bitwiseAND),
  infix('^', 'primitive', eval_bitwiseXOR, trap_bitwiseXOR),
  infix('^', 'number', eval_number_bitwiseXOR),
  infix('^', 'bigint', eval_bigint_bitwiseXOR),
  infix('|', 'primitive', eval_bitwiseOR, trap_bitwiseOR),
  infix('|', 'number', eval_number_bitwiseOR),
  infix('|', 'bigint', eval_bigint_bitwiseOR),
  infix('==', 'primitive', eval_looselyEqual),
  infix('!=', 'primitive', eval_looselyNotEqual),
  infix('===', 'primitive', eval_strictEqual),
  infix('!==', 'primitive', eval_strictNotEqual),
  infix('<', 'primitive', eval_less, trap_isLessThan),
  infix('>', 'primitive', eval_greater, trap_isLessThan),
  infix('<=', 'primitive', eval_lessEqual, trap_isLessThan),
  infix('>=', 'primitive', eval_greaterEqual, trap_isLessThan),
  infix('&&', 'primitive', eval_logicalAND),
  infix('||', 'primitive', eval_logicalOR),
  infix('??', 'primitive', eval_coalesce),
  unary('+', 'primitive', '+x', eval_ToNumber, trap_ToNumber),
  unary('-', 'primitive', '-x', eval_unaryMinus, trap_ToNumeric),
  unary('-', 'number', '-x', eval_number_unaryMinus),
  unary('-', 'bigint', '-x', eval_bigint_unaryMinus),
  unary('~', 'primitive', '~x', eval_bitwiseNOT, trap_ToNumeric),
  unary('~', 'number', '~x', eval_number_bitwiseNOT),
  unary('~', 'bigint', '~x', eval_bigint_bitwiseNOT),
  unary('!', 'primitive', '!x', eval_logicalNOT),
  unary('typeof', 'primitive', 'typeof x', eval_typeof),
  unary('void', 'primitive', 'void x', eval_void),
  unary('++', 'primitive', '++x', eval_increment, trap_increment),
  unary('--', 'primitive', '--x', eval_decrement, trap_increment),
  unary('++', 'primitive', 'x++', eval_ToNumeric, trap_increment),
  unary('--', 'primitive', 'x--', eval_ToNumeric, trap_increment),
  unary('ToBoolean', 'primitive', 'x ? true : false', eval_ToBoolean),
  unary('ToString', 'primitive', '`${x}`', eval_ToString, trap_ToString),
];

function infix(
  text: string,
  domain: OperandDomain,
  meaning: Meaning,
  trap: TrapMeaning = noTrap,
): OperatorRow {
  return { text, arity: 2, domain, expression: `x ${text} y`, eval: meaning, trap };
}

function unary(
  text: string,
  domain: OperandDomain,
  expression: string,
  meaning: Meaning,
  trap: TrapMeaning = noTrap,
): OperatorRow {
  return { text, arity: 1, domain, expression, eval: meaning, trap };
}

function noTrap(): Trap {
  return TRAP_NONE;
}
