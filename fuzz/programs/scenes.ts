// Set pieces: several statements that belong together, for features that single statements seldom bring into an interesting state.
import type { Context } from './context.ts';
import { functionText, ownFunctionPlace } from './functions.ts';
import { PROPERTY_NAMES, smallNumber } from './literals.ts';
import {
  argumentList,
  asBody,
  block,
  convertible,
  expression,
  iterable,
  iteratorCall,
  simple,
} from './terms.ts';

type Scene = (c: Context) => string;

/** One set piece that may stand here. */
export function scene(c: Context): string {
  const { choices, place } = c;
  const make = choices.weighted<Scene>([
    [10, generators],
    [6, asyncFunctions],
    [3, asyncGenerators],
    [5, temporalDeadZone],
    [4, closuresInLoops],
    [4, loopExits],
    [5, conversions],
    [4, recursion],
    [4, resources],
    [4, promises],
    [4, accessors],
    [4, proxies],
    [3, collections],
    [2, regularExpressions],
    [2, functionNames],
    [3, argumentsObject],
    [3, evalDeclarations],
    [place.isStrict ? 0 : 4, withStatement],
    [place.isStrict ? 0 : 3, blockFunctions],
    [place.canAwait && !place.isInSwitch ? 5 : 0, forAwait],
  ]);
  return make(c);
}

/** Text of a function, which counts as called `times` times. */
function bodyOf(c: Context, form: 'generator' | 'async' | 'asyncGenerator', times: number): string {
  const { text, callable } = functionText(c, form);
  c.spend(callable.cost * times);
  return text;
}

const generators: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('g');
  const iterator = c.fresh('it');
  const lines = [
    `function* ${name}${bodyOf(c, 'generator', 2)}`,
    `const ${iterator} = ${name}(${argumentList(c, 1)});`,
  ];
  const attempt = c.helper('attempt');
  for (let steps = choices.int(2, 5); steps > 0; steps--) {
    const method = choices.pick(['next', 'next', 'next', 'return', 'throw']);
    lines.push(`${attempt}(() => log(${iterator}.${method}(${simple(c, 'any')})));`);
  }
  if (choices.chance(50)) lines.push(`${attempt}(() => log([...${name}()]));`);
  if (choices.chance(30)) lines.push(`${attempt}(() => { for (const v of ${name}(1)) { log(v); break; } });`);
  return lines.join('\n');
};

const asyncFunctions: Scene = (c) => {
  const name = c.fresh('f');
  const mark = c.fresh('t');
  const text = bodyOf(c, 'async', 1);
  const call = `${name}(${simple(c, 'any')})`;
  return `async function ${name}${text}\n${call}.then((v) => log('${mark}', v), (e) => log('${mark} failed', ${c.helper('show')}(e)));\nlog('${mark} started');`;
};

const asyncGenerators: Scene = (c) => {
  const name = c.fresh('g');
  const show = c.helper('show');
  const text = bodyOf(c, 'asyncGenerator', 1);
  const loop = `for await (const v of ${name}(${simple(c, 'any')})) { log('${name}', v); ${c.choices.chance(30) ? 'break; ' : ''}}`;
  return `async function* ${name}${text}\n(async () => { ${loop} })().then(() => log('${name} done'), (e) => log('${name} failed', ${show}(e)));`;
};

const forAwait: Scene = (c) => {
  const name = c.fresh('v');
  const over = c.choices.chance(50)
    ? `${c.helper('asyncIter')}('${c.fresh('ai')}', [${simple(c, 'any')}, ${simple(c, 'any')}])`
    : `[Promise.resolve(${simple(c, 'any')}), ${simple(c, 'any')}]`;
  return c.scoped(() => {
    c.declare(name, 'any');
    const body = c.repeated(2, () => c.within({ isInLoop: true }, () => block(c, 1, 2)));
    return `for await (const ${name} of ${over}) ${body}`;
  });
};

const temporalDeadZone: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('z');
  const f = c.fresh('f');
  const attempt = c.helper('attempt');
  const uses = [
    `() => ${name}`,
    `() => typeof ${name}`,
    `() => { ${name} = 1; }`,
    `() => ${name}++`,
    `() => { ${name} ??= 2; }`,
  ];
  const early = choices.pick(uses);
  const word = choices.pick(['let', 'const', 'class']);
  const declaration =
    word === 'class'
      ? `class ${name} { static self = ${name}.name; }`
      : `${word} ${name} = ${expression(c, 'number')};`;
  const lines = [
    `const ${f} = ${choices.pick(uses)};`,
    `${attempt}(${early});`,
    `${attempt}(${f});`,
    declaration,
    `log(${attempt}(${f}), typeof ${name});`,
  ];
  return `{\n${lines.join('\n')}\n}`;
};

const closuresInLoops: Scene = (c) => {
  const { choices } = c;
  const list = c.fresh('fs');
  const name = c.fresh('i');
  const heads = [
    `for (let ${name} = 0; ${name} < 3; ${name}++)`,
    `for (let ${name} = 0, f = () => ${name}; ${name} < 2; ${name}++, ${list}.push(f))`,
    `for (const ${name} of ${iterable(c)})`,
    `for (let ${name} in ${simple(c, 'object')})`,
    `for (var ${name} = 0; ${name} < 3; ${name}++)`,
  ];
  const head = choices.pick(heads);
  const closure = choices.pick([
    `() => ${name}`,
    `() => typeof ${name} + ${name}`,
    `(v = ${name}) => [v, ${name}]`,
  ]);
  const exit = choices.chance(30) ? ` if (${list}.length > 1) continue;` : '';
  return `const ${list} = [];\n${head} { ${list}.push(${closure});${exit} log(${name}); }\nlog(${list}.map((f) => f()));`;
};

/** Exits through `finally` blocks and iterators that log how they are closed. */
const loopExits: Scene = (c) => {
  const { choices } = c;
  const [outer, inner] = [c.fresh('L'), c.fresh('L')];
  const [x, y] = [c.fresh('x'), c.fresh('y')];
  const exits = [
    `break ${outer};`,
    `continue ${outer};`,
    `break;`,
    `continue;`,
    `continue ${inner};`,
    `throw ${x};`,
  ];
  const exit = `if (${choices.pick([`${x} === ${y}`, `${y} > 1`, expression(c, 'boolean')])}) ${choices.pick(exits)}`;
  const body = choices.pick([
    `${exit} log(${x}, ${y});`,
    `try { ${exit} log(${x}, ${y}); } finally { log('f', ${x}, ${y}); ${choices.chance(40) ? choices.pick(exits) : ''} }`,
    `try { ${exit} } catch (e) { log('c', e); ${choices.pick(exits)} } finally { log('f'); }`,
  ]);
  const loops = `${outer}: for (const ${x} of ${iteratorCall(c)}) {\n${inner}: for (const ${y} of ${choices.chance(50) ? iteratorCall(c) : '[1, 2, 3]'}) { ${body} }\nlog('inner done');\n}`;
  return `${c.helper('attempt')}(() => {\n${loops}\n});`;
};

const conversions: Scene = (c) => {
  const { choices } = c;
  const operand = (): string => (choices.chance(60) ? convertible(c, 'any') : simple(c, 'any', 4));
  const operator = choices.pick([
    '+',
    '-',
    '*',
    '/',
    '%',
    '<',
    '<=',
    '>',
    '>=',
    '==',
    '!=',
    '&',
    '|',
    '^',
    '<<',
    '>>',
    '>>>',
  ]);
  const uses = [
    `${operand()} ${operator} ${operand()}`,
    `\`\${${operand()}}\``,
    `({ [${operand()}]: 1 })`,
    `[1, 2, 3][${operand()}]`,
    `${operand()} in { a: 1, 0: 2 }`,
    `Math.max(${operand()}, ${operand()})`,
    `'abc'.slice(${operand()}, ${operand()})`,
    `Array.from({ length: ${convertible(c, 'number')} }).length`,
    `isNaN(${operand()})`,
    `BigInt(${operand()}) + 1n`,
    `new Date(${operand()}).getTime()`,
    `${operand()} instanceof { [Symbol.hasInstance](v) { log('has', typeof v); return 1; } }`,
  ];
  return `${c.helper('attempt')}(() => log(${choices.pick(uses)}));`;
};

const recursion: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('r');
  const times = choices.int(2, 30);
  c.spend(times);
  const step = c.costed(() =>
    c.scoped(() =>
      c.within(ownFunctionPlace(c, 'plain'), () => {
        c.declare('n', 'number', { isAssignable: false });
        c.declare('acc', 'any', { isAssignable: false });
        return simple(c, choices.pick(['number', 'string', 'any']), 6);
      }),
    ),
  ).result;
  const [self, combined] = [`${name}(n - 1, acc + ${step})`, choices.pick(['n + acc', 'acc', '[acc, n]'])];
  const strict = choices.chance(40) ? `'use strict'; ` : '';
  const bodies = [
    `if (n <= 0) return ${combined}; return ${self};`,
    `return n <= 0 ? ${combined} : ${self};`,
    `return n > 0 && ${self} || ${combined};`,
    `if (n <= 0) throw ${combined}; try { return ${self}; } finally { if (n === 1) log('last', acc); }`,
    `switch (n) { case 0: return ${combined}; default: return (log.length, ${self}); }`,
  ];
  return `function ${name}(n, acc) { ${strict}${choices.pick(bodies)} }\n${c.helper('attempt')}(() => log(${name}(${times}, ${simple(c, 'any')})));`;
};

const resources: Scene = (c) => {
  const { choices } = c;
  const [a, b] = [c.fresh('u'), c.fresh('u')];
  const exits = ['', `throw ${simple(c, 'any')};`, `return ${simple(c, 'any')};`];
  const body = `log('body'); ${choices.pick(exits)}`;
  const one = (name: string): string =>
    `using ${name} = ${choices.chance(80) ? `${c.helper('resource')}('${name}')` : choices.pick(['null', 'undefined', '1'])};`;
  if (choices.chance(60)) return `${c.helper('attempt')}(() => { ${one(a)} ${one(b)} ${body} });`;
  const other = choices.chance(50) ? `await using ${b} = ${c.helper('asyncResource')}('${b}');` : one(b);
  return `(async () => { ${one(a)} ${other} ${body} })().then((v) => log('${a}', v), (e) => log('${a} failed', ${c.helper('show')}(e)));`;
};

const promises: Scene = (c) => {
  const { choices } = c;
  const mark = c.fresh('t');
  const show = c.helper('show');
  const one = (): string =>
    choices.pick([
      `Promise.resolve(${simple(c, 'any')})`,
      `Promise.reject(${simple(c, 'any')})`,
      `new Promise((resolve, reject) => { ${choices.pick(['resolve', 'reject'])}(${simple(c, 'any')}); throw 1; })`,
      `{ then(resolve, reject) { log('then ${mark}'); ${choices.pick(['resolve', 'reject'])}(${simple(c, 'any')}); } }`,
      simple(c, 'any'),
    ]);
  const source = choices.pick([
    `Promise.${choices.pick(['all', 'allSettled', 'race', 'any'])}([${one()}, ${one()}])`,
    `Promise.resolve(${one()})`,
    `Promise.try(() => ${asBody(simple(c, 'any'))})`,
    `(async () => await (${one()}))()`,
  ]);
  const link = choices.pick([
    '',
    `.finally(() => log('finally ${mark}'))`,
    `.then((v) => { log('${mark}', v); throw v; })`,
    `.catch((e) => ${simple(c, 'number')})`,
  ]);
  return `${source}${link}.then((v) => log('${mark}', v), (e) => log('${mark} failed', ${show}(e)));`;
};

const accessors: Scene = (c) => {
  const { choices } = c;
  const [base, derived] = [c.fresh('o'), c.fresh('o')];
  const name = choices.pick(PROPERTY_NAMES);
  const lines = [
    `const ${base} = { get ${name}() { log('get', this === ${base}); return this.v; }, set ${name}(v) { log('set', v); this.v = v; } };`,
    `const ${derived} = { __proto__: ${base}, ${choices.pick([`get ${name}() { return super.${name}; }`, `m(v) { super.${name} = v; return super.${name}; }`, 'v: 3'])} };`,
    `${c.helper('attempt')}(() => { ${derived}.${name} ${choices.pick(['=', '+=', '??=', '||='])} ${simple(c, 'any')}; });`,
    `log(${derived}.${name}, ${derived}.m?.(${simple(c, 'any')}), Object.keys(${derived}), ${derived}.v);`,
  ];
  c.declare(derived, 'object', { isAssignable: false });
  return `${lines[0]}\n${lines[1]}\n${lines[2]}\n${lines[3]}`;
};

const proxies: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('p');
  const target = choices.pick([
    '{ a: 1, b: 2 }',
    '[1, 2, 3]',
    'function (x) { return x; }',
    simple(c, 'object'),
  ]);
  const uses = [
    `for (const k in ${name}) log(k, ${name}[k]);`,
    `log({ ...${name} });`,
    `const { a, ...rest } = ${name}; log(a, rest);`,
    `log(JSON.stringify(${name}));`,
    `${name}.a = ${simple(c, 'any')}; delete ${name}.b; log('a' in ${name});`,
    `log(Object.entries(${name}));`,
    `${name}.a += 1; log(${name}.a?.b, ${name}.length);`,
    `Object.freeze(${name});`,
    `log(${name}(1), new ${name}(2));`,
    `log([].concat(${name}), Array.isArray(${name}));`,
    `Object.defineProperty(${name}, 'x', { get: () => 1 }); log(${name}.x);`,
    `log(${name}.a++, --${name}.b, ${name}.c ??= 3);`,
  ];
  return `{\nconst ${name} = ${c.helper('spy')}('${name}', ${target});\n${c.helper('attempt')}(() => { ${choices.pick(uses)} });\n${c.helper('attempt')}(() => { ${choices.pick(uses)} });\n}`;
};

const collections: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('m');
  const uses = [
    `for (const [k, v] of ${name}) { log(k, v); if (${name}.size < 5) ${name}.set(${name}.size, k); }`,
    `${name}.forEach((v, k) => { log(k, v); ${name}.delete(k); });`,
    `log(${name}.get(${simple(c, 'any')}), ${name}.has(NaN), [...${name}.keys()]);`,
    `${name}.set(-0, 'zero'); log(${name}.get(0), ${name}.size);`,
    `log(Map.groupBy([1, 2, 3], (v) => v % 2), ${name}.entries().next());`,
  ];
  return `{\nconst ${name} = new Map([[NaN, 1], [${simple(c, 'any')}, ${simple(c, 'any')}], [${smallNumber(c)}, 2]]);\n${choices.pick(uses)}\n${choices.pick(uses)}\nlog(${name});\n}`;
};

const regularExpressions: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('re');
  const pattern = choices.pick([
    '/(a)(b)?/g',
    '/[^a-c]+/y',
    '/(?<n>\\d)x*/gd',
    '/a|ab/gi',
    '/(?<=a)b/',
    '/^.$/msu',
    '/(?:a+)+b?/g',
    '/\\bx\\b/v',
  ]);
  const text = choices.pick(["'abaabxab12x'", simple(c, 'string')]);
  const uses = [
    `${name}.exec(${text}), ${name}.lastIndex`,
    `${text}.replace(${name}, '<$1>')`,
    `${text}.split(${name})`,
    `${name}.test(${text}), ${name}.lastIndex`,
    `${text}.search(${name})`,
  ];
  return `const ${name} = ${pattern};\nlog(${choices.pick(uses)});\nlog(${choices.pick(uses)});\nlog(String(${name}), ${name}.flags);`;
};

const functionNames: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('h');
  const makers = [
    '() => {}',
    'function () {}',
    'function own() { return own.name; }',
    'class {}',
    'class { static name = 1; }',
    '(() => {})',
    'async (a, b = 1) => {}',
    'function* (a, ...b) {}',
  ];
  const maker = choices.pick(makers);
  const uses = [
    `const ${name} = ${maker}; log(${name}.name, ${name}.length);`,
    `const { ${name} = ${maker} } = {}; log(${name}.name);`,
    `const ${name} = { ${name}: ${maker}, ['k' + 1]: ${maker} }; log(${name}.${name}.name, ${name}.k1.name);`,
    `let ${name}; ${name} ??= ${maker}; log(${name}.name, String(${name}));`,
  ];
  return `{\n${choices.pick(uses)}\n}`;
};

const argumentsObject: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('f');
  const strict = choices.chance(25) ? `'use strict'; ` : '';
  const uses = [
    'a = 9;',
    'arguments[0] = 8;',
    'delete arguments[0];',
    "Object.defineProperty(arguments, '0', { value: 7, writable: false });",
    'arguments.length = 1;',
    '(() => { arguments[1] = 6; })();',
    "eval('a = 5');",
    'b++;',
    'Object.freeze(arguments);',
  ];
  const lines = choices.list(1, 3, () => choices.pick(uses)).join(' ');
  const parameters =
    strict === '' && choices.chance(25) ? choices.pick(['a, b = 2', 'a, ...b', '{ a = 1 } = {}, b']) : 'a, b';
  const args = choices.list(0, 3, () => simple(c, 'any')).join(', ');
  return `function ${name}(${parameters}) { ${strict}${c.helper('attempt')}(() => { ${lines} }); log(a, b, [...arguments], arguments.length, typeof arguments.callee${strict === '' ? '' : '.constructor'}); }\n${c.helper('attempt')}(() => ${name}(${args}));`;
};

const evalDeclarations: Scene = (c) => {
  const { choices } = c;
  const [v, f] = [c.fresh('ev'), c.fresh('ef')];
  const code = choices.pick([
    `var ${v} = ${simple(c, 'number', 6)}; ${v} + 1`,
    `function ${f}() { return 'f'; } typeof ${f}`,
    `let ${v} = 1; { var ${f} = ${v}; } ${v}`,
    `'use strict'; var ${v} = 3; ${v}`,
    `if (true) { function ${f}() { return 'b'; } } typeof ${f}`,
    `for (var ${v} of [1, 2]) ${v}; `,
  ]);
  const run = choices.pick([
    `eval(${JSON.stringify(code)})`,
    `(0, eval)(${JSON.stringify(code)})`,
    `new Function('a', ${JSON.stringify(`${code.replace(/[^;]*$/, '')} return typeof ${v}`)})(1)`,
  ]);
  const after = `log(typeof ${v}, typeof ${f});`;
  const where = choices.pick([
    `log(${run}); ${after}`,
    `(function () { log(typeof ${v}); log(${run}); ${after} })();`,
    `(function (a = ${run}) { log(a); ${after} })();`,
    `(() => { log(delete ${c.place.isStrict ? 'globalThis.zz' : v}); log(${run}); ${after} })();`,
  ]);
  return `${c.helper('attempt')}(() => { ${where} });`;
};

const withStatement: Scene = (c) => {
  const { choices } = c;
  const over = choices.pick([
    simple(c, 'object'),
    `{ a: 1, b: 2, [Symbol.unscopables]: { b: true } }`,
    `${c.helper('spy')}('${c.fresh('p')}', { a: 1 })`,
  ]);
  const binding = c.variable('any');
  const name = binding?.name ?? 'undefined';
  const uses = [
    `log(typeof a, typeof b);`,
    `a = ${simple(c, 'any')};`,
    `log(${name});`,
    `a += 1;`,
    `var x = 4;`,
    `(() => log(typeof x))();`,
    `log(delete a);`,
    `log(typeof toString);`,
    `eval('var y = 1; log(typeof y)');`,
  ];
  const lines = choices.list(1, 3, () => choices.pick(uses)).join(' ');
  return `${c.helper('attempt')}(() => { var a = 0, b; const w = ${over}; with (w) { ${lines} } log(a, b, w); });`;
};

const blockFunctions: Scene = (c) => {
  const { choices } = c;
  const name = c.fresh('bf');
  const bodies = [
    `{ log(typeof ${name}); function ${name}() { return 1; } ${name} = 2; }`,
    `if (${expression(c, 'boolean')}) function ${name}() { return 1; }`,
    `switch (1) { case ${smallNumber(c)}: log(typeof ${name}); case 9: function ${name}() {} }`,
    `{ function ${name}() { return 1; } function ${name}() { return 2; } log(${name}()); }`,
    `try { throw 1; } catch (${name}) { { function ${name}() {} } log(typeof ${name}); }`,
    `for (const i of [1]) { function ${name}() { return i; } log(${name}()); }`,
  ];
  return `${c.helper('attempt')}(() => { log(typeof ${name}); ${choices.pick(bodies)} log(typeof ${name}); });`;
};
