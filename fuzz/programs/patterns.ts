// Destructuring: patterns that declare and patterns that assign, with what they take apart.
import type { Context, Type } from './context.ts';
import { PROPERTY_NAMES, smallNumber } from './literals.ts';
import { assignmentTarget, expression, iterable, iteratorCall, objectLike, simple } from './terms.ts';

/** A pattern, the names it declares, and a value for it. */
export interface BindingPattern {
  readonly text: string;
  readonly names: readonly string[];
  readonly isArray: boolean;
}

/** Writes a declaring pattern with fresh names; the caller declares them. */
export function bindingPattern(c: Context, depth = 0): BindingPattern {
  const { choices } = c;
  const names: string[] = [];
  const fresh = (): string => {
    const name = c.fresh('d');
    names.push(name);
    return name;
  };
  const target = (): string => {
    if (depth >= 1 || !choices.chance(15)) return fresh();
    const inner = bindingPattern(c, depth + 1);
    names.push(...inner.names);
    // A default, because what is taken apart has seldom just this shape.
    return `${inner.text} = ${inner.isArray ? simple(c, 'array') : simple(c, 'object')}`;
  };
  const isArray = choices.chance(50);
  const items = choices.list(1, 3, () =>
    isArray ? arrayItem(c, target) : bindingProperty(c, target, fresh),
  );
  if (choices.chance(25)) items.push(`...${fresh()}`);
  return { text: isArray ? `[${items.join(', ')}]` : `{ ${items.join(', ')} }`, names, isArray };
}

/** Something for a pattern to take apart. */
export function patternSource(c: Context, isArray: boolean): string {
  if (isArray) return c.choices.chance(40) ? iteratorCall(c) : iterable(c);
  return c.choices.chance(15)
    ? `${c.helper('spy')}('${c.fresh('p')}', ${simple(c, 'object')})`
    : objectLike(c, 1);
}

/** An assignment to a pattern. */
export function assignmentPattern(c: Context): string {
  const { choices } = c;
  const types: readonly Type[] = ['number', 'any'];
  const target = (): string => assignmentTarget(c, choices.pick(types));
  if (choices.chance(50)) {
    const items = choices.list(1, 3, () => arrayItem(c, target));
    if (choices.chance(25)) items.push(`...${target()}`);
    return `[${items.join(', ')}] = ${patternSource(c, true)}`;
  }
  const items = choices.list(1, 3, () => {
    const key = choices.chance(20) ? `[${simple(c, 'string')}]` : choices.pick(PROPERTY_NAMES);
    return `${key}: ${target()}${initializer(c)}`;
  });
  if (choices.chance(20)) items.push(`...${target()}`);
  return `{ ${items.join(', ')} } = ${patternSource(c, false)}`;
}

function arrayItem(c: Context, target: () => string): string {
  if (c.choices.chance(10)) return '';
  const text = target();
  return text.includes(' = ') ? text : text + initializer(c);
}

function bindingProperty(c: Context, target: () => string, fresh: () => string): string {
  const { choices } = c;
  const key = choices.chance(15)
    ? `[(log('key'), ${simple(c, 'string')})]`
    : choices.pick([...PROPERTY_NAMES, 'length', smallNumber(c)]);
  if (choices.chance(20)) return `${key}: ${fresh()} = ${expression(c, 'any')}`;
  const text = target();
  return `${key}: ${text.includes(' = ') ? text : text + initializer(c)}`;
}

function initializer(c: Context): string {
  if (!c.choices.chance(30)) return '';
  return c.choices.chance(40) ? ` = (log('default'), ${simple(c, 'any')})` : ` = ${expression(c, 'any')}`;
}
