// The Property Descriptor specification type and the attribute bits that shapes store for a property.
import type { JSObject } from './objects/object.ts';
import type { Value } from './value.ts';

export const ATTR_WRITABLE = 1;
export const ATTR_ENUMERABLE = 2;
export const ATTR_CONFIGURABLE = 4;
/** The slot holds an AccessorPair; ATTR_WRITABLE is then clear. */
export const ATTR_ACCESSOR = 8;

/** All true: a property made by assignment. */
export const ATTRS_DEFAULT = ATTR_WRITABLE | ATTR_ENUMERABLE | ATTR_CONFIGURABLE;
/** Writable and configurable: methods and most library values. */
export const ATTRS_HIDDEN = ATTR_WRITABLE | ATTR_CONFIGURABLE;
/** Nothing: constants. */
export const ATTRS_NONE = 0;
/** Configurable only: `name`, `length`, toStringTag. */
export const ATTRS_CONFIGURABLE = ATTR_CONFIGURABLE;

/** What the slot of an accessor property holds. Immutable: a redefinition stores a new pair. */
export class AccessorPair {
  readonly get: JSObject | undefined;
  readonly set: JSObject | undefined;
  constructor(get: JSObject | undefined, set: JSObject | undefined) {
    this.get = get;
    this.set = set;
  }
}

/**
 * Property Descriptor, https://tc39.es/ecma262/#sec-property-descriptor-specification-type .
 * Absent fields: `hasValue`, `hasGet`, `hasSet` are false; `writable`, `enumerable`, `configurable` are undefined.
 */
export class PropertyDescriptor {
  hasValue: boolean;
  value: Value;
  hasGet: boolean;
  get: JSObject | undefined;
  hasSet: boolean;
  set: JSObject | undefined;
  writable: boolean | undefined;
  enumerable: boolean | undefined;
  configurable: boolean | undefined;

  constructor() {
    this.hasValue = false;
    this.value = undefined;
    this.hasGet = false;
    this.get = undefined;
    this.hasSet = false;
    this.set = undefined;
    this.writable = undefined;
    this.enumerable = undefined;
    this.configurable = undefined;
  }
}

/** A data descriptor with all fields, attributes from ATTR bits. */
export function dataDescriptor(value: Value, attributes: number): PropertyDescriptor {
  const desc = new PropertyDescriptor();
  desc.hasValue = true;
  desc.value = value;
  desc.writable = (attributes & ATTR_WRITABLE) !== 0;
  desc.enumerable = (attributes & ATTR_ENUMERABLE) !== 0;
  desc.configurable = (attributes & ATTR_CONFIGURABLE) !== 0;
  return desc;
}

/** An accessor descriptor with all fields, attributes from ATTR bits. */
export function accessorDescriptor(
  get: JSObject | undefined,
  set: JSObject | undefined,
  attributes: number,
): PropertyDescriptor {
  const desc = new PropertyDescriptor();
  desc.hasGet = true;
  desc.get = get;
  desc.hasSet = true;
  desc.set = set;
  desc.enumerable = (attributes & ATTR_ENUMERABLE) !== 0;
  desc.configurable = (attributes & ATTR_CONFIGURABLE) !== 0;
  return desc;
}

/** A descriptor with [[Value]] only. */
export function valueDescriptor(value: Value): PropertyDescriptor {
  const desc = new PropertyDescriptor();
  desc.hasValue = true;
  desc.value = value;
  return desc;
}

/** https://tc39.es/ecma262/#sec-isaccessordescriptor */
export function IsAccessorDescriptor(Desc: PropertyDescriptor | undefined): boolean {
  return Desc !== undefined && (Desc.hasGet || Desc.hasSet);
}

/** https://tc39.es/ecma262/#sec-isdatadescriptor */
export function IsDataDescriptor(Desc: PropertyDescriptor | undefined): boolean {
  return Desc !== undefined && (Desc.hasValue || Desc.writable !== undefined);
}

/** https://tc39.es/ecma262/#sec-isgenericdescriptor */
export function IsGenericDescriptor(Desc: PropertyDescriptor): boolean {
  return !IsAccessorDescriptor(Desc) && !IsDataDescriptor(Desc);
}

/** https://tc39.es/ecma262/#sec-completepropertydescriptor */
export function CompletePropertyDescriptor(Desc: PropertyDescriptor): PropertyDescriptor {
  if (!IsAccessorDescriptor(Desc)) {
    Desc.hasValue = true;
    Desc.writable ??= false;
  } else {
    Desc.hasGet = true;
    Desc.hasSet = true;
  }
  Desc.enumerable ??= false;
  Desc.configurable ??= false;
  return Desc;
}

/** ATTR bits of a complete descriptor. */
export function attributesOf(Desc: PropertyDescriptor): number {
  return (
    (Desc.writable === true ? ATTR_WRITABLE : 0) |
    (Desc.enumerable === true ? ATTR_ENUMERABLE : 0) |
    (Desc.configurable === true ? ATTR_CONFIGURABLE : 0) |
    (IsAccessorDescriptor(Desc) ? ATTR_ACCESSOR : 0)
  );
}
