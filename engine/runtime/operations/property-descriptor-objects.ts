// Property descriptors as guest objects, https://tc39.es/ecma262/#sec-property-descriptor-specification-type ,
// and lists of keys from array-likes.
import type { Agent } from '../agent.ts';
import { IsCallable } from '../call.ts';
import { describeForMessage } from '../describe.ts';
import { throwTypeError } from '../errors.ts';
import { JSObject } from '../objects/object.ts';
import { ATTRS_DEFAULT, PropertyDescriptor } from '../property-descriptor.ts';
import { keyFromNumber, keyFromString, type PropertyKey } from '../property-key.ts';
import type { Value } from '../value.ts';
import { ToBoolean, ToLength } from './type-conversion.ts';

/** FromPropertyDescriptor ( Desc ) — https://tc39.es/ecma262/#sec-frompropertydescriptor */
export function FromPropertyDescriptor(
  agent: Agent,
  Desc: PropertyDescriptor | undefined,
): JSObject | undefined {
  if (Desc === undefined) return undefined;
  const obj = new JSObject(agent.realm.objectShape);
  if (Desc.hasValue) obj.addSlot('value', Desc.value, ATTRS_DEFAULT);
  if (Desc.writable !== undefined) obj.addSlot('writable', Desc.writable, ATTRS_DEFAULT);
  if (Desc.hasGet) obj.addSlot('get', Desc.get, ATTRS_DEFAULT);
  if (Desc.hasSet) obj.addSlot('set', Desc.set, ATTRS_DEFAULT);
  if (Desc.enumerable !== undefined) obj.addSlot('enumerable', Desc.enumerable, ATTRS_DEFAULT);
  if (Desc.configurable !== undefined) obj.addSlot('configurable', Desc.configurable, ATTRS_DEFAULT);
  return obj;
}

function optionalBoolean(agent: Agent, Obj: JSObject, name: string): boolean | undefined {
  return Obj.HasProperty(agent, name) ? ToBoolean(Obj.Get(agent, name, Obj)) : undefined;
}

function optionalFunction(agent: Agent, Obj: JSObject, name: string): JSObject | undefined {
  const f = Obj.Get(agent, name, Obj);
  if (f !== undefined && !IsCallable(f)) {
    throwTypeError(
      agent,
      `${name === 'get' ? 'Getter' : 'Setter'} must be a function: ${describeForMessage(f)}`,
    );
  }
  return f;
}

/** ToPropertyDescriptor ( Obj ) — https://tc39.es/ecma262/#sec-topropertydescriptor */
export function ToPropertyDescriptor(agent: Agent, Obj: Value): PropertyDescriptor {
  if (typeof Obj !== 'object' || Obj === null) {
    throwTypeError(agent, `Property description must be an object: ${describeForMessage(Obj)}`);
  }
  const desc = new PropertyDescriptor();
  desc.enumerable = optionalBoolean(agent, Obj, 'enumerable');
  desc.configurable = optionalBoolean(agent, Obj, 'configurable');
  if (Obj.HasProperty(agent, 'value')) {
    desc.hasValue = true;
    desc.value = Obj.Get(agent, 'value', Obj);
  }
  desc.writable = optionalBoolean(agent, Obj, 'writable');
  if (Obj.HasProperty(agent, 'get')) {
    desc.get = optionalFunction(agent, Obj, 'get');
    desc.hasGet = true;
  }
  if (Obj.HasProperty(agent, 'set')) {
    desc.set = optionalFunction(agent, Obj, 'set');
    desc.hasSet = true;
  }
  if ((desc.hasGet || desc.hasSet) && (desc.hasValue || desc.writable !== undefined)) {
    throwTypeError(
      agent,
      'Invalid property descriptor. Cannot both specify accessors and a value or writable attribute',
    );
  }
  return desc;
}

/** CreateListFromArrayLike ( obj, property-key ) — https://tc39.es/ecma262/#sec-createlistfromarraylike */
export function CreateListOfKeys(agent: Agent, obj: Value): PropertyKey[] {
  if (typeof obj !== 'object' || obj === null)
    throwTypeError(agent, 'CreateListFromArrayLike called on non-object');
  const len = ToLength(agent, obj.Get(agent, 'length', obj));
  const list: PropertyKey[] = [];
  for (let index = 0; index < len; index++) {
    agent.chargeFuel(1);
    const next = obj.Get(agent, keyFromNumber(index), obj);
    if (typeof next === 'string') list.push(keyFromString(next));
    else if (typeof next === 'symbol') list.push(next);
    else throwTypeError(agent, `${describeForMessage(next)} is not a valid property name`);
  }
  return list;
}
