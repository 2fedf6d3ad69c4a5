// Arguments objects, https://tc39.es/ecma262/#sec-arguments-exotic-objects . The mapped kind forwards its
// first elements to the function's parameters through a ParameterMap that the tier provides; the unmapped
// kind is an ordinary object with a brand.
import type { Agent } from '../agent.ts';
import {
  AccessorPair,
  ATTR_ACCESSOR,
  ATTRS_DEFAULT,
  ATTRS_HIDDEN,
  ATTRS_NONE,
  IsAccessorDescriptor,
  PropertyDescriptor,
} from '../property-descriptor.ts';
import type { PropertyKey } from '../property-key.ts';
import { rootShape, SHAPE_KIND_EXOTIC, SHAPE_KIND_ORDINARY, type Shape } from '../shape.ts';
import { SYMBOL_ITERATOR, type Value } from '../value.ts';
import type { FunctionObject } from './function.ts';
import { defineExotic, EXOTIC_OWN, JSObject, OBJECT_BYTES } from './object.ts';

/** [[ParameterMap]]: which indices stand for parameters, and their values. */
export interface ParameterMap {
  has(index: number): boolean;
  get(agent: Agent, index: number): Value;
  set(agent: Agent, index: number, value: Value): void;
  remove(index: number): void;
}

/** An unmapped arguments object: an ordinary object with a [[ParameterMap]] of undefined. */
export class ArgumentsObject extends JSObject {
  override className(): string {
    return 'Arguments';
  }
}

/** A mapped arguments object. */
export class MappedArgumentsObject extends ArgumentsObject {
  readonly parameterMap: ParameterMap;

  constructor(shape: Shape, parameterMap: ParameterMap) {
    super(shape);
    this.parameterMap = parameterMap;
  }

  override GetOwnProperty(agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    const desc = this.OrdinaryGetOwnProperty(P);
    if (desc !== undefined && typeof P === 'number' && this.parameterMap.has(P)) {
      desc.value = this.parameterMap.get(agent, P);
    }
    return desc;
  }

  override DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    const map = this.parameterMap;
    if (typeof P !== 'number' || !map.has(P)) return super.DefineOwnProperty(agent, P, Desc);
    let newArgDesc = Desc;
    if (!IsAccessorDescriptor(Desc) && !Desc.hasValue && Desc.writable === false) {
      newArgDesc = new PropertyDescriptor();
      newArgDesc.writable = Desc.writable;
      newArgDesc.enumerable = Desc.enumerable;
      newArgDesc.configurable = Desc.configurable;
      newArgDesc.hasValue = true;
      newArgDesc.value = map.get(agent, P);
    }
    const current = this.OrdinaryGetOwnProperty(P);
    if (!this.ValidateAndApplyPropertyDescriptor(P, this.shape.extensible, newArgDesc, current)) return false;
    if (IsAccessorDescriptor(Desc)) {
      map.remove(P);
    } else {
      if (Desc.hasValue) map.set(agent, P, Desc.value);
      if (Desc.writable === false) map.remove(P);
    }
    return true;
  }

  override Delete(agent: Agent, P: PropertyKey): boolean {
    const result = this.OrdinaryDelete(agent, P);
    if (result && typeof P === 'number') this.parameterMap.remove(P);
    return result;
  }
}
defineExotic(MappedArgumentsObject, EXOTIC_OWN);

/** https://tc39.es/ecma262/#sec-createunmappedargumentsobject */
export function CreateUnmappedArgumentsObject(
  agent: Agent,
  argumentsList: readonly Value[],
): ArgumentsObject {
  agent.chargeBytes(OBJECT_BYTES);
  const obj = new ArgumentsObject(rootShape(agent, agent.realm.objectPrototype, SHAPE_KIND_ORDINARY));
  obj.addSlot('length', argumentsList.length, ATTRS_HIDDEN);
  for (let index = 0; index < argumentsList.length; index++)
    obj.addSlot(index, argumentsList[index], ATTRS_DEFAULT);
  obj.addSlot(SYMBOL_ITERATOR, agent.realm.intrinsic('%Array.prototype.values%'), ATTRS_HIDDEN);
  const thrower = agent.realm.intrinsic('%ThrowTypeError%');
  obj.addSlot('callee', new AccessorPair(thrower, thrower), ATTR_ACCESSOR | ATTRS_NONE);
  return obj;
}

/**
 * CreateMappedArgumentsObject with the parameter map made by the caller —
 * https://tc39.es/ecma262/#sec-createmappedargumentsobject
 */
export function CreateMappedArgumentsObject(
  agent: Agent,
  func: FunctionObject,
  argumentsList: readonly Value[],
  parameterMap: ParameterMap,
): ArgumentsObject {
  agent.chargeBytes(OBJECT_BYTES);
  const shape = rootShape(agent, agent.realm.objectPrototype, SHAPE_KIND_EXOTIC);
  const obj = new MappedArgumentsObject(shape, parameterMap);
  for (let index = 0; index < argumentsList.length; index++)
    obj.addSlot(index, argumentsList[index], ATTRS_DEFAULT);
  obj.addSlot('length', argumentsList.length, ATTRS_HIDDEN);
  obj.addSlot(SYMBOL_ITERATOR, agent.realm.intrinsic('%Array.prototype.values%'), ATTRS_HIDDEN);
  obj.addSlot('callee', func, ATTRS_HIDDEN);
  return obj;
}
