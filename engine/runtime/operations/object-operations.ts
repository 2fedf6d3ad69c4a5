// Operations on Objects, https://tc39.es/ecma262/#sec-operations-on-objects . Call and Construct are in ../call.ts.
import type { Agent } from '../agent.ts';
import { Call, Call1, IsCallable, IsConstructor } from '../call.ts';
import { describeForMessage } from '../describe.ts';
import { throwRangeError, throwTypeError } from '../errors.ts';
import { type ArrayObject, createArrayFrom, isDenseArray } from '../objects/array.ts';
import { BoundFunctionObject } from '../objects/bound-function.ts';
import type { FunctionObject } from '../objects/function.ts';
import { JSObject, OBJECT_BYTES } from '../objects/object.ts';
import { ProxyObject } from '../objects/proxy.ts';
import { PrivateName } from '../private-name.ts';
import {
  ATTRS_CONFIGURABLE,
  ATTRS_DEFAULT,
  ATTRS_HIDDEN,
  dataDescriptor,
  IsDataDescriptor,
  PropertyDescriptor,
} from '../property-descriptor.ts';
import { keyFromNumber, keyToDisplay, keyToValue, type PropertyKey } from '../property-key.ts';
import type { IntrinsicName, Realm } from '../realm.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../shape.ts';
import { chargeConcatenation, chargeReading } from '../string-work.ts';
import { SYMBOL_HAS_INSTANCE, SYMBOL_SPECIES, type Value } from '../value.ts';
import {
  prototypeForPrimitive,
  ToBoolean,
  ToIntegerOrInfinity,
  ToLength,
  ToObject,
} from './type-conversion.ts';

/** Get ( O, P ) — https://tc39.es/ecma262/#sec-get-o-p */
export function Get(agent: Agent, O: JSObject, P: PropertyKey): Value {
  return O.Get(agent, P, O);
}

/** GetV ( V, P ) — https://tc39.es/ecma262/#sec-getv */
export function GetV(agent: Agent, V: Value, P: PropertyKey): Value {
  if (typeof V === 'object' && V !== null) return V.Get(agent, P, V);
  if (typeof V === 'string') {
    // Fast path: own properties of a String wrapper, without making it.
    if (P === 'length') return V.length;
    if (typeof P === 'number' && P < V.length) {
      chargeReading(agent, V.length);
      return V[P];
    }
  }
  const base = prototypeForPrimitive(agent, V);
  if (base === null) throwReadOfNothing(agent, V, P);
  return base.Get(agent, P, V);
}

/**
 * Throws the TypeError of reading a property of undefined or null. `key` is named in the message if that takes no
 * guest code; the name of a private element is its description.
 */
export function throwReadOfNothing(agent: Agent, base: Value, key: Value): never {
  throwTypeError(agent, `Cannot read properties of ${String(base)}${keyForMessage('reading', key)}`);
}

/** Throws the TypeError of setting a property of undefined or null. */
export function throwWriteToNothing(agent: Agent, base: Value, key: Value): never {
  throwTypeError(agent, `Cannot set properties of ${String(base)}${keyForMessage('setting', key)}`);
}

function keyForMessage(verb: string, key: Value): string {
  if (key instanceof JSObject) return '';
  return ` (${verb} '${keyToDisplay(typeof key === 'symbol' ? key : String(key))}')`;
}

/** Set ( O, P, V, Throw ) — https://tc39.es/ecma262/#sec-set-o-p-v-throw */
export function Set(agent: Agent, O: JSObject, P: PropertyKey, V: Value, Throw: boolean): boolean {
  const success = O.Set(agent, P, V, O);
  if (!success && Throw) {
    throwTypeError(agent, `Cannot assign to read only property '${keyToDisplay(P)}' of object`);
  }
  return success;
}

/** CreateDataProperty ( O, P, V ) — https://tc39.es/ecma262/#sec-createdataproperty */
export function CreateDataProperty(agent: Agent, O: JSObject, P: PropertyKey, V: Value): boolean {
  return O.DefineOwnProperty(agent, P, dataDescriptor(V, ATTRS_DEFAULT));
}

/** CreateDataPropertyOrThrow ( O, P, V ) — https://tc39.es/ecma262/#sec-createdatapropertyorthrow */
export function CreateDataPropertyOrThrow(agent: Agent, O: JSObject, P: PropertyKey, V: Value): void {
  if (!CreateDataProperty(agent, O, P, V)) cannotDefine(agent, P);
}

/** CreateNonEnumerableDataPropertyOrThrow ( O, P, V ) — https://tc39.es/ecma262/#sec-createnonenumerabledatapropertyorthrow */
export function CreateNonEnumerableDataPropertyOrThrow(
  agent: Agent,
  O: JSObject,
  P: PropertyKey,
  V: Value,
): void {
  DefinePropertyOrThrow(agent, O, P, dataDescriptor(V, ATTRS_HIDDEN));
}

/** DefinePropertyOrThrow ( O, P, desc ) — https://tc39.es/ecma262/#sec-definepropertyorthrow */
export function DefinePropertyOrThrow(
  agent: Agent,
  O: JSObject,
  P: PropertyKey,
  desc: PropertyDescriptor,
): void {
  if (!O.DefineOwnProperty(agent, P, desc)) cannotDefine(agent, P);
}

/** Throws the TypeError of a property that could not be defined. */
export function cannotDefine(agent: Agent, P: PropertyKey): never {
  return throwTypeError(agent, `Cannot define property '${keyToDisplay(P)}'`);
}

/** DeletePropertyOrThrow ( O, P ) — https://tc39.es/ecma262/#sec-deletepropertyorthrow */
export function DeletePropertyOrThrow(agent: Agent, O: JSObject, P: PropertyKey): void {
  if (!O.Delete(agent, P)) throwTypeError(agent, `Cannot delete property '${keyToDisplay(P)}'`);
}

/** GetMethod ( V, P ) — https://tc39.es/ecma262/#sec-getmethod */
export function GetMethod(agent: Agent, V: Value, P: PropertyKey): FunctionObject | undefined {
  return methodFrom(agent, GetV(agent, V, P), P);
}

/** GetMethod from step 2, for the value of property `P`. */
export function methodFrom(agent: Agent, func: Value, P: PropertyKey): FunctionObject | undefined {
  if (func === undefined || func === null) return undefined;
  if (!IsCallable(func)) {
    throwTypeError(agent, `${describeForMessage(func)} (property '${keyToDisplay(P)}') is not a function`);
  }
  return func;
}

/** HasProperty ( O, P ) — https://tc39.es/ecma262/#sec-hasproperty */
export function HasProperty(agent: Agent, O: JSObject, P: PropertyKey): boolean {
  return O.HasProperty(agent, P);
}

/** HasOwnProperty ( O, P ) — https://tc39.es/ecma262/#sec-hasownproperty */
export function HasOwnProperty(agent: Agent, O: JSObject, P: PropertyKey): boolean {
  return O.GetOwnProperty(agent, P) !== undefined;
}

/** SetIntegrityLevel ( O, level ) — https://tc39.es/ecma262/#sec-setintegritylevel */
export function SetIntegrityLevel(agent: Agent, O: JSObject, level: 'sealed' | 'frozen'): boolean {
  if (!O.PreventExtensions(agent)) return false;
  for (const k of O.OwnPropertyKeys(agent)) {
    agent.chargeFuel(1);
    const desc = new PropertyDescriptor();
    desc.configurable = false;
    if (level === 'frozen') {
      const currentDesc = O.GetOwnProperty(agent, k);
      if (currentDesc === undefined) continue;
      if (IsDataDescriptor(currentDesc)) desc.writable = false;
    }
    DefinePropertyOrThrow(agent, O, k, desc);
  }
  return true;
}

/** TestIntegrityLevel ( O, level ) — https://tc39.es/ecma262/#sec-testintegritylevel */
export function TestIntegrityLevel(agent: Agent, O: JSObject, level: 'sealed' | 'frozen'): boolean {
  if (O.IsExtensible(agent)) return false;
  for (const k of O.OwnPropertyKeys(agent)) {
    agent.chargeFuel(1);
    const currentDesc = O.GetOwnProperty(agent, k);
    if (currentDesc === undefined) continue;
    if (currentDesc.configurable === true) return false;
    if (level === 'frozen' && IsDataDescriptor(currentDesc) && currentDesc.writable === true) return false;
  }
  return true;
}

/** CreateArrayFromList ( elements ): takes over the list — https://tc39.es/ecma262/#sec-createarrayfromlist */
export function CreateArrayFromList(agent: Agent, elements: Value[]): ArrayObject {
  return createArrayFrom(agent, elements);
}

/** A guest array of the String or Symbol values of property keys. */
export function arrayOfKeys(agent: Agent, keys: readonly PropertyKey[]): ArrayObject {
  return createArrayFrom(agent, keys.map(keyToValue));
}

/** LengthOfArrayLike ( obj ) — https://tc39.es/ecma262/#sec-lengthofarraylike */
export function LengthOfArrayLike(agent: Agent, obj: JSObject): number {
  return ToLength(agent, obj.Get(agent, 'length', obj));
}

/** Longest list made from an array-like: more than a call can take. */
const MAX_LIST = 1 << 24;

/** CreateListFromArrayLike ( obj ) for element types "all" — https://tc39.es/ecma262/#sec-createlistfromarraylike */
export function CreateListFromArrayLike(agent: Agent, obj: Value): Value[] {
  if (typeof obj !== 'object' || obj === null)
    throwTypeError(agent, 'CreateListFromArrayLike called on non-object');
  const len = LengthOfArrayLike(agent, obj);
  if (len > MAX_LIST) throwRangeError(agent, 'Invalid array length');
  const list: Value[] = [];
  for (let index = 0; index < len; index++) {
    agent.chargeFuel(1);
    agent.chargeBytes(8);
    list.push(obj.Get(agent, index, obj));
  }
  return list;
}

/** Invoke ( V, P [ , argumentsList ] ) — https://tc39.es/ecma262/#sec-invoke */
export function Invoke(agent: Agent, V: Value, P: PropertyKey, argumentsList: readonly Value[] = []): Value {
  const func = GetV(agent, V, P);
  if (!IsCallable(func)) throwTypeError(agent, `property '${keyToDisplay(P)}' is not a function`);
  return Call(agent, func, V, argumentsList);
}

/** OrdinaryHasInstance ( C, O ) — https://tc39.es/ecma262/#sec-ordinaryhasinstance */
export function OrdinaryHasInstance(agent: Agent, C: Value, O: Value): boolean {
  if (!IsCallable(C)) return false;
  if ((C as JSObject) instanceof BoundFunctionObject) {
    const BC = (C as unknown as BoundFunctionObject).boundTargetFunction;
    return InstanceofOperator(agent, O, BC);
  }
  if (typeof O !== 'object' || O === null) return false;
  const P = C.Get(agent, 'prototype', C);
  if (typeof P !== 'object' || P === null) {
    throwTypeError(agent, `Function has non-object prototype '${describeForMessage(P)}' in instanceof check`);
  }
  for (let o = O.GetPrototypeOf(agent); o !== null; o = o.GetPrototypeOf(agent)) {
    if (o === P) return true;
    agent.chargeFuel(1);
  }
  return false;
}

/** InstanceofOperator ( V, target ) — https://tc39.es/ecma262/#sec-instanceofoperator */
export function InstanceofOperator(agent: Agent, V: Value, target: Value): boolean {
  if (typeof target !== 'object' || target === null) {
    throwTypeError(agent, "Right-hand side of 'instanceof' is not an object");
  }
  const instOfHandler = GetMethod(agent, target, SYMBOL_HAS_INSTANCE);
  if (instOfHandler !== undefined) {
    agent.enterCall();
    try {
      return ToBoolean(Call1(agent, instOfHandler, target, V));
    } finally {
      agent.depth--;
    }
  }
  if (!IsCallable(target)) throwTypeError(agent, "Right-hand side of 'instanceof' is not callable");
  return OrdinaryHasInstance(agent, target, V);
}

/** SpeciesConstructor ( O, defaultConstructor ) — https://tc39.es/ecma262/#sec-speciesconstructor */
export function SpeciesConstructor(agent: Agent, O: JSObject, defaultConstructor: JSObject): JSObject {
  const C = O.Get(agent, 'constructor', O);
  if (C === undefined) return defaultConstructor;
  if (typeof C !== 'object' || C === null) {
    throwTypeError(agent, `The .constructor property is not an object: ${describeForMessage(C)}`);
  }
  const S = C.Get(agent, SYMBOL_SPECIES, C);
  if (S === undefined || S === null) return defaultConstructor;
  if (IsConstructor(S)) return S;
  return throwTypeError(agent, 'object.constructor[Symbol.species] is not a constructor');
}

/** EnumerableOwnProperties ( O, kind ) — https://tc39.es/ecma262/#sec-enumerableownproperties */
export function EnumerableOwnProperties(
  agent: Agent,
  O: JSObject,
  kind: 'key' | 'value' | 'key+value',
): Value[] {
  const results: Value[] = [];
  for (const key of O.OwnPropertyKeys(agent)) {
    if (typeof key === 'symbol') continue;
    agent.chargeFuel(1);
    agent.chargeBytes(8);
    const desc = O.GetOwnProperty(agent, key);
    if (desc === undefined || desc.enumerable !== true) continue;
    if (kind === 'key') results.push(keyToValue(key));
    else {
      const value = O.Get(agent, key, O);
      results.push(kind === 'value' ? value : createArrayFrom(agent, [keyToValue(key), value]));
    }
  }
  return results;
}

/** GetFunctionRealm ( obj ) — https://tc39.es/ecma262/#sec-getfunctionrealm */
export function GetFunctionRealm(agent: Agent, obj: JSObject): Realm {
  let F: JSObject = obj;
  for (;;) {
    if (F instanceof BoundFunctionObject) F = F.boundTargetFunction;
    else if (F instanceof ProxyObject) {
      if (F.proxyHandler === null) throwTypeError(agent, 'Cannot use a proxy that has been revoked');
      F = F.proxyTarget as JSObject;
    } else return F.realm ?? agent.realm;
    agent.chargeFuel(1);
  }
}

/** CopyDataProperties ( target, source, excludedItems ) — https://tc39.es/ecma262/#sec-copydataproperties */
export function CopyDataProperties(
  agent: Agent,
  target: JSObject,
  source: Value,
  excludedItems: readonly PropertyKey[],
): void {
  if (source === undefined || source === null) return;
  const from = ToObject(agent, source);
  const excluded = new Map<PropertyKey, true>();
  for (const key of excludedItems) excluded.set(key, true);
  for (const nextKey of from.OwnPropertyKeys(agent)) {
    agent.chargeFuel(1);
    if (excluded.has(nextKey)) continue;
    const desc = from.GetOwnProperty(agent, nextKey);
    if (desc === undefined || desc.enumerable !== true) continue;
    CreateDataProperty(agent, target, nextKey, from.Get(agent, nextKey, from));
  }
}

/** SetterThatIgnoresPrototypeProperties — https://tc39.es/ecma262/#sec-SetterThatIgnoresPrototypeProperties */
export function SetterThatIgnoresPrototypeProperties(
  agent: Agent,
  thisValue: Value,
  home: JSObject,
  p: PropertyKey,
  v: Value,
): void {
  if (typeof thisValue !== 'object' || thisValue === null) throwTypeError(agent, 'Receiver is not an object');
  if (thisValue === home) throwTypeError(agent, `Cannot assign to read only property '${keyToDisplay(p)}'`);
  if (thisValue.GetOwnProperty(agent, p) === undefined) CreateDataPropertyOrThrow(agent, thisValue, p, v);
  else Set(agent, thisValue, p, v, true);
}

/** GetPrototypeFromConstructor ( constructor, intrinsicDefaultProto ) — https://tc39.es/ecma262/#sec-getprototypefromconstructor */
export function GetPrototypeFromConstructor(
  agent: Agent,
  constructor: JSObject,
  intrinsicDefaultProto: IntrinsicName,
): JSObject {
  const proto = constructor.Get(agent, 'prototype', constructor);
  if (typeof proto === 'object' && proto !== null) return proto;
  return GetFunctionRealm(agent, constructor).intrinsic(intrinsicDefaultProto);
}

/**
 * The shape of an object that OrdinaryCreateFromConstructor makes; the caller makes an instance of the class that
 * holds the internal slots — https://tc39.es/ecma262/#sec-ordinarycreatefromconstructor
 */
export function shapeFromConstructor(
  agent: Agent,
  constructor: JSObject,
  intrinsicDefaultProto: IntrinsicName,
  kind: number = SHAPE_KIND_ORDINARY,
): Shape {
  agent.chargeBytes(OBJECT_BYTES);
  return rootShape(agent, GetPrototypeFromConstructor(agent, constructor, intrinsicDefaultProto), kind);
}

/** OrdinaryCreateFromConstructor without internal slots — https://tc39.es/ecma262/#sec-ordinarycreatefromconstructor */
export function OrdinaryCreateFromConstructor(
  agent: Agent,
  constructor: JSObject,
  intrinsicDefaultProto: IntrinsicName,
): JSObject {
  return new JSObject(shapeFromConstructor(agent, constructor, intrinsicDefaultProto));
}

/** SetFunctionName ( F, name [ , prefix ] ) — https://tc39.es/ecma262/#sec-setfunctionname */
export function SetFunctionName(
  agent: Agent,
  F: JSObject,
  name: PropertyKey | PrivateName,
  prefix = '',
): void {
  let text = functionNameOf(name);
  if (prefix !== '') {
    chargeConcatenation(agent, prefix.length + 1, text.length);
    text = `${prefix} ${text}`;
  }
  DefinePropertyOrThrow(agent, F, 'name', dataDescriptor(text, ATTRS_CONFIGURABLE));
}

/** The name SetFunctionName gives for a key: symbols in brackets, private names with their `#`. */
export function functionNameOf(name: PropertyKey | PrivateName): string {
  // Descriptions leave room for the brackets: see createSymbol.
  if (typeof name === 'symbol') return name.description === undefined ? '' : `[${name.description}]`;
  if (name instanceof PrivateName) return name.description;
  return String(name);
}

/** CopyNameAndLength ( F, Target [ , prefix [ , argCount ] ] ) — https://tc39.es/proposal-shadowrealm/#sec-copynameandlength */
export function CopyNameAndLength(
  agent: Agent,
  F: JSObject,
  Target: JSObject,
  prefix = '',
  argCount = 0,
): void {
  let L = 0;
  if (HasOwnProperty(agent, Target, 'length')) {
    const targetLen = Target.Get(agent, 'length', Target);
    if (typeof targetLen === 'number') {
      if (targetLen === Number.POSITIVE_INFINITY) L = targetLen;
      else if (targetLen !== Number.NEGATIVE_INFINITY) {
        L = Math.max(ToIntegerOrInfinity(agent, targetLen) - argCount, 0);
      }
    }
  }
  SetFunctionLength(agent, F, L);
  const targetName = Target.Get(agent, 'name', Target);
  SetFunctionName(agent, F, typeof targetName === 'string' ? targetName : '', prefix);
}

/** SetFunctionLength ( F, length ) — https://tc39.es/ecma262/#sec-setfunctionlength */
function SetFunctionLength(agent: Agent, F: JSObject, length: number): void {
  DefinePropertyOrThrow(agent, F, 'length', dataDescriptor(length, ATTRS_CONFIGURABLE));
}

/** The value at an index of an array-like, without the internal methods where a dense array allows. */
export function getIndex(agent: Agent, O: JSObject, index: number): Value {
  if (isDenseArray(O)) {
    const value = O.el[index];
    if (value !== undefined) return value;
  }
  return O.Get(agent, keyFromNumber(index), O);
}
