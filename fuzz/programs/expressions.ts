// Expressions of a wanted type, as text with just the parentheses that are needed and some more.
import type { Weighted } from './choices.ts';
import type { Context, Type } from './context.ts';
import { libraryArray, libraryNumber, libraryObject, libraryString } from './library.ts';
import { PROPERTY_NAMES, smallNumber } from './literals.ts';
import { assignmentPattern } from './patterns.ts';
import {
  ASSIGNMENT,
  argumentList,
  arrow,
  asStatement,
  assignmentTarget,
  BINARY,
  CONDITIONAL,
  convertible,
  expression,
  iterable,
  type Level,
  leaf,
  objectLike,
  type Piece,
  POSTFIX,
  PRIMARY,
  propertyKey,
  SEQUENCE,
  simple,
  UNARY,
  VALUE_TYPES,
} from './terms.ts';

type Make = () => Piece;

const DEEPEST = 4;

/** The grammar's `expression`. */
export function makeExpression(c: Context, type: Type, level: Level): string {
  c.nesting++;
  const [own, text] = c.budget-- <= 0 || c.nesting > DEEPEST ? leaf(c, type) : compound(c, type);
  c.nesting--;
  return own < level || c.choices.chance(3) ? `(${text})` : text;
}

function compound(c: Context, type: Type): Piece {
  // Now and then something of another type, which is then converted.
  const wanted = type !== 'any' && c.choices.chance(6) ? c.choices.pick(VALUE_TYPES) : type;
  return c.choices.weighted([
    [16, () => leaf(c, wanted)],
    [50, () => ofType(c, wanted)],
    ...general(c, wanted),
  ])();
}

function ofType(c: Context, type: Type): Piece {
  switch (type) {
    case 'number':
      return c.choices.weighted(numbers(c))();
    case 'string':
      return c.choices.weighted(strings(c))();
    case 'boolean':
      return c.choices.weighted(booleans(c))();
    case 'bigint':
      return c.choices.weighted(bigints(c))();
    case 'array':
      return c.choices.weighted(arrays(c))();
    case 'object':
      return c.choices.weighted(objects(c))();
    case 'any':
      return ofType(c, c.choices.pick(VALUE_TYPES));
  }
}

/** Forms that give any type. */
function general(c: Context, type: Type): Weighted<Make>[] {
  const { choices, place } = c;
  const one = (level: Level = ASSIGNMENT): string => expression(c, type, level);
  return [
    [4, () => [CONDITIONAL, `${expression(c, 'boolean', BINARY)} ? ${one()} : ${one()}`]],
    [3, () => [BINARY, `${one(UNARY)} ${choices.pick(['&&', '||', '??'])} ${one(UNARY)}`]],
    [2, () => [SEQUENCE, `${expression(c, 'any')}, ${one()}`]],
    [7, () => call(c, type)],
    [4, () => assignment(c, type)],
    [5, () => member(c)],
    [5, () => optionalChain(c)],
    [2, () => [POSTFIX, c.grammar.immediateCall(c, type)]],
    [1, () => [POSTFIX, directEval(c, type)]],
    [1, () => [UNARY, `void ${expression(c, 'any', UNARY)}`]],
    [place.hasNewTarget ? 1 : 0, () => [BINARY, `new.target === ${simple(c, 'any', UNARY)}`]],
    [place.hasSuper ? 3 : 0, () => [POSTFIX, superMember(c)]],
    [
      place.hasArguments ? 2 : 0,
      () => [POSTFIX, choices.pick(['arguments[0]', 'arguments.length', 'arguments[1]'])],
    ],
    [place.privateNames.length > 0 ? 4 : 0, () => privateMember(c)],
    [place.canAwait ? 5 : 0, () => [UNARY, `await ${expression(c, type, UNARY)}`]],
    [place.canYield ? 5 : 0, () => [ASSIGNMENT, yieldText(c)]],
  ];
}

function numbers(c: Context): Weighted<Make>[] {
  const { choices } = c;
  const one = (level: Level = ASSIGNMENT): string => expression(c, 'number', level);
  return [
    [14, () => [BINARY, `${one(UNARY)} ${choices.pick(['+', '-', '*', '/', '%'])} ${one(UNARY)}`]],
    [8, () => [BINARY, `${one(UNARY)} ${choices.pick(['&', '|', '^', '<<', '>>', '>>>'])} ${one(UNARY)}`]],
    [2, () => [BINARY, `${one(POSTFIX)} ** ${one(UNARY)}`]],
    [4, () => [UNARY, `${choices.pick(['-', '+', '~'])}${one(PRIMARY)}`]],
    [3, () => [UNARY, `+${expression(c, 'any', PRIMARY)}`]],
    [5, () => update(c)],
    [10, () => [POSTFIX, libraryNumber(c)]],
    [3, () => [POSTFIX, `${expression(c, choices.pick(['array', 'string']), POSTFIX)}.length`]],
    [
      3,
      () => [BINARY, `${convertible(c, 'number')} ${choices.pick(['+', '-', '*', '|', '>>'])} ${one(UNARY)}`],
    ],
    [2, () => [POSTFIX, `Number(${expression(c, 'any')})`]],
  ];
}

function strings(c: Context): Weighted<Make>[] {
  const { choices } = c;
  const one = (level: Level = ASSIGNMENT): string => expression(c, 'string', level);
  return [
    [
      10,
      () => [BINARY, `${one(UNARY)} + ${expression(c, choices.pick(['string', 'number', 'any']), UNARY)}`],
    ],
    [10, () => [PRIMARY, template(c)]],
    [4, () => [POSTFIX, `${c.helper('tag')}${template(c)}`]],
    [4, () => [UNARY, `typeof ${expression(c, 'any', UNARY)}`]],
    [1, () => [UNARY, `typeof ${c.fresh('undeclared')}`]],
    [10, () => [POSTFIX, libraryString(c)]],
    [3, () => [POSTFIX, `String(${expression(c, 'any')})`]],
    [3, () => [BINARY, `${convertible(c, 'string')} + ${one(UNARY)}`]],
    [2, () => functionFacts(c)],
  ];
}

function booleans(c: Context): Weighted<Make>[] {
  const { choices } = c;
  const compare = ['<', '>', '<=', '>='];
  const equal = ['==', '!=', '===', '!=='];
  return [
    [10, () => binary(c, 'number', compare)],
    [3, () => binary(c, 'any', compare)],
    [2, () => binary(c, 'string', compare)],
    [8, () => binary(c, 'any', equal)],
    [5, () => binary(c, 'number', equal)],
    [
      2,
      () => [
        BINARY,
        `${convertible(c, 'number')} ${choices.pick([...compare, '==', '!='])} ${expression(c, 'any', UNARY)}`,
      ],
    ],
    [5, () => [UNARY, `!${expression(c, choices.pick(['boolean', 'any']), UNARY)}`]],
    [
      4,
      () => [
        BINARY,
        `${expression(c, 'boolean', UNARY)} ${choices.pick(['&&', '||'])} ${expression(c, 'boolean', UNARY)}`,
      ],
    ],
    [3, () => [BINARY, `(${propertyKey(c)}) in ${objectLike(c, UNARY)}`]],
    [
      2,
      () => [
        BINARY,
        `${expression(c, 'any', UNARY)} instanceof ${choices.pick(['Object', 'Array', 'Function', 'Error'])}`,
      ],
    ],
    [2, () => [UNARY, `delete ${objectLike(c)}[${propertyKey(c)}]`]],
    [1, () => [UNARY, `delete ${objectLike(c)}?.${choices.pick(PROPERTY_NAMES)}`]],
    [2, () => [POSTFIX, `Array.isArray(${expression(c, 'any')})`]],
    [2, () => [POSTFIX, `Object.is(${expression(c, 'number')}, ${expression(c, 'number')})`]],
    [2, () => [POSTFIX, `${expression(c, 'array', POSTFIX)}.includes(${expression(c, 'any')})`]],
  ];
}

function binary(c: Context, type: Type, operators: readonly string[]): Piece {
  const operator = c.choices.pick(operators);
  return [BINARY, `${expression(c, type, UNARY)} ${operator} ${expression(c, type, UNARY)}`];
}

function bigints(c: Context): Weighted<Make>[] {
  const { choices } = c;
  const one = (level: Level = ASSIGNMENT): string => expression(c, 'bigint', level);
  return [
    [10, () => binary(c, 'bigint', ['+', '-', '*', '/', '%', '&', '|', '^'])],
    [2, () => [BINARY, `${one(UNARY)} ${choices.pick(['<<', '>>'])} ${choices.int(0, 9)}n`]],
    [1, () => [BINARY, `${one(POSTFIX)} ** ${choices.int(0, 9)}n`]],
    [3, () => [UNARY, `${choices.pick(['-', '~'])}${one(PRIMARY)}`]],
    [3, () => [POSTFIX, `BigInt(${choices.chance(80) ? smallNumber(c) : expression(c, 'any')})`]],
    [
      3,
      () => [
        POSTFIX,
        `BigInt.${choices.pick(['asIntN', 'asUintN'])}(${choices.pick([0, 8, 32, 64])}, ${one()})`,
      ],
    ],
  ];
}

function arrays(c: Context): Weighted<Make>[] {
  return [
    [14, () => [PRIMARY, arrayLiteral(c)]],
    [14, () => [POSTFIX, libraryArray(c)]],
    [3, () => [PRIMARY, `[...${iterable(c)}]`]],
  ];
}

function arrayLiteral(c: Context): string {
  const items = c.choices.list(0, 4, () => {
    if (c.choices.chance(8)) return '';
    return c.choices.chance(12)
      ? `...${iterable(c)}`
      : expression(c, c.choices.pick(['number', 'number', 'any', 'string']));
  });
  // A hole at the end takes a comma of its own.
  return `[${items.join(', ')}${items[items.length - 1] === '' ? ',' : ''}]`;
}

function objects(c: Context): Weighted<Make>[] {
  const { choices } = c;
  return [
    [16, () => [PRIMARY, objectLiteral(c)]],
    [8, () => [POSTFIX, libraryObject(c)]],
    [5, () => construct(c)],
    [
      3,
      () => [
        POSTFIX,
        `${c.helper('spy')}('${c.fresh('p')}', ${expression(c, choices.pick(['object', 'array']))})`,
      ],
    ],
    [3, () => [POSTFIX, convertible(c, 'any')]],
    [2, () => [PRIMARY, c.grammar.functionExpression(c)]],
    [2, () => [ASSIGNMENT, arrow(c, 'any', choices.int(0, 2)).text]],
    [1, () => [PRIMARY, c.grammar.classExpression(c)]],
  ];
}

function construct(c: Context): Piece {
  const binding = c.callable(({ form }) => form === 'class' || form === 'plain');
  if (binding === null) return [PRIMARY, objectLiteral(c)];
  const args = argumentList(c, binding.callable?.parameters ?? 0);
  const instance = `new ${binding.name}(${args})`;
  if (binding.methods.length === 0 || c.choices.chance(50)) return [POSTFIX, instance];
  return [POSTFIX, `${instance}.${c.choices.pick(binding.methods)}()`];
}

/** An object literal with all kinds of members. */
function objectLiteral(c: Context): string {
  const { choices } = c;
  let hasProto = false;
  const member = (): string => {
    const name = choices.pick(PROPERTY_NAMES);
    switch (choices.int(0, 15)) {
      case 0: {
        const binding = c.variable('any');
        return binding === null ? `${name}: 0` : binding.name;
      }
      case 1:
        return `...${choices.chance(60) ? simple(c, 'object') : expression(c, 'any')}`;
      case 2:
        return `[${propertyKey(c)}]: ${expression(c, 'any')}`;
      case 3:
        return `get ${name}() { log('get ${name}'); return ${c.costed(() => inMethod(c, () => simple(c, 'any'))).result}; }`;
      case 4:
        return `set ${name}(v) { log('set ${name}', v); }`;
      case 5:
        return `${choices.pick(['', '', '*', 'async '])}${name}(${c.fresh('m')}) { log('${name}', this === undefined); return ${c.costed(() => inMethod(c, () => simple(c, 'any'))).result}; }`;
      case 6:
        if (hasProto) return `${name}: 1`;
        hasProto = true;
        return `__proto__: ${choices.chance(70) ? simple(c, 'object') : 'null'}`;
      case 7:
        return `[Symbol.${choices.pick(['toStringTag', 'isConcatSpreadable'])}]: ${simple(c, choices.pick(['string', 'boolean']))}`;
      case 8:
        return `${name}: ${arrow(c, 'any', 1).text}`;
      case 9:
        return `${choices.int(0, 3)}: ${expression(c, 'any')}`;
      default:
        return `${name}: ${expression(c, 'any')}`;
    }
  };
  const members = choices.list(0, 4, member);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** A method's own place: nothing of the function around it is meant by `yield`, `await`, `arguments`. */
function inMethod(c: Context, write: () => string): string {
  const change = { canAwait: false, canYield: false, hasSuper: true, hasArguments: true, hasNewTarget: true };
  return c.within(change, write);
}

function update(c: Context): Piece {
  const binding = c.assignable('number');
  const target =
    binding !== null && c.choices.chance(75)
      ? binding.name
      : `${objectLike(c)}.${c.choices.pick(PROPERTY_NAMES)}`;
  const operator = c.choices.pick(['++', '--']);
  return [UNARY, c.choices.chance(50) ? `${operator}${target}` : `${target}${operator}`];
}

function assignment(c: Context, type: Type): Piece {
  const { choices } = c;
  if (choices.chance(12)) return [ASSIGNMENT, assignmentPattern(c)];
  const target = assignmentTarget(c, type);
  if (type === 'bigint')
    return [ASSIGNMENT, `${target} ${choices.pick(['=', '+=', '-=', '*='])} ${expression(c, type)}`];
  const operators = [
    '=',
    '=',
    '=',
    '=',
    '+=',
    '-=',
    '*=',
    '/=',
    '%=',
    '**=',
    '<<=',
    '>>=',
    '>>>=',
    '&=',
    '|=',
    '^=',
    '&&=',
    '||=',
    '??=',
  ];
  const operator = choices.pick(type === 'number' ? operators : ['=', '=', '=', '+=', '&&=', '||=', '??=']);
  return [ASSIGNMENT, `${target} ${operator} ${expression(c, type)}`];
}

function call(c: Context, type: Type): Piece {
  const { choices } = c;
  const binding =
    c.callable(
      ({ form, returns }) => (form === 'plain' || form === 'arrow') && (type === 'any' || returns === type),
    ) ?? c.callable(({ form }) => form !== 'class');
  if (binding === null) return ofType(c, type);
  const { form, parameters } = binding.callable as { form: string; parameters: number };
  const args = argumentList(c, parameters);
  if (form === 'async' && c.place.canAwait) return [UNARY, `await ${binding.name}(${args})`];
  switch (choices.int(0, 9)) {
    case 0:
      return [POSTFIX, `${binding.name}.call(${simple(c, 'any')}${args === '' ? '' : `, ${args}`})`];
    case 1:
      return [POSTFIX, `${binding.name}.apply(${simple(c, 'any')}, ${simple(c, 'array')})`];
    case 2:
      return [POSTFIX, `${binding.name}.bind(${simple(c, 'any')}, ${simple(c, 'any')})(${args})`];
    case 3:
      return [POSTFIX, `Reflect.apply(${binding.name}, ${simple(c, 'any')}, [${args}])`];
    default:
      return [POSTFIX, `${binding.name}(${args})`];
  }
}

function member(c: Context): Piece {
  const { choices } = c;
  switch (choices.int(0, 3)) {
    case 0:
      return [POSTFIX, `${objectLike(c)}[${propertyKey(c)}]`];
    case 1:
      return [
        POSTFIX,
        `${expression(c, 'array', POSTFIX)}[${choices.chance(70) ? smallNumber(c) : expression(c, 'number')}]`,
      ];
    default:
      return [POSTFIX, `${objectLike(c)}.${choices.pick(PROPERTY_NAMES)}`];
  }
}

function optionalChain(c: Context): Piece {
  const { choices } = c;
  let text = objectLike(c);
  for (let links = choices.int(1, 3), first = true; links > 0; links--, first = false) {
    const mark = first || choices.chance(40) ? '?.' : '';
    switch (choices.int(0, 4)) {
      case 0:
        text += `${mark}[${propertyKey(c)}]`;
        break;
      case 1:
        text += `${mark}${mark === '' ? '.' : ''}${choices.pick(['toString', 'valueOf', 'at', 'join'])}?.(${choices.chance(50) ? smallNumber(c) : ''})`;
        break;
      case 2:
        text += `?.(${simple(c, 'any')})`;
        break;
      default:
        text += `${mark === '' ? '.' : mark}${choices.pick(PROPERTY_NAMES)}`;
    }
  }
  return [POSTFIX, `(${text})`];
}

function superMember(c: Context): string {
  const name = c.choices.pick(PROPERTY_NAMES);
  return c.choices.pick([`super.${name}`, `super['${name}']`, '(super.valueOf?.())', `(super.${name}?.(1))`]);
}

function privateMember(c: Context): Piece {
  const name = c.choices.pick(c.place.privateNames);
  switch (c.choices.int(0, 3)) {
    case 0:
      return [BINARY, `${name} in ${objectLike(c, UNARY)}`];
    case 1:
      return [POSTFIX, `(${objectLike(c)}?.${name})`];
    default:
      return [POSTFIX, `this.${name}`];
  }
}

function yieldText(c: Context): string {
  if (c.choices.chance(25)) return `yield* ${iterable(c)}`;
  return c.choices.chance(10) ? 'yield' : `yield ${expression(c, 'any')}`;
}

function template(c: Context): string {
  let text = '`';
  for (let parts = c.choices.int(1, 3); parts > 0; parts--) {
    text += c.choices.pick(['', 'a', ' ', '-', '\\n', '$']);
    text += `\${${expression(c, c.choices.pick(['number', 'string', 'any']))}}`;
  }
  return `${text}${c.choices.pick(['', 'z'])}\``;
}

/** Direct eval of an expression of the names in scope. */
function directEval(c: Context, type: Type): string {
  const { place } = c;
  const change = {
    canAwait: false,
    canYield: false,
    hasSuper: false,
    hasNewTarget: false,
    hasArguments: place.hasArguments,
  };
  const text = c.within(change, () => asStatement(expression(c, type)));
  return `eval(${JSON.stringify(text)})`;
}

/** Name and length of a function: how names are inferred. */
function functionFacts(c: Context): Piece {
  const binding = c.visible(({ callable }) => callable !== null).at(-1);
  if (binding === undefined) return [PRIMARY, "'f'"];
  return [BINARY, `${binding.name}.name + ${binding.name}.length`];
}
