// Guest values are host values (ARCHITECTURE.md): primitives are the host's own, objects are instances of JSObject.
// Well-known symbols are shared by all agents and are symbols of ours, so that no host protocol is reachable.
import type { JSObject } from './objects/object.ts';

export type Primitive = undefined | null | boolean | number | string | bigint | symbol;
export type Value = Primitive | JSObject;

export const SYMBOL_ASYNC_DISPOSE = Symbol('Symbol.asyncDispose');
export const SYMBOL_ASYNC_ITERATOR = Symbol('Symbol.asyncIterator');
export const SYMBOL_DISPOSE = Symbol('Symbol.dispose');
export const SYMBOL_HAS_INSTANCE = Symbol('Symbol.hasInstance');
export const SYMBOL_IS_CONCAT_SPREADABLE = Symbol('Symbol.isConcatSpreadable');
export const SYMBOL_ITERATOR = Symbol('Symbol.iterator');
export const SYMBOL_MATCH = Symbol('Symbol.match');
export const SYMBOL_MATCH_ALL = Symbol('Symbol.matchAll');
export const SYMBOL_REPLACE = Symbol('Symbol.replace');
export const SYMBOL_SEARCH = Symbol('Symbol.search');
export const SYMBOL_SPECIES = Symbol('Symbol.species');
export const SYMBOL_SPLIT = Symbol('Symbol.split');
export const SYMBOL_TO_PRIMITIVE = Symbol('Symbol.toPrimitive');
export const SYMBOL_TO_STRING_TAG = Symbol('Symbol.toStringTag');
export const SYMBOL_UNSCOPABLES = Symbol('Symbol.unscopables');

/** Well-known symbols by the property name they have on %Symbol%, https://tc39.es/ecma262/#sec-well-known-symbols . */
export const WELL_KNOWN_SYMBOLS: readonly (readonly [name: string, symbol: symbol])[] = [
  ['asyncDispose', SYMBOL_ASYNC_DISPOSE],
  ['asyncIterator', SYMBOL_ASYNC_ITERATOR],
  ['dispose', SYMBOL_DISPOSE],
  ['hasInstance', SYMBOL_HAS_INSTANCE],
  ['isConcatSpreadable', SYMBOL_IS_CONCAT_SPREADABLE],
  ['iterator', SYMBOL_ITERATOR],
  ['match', SYMBOL_MATCH],
  ['matchAll', SYMBOL_MATCH_ALL],
  ['replace', SYMBOL_REPLACE],
  ['search', SYMBOL_SEARCH],
  ['species', SYMBOL_SPECIES],
  ['split', SYMBOL_SPLIT],
  ['toPrimitive', SYMBOL_TO_PRIMITIVE],
  ['toStringTag', SYMBOL_TO_STRING_TAG],
  ['unscopables', SYMBOL_UNSCOPABLES],
];
