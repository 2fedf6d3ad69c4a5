// Symbol Objects, https://tc39.es/ecma262/#sec-symbol-objects .
import { MAX_STRING_LENGTH } from '../eval/primitive.ts';
import type { Agent } from '../runtime/agent.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { SymbolObject } from '../runtime/objects/primitive-wrappers.ts';
import { ToString } from '../runtime/operations/type-conversion.ts';
import { ATTRS_CONFIGURABLE } from '../runtime/property-descriptor.ts';
import { chargeReading, checkStringLength } from '../runtime/string-work.ts';
import { SYMBOL_TO_PRIMITIVE, type Value, WELL_KNOWN_SYMBOLS } from '../runtime/value.ts';
import {
  constant,
  constructorSpec,
  getter,
  type IntrinsicSpec,
  method,
  objectSpec,
  toStringTag,
} from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Symbol ( [ description ] ) — https://tc39.es/ecma262/#sec-symbol-description */
function Symbol_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  description: Value,
): Value {
  const agent = callee.realm.agent;
  if (newTarget !== undefined) throwTypeError(agent, 'Symbol is not a constructor');
  return description === undefined ? Symbol() : createSymbol(agent, ToString(agent, description));
}

/** What an entry of the registry is charged. */
const REGISTRATION_BYTES = 128;

/** The longest description, so that every text made of it fits into a string. */
const MAX_DESCRIPTION = MAX_STRING_LENGTH - 1024;

/** A new symbol with a description. */
function createSymbol(agent: Agent, description: string): symbol {
  checkStringLength(agent, description.length + MAX_STRING_LENGTH - MAX_DESCRIPTION);
  agent.chargeBytes(SYMBOL_BYTES);
  return Symbol(description);
}

const SYMBOL_BYTES = 24;

/** Symbol.for ( key ) — https://tc39.es/ecma262/#sec-symbol.for */
function Symbol_for(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, key: Value): Value {
  const agent = callee.realm.agent;
  const stringKey = ToString(agent, key);
  const known = agent.symbolRegistry.get(stringKey);
  if (known !== undefined) return known;
  chargeReading(agent, stringKey.length);
  const newSymbol = createSymbol(agent, stringKey);
  agent.chargeBytes(REGISTRATION_BYTES);
  agent.symbolRegistry.set(stringKey, newSymbol);
  agent.registeredSymbols.set(newSymbol, stringKey);
  return newSymbol;
}

/** Symbol.keyFor ( sym ) — https://tc39.es/ecma262/#sec-symbol.keyfor */
function Symbol_keyFor(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, sym: Value): Value {
  const agent = callee.realm.agent;
  if (typeof sym !== 'symbol') throwTypeError(agent, 'Symbol.keyFor requires a symbol');
  return agent.registeredSymbols.get(sym);
}

/** ThisSymbolValue ( value ) — https://tc39.es/ecma262/#sec-thissymbolvalue */
function ThisSymbolValue(agent: Agent, value: Value): symbol {
  if (typeof value === 'symbol') return value;
  if (value instanceof SymbolObject) return value.symbolData;
  return throwTypeError(agent, 'Symbol.prototype method called on a value that is not a Symbol');
}

/** get Symbol.prototype.description — https://tc39.es/ecma262/#sec-symbol.prototype.description */
function get_Symbol_prototype_description(callee: Builtin, thisValue: Value): Value {
  return ThisSymbolValue(callee.realm.agent, thisValue).description;
}

/** Symbol.prototype.toString ( ) — https://tc39.es/ecma262/#sec-symbol.prototype.tostring */
function Symbol_prototype_toString(callee: Builtin, thisValue: Value): Value {
  return ThisSymbolValue(callee.realm.agent, thisValue).toString();
}

/** Symbol.prototype.valueOf ( ) — https://tc39.es/ecma262/#sec-symbol.prototype.valueof */
function Symbol_prototype_valueOf(callee: Builtin, thisValue: Value): Value {
  return ThisSymbolValue(callee.realm.agent, thisValue);
}

/** Symbol.prototype [ %Symbol.toPrimitive% ] ( hint ) — https://tc39.es/ecma262/#sec-symbol.prototype-%symbol.toprimitive% */
function Symbol_prototype_toPrimitive(callee: Builtin, thisValue: Value): Value {
  return ThisSymbolValue(callee.realm.agent, thisValue);
}

export const symbolIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Symbol%', 'Symbol', {
    length: 0,
    code: Symbol_constructor,
    prototype: '%Symbol.prototype%',
    rows: [
      method('for', 1, Symbol_for),
      method('keyFor', 1, Symbol_keyFor),
      ...WELL_KNOWN_SYMBOLS.map(([name, symbol]) => constant(name, symbol)),
    ],
  }),
  objectSpec('%Symbol.prototype%', {
    constructorName: '%Symbol%',
    rows: [
      getter('description', get_Symbol_prototype_description),
      method('toString', 0, Symbol_prototype_toString),
      method('valueOf', 0, Symbol_prototype_valueOf),
      method(SYMBOL_TO_PRIMITIVE, 1, Symbol_prototype_toPrimitive, ATTRS_CONFIGURABLE),
      toStringTag('Symbol'),
    ],
  }),
];
