// Functions of every form: parameters with defaults, patterns and rest, bodies, calls on the spot.
import type { Callable, Context, FunctionForm, Place, Type } from './context.ts';
import { bindingPattern } from './patterns.ts';
import { ASSIGNMENT, asBody, block, expression, simple } from './terms.ts';

const TYPES: readonly Type[] = ['number', 'number', 'string', 'boolean', 'array', 'object', 'any'];

export interface FunctionText {
  /** `(parameters) { body }`. */
  readonly text: string;
  readonly callable: Callable;
}

/** What changes on the way into a function that is no arrow function. */
export function ownFunctionPlace(c: Context, form: FunctionForm): Partial<Place> {
  return {
    canAwait: form === 'async' || form === 'asyncGenerator',
    canYield: form === 'generator' || form === 'asyncGenerator',
    canReturn: true,
    hasSuper: false,
    hasArguments: true,
    hasNewTarget: true,
    ...innerPlace(c),
  };
}

/** Parameters and body of a function in a scope of their own. */
export function functionText(c: Context, form: FunctionForm, change: Partial<Place> = {}): FunctionText {
  const returns = c.choices.pick(TYPES);
  const { result, cost } = c.costed(() =>
    c.scoped(() =>
      c.within({ ...ownFunctionPlace(c, form), ...change }, () => {
        const parameters = parameterList(c, false);
        const lines = c.grammar.statements(c, c.choices.int(1, 3));
        if (parameters.isSimple && c.choices.chance(5)) lines.unshift("'use strict';");
        lines.push(`return ${expression(c, returns)};`);
        return { text: `(${parameters.text}) {\n${lines.join('\n')}\n}`, parameters: parameters.count };
      }),
    ),
  );
  return { text: result.text, callable: { form, parameters: result.parameters, returns, cost } };
}

/** The words before the name of a function of that form. */
export function functionHead(form: FunctionForm): string {
  switch (form) {
    case 'generator':
      return 'function* ';
    case 'async':
      return 'async function ';
    case 'asyncGenerator':
      return 'async function* ';
    default:
      return 'function ';
  }
}

/** The grammar's `arrow`. */
export function makeArrow(
  c: Context,
  returns: Type,
  parameters: number,
): { readonly text: string; readonly cost: number } {
  const isAsync = returns === 'any' && c.choices.chance(6);
  const { result, cost } = c.costed(() =>
    c.scoped(() =>
      c.within({ canAwait: false, canYield: false, canReturn: true, ...innerPlace(c) }, () => {
        const list = Array.from({ length: parameters }, () => {
          const name = c.fresh('q');
          c.declare(name, returns === 'boolean' ? 'number' : returns);
          return name;
        }).join(', ');
        const head = `${isAsync ? 'async ' : ''}(${list}) =>`;
        return c.within({ canAwait: isAsync }, () => `${head} ${arrowBody(c, returns)}`);
      }),
    ),
  );
  return { text: result, cost };
}

/** The grammar's `functionExpression`. */
export function makeFunctionExpression(c: Context): string {
  const form = c.choices.pick<FunctionForm>(['plain', 'plain', 'generator', 'async']);
  const name = c.choices.chance(30) ? c.fresh('fn') : '';
  return `${functionHead(form)}${name}${functionText(c, form).text}`;
}

/** The grammar's `immediateCall`: a function that is called where it stands. */
export function makeImmediateCall(c: Context, returns: Type): string {
  const { choices } = c;
  const isArrow = choices.chance(60);
  const change: Partial<Place> = isArrow
    ? { canAwait: false, canYield: false, canReturn: true, ...innerPlace(c) }
    : ownFunctionPlace(c, 'plain');
  const body = c.scoped(() =>
    c.within(change, () => {
      if (choices.chance(50)) return `{ ${tryReturn(c, returns)} }`;
      const lines = c.grammar.statements(c, 1);
      return `{\n${lines.join('\n')}\nreturn ${expression(c, returns)};\n}`;
    }),
  );
  return isArrow ? `(() => ${body})()` : `(function () ${body})()`;
}

/** Returns that cross a `finally`, which may have its own way. */
function tryReturn(c: Context, returns: Type): string {
  const value = (): string => expression(c, returns);
  const last = c.choices.pick([
    `log('finally');`,
    `log('finally'); ${c.choices.chance(30) ? `return ${value()};` : ''}`,
  ]);
  const thrower = c.choices.chance(40) ? `throw ${value()};` : `return ${value()};`;
  return `try { ${thrower} } catch (e) { log('c', e); return ${value()}; } finally { ${last} }`;
}

function arrowBody(c: Context, returns: Type): string {
  if (c.choices.chance(70)) return asBody(expression(c, returns, ASSIGNMENT));
  const inner = block(c, 1, 2);
  return `${inner.slice(0, -1)}return ${expression(c, returns)};\n}`;
}

interface ParameterList {
  readonly text: string;
  readonly count: number;
  readonly isSimple: boolean;
}

/** Declares the parameters. `yield` and `await` may not stand in their defaults. */
export function parameterList(c: Context, mustBeSimple: boolean): ParameterList {
  const { choices } = c;
  let isSimple = true;
  const list = choices.list(0, 3, () => {
    const kind = mustBeSimple ? 9 : choices.int(0, 9);
    if (kind === 0) {
      isSimple = false;
      const pattern = c.within({ canAwait: false, canYield: false }, () => bindingPattern(c));
      for (const name of pattern.names) c.declare(name, 'any');
      return `${pattern.text} = ${pattern.isArray ? simple(c, 'array') : simple(c, 'object')}`;
    }
    const type = choices.pick(TYPES);
    const name = c.fresh('p');
    let text = name;
    if (kind <= 2) {
      isSimple = false;
      const value = c.within({ canAwait: false, canYield: false }, () => expression(c, type));
      text = `${name} = ${value}`;
    }
    c.declare(name, type);
    return text;
  });
  const count = list.length;
  if (!mustBeSimple && choices.chance(12)) {
    isSimple = false;
    const name = c.fresh('rest');
    c.declare(name, 'array');
    list.push(`...${name}`);
  }
  return { text: list.join(', '), count, isSimple };
}

/** Labels and loops around a function mean nothing inside it. */
function innerPlace(c: Context): Partial<Place> {
  return { labels: [], isInLoop: false, isInSwitch: false, depth: c.place.depth + 1 };
}
