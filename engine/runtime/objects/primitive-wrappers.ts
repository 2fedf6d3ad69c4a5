// Wrapper objects of primitive values, and the String exotic object,
// https://tc39.es/ecma262/#sec-string-exotic-objects .
import type { Agent } from '../agent.ts';
import {
  ATTR_ENUMERABLE,
  ATTRS_NONE,
  dataDescriptor,
  type PropertyDescriptor,
} from '../property-descriptor.ts';
import type { PropertyKey } from '../property-key.ts';
import { rootShape, SHAPE_KIND_EXOTIC, type Shape } from '../shape.ts';
import {
  chargeKeys,
  defineExotic,
  EXOTIC_OWN,
  IsCompatiblePropertyDescriptor,
  JSObject,
  OBJECT_BYTES,
} from './object.ts';

export class BooleanObject extends JSObject {
  readonly booleanData: boolean;
  constructor(shape: Shape, booleanData: boolean) {
    super(shape);
    this.booleanData = booleanData;
  }
  override className(): string {
    return 'Boolean';
  }
}

export class NumberObject extends JSObject {
  readonly numberData: number;
  constructor(shape: Shape, numberData: number) {
    super(shape);
    this.numberData = numberData;
  }
  override className(): string {
    return 'Number';
  }
}

export class SymbolObject extends JSObject {
  readonly symbolData: symbol;
  constructor(shape: Shape, symbolData: symbol) {
    super(shape);
    this.symbolData = symbolData;
  }
  override className(): string {
    return 'Symbol';
  }
}

export class BigIntObject extends JSObject {
  readonly bigintData: bigint;
  constructor(shape: Shape, bigintData: bigint) {
    super(shape);
    this.bigintData = bigintData;
  }
  override className(): string {
    return 'BigInt';
  }
}

export class StringObject extends JSObject {
  readonly stringData: string;
  constructor(shape: Shape, stringData: string) {
    super(shape);
    this.stringData = stringData;
  }

  override className(): string {
    return 'String';
  }

  /** StringGetOwnProperty and `length`, else undefined — https://tc39.es/ecma262/#sec-stringgetownproperty */
  private stringProperty(P: PropertyKey): PropertyDescriptor | undefined {
    if (typeof P === 'number') {
      return P < this.stringData.length ? dataDescriptor(this.stringData[P], ATTR_ENUMERABLE) : undefined;
    }
    return P === 'length' ? dataDescriptor(this.stringData.length, ATTRS_NONE) : undefined;
  }

  override GetOwnProperty(_agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    return this.stringProperty(P) ?? this.OrdinaryGetOwnProperty(P);
  }

  override DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    const stringDesc = this.stringProperty(P);
    if (stringDesc !== undefined)
      return IsCompatiblePropertyDescriptor(this.shape.extensible, Desc, stringDesc);
    return super.DefineOwnProperty(agent, P, Desc);
  }

  override Delete(agent: Agent, P: PropertyKey): boolean {
    return this.stringProperty(P) === undefined && this.OrdinaryDelete(agent, P);
  }

  override OwnPropertyKeys(agent: Agent): PropertyKey[] {
    const own = this.shapeKeys(agent);
    chargeKeys(agent, this.stringData.length);
    const keys: PropertyKey[] = [];
    for (let i = 0; i < this.stringData.length; i++) keys.push(i);
    let i = 0;
    for (; i < own.length && typeof own[i] === 'number'; i++) keys.push(own[i]);
    keys.push('length');
    for (; i < own.length; i++) keys.push(own[i]);
    return keys;
  }
}
defineExotic(StringObject, EXOTIC_OWN);

/** StringCreate ( value, prototype ) — https://tc39.es/ecma262/#sec-stringcreate */
export function StringCreate(agent: Agent, value: string, prototype: JSObject | null): StringObject {
  agent.chargeBytes(OBJECT_BYTES + 8);
  return new StringObject(rootShape(agent, prototype, SHAPE_KIND_EXOTIC), value);
}
