// Object Objects, https://tc39.es/ecma262/#sec-object-objects .
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import { HOPS_MASK, JSObject, OrdinaryObjectCreate, type PendingWork } from '../runtime/objects/object.ts';
import {
  DEFINE_OWN_PROPERTY,
  GET_OWN_PROPERTY,
  GET_PROTOTYPE_OF,
  IS_EXTENSIBLE,
  OWN_PROPERTY_KEYS,
  PREVENT_EXTENSIONS,
  SET_PROTOTYPE_OF,
} from '../runtime/objects/proxy-traps.ts';
import {
  arrayOfKeys,
  CreateArrayFromList,
  CreateDataPropertyOrThrow,
  cannotDefine,
  DefinePropertyOrThrow,
  EnumerableOwnProperties,
  HasOwnProperty,
  Invoke,
  OrdinaryCreateFromConstructor,
  SetIntegrityLevel,
  Set as SetProperty,
  TestIntegrityLevel,
} from '../runtime/operations/object-operations.ts';
import {
  FromPropertyDescriptor,
  ToPropertyDescriptor,
} from '../runtime/operations/property-descriptor-objects.ts';
import { IsArray, RequireObjectCoercible } from '../runtime/operations/testing-and-comparison.ts';
import { ToObject, ToPropertyKey } from '../runtime/operations/type-conversion.ts';
import { IsAccessorDescriptor, PropertyDescriptor } from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import { SameValue } from '../runtime/same-value.ts';
import { chargeConcatenation } from '../runtime/string-work.ts';
import { SYMBOL_TO_STRING_TAG, type Value } from '../runtime/value.ts';
import {
  accessor,
  constructorSpec,
  functionSpec,
  type IntrinsicSpec,
  intrinsicValue,
  method,
  objectSpec,
  workingMethod,
} from './define.ts';
import { type Group, GroupByProperty } from './group-by.ts';
import { internalMethodWork, outcomeItself } from './internal-method-work.ts';
import { Object_fromEntries } from './object-from-entries.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Object ( [ value ] ) — https://tc39.es/ecma262/#sec-object-value */
function Object_constructor(callee: Builtin, _thisValue: Value, newTarget: NewTarget, value: Value): Value {
  const agent = callee.realm.agent;
  if (newTarget !== undefined && newTarget !== callee) {
    return OrdinaryCreateFromConstructor(agent, newTarget, '%Object.prototype%');
  }
  if (value === undefined || value === null) return OrdinaryObjectCreate(agent, callee.realm.objectPrototype);
  return ToObject(agent, value);
}

/** Object.assign ( target, ...sources ) — https://tc39.es/ecma262/#sec-object.assign */
function Object_assign(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  ...sources: Value[]
): Value {
  const agent = callee.realm.agent;
  const to = ToObject(agent, target);
  for (const nextSource of sources) {
    if (nextSource === undefined || nextSource === null) continue;
    const from = ToObject(agent, nextSource);
    for (const nextKey of from.OwnPropertyKeys(agent)) {
      agent.chargeFuel(1);
      const desc = from.GetOwnProperty(agent, nextKey);
      if (desc === undefined || desc.enumerable !== true) continue;
      SetProperty(agent, to, nextKey, from.Get(agent, nextKey, from), true);
    }
  }
  return to;
}

/** Object.create ( O, Properties ) — https://tc39.es/ecma262/#sec-object.create */
function Object_create(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  O: Value,
  Properties: Value,
): Value {
  const agent = callee.realm.agent;
  if (typeof O !== 'object') {
    throwTypeError(agent, `Object prototype may only be an Object or null: ${describeForMessage(O)}`);
  }
  const obj = OrdinaryObjectCreate(agent, O);
  return Properties === undefined ? obj : ObjectDefineProperties(agent, obj, Properties);
}

/** ObjectDefineProperties ( O, Properties ) — https://tc39.es/ecma262/#sec-objectdefineproperties */
function ObjectDefineProperties(agent: Agent, O: JSObject, Properties: Value): JSObject {
  const props = ToObject(agent, Properties);
  const descriptors: [PropertyKey, PropertyDescriptor][] = [];
  for (const nextKey of props.OwnPropertyKeys(agent)) {
    agent.chargeFuel(1);
    const propDesc = props.GetOwnProperty(agent, nextKey);
    if (propDesc === undefined || propDesc.enumerable !== true) continue;
    descriptors.push([nextKey, ToPropertyDescriptor(agent, props.Get(agent, nextKey, props))]);
  }
  for (const [key, desc] of descriptors) DefinePropertyOrThrow(agent, O, key, desc);
  return O;
}

/** Object.defineProperties ( O, Properties ) — https://tc39.es/ecma262/#sec-object.defineproperties */
function Object_defineProperties(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  O: Value,
  Properties: Value,
): Value {
  const agent = callee.realm.agent;
  return ObjectDefineProperties(agent, requireObject(agent, O, 'Object.defineProperties'), Properties);
}

/** Object.defineProperty ( O, P, Attributes ) — https://tc39.es/ecma262/#sec-object.defineproperty */
function Object_defineProperty(
  callee: Builtin,
  _thisValue: Value,
  [O, P, Attributes]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const object = requireObject(agent, O, 'Object.defineProperty');
  const key = ToPropertyKey(agent, P);
  const Desc = ToPropertyDescriptor(agent, Attributes);
  return internalMethodWork(agent, DEFINE_OWN_PROPERTY, object, { P: key, Desc }, objectIfDefined);
}

function objectIfDefined(
  agent: Agent,
  isDefined: boolean,
  O: JSObject,
  { P }: { readonly P: PropertyKey },
): Value {
  if (!isDefined) cannotDefine(agent, P);
  return O;
}

function requireObject(agent: Agent, O: Value, what: string): JSObject {
  if (typeof O !== 'object' || O === null) throwTypeError(agent, `${what} called on non-object`);
  return O;
}

/** Object.entries ( O ) — https://tc39.es/ecma262/#sec-object.entries */
function Object_entries(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  const agent = callee.realm.agent;
  return CreateArrayFromList(agent, EnumerableOwnProperties(agent, ToObject(agent, O), 'key+value'));
}

/** Object.freeze ( O ) — https://tc39.es/ecma262/#sec-object.freeze */
function Object_freeze(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  const agent = callee.realm.agent;
  if (typeof O !== 'object' || O === null) return O;
  if (!SetIntegrityLevel(agent, O, 'frozen')) throwTypeError(agent, 'Cannot freeze');
  return O;
}

/** Object.getOwnPropertyDescriptor ( O, P ) — https://tc39.es/ecma262/#sec-object.getownpropertydescriptor */
function Object_getOwnPropertyDescriptor(
  callee: Builtin,
  _thisValue: Value,
  [O, P]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const obj = ToObject(agent, O);
  const key = ToPropertyKey(agent, P);
  return internalMethodWork(agent, GET_OWN_PROPERTY, obj, key, FromPropertyDescriptor);
}

/** Object.getOwnPropertyDescriptors ( O ) — https://tc39.es/ecma262/#sec-object.getownpropertydescriptors */
function Object_getOwnPropertyDescriptors(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  O: Value,
): Value {
  const agent = callee.realm.agent;
  const obj = ToObject(agent, O);
  const ownKeys = obj.OwnPropertyKeys(agent);
  const descriptors = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  for (const key of ownKeys) {
    agent.chargeFuel(1);
    const descriptor = FromPropertyDescriptor(agent, obj.GetOwnProperty(agent, key));
    if (descriptor !== undefined) CreateDataPropertyOrThrow(agent, descriptors, key, descriptor);
  }
  return descriptors;
}

function arrayOfNames(agent: Agent, keys: readonly PropertyKey[]): Value {
  return arrayOfKeys(
    agent,
    keys.filter((key) => typeof key !== 'symbol'),
  );
}

function arrayOfSymbols(agent: Agent, keys: readonly PropertyKey[]): Value {
  return arrayOfKeys(
    agent,
    keys.filter((key) => typeof key === 'symbol'),
  );
}

/** Object.getOwnPropertyNames ( O ) — https://tc39.es/ecma262/#sec-object.getownpropertynames */
function Object_getOwnPropertyNames(callee: Builtin, _thisValue: Value, [O]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  return internalMethodWork(agent, OWN_PROPERTY_KEYS, ToObject(agent, O), null, arrayOfNames);
}

/** Object.getOwnPropertySymbols ( O ) — https://tc39.es/ecma262/#sec-object.getownpropertysymbols */
function Object_getOwnPropertySymbols(
  callee: Builtin,
  _thisValue: Value,
  [O]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  return internalMethodWork(agent, OWN_PROPERTY_KEYS, ToObject(agent, O), null, arrayOfSymbols);
}

/** Object.getPrototypeOf ( O ) — https://tc39.es/ecma262/#sec-object.getprototypeof */
function Object_getPrototypeOf(callee: Builtin, _thisValue: Value, [O]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  return internalMethodWork(agent, GET_PROTOTYPE_OF, ToObject(agent, O), null, outcomeItself);
}

/** Object.groupBy ( items, callback ) — https://tc39.es/ecma262/#sec-object.groupby */
function Object_groupBy(
  callee: Builtin,
  _thisValue: Value,
  [items, callback]: readonly Value[],
): PendingWork {
  return new GroupByToObject(callee.realm.agent, items, callback);
}

class GroupByToObject extends GroupByProperty {
  protected override resultOf(agent: Agent, groups: readonly Group[]): Value {
    const obj = OrdinaryObjectCreate(agent, null);
    for (const [key, elements] of groups) {
      CreateDataPropertyOrThrow(agent, obj, key as PropertyKey, CreateArrayFromList(agent, elements));
    }
    return obj;
  }
}

/** Object.hasOwn ( O, P ) — https://tc39.es/ecma262/#sec-object.hasown */
function Object_hasOwn(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value, P: Value): Value {
  const agent = callee.realm.agent;
  const obj = ToObject(agent, O);
  return HasOwnProperty(agent, obj, ToPropertyKey(agent, P));
}

/** Object.is ( value1, value2 ) — https://tc39.es/ecma262/#sec-object.is */
function Object_is(
  _callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  value1: Value,
  value2: Value,
): Value {
  return SameValue(value1, value2);
}

/** Object.isExtensible ( O ) — https://tc39.es/ecma262/#sec-object.isextensible */
function Object_isExtensible(callee: Builtin, _thisValue: Value, [O]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  if (typeof O !== 'object' || O === null) return { work: null, result: false };
  return internalMethodWork(agent, IS_EXTENSIBLE, O, null, outcomeItself);
}

/** Object.isFrozen ( O ) — https://tc39.es/ecma262/#sec-object.isfrozen */
function Object_isFrozen(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  return typeof O !== 'object' || O === null || TestIntegrityLevel(callee.realm.agent, O, 'frozen');
}

/** Object.isSealed ( O ) — https://tc39.es/ecma262/#sec-object.issealed */
function Object_isSealed(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  return typeof O !== 'object' || O === null || TestIntegrityLevel(callee.realm.agent, O, 'sealed');
}

/** Object.keys ( O ) — https://tc39.es/ecma262/#sec-object.keys */
function Object_keys(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  const agent = callee.realm.agent;
  return CreateArrayFromList(agent, EnumerableOwnProperties(agent, ToObject(agent, O), 'key'));
}

/** Object.preventExtensions ( O ) — https://tc39.es/ecma262/#sec-object.preventextensions */
function Object_preventExtensions(callee: Builtin, _thisValue: Value, [O]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  if (typeof O !== 'object' || O === null) return { work: null, result: O };
  return internalMethodWork(agent, PREVENT_EXTENSIONS, O, null, objectIfNotExtensible);
}

function objectIfNotExtensible(agent: Agent, isPrevented: boolean, O: JSObject): Value {
  if (!isPrevented) throwTypeError(agent, 'Cannot prevent extensions');
  return O;
}

/** Object.seal ( O ) — https://tc39.es/ecma262/#sec-object.seal */
function Object_seal(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  const agent = callee.realm.agent;
  if (typeof O !== 'object' || O === null) return O;
  if (!SetIntegrityLevel(agent, O, 'sealed')) throwTypeError(agent, 'Cannot seal');
  return O;
}

/** Object.setPrototypeOf ( O, proto ) — https://tc39.es/ecma262/#sec-object.setprototypeof */
function Object_setPrototypeOf(
  callee: Builtin,
  _thisValue: Value,
  [O, proto]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  RequireObjectCoercible(agent, O, 'Object.setPrototypeOf');
  if (typeof proto !== 'object') {
    throwTypeError(agent, `Object prototype may only be an Object or null: ${describeForMessage(proto)}`);
  }
  if (typeof O !== 'object' || O === null) return { work: null, result: O };
  return internalMethodWork(agent, SET_PROTOTYPE_OF, O, proto, objectIfPrototypeSet);
}

function objectIfPrototypeSet(agent: Agent, isSet: boolean, O: JSObject, proto: JSObject | null): Value {
  if (!isSet) cannotSetPrototype(agent, O, proto);
  return O;
}

function cannotSetPrototype(agent: Agent, O: JSObject, proto: JSObject | null): never {
  let hops = 0;
  for (let p = proto; p !== null; p = p.shape.proto) {
    if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
    if (p === O) throwTypeError(agent, 'Cyclic __proto__ value');
  }
  return throwTypeError(
    agent,
    'Object prototype cannot be changed: it is immutable or the object is not extensible',
  );
}

/** Object.values ( O ) — https://tc39.es/ecma262/#sec-object.values */
function Object_values(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  const agent = callee.realm.agent;
  return CreateArrayFromList(agent, EnumerableOwnProperties(agent, ToObject(agent, O), 'value'));
}

/** Object.prototype.hasOwnProperty ( V ) — https://tc39.es/ecma262/#sec-object.prototype.hasownproperty */
function Object_prototype_hasOwnProperty(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  V: Value,
): Value {
  const agent = callee.realm.agent;
  const P = ToPropertyKey(agent, V);
  return HasOwnProperty(agent, ToObject(agent, thisValue), P);
}

/** Object.prototype.isPrototypeOf ( V ) — https://tc39.es/ecma262/#sec-object.prototype.isprototypeof */
function Object_prototype_isPrototypeOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  V: Value,
): Value {
  const agent = callee.realm.agent;
  if (typeof V !== 'object' || V === null) return false;
  const O = ToObject(agent, thisValue);
  for (let p = V.GetPrototypeOf(agent); p !== null; p = p.GetPrototypeOf(agent)) {
    if (p === O) return true;
    agent.chargeFuel(1);
  }
  return false;
}

/** Object.prototype.propertyIsEnumerable ( V ) — https://tc39.es/ecma262/#sec-object.prototype.propertyisenumerable */
function Object_prototype_propertyIsEnumerable(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  V: Value,
): Value {
  const agent = callee.realm.agent;
  const P = ToPropertyKey(agent, V);
  const desc = ToObject(agent, thisValue).GetOwnProperty(agent, P);
  return desc !== undefined && desc.enumerable === true;
}

/** Object.prototype.toLocaleString ( ) — https://tc39.es/ecma262/#sec-object.prototype.tolocalestring */
function Object_prototype_toLocaleString(callee: Builtin, thisValue: Value): Value {
  return Invoke(callee.realm.agent, thisValue, 'toString');
}

const BUILTIN_TAGS: readonly string[] = [
  'Arguments',
  'Function',
  'Error',
  'Boolean',
  'Number',
  'String',
  'Date',
  'RegExp',
];

/** Object.prototype.toString ( ) — https://tc39.es/ecma262/#sec-object.prototype.tostring */
function Object_prototype_toString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (thisValue === undefined) return '[object Undefined]';
  if (thisValue === null) return '[object Null]';
  const O = ToObject(agent, thisValue);
  let builtinTag = 'Object';
  if (IsArray(agent, O)) builtinTag = 'Array';
  else if (BUILTIN_TAGS.includes(O.className())) builtinTag = O.className();
  const tag = O.Get(agent, SYMBOL_TO_STRING_TAG, O);
  if (typeof tag === 'string') {
    chargeConcatenation(agent, tag.length, 9);
    return `[object ${tag}]`;
  }
  return `[object ${builtinTag}]`;
}

/** Object.prototype.valueOf ( ) — https://tc39.es/ecma262/#sec-object.prototype.valueof */
function Object_prototype_valueOf(callee: Builtin, thisValue: Value): Value {
  return ToObject(callee.realm.agent, thisValue);
}

/** get Object.prototype.__proto__ — https://tc39.es/ecma262/#sec-get-object.prototype.__proto__ */
function get_Object_prototype_proto(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return ToObject(agent, thisValue).GetPrototypeOf(agent);
}

/** set Object.prototype.__proto__ — https://tc39.es/ecma262/#sec-set-object.prototype.__proto__ */
function set_Object_prototype_proto(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  proto: Value,
): Value {
  const agent = callee.realm.agent;
  RequireObjectCoercible(agent, thisValue, 'set Object.prototype.__proto__');
  if (typeof proto !== 'object') return undefined;
  if (typeof thisValue !== 'object' || thisValue === null) return undefined;
  if (!thisValue.SetPrototypeOf(agent, proto)) cannotSetPrototype(agent, thisValue, proto);
  return undefined;
}

function defineAccessor(agent: Agent, O: JSObject, P: Value, get: Value, set: Value): undefined {
  const f = get ?? set;
  if (!IsCallable(f)) throwTypeError(agent, 'Object.prototype.__defineGetter__: Expecting function');
  const desc = new PropertyDescriptor();
  if (get !== undefined) {
    desc.hasGet = true;
    desc.get = f;
  } else {
    desc.hasSet = true;
    desc.set = f;
  }
  desc.enumerable = true;
  desc.configurable = true;
  DefinePropertyOrThrow(agent, O, ToPropertyKey(agent, P), desc);
  return undefined;
}

/** Object.prototype.__defineGetter__ ( P, getter ) — https://tc39.es/ecma262/#sec-object.prototype.__defineGetter__ */
function Object_prototype_defineGetter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  P: Value,
  getter: Value,
): Value {
  const agent = callee.realm.agent;
  return defineAccessor(agent, ToObject(agent, thisValue), P, getter ?? null, undefined);
}

/** Object.prototype.__defineSetter__ ( P, setter ) — https://tc39.es/ecma262/#sec-object.prototype.__defineSetter__ */
function Object_prototype_defineSetter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  P: Value,
  setter: Value,
): Value {
  const agent = callee.realm.agent;
  return defineAccessor(agent, ToObject(agent, thisValue), P, undefined, setter ?? null);
}

function lookupAccessor(agent: Agent, thisValue: Value, P: Value): PropertyDescriptor | undefined {
  let O: JSObject | null = ToObject(agent, thisValue);
  const key = ToPropertyKey(agent, P);
  while (O !== null) {
    const desc = O.GetOwnProperty(agent, key);
    if (desc !== undefined) return IsAccessorDescriptor(desc) ? desc : undefined;
    O = O.GetPrototypeOf(agent);
    agent.chargeFuel(1);
  }
  return undefined;
}

/** Object.prototype.__lookupGetter__ ( P ) — https://tc39.es/ecma262/#sec-object.prototype.__lookupGetter__ */
function Object_prototype_lookupGetter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  P: Value,
): Value {
  return lookupAccessor(callee.realm.agent, thisValue, P)?.get;
}

/** Object.prototype.__lookupSetter__ ( P ) — https://tc39.es/ecma262/#sec-object.prototype.__lookupSetter__ */
function Object_prototype_lookupSetter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  P: Value,
): Value {
  return lookupAccessor(callee.realm.agent, thisValue, P)?.set;
}

/** %Object.prototype% is an immutable prototype exotic object — https://tc39.es/ecma262/#sec-immutable-prototype-exotic-objects */
class ImmutablePrototypeObject extends JSObject {
  override SetPrototypeOf(agent: Agent, V: JSObject | null): boolean {
    return V === this.GetPrototypeOf(agent);
  }
}

export const objectIntrinsics: readonly IntrinsicSpec[] = [
  functionSpec('%Object.prototype.toString%', 'toString', 0, Object_prototype_toString),
  constructorSpec('%Object%', 'Object', {
    length: 1,
    code: Object_constructor,
    prototype: '%Object.prototype%',
    rows: [
      method('assign', 2, Object_assign),
      method('create', 2, Object_create),
      method('defineProperties', 2, Object_defineProperties),
      workingMethod('defineProperty', 3, Object_defineProperty),
      method('entries', 1, Object_entries),
      method('freeze', 1, Object_freeze),
      workingMethod('fromEntries', 1, Object_fromEntries),
      workingMethod('getOwnPropertyDescriptor', 2, Object_getOwnPropertyDescriptor),
      method('getOwnPropertyDescriptors', 1, Object_getOwnPropertyDescriptors),
      workingMethod('getOwnPropertyNames', 1, Object_getOwnPropertyNames),
      workingMethod('getOwnPropertySymbols', 1, Object_getOwnPropertySymbols),
      workingMethod('getPrototypeOf', 1, Object_getPrototypeOf),
      workingMethod('groupBy', 2, Object_groupBy),
      method('hasOwn', 2, Object_hasOwn),
      method('is', 2, Object_is),
      workingMethod('isExtensible', 1, Object_isExtensible),
      method('isFrozen', 1, Object_isFrozen),
      method('isSealed', 1, Object_isSealed),
      method('keys', 1, Object_keys),
      workingMethod('preventExtensions', 1, Object_preventExtensions),
      method('seal', 1, Object_seal),
      workingMethod('setPrototypeOf', 2, Object_setPrototypeOf),
      method('values', 1, Object_values),
    ],
  }),
  objectSpec('%Object.prototype%', {
    parent: null,
    constructorName: '%Object%',
    make: (_realm, shape) => new ImmutablePrototypeObject(shape),
    rows: [
      method('__defineGetter__', 2, Object_prototype_defineGetter),
      method('__defineSetter__', 2, Object_prototype_defineSetter),
      method('hasOwnProperty', 1, Object_prototype_hasOwnProperty),
      method('__lookupGetter__', 1, Object_prototype_lookupGetter),
      method('__lookupSetter__', 1, Object_prototype_lookupSetter),
      method('isPrototypeOf', 1, Object_prototype_isPrototypeOf),
      method('propertyIsEnumerable', 1, Object_prototype_propertyIsEnumerable),
      intrinsicValue('toString', '%Object.prototype.toString%'),
      method('valueOf', 0, Object_prototype_valueOf),
      accessor('__proto__', get_Object_prototype_proto, set_Object_prototype_proto),
      method('toLocaleString', 0, Object_prototype_toLocaleString),
    ],
  }),
];
