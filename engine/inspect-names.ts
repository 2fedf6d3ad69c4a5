// What the inspector calls an object: the constructor it is an instance of, the tag it carries, the kind and name of a
// function. Looks at data properties only, so that no guest code runs.
import { inheritsFrom, peekOwnProperty, peekProperty, peekPrototype, peekValue } from './peek.ts';
import { BuiltinFunction, ECMAScriptFunction, type FunctionObject } from './runtime/objects/function.ts';
import { JSObject } from './runtime/objects/object.ts';
import { TypedArrayObject } from './runtime/objects/typed-array.ts';
import { IsAccessorDescriptor } from './runtime/property-descriptor.ts';
import { SYMBOL_TO_STRING_TAG, type Value } from './runtime/value.ts';

/** `Class(size) [tag] `, with what an object without constructor is called instead. */
export function prefixOf(constructor: string | null, tag: string, fallback: string, size: string): string {
  if (constructor === null) {
    const name = `[${fallback}${size}: null prototype] `;
    return tag !== '' && fallback !== tag ? `${name}[${tag}] ` : name;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

/** The name of the function under o's own `constructor`, if `instance` inherits from that function's `prototype`. */
export function constructorAt(o: JSObject, instance: JSObject): string {
  const maker = peekOwnProperty(o, 'constructor')?.value;
  if (!(maker instanceof JSObject) || maker.code === null) return '';
  const name = peekValue(maker, 'name');
  const prototype = peekValue(maker, 'prototype');
  if (typeof name !== 'string' || !(prototype instanceof JSObject)) return '';
  return inheritsFrom(instance, prototype) ? name : '';
}

/** The string under Symbol.toStringTag, unless it is shown as a property anyway; '' for none. */
export function tagOf(O: JSObject, showHidden: boolean): string {
  const tag = O instanceof TypedArrayObject ? typedArrayTag(O) : peekValue(O, SYMBOL_TO_STRING_TAG);
  if (typeof tag !== 'string' || tag === '') return '';
  const own = peekOwnProperty(O, SYMBOL_TO_STRING_TAG);
  return own !== undefined && (showHidden || own.enumerable === true) ? '' : tag;
}

/** What a function is shown as: its kind or class, its name, and the constructor where that tells something. */
export function functionBase(F: FunctionObject, constructor: string | null, tag: string): string {
  if (F instanceof ECMAScriptFunction && F.isClassConstructor) return classBase(F, constructor, tag);
  const type = F.kindName();
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  const name = peekValue(F, 'name');
  base += typeof name === 'string' && name !== '' ? `: ${name}]` : ' (anonymous)]';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(F: FunctionObject, constructor: string | null, tag: string): string {
  const own = peekOwnProperty(F, 'name');
  const name = typeof own?.value === 'string' && own.value !== '' ? own.value : '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) return `[${base} extends null]`;
  const parent = peekPrototype(F);
  const parentName = parent === null ? '' : peekValue(parent, 'name');
  if (typeof parentName === 'string' && parentName !== '') base += ` extends ${parentName}`;
  return `[${base}]`;
}

/** The string tag of a typed array, which the original accessor takes from its kind. */
function typedArrayTag(O: TypedArrayObject): Value {
  const desc = peekProperty(O, SYMBOL_TO_STRING_TAG);
  if (desc === undefined || !IsAccessorDescriptor(desc)) return desc?.value;
  return desc.get instanceof BuiltinFunction ? O.type.name : undefined;
}
