// Calls of the library, most of all with callbacks.
import type { Context } from './context.ts';
import { PROPERTY_NAMES, smallNumber } from './literals.ts';
import { arrow, expression, iterable, objectLike, POSTFIX, simple } from './terms.ts';

/** An arrow function that is called a few times. */
function callback(c: Context, returns: 'number' | 'boolean' | 'any', parameters: number): string {
  return c.repeated(3, () => {
    const { text, cost } = arrow(c, returns, parameters);
    c.spend(cost + 1);
    return text;
  });
}

export function libraryNumber(c: Context): string {
  const { choices } = c;
  const number = (): string => expression(c, 'number');
  const array = (): string => expression(c, 'array', POSTFIX);
  return choices.weighted<() => string>([
    [
      4,
      () =>
        `Math.${choices.pick(['abs', 'floor', 'ceil', 'round', 'trunc', 'sign', 'fround', 'clz32', 'sqrt'])}(${number()})`,
    ],
    [2, () => `Math.${choices.pick(['max', 'min', 'imul', 'hypot', 'pow'])}(${number()}, ${number()})`],
    [2, () => `Math.max(...${expression(c, 'array')})`],
    [2, () => `parseInt(${expression(c, 'string')}${choices.chance(40) ? ', 10' : ''})`],
    [1, () => `parseFloat(${expression(c, 'string')})`],
    [3, () => `${array()}.reduce(${callback(c, 'number', 2)}, ${simple(c, 'number')})`],
    [
      2,
      () =>
        `${array()}.${choices.pick(['indexOf', 'lastIndexOf', 'push', 'unshift'])}(${expression(c, 'any')})`,
    ],
    [2, () => `${array()}.${choices.pick(['findIndex', 'findLastIndex'])}(${callback(c, 'boolean', 2)})`],
    [
      2,
      () =>
        `${expression(c, 'string', POSTFIX)}.${choices.pick(['charCodeAt', 'codePointAt', 'indexOf'])}(${simple(c, 'any')})`,
    ],
    [1, () => `Number.${choices.pick(['parseFloat', 'isInteger', 'isSafeInteger'])}(${simple(c, 'any')})`],
    [1, () => `Date.UTC(2020, ${smallNumber(c)}, ${number()})`],
  ])();
}

export function libraryString(c: Context): string {
  const { choices } = c;
  const string = (): string => expression(c, 'string', POSTFIX);
  return choices.weighted<() => string>([
    [
      3,
      () =>
        `${string()}.slice(${simple(c, 'number')}${choices.chance(50) ? `, ${simple(c, 'number')}` : ''})`,
    ],
    [
      2,
      () =>
        `${string()}.${choices.pick(['toUpperCase', 'toLowerCase', 'trim', 'normalize', 'toWellFormed'])}()`,
    ],
    [
      2,
      () => `${string()}.${choices.pick(['padStart', 'padEnd'])}(${smallNumber(c)}, ${simple(c, 'string')})`,
    ],
    [1, () => `${string()}.repeat(${smallNumber(c)})`],
    [
      2,
      () =>
        `${string()}.replace(${choices.pick(['/[a-c]/g', '/(.)(\\d)?/', "'a'"])}, ${choices.chance(50) ? callback(c, 'any', 2) : "'[$&$1]'"})`,
    ],
    [1, () => `${string()}.replaceAll('a', ${callback(c, 'any', 1)})`],
    [2, () => `${string()}.${choices.pick(['charAt', 'at', 'concat', 'substring'])}(${simple(c, 'any')})`],
    [3, () => `${expression(c, 'array', POSTFIX)}.join(${choices.chance(60) ? simple(c, 'string') : ''})`],
    [
      3,
      () => `JSON.stringify(${expression(c, 'any')}${choices.pick(['', '', ', null, 1', `, ['a', 'b']`])})`,
    ],
    [1, () => `JSON.stringify(${expression(c, 'object')}, (k, v) => (log('json', k), v))`],
    [
      2,
      () =>
        `(${expression(c, 'number')}).${choices.pick(['toString(2)', 'toFixed(2)', 'toPrecision(3)', 'toString()', 'toExponential()'])}`,
    ],
    [1, () => `Object.prototype.toString.call(${expression(c, 'any')})`],
    [1, () => `String.raw\`a\${${expression(c, 'any')}}\\n\``],
    [1, () => `encodeURIComponent(${expression(c, 'string')})`],
  ])();
}

export function libraryArray(c: Context): string {
  const { choices } = c;
  const array = (): string => expression(c, 'array', POSTFIX);
  return choices.weighted<() => string>([
    [4, () => `${array()}.map(${callback(c, 'any', choices.int(1, 2))})`],
    [3, () => `${array()}.filter(${callback(c, 'boolean', 1)})`],
    [2, () => `${array()}.flatMap(${callback(c, 'any', 1)})`],
    [
      2,
      () =>
        `${array()}.${choices.pick(['sort', 'toSorted'])}(${choices.chance(60) ? '(p, q) => (log(p, q), p - q)' : ''})`,
    ],
    [3, () => `${array()}.slice(${simple(c, 'number')})`],
    [2, () => `${array()}.concat(${expression(c, 'any')}, ${simple(c, 'array')})`],
    [
      2,
      () =>
        `${array()}.${choices.pick(['splice', 'toSpliced'])}(${smallNumber(c)}, ${smallNumber(c)}, ${expression(c, 'any')})`,
    ],
    [1, () => `${array()}.${choices.pick(['reverse', 'toReversed', 'flat'])}()`],
    [1, () => `${array()}.fill(${simple(c, 'any')}, ${smallNumber(c)})`],
    [1, () => `${array()}.copyWithin(${smallNumber(c)}, ${smallNumber(c)})`],
    [1, () => `${array()}.with(${smallNumber(c)}, ${simple(c, 'any')})`],
    [3, () => `Array.from(${iterable(c)}, ${callback(c, 'any', 2)})`],
    [2, () => `Array.from({ length: ${smallNumber(c)} }, ${callback(c, 'any', 2)})`],
    [
      3,
      () =>
        `Object.${choices.pick(['keys', 'values', 'entries', 'getOwnPropertyNames'])}(${expression(c, 'object')})`,
    ],
    [2, () => `Reflect.ownKeys(${expression(c, 'object')})`],
    [2, () => `${expression(c, 'string', POSTFIX)}.split(${simple(c, 'string')})`],
    [2, () => `Array.of(${expression(c, 'any')}, ${expression(c, 'any')})`],
    [2, () => `${iterableObject(c)}.${choices.pick(['map', 'flatMap'])}((v) => [v]).take(3).toArray()`],
    [1, () => `[...new Map([[${simple(c, 'any')}, ${expression(c, 'any')}]])]`],
    [
      1,
      () =>
        `Array.from(new ${choices.pick(['Int8Array', 'Uint8ClampedArray', 'Float32Array', 'Uint32Array'])}(${expression(c, 'array')}))`,
    ],
    [1, () => `'a1b2'.match(${choices.pick(['/[a-z]/g', '/(?<l>[a-z])(\\d)/', '/\\d/y'])})`],
  ])();
}

function iterableObject(c: Context): string {
  return `Iterator.from(${iterable(c)})`;
}

export function libraryObject(c: Context): string {
  const { choices } = c;
  const name = (): string => `'${choices.pick(PROPERTY_NAMES)}'`;
  return choices.weighted<() => string>([
    [3, () => `Object.assign(${expression(c, 'object')}, ${expression(c, 'any')})`],
    [2, () => `Object.create(${choices.chance(70) ? simple(c, 'object') : 'null'})`],
    [2, () => `Object.${choices.pick(['freeze', 'seal', 'preventExtensions'])}(${expression(c, 'object')})`],
    [3, () => `new Map([[${expression(c, 'any')}, ${expression(c, 'any')}], [${simple(c, 'any')}, 1]])`],
    [2, () => `new Set(${iterable(c)})`],
    [
      1,
      () =>
        `new Set(${simple(c, 'array')}).${choices.pick(['union', 'intersection', 'difference'])}(new Set(${simple(c, 'array')}))`,
    ],
    [2, () => `Object.fromEntries([[${name()}, ${expression(c, 'any')}]])`],
    [2, () => `Object.groupBy(${iterable(c)}, ${callback(c, 'any', 1)})`],
    [
      2,
      () =>
        `Object.defineProperty(${expression(c, 'object')}, ${name()}, { ${choices.pick(['value: 1', 'get() { log("got"); return 2; }', 'value: 3, writable: true, enumerable: true', 'enumerable: false', 'set: undefined, configurable: true'])} })`,
    ],
    [2, () => `Object.getOwnPropertyDescriptor(${objectLike(c)}, ${name()})`],
    [
      2,
      () =>
        `JSON.parse(JSON.stringify(${expression(c, 'any')}) ?? '0'${choices.chance(40) ? ', (k, v) => (log(k), v)' : ''})`,
    ],
    [1, () => `Object(${expression(c, 'any')})`],
    [1, () => `Object.getOwnPropertyDescriptors(${simple(c, 'object')})`],
    [1, () => `new ${choices.pick(['Error', 'TypeError', 'RangeError'])}(${simple(c, 'string')})`],
    [1, () => `Object.setPrototypeOf(${expression(c, 'object')}, ${simple(c, 'object')})`],
  ])();
}
