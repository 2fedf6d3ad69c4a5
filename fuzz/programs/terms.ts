// The small parts that all of the grammar is written with. What is recursive goes through `Context.grammar`, so that the
// files of the grammar need not import each other.
import type { Context, Type } from './context.ts';
import { literal, PROPERTY_NAMES, smallNumber } from './literals.ts';

/** How tightly an expression holds together; what is looser than its place allows gets parentheses. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6;
export const SEQUENCE = 0;
export const ASSIGNMENT = 1;
export const CONDITIONAL = 2;
/** All binary operators: their operands are UNARY, so that no two kinds mix. */
export const BINARY = 3;
export const UNARY = 4;
/** Calls and member accesses. */
export const POSTFIX = 5;
export const PRIMARY = 6;

export type Piece = readonly [level: Level, text: string];
export const VALUE_TYPES: readonly Type[] = ['number', 'string', 'boolean', 'bigint', 'array', 'object'];

/** An expression that likely gives a value of that type. */
export function expression(c: Context, type: Type, level: Level = ASSIGNMENT): string {
  return c.grammar.expression(c, type, level);
}

/** An arrow function of that many parameters, and what a call of it costs. */
export function arrow(
  c: Context,
  returns: Type,
  parameters: number,
): { readonly text: string; readonly cost: number } {
  return c.grammar.arrow(c, returns, parameters);
}

/** Between `min` and `max` statements in a scope of their own, in braces. */
export function block(c: Context, min: number, max: number): string {
  return c.grammar.block(c, min, max);
}

/** An expression that neither calls nor throws: safe where a program should go on. */
export function simple(c: Context, type: Type, level: Level = ASSIGNMENT): string {
  const [own, text] = leaf(c, type);
  return own < level ? `(${text})` : text;
}

/** What may stand in front of a statement. */
export function asStatement(text: string): string {
  return /^(?:\{|function\b|class\b|async\b|let\b)/.test(text) ? `(${text});` : `${text};`;
}

/** A body of an arrow function. */
export function asBody(text: string): string {
  return text.startsWith('{') ? `(${text})` : text;
}

/** Arguments of a call, with an occasional spread. */
export function argumentList(c: Context, count: number): string {
  const wanted = c.choices.chance(15) ? c.choices.int(0, 4) : count;
  const args = Array.from({ length: wanted }, () => expression(c, 'any'));
  if (c.choices.chance(12)) args.splice(c.choices.int(0, args.length), 0, `...${iterable(c)}`);
  return args.join(', ');
}

/** Something that iteration accepts. */
export function iterable(c: Context, level: Level = ASSIGNMENT): string {
  const { choices } = c;
  switch (choices.int(0, 6)) {
    case 0: {
      const generator = c.callable(({ form }) => form === 'generator');
      if (generator !== null) return `${generator.name}(${simple(c, 'number')})`;
      break;
    }
    case 1:
      return iteratorCall(c);
    case 2:
      return simple(c, 'string', level);
    case 3:
      return `new Set(${expression(c, 'array')})`;
    case 4:
      return `${simple(c, 'array', POSTFIX)}.${choices.pick(['entries', 'keys', 'values'])}()`;
    default:
  }
  return choices.chance(70) ? simple(c, 'array', level) : expression(c, 'array', level);
}

/** An iterable that logs the steps. */
export function iteratorCall(c: Context): string {
  c.spend(3);
  const values = c.choices.list(0, 3, () => simple(c, 'any')).join(', ');
  return `${c.helper('iter')}('${c.fresh('it')}', [${values}]${c.choices.chance(30) ? `, ${simple(c, 'any')}` : ''})`;
}

/** An object that logs how it is converted. */
export function convertible(c: Context, type: 'number' | 'string' | 'any'): string {
  const name = `'${c.fresh('n')}'`;
  if (c.choices.chance(50)) return `${c.helper('noisy')}(${name}, ${simple(c, type)})`;
  const text = c.choices.chance(85) ? simple(c, 'string') : '{}';
  return `${c.helper('valued')}(${name}, ${c.choices.chance(80) ? simple(c, type) : '{}'}, ${text})`;
}

/** Something whose properties can be read: often a name. */
export function objectLike(c: Context, level: Level = POSTFIX): string {
  const binding = c.variable(c.choices.chance(75) ? 'object' : 'any');
  return binding !== null && c.choices.chance(85) ? binding.name : expression(c, 'object', level);
}

/** What stands between brackets. */
export function propertyKey(c: Context): string {
  const { choices } = c;
  if (choices.chance(45)) return `'${choices.pick(PROPERTY_NAMES)}'`;
  if (choices.chance(50)) return smallNumber(c);
  return choices.chance(85) ? simple(c, choices.pick(['string', 'number'])) : expression(c, 'any');
}

/** A name in scope or a literal. */
export function leaf(c: Context, type: Type): Piece {
  const binding = c.choices.chance(65) ? c.variable(type) : null;
  if (binding !== null) return [PRIMARY, binding.name];
  if (type === 'any' && c.choices.chance(70)) return leaf(c, c.choices.pick(VALUE_TYPES));
  const text = literal(c, type);
  // `1.x` is no member access.
  return [/^\d/.test(text) ? UNARY : PRIMARY, text];
}

/** A name or a property that is assigned to. */
export function assignmentTarget(c: Context, type: Type): string {
  const { choices, place } = c;
  const binding = c.assignable(type);
  if (binding !== null && choices.chance(60)) return binding.name;
  if (place.privateNames.length > 0 && choices.chance(30)) return `this.${choices.pick(place.privateNames)}`;
  if (place.hasSuper && choices.chance(10)) return `super.${choices.pick(PROPERTY_NAMES)}`;
  if (place.hasArguments && choices.chance(15)) return 'arguments[0]';
  return choices.chance(50)
    ? `${objectLike(c)}.${choices.pick(PROPERTY_NAMES)}`
    : `${objectLike(c)}[${propertyKey(c)}]`;
}
