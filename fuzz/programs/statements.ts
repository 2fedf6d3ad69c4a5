// Statements. Loops are bounded by what they iterate over or by counters that nothing assigns to.
import { classText } from './classes.ts';
import type { Context, FunctionForm, Place, Type } from './context.ts';
import { functionHead, functionText } from './functions.ts';
import { PROPERTY_NAMES, smallNumber } from './literals.ts';
import { bindingPattern, patternSource } from './patterns.ts';
import { scene } from './scenes.ts';
import {
  asBody,
  asStatement,
  assignmentTarget,
  block,
  expression,
  iterable,
  iteratorCall,
  simple,
} from './terms.ts';

const DEEPEST = 4;
const TYPES: readonly Type[] = [
  'number',
  'number',
  'string',
  'boolean',
  'bigint',
  'array',
  'array',
  'object',
  'object',
];

/** The grammar's `statements`. */
export function makeStatements(c: Context, count: number): string[] {
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    lines.push(statement(c));
    if (c.budget <= 0) break;
  }
  return lines;
}

/** The grammar's `block`. */
export function makeBlock(c: Context, min: number, max: number): string {
  return c.scoped(() => {
    const depth = c.place.depth + 1;
    const lines = c.within({ depth }, () => makeStatements(c, c.choices.int(min, max)));
    return `{\n${lines.join('\n')}\n}`;
  });
}

function statement(c: Context): string {
  const { choices, place } = c;
  c.budget--;
  c.spend(1);
  const isDeep = place.depth >= DEEPEST || c.budget < 20;
  const nested = (weight: number): number => (isDeep ? 0 : weight);
  return choices.weighted<() => string>([
    [16, () => declaration(c)],
    [14, () => logging(c)],
    [14, () => guarded(c, asStatement(expression(c, choices.pick(TYPES))))],
    [8, () => guarded(c, asStatement(`${assignmentTarget(c, 'any')} = ${expression(c, 'any')}`))],
    [nested(8), () => guarded(c, conditional(c))],
    [nested(12), () => loop(c)],
    [nested(5), () => guarded(c, switchStatement(c))],
    [nested(8), () => tryStatement(c)],
    [nested(3), () => guarded(c, labelledBlock(c))],
    [nested(10), () => functionDeclaration(c)],
    [nested(7), () => classDeclaration(c)],
    [nested(14), () => scene(c)],
    [place.isInLoop || place.labels.length > 0 ? 6 : 0, () => jump(c)],
    [place.canReturn ? 3 : 0, () => `if (${expression(c, 'boolean')}) return ${expression(c, 'any')};`],
    [place.depth > 0 ? 1 : 0, () => `if (${expression(c, 'boolean')}) throw ${expression(c, 'any')};`],
    [
      place.canYield ? 8 : 0,
      () => `log(${c.choices.chance(70) ? `yield ${expression(c, 'any')}` : `yield* ${iterable(c)}`});`,
    ],
    [place.canAwait ? 8 : 0, () => guarded(c, `log(await ${expression(c, 'any', 4)});`)],
  ])();
}

/** A statement that declares nothing; what it throws seldom ends the program. */
function guarded(c: Context, text: string): string {
  if (c.place.depth > 0 ? c.choices.chance(70) : c.choices.chance(3)) return text;
  return `try { ${text} } catch (e) { log('caught', ${c.helper('show')}(e)); }`;
}

function logging(c: Context): string {
  const values = c.choices.list(1, 3, () => expression(c, c.choices.pick(TYPES)));
  return guarded(c, `log(${values.join(', ')});`);
}

function declaration(c: Context): string {
  const { choices } = c;
  const word = choices.pick(['let', 'let', 'const', 'var']);
  const isAssignable = word !== 'const';
  if (choices.chance(15)) {
    const pattern = bindingPattern(c);
    const text = `${word} ${pattern.text} = ${taken(c, pattern.isArray)};`;
    for (const name of pattern.names) c.declare(name, 'any', { isAssignable });
    return text;
  }
  const type = choices.pick(TYPES);
  const value = declaredValue(c, type);
  const name = c.fresh('v');
  c.declare(name, type, { isAssignable });
  return `${word} ${name} = ${value};`;
}

/** What a declaration takes apart: at the top something that can be taken apart. */
function taken(c: Context, isArray: boolean): string {
  if (c.place.depth > 0) return patternSource(c, isArray);
  return isArray ? iteratorCall(c) : `${simple(c, 'object')} ?? {}`;
}

function declaredValue(c: Context, type: Type): string {
  if (c.choices.chance(6)) {
    const value = c.within({ canAwait: false, canYield: false }, () => simple(c, type));
    return `(() => (log('init'), ${value}))()`;
  }
  return c.choices.chance(40) || c.place.depth === 0 ? safe(c, type) : expression(c, type);
}

/** A value for a declaration at the top: mostly one that does not throw, or all that follows would not run. */
function safe(c: Context, type: Type): string {
  if (c.choices.chance(65)) return simple(c, type);
  const value = c.within({ canAwait: false, canYield: false }, () => expression(c, type));
  return `${c.helper('attempt')}(() => ${asBody(value)})`;
}

function conditional(c: Context): string {
  const { choices } = c;
  const test = expression(c, choices.pick(['boolean', 'boolean', 'number', 'any']));
  const consequent = block(c, 1, 3);
  if (choices.chance(45)) return `if (${test}) ${consequent}`;
  if (choices.chance(25))
    return `if (${test}) ${consequent} else if (${expression(c, 'boolean')}) ${block(c, 1, 2)}`;
  return `if (${test}) ${consequent} else ${block(c, 1, 2)}`;
}

function loop(c: Context): string {
  const { choices } = c;
  const label = choices.chance(25) ? c.fresh('L') : null;
  const labels = label === null ? c.place.labels : [...c.place.labels, { name: label, isLoop: true }];
  const change: Partial<Place> = { isInLoop: true, isInSwitch: false, labels };
  const times = choices.int(1, 4);
  const body = (): string => c.repeated(times, () => c.within(change, () => block(c, 1, 3)));
  const text = c.scoped(() => {
    switch (choices.int(0, 7)) {
      case 0: {
        const name = c.fresh('w');
        c.declare(name, 'number', { isAssignable: false });
        return { before: `let ${name} = ${times};`, loop: `while (${name}-- > 0) ${body()}` };
      }
      case 1: {
        const name = c.fresh('w');
        c.declare(name, 'number', { isAssignable: false });
        return { before: `let ${name} = 0;`, loop: `do ${body()} while (++${name} < ${times});` };
      }
      case 2:
        return { before: '', loop: forIn(c, body) };
      case 3:
      case 4:
      case 5:
        return { before: '', loop: forOf(c, body) };
      default:
        return { before: '', loop: forCounter(c, times, body) };
    }
  });
  const loopText = label === null ? text.loop : `${label}: ${text.loop}`;
  return guarded(c, text.before === '' ? loopText : `${text.before}\n${loopText}`);
}

function forCounter(c: Context, times: number, body: () => string): string {
  const { choices } = c;
  const name = c.fresh('i');
  const word = choices.pick(['let', 'let', 'let', 'var']);
  c.declare(name, 'number', { isAssignable: false });
  if (choices.chance(20)) {
    const other = c.fresh('j');
    c.declare(other, 'any');
    return `for (${word} ${name} = 0, ${other} = ${simple(c, 'any', 6)}; ${name} < ${times}; ${name}++) ${body()}`;
  }
  if (choices.chance(20)) return `for (${word} ${name} = ${times}; ${name} > 0; ${name} -= 1) ${body()}`;
  return `for (${word} ${name} = 0; ${name} < ${times}; ++${name}) ${body()}`;
}

function forIn(c: Context, body: () => string): string {
  const over = c.choices.chance(25)
    ? `${c.helper('spy')}('${c.fresh('p')}', ${simple(c, 'object')})`
    : expression(c, 'object');
  const name = c.fresh('k');
  const word = c.choices.pick(['const', 'let', 'var']);
  c.declare(name, 'string', { isAssignable: word !== 'const' });
  return `for (${word} ${name} in ${over}) ${body()}`;
}

function forOf(c: Context, body: () => string): string {
  const { choices } = c;
  const word = choices.pick(['const', 'let', 'var']);
  const isAssignable = word !== 'const';
  const assigned = choices.chance(15) ? c.assignable('any') : null;
  if (assigned !== null) {
    const target = choices.chance(60) ? assigned.name : `${assigned.name}.${choices.pick(PROPERTY_NAMES)}`;
    return `for (${target} of ${iterable(c)}) ${body()}`;
  }
  if (choices.chance(25)) {
    const over = choices.pick([
      `Object.entries(${simple(c, 'object')})`,
      `[[1, 2], [3, , 5], 'ab']`,
      `new Map([[${simple(c, 'any')}, { a: 1 }], [2, 3]])`,
    ]);
    const pattern = bindingPattern(c);
    for (const name of pattern.names) c.declare(name, 'any', { isAssignable });
    return `for (${word} ${pattern.text} of ${over}) ${body()}`;
  }
  const over = iterable(c);
  const name = c.fresh('u');
  c.declare(name, 'any', { isAssignable });
  return `for (${word} ${name} of ${over}) ${body()}`;
}

function switchStatement(c: Context): string {
  const { choices } = c;
  const type = choices.pick<Type>(['number', 'string', 'any']);
  const discriminant = expression(c, type);
  return c.scoped(() =>
    c.within({ isInSwitch: true, depth: c.place.depth + 1 }, () => {
      let hasDefault = false;
      const cases = choices.list(1, 4, () => {
        const isDefault = !hasDefault && choices.chance(25);
        hasDefault ||= isDefault;
        const head = isDefault
          ? 'default:'
          : `case ${choices.chance(70) ? simple(c, type) : expression(c, type)}:`;
        const lines = makeStatements(c, choices.int(0, 2));
        if (choices.chance(55)) lines.push('break;');
        return `${head}\n${lines.join('\n')}`;
      });
      return `switch (${discriminant}) {\n${cases.join('\n')}\n}`;
    }),
  );
}

function tryStatement(c: Context): string {
  const { choices } = c;
  const body = c.scoped(() => {
    const lines = c.within({ depth: c.place.depth + 1 }, () => makeStatements(c, choices.int(1, 2)));
    if (choices.chance(45)) {
      const thrown = choices.pick([
        `new TypeError(${simple(c, 'string')})`,
        simple(c, 'any'),
        expression(c, 'any'),
      ]);
      lines.push(
        choices.chance(60) ? `throw ${thrown};` : `if (${expression(c, 'boolean')}) throw ${thrown};`,
      );
    }
    return `{\n${lines.join('\n')}\n}`;
  });
  const handler = (): string =>
    c.scoped(() => {
      const kind = choices.int(0, 4);
      if (kind === 0) return ` catch ${block(c, 1, 2)}`;
      if (kind === 1) {
        const name = c.fresh('d');
        c.declare(name, 'any');
        return ` catch ({ message: ${name} = 'none' }) ${block(c, 1, 2)}`;
      }
      const name = c.fresh('e');
      c.declare(name, 'any');
      return ` catch (${name}) {\nlog('caught', ${c.helper('show')}(${name}));\n${makeStatements(c, choices.int(0, 1)).join('\n')}\n}`;
    });
  const form = choices.int(0, 3);
  const caught = form > 0 ? handler() : '';
  const last = form === 0 || form === 3 ? ` finally ${finallyBlock(c)}` : '';
  return guarded(c, `try ${body}${caught}${last}`);
}

/** A `finally` that now and then has its own way of leaving. */
function finallyBlock(c: Context): string {
  const inner = block(c, 1, 2);
  if (c.place.labels.length + (c.place.isInLoop ? 1 : 0) > 0 && c.choices.chance(30))
    return `${inner.slice(0, -1)}${jump(c)}\n}`;
  if (c.place.canReturn && c.choices.chance(15))
    return `${inner.slice(0, -1)}if (${expression(c, 'boolean')}) return ${simple(c, 'any')};\n}`;
  return inner;
}

function labelledBlock(c: Context): string {
  const name = c.fresh('B');
  const labels = [...c.place.labels, { name, isLoop: false }];
  return `${name}: ${c.within({ labels }, () => block(c, 1, 3))}`;
}

/** A conditional way out of a loop, a switch or a labelled statement. */
function jump(c: Context): string {
  const { choices, place } = c;
  const ways: string[] = [];
  if (place.isInLoop) ways.push('break', 'continue', 'continue');
  for (const { name, isLoop } of place.labels)
    ways.push(`break ${name}`, ...(isLoop ? [`continue ${name}`] : []));
  const way = choices.pick(ways);
  return choices.chance(80) ? `if (${expression(c, 'boolean')}) ${way};` : `${way};`;
}

function functionDeclaration(c: Context): string {
  const form = c.choices.pick<FunctionForm>([
    'plain',
    'plain',
    'plain',
    'plain',
    'generator',
    'async',
    'asyncGenerator',
  ]);
  const name = c.fresh('f');
  const { text, callable } = functionText(c, form);
  c.declare(name, 'any', { callable, isAssignable: false });
  return `${functionHead(form)}${name}${text}`;
}

function classDeclaration(c: Context): string {
  const name = c.fresh('K');
  const { text, parameters, cost, methods } = classText(c);
  c.declare(name, 'any', {
    callable: { form: 'class', parameters, returns: 'object', cost },
    isAssignable: false,
    methods,
  });
  const instance = c.fresh('o');
  c.declare(instance, 'object', { isAssignable: false, methods });
  const args = Array.from({ length: parameters }, () =>
    c.choices.chance(80) ? simple(c, 'any') : smallNumber(c),
  );
  const calls = methods
    .filter(() => c.choices.chance(60))
    .map((method) => `log(${instance}?.${method}?.());`);
  const made = `const ${instance} = ${c.helper('attempt')}(() => new ${name}(${args.join(', ')}));`;
  c.spend(cost * (1 + calls.length));
  return [`class ${name} ${text}`, made, ...calls.map((call) => guarded(c, call)), `log(${instance});`].join(
    '\n',
  );
}
