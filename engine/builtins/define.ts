// From rows to intrinsics. Each built-in file describes its objects as specs whose rows are the property list;
// this file alone knows default attributes, the `name` and `length` rules, and that intrinsic
// objects fill themselves in at first touch.
import { InternalError } from '../base/assert.ts';
import { makeTailCall } from '../runtime/call.ts';
import { runGuestWork } from '../runtime/guest-work.ts';
import { ArrayObject } from '../runtime/objects/array.ts';
import { type BuiltinCode, BuiltinFunction } from '../runtime/objects/function.ts';
import type { ResumptionKind } from '../runtime/objects/generator.ts';
import {
  type FunctionSpecial,
  type HostCode,
  JSObject,
  type PendingWork,
  type TailCall,
} from '../runtime/objects/object.ts';
import {
  AccessorPair,
  ATTR_ACCESSOR,
  ATTRS_CONFIGURABLE,
  ATTRS_HIDDEN,
  ATTRS_NONE,
} from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import type { IntrinsicName, IntrinsicsProvider, Realm } from '../runtime/realm.ts';
import {
  ENTRY_SLOT_SHIFT,
  newLazyShape,
  SHAPE_KIND_ARRAY,
  SHAPE_KIND_FUNCTION,
  SHAPE_KIND_ORDINARY,
} from '../runtime/shape.ts';
import { type Primitive, SYMBOL_TO_STRING_TAG, type Value } from '../runtime/value.ts';

interface BaseRow {
  readonly key: PropertyKey;
  readonly attributes: number;
}
export interface MethodRow extends BaseRow {
  readonly rowKind: 'method';
  readonly builtin: BuiltinCode;
}
export interface AccessorRow extends BaseRow {
  readonly rowKind: 'accessor';
  readonly get: BuiltinCode | undefined;
  readonly set: BuiltinCode | undefined;
}
export interface ValueRow extends BaseRow {
  readonly rowKind: 'value';
  readonly value: Primitive;
}
export interface IntrinsicRow extends BaseRow {
  readonly rowKind: 'intrinsic';
  readonly intrinsic: IntrinsicName;
}
export interface AliasRow extends BaseRow {
  readonly rowKind: 'alias';
  /** An earlier key of the same object, whose value this property shares. */
  readonly of: PropertyKey;
}
export type Row = MethodRow | AccessorRow | ValueRow | IntrinsicRow | AliasRow;

function nameOfKey(key: PropertyKey): string {
  return typeof key === 'symbol' ? `[${key.description ?? ''}]` : String(key);
}

/** A method: writable, configurable. `length` is the `length` property. */
export function method(
  key: PropertyKey,
  length: number,
  code: HostCode,
  attributes = ATTRS_HIDDEN,
): MethodRow {
  const builtin: BuiltinCode = { name: nameOfKey(key), prefix: '', length, code, isConstructor: false };
  return { rowKind: 'method', key, attributes, builtin };
}

/** What a method whose last act is a call does before it: its result is that of the call. */
export type TailCode = (
  callee: BuiltinFunction<undefined>,
  thisValue: Value,
  newTarget: JSObject | undefined,
  args: readonly Value[],
) => TailCall;

/** A method whose last act is a call. */
export function tailMethod(key: PropertyKey, length: number, tail: TailCode): MethodRow {
  const code: HostCode = (callee: BuiltinFunction<undefined>, thisValue, newTarget, ...args) =>
    makeTailCall(callee.realm.agent, tail(callee, thisValue, newTarget, args));
  const builtin: BuiltinCode = {
    name: nameOfKey(key),
    prefix: '',
    length,
    code,
    isConstructor: false,
    special: { tail },
  };
  return { rowKind: 'method', key, attributes: ATTRS_HIDDEN, builtin };
}

/** A method that resumes the generator that is its this value, in this way. */
export function resumingMethod(
  key: PropertyKey,
  length: number,
  code: HostCode,
  resumes: ResumptionKind,
): MethodRow {
  const row = method(key, length, code);
  return { ...row, builtin: { ...row.builtin, special: { resumes } } };
}

/** What a method does before work that goes through guest code. */
export type WorkCode = (
  callee: BuiltinFunction<undefined>,
  thisValue: Value,
  args: readonly Value[],
) => PendingWork;

/** A method that ends with work that goes through guest code. */
export function workingMethod(key: PropertyKey, length: number, begin: WorkCode): MethodRow {
  const { code, special } = working((callee, thisValue, _newTarget, args) => begin(callee, thisValue, args));
  const row = method(key, length, code);
  return { ...row, builtin: { ...row.builtin, special } };
}

/** A closure of the library that ends with work that goes through guest code. */
export function workingClosure(name: string, length: number, work: SpecialWork): BuiltinCode {
  return { name, prefix: '', length, isConstructor: false, ...working(work) };
}

type SpecialWork = NonNullable<FunctionSpecial['work']>;

/** The code of functions that end with work: done by nesting where a tier does not see to it itself. */
function working(work: SpecialWork): { readonly code: HostCode; readonly special: FunctionSpecial } {
  const code: HostCode = (callee: BuiltinFunction<undefined>, thisValue, newTarget, ...args) => {
    const { agent } = callee.realm;
    // As where a tier sees to it itself.
    agent.chargeFuel(1);
    const pending = work(callee, thisValue, newTarget, args);
    if (pending.work !== null) runGuestWork(agent, pending.work);
    return pending.result;
  };
  return { code, special: { work } };
}

/** An accessor without setter: configurable. */
export function getter(key: PropertyKey, code: HostCode): AccessorRow {
  return accessor(key, code, undefined);
}

/** An accessor: configurable. */
export function accessor(
  key: PropertyKey,
  get: HostCode | undefined,
  set: HostCode | undefined,
): AccessorRow {
  const name = nameOfKey(key);
  return {
    rowKind: 'accessor',
    key,
    attributes: ATTRS_CONFIGURABLE | ATTR_ACCESSOR,
    get: get === undefined ? undefined : { name, prefix: 'get', length: 0, code: get, isConstructor: false },
    set: set === undefined ? undefined : { name, prefix: 'set', length: 1, code: set, isConstructor: false },
  };
}

/** A property with a primitive value; no attributes unless given. */
export function constant(key: PropertyKey, value: Primitive, attributes: number = ATTRS_NONE): ValueRow {
  return { rowKind: 'value', key, attributes, value };
}

/** The Symbol.toStringTag property: configurable. */
export function toStringTag(tag: string): ValueRow {
  return constant(SYMBOL_TO_STRING_TAG, tag, ATTRS_CONFIGURABLE);
}

/** A property whose value is an intrinsic: writable and configurable unless said otherwise. */
export function intrinsicValue(
  key: PropertyKey,
  intrinsic: IntrinsicName,
  attributes: number = ATTRS_HIDDEN,
): IntrinsicRow {
  return { rowKind: 'intrinsic', key, attributes, intrinsic };
}

/** A second name for the value of an earlier row of the same object. */
export function alias(key: PropertyKey, of: PropertyKey, attributes: number = ATTRS_HIDDEN): AliasRow {
  return { rowKind: 'alias', key, attributes, of };
}

/** An intrinsic: how it is made (with a lazy shape) and how it fills itself in. */
export interface IntrinsicSpec {
  readonly name: IntrinsicName;
  create(realm: Realm): JSObject;
  fill(realm: Realm, object: JSObject): void;
}

function fillRows(realm: Realm, object: JSObject, rows: readonly Row[]): void {
  for (const row of rows) {
    switch (row.rowKind) {
      case 'method':
        object.addSlot(row.key, newBuiltin(realm, row.builtin), row.attributes);
        break;
      case 'accessor': {
        const get = row.get === undefined ? undefined : newBuiltin(realm, row.get);
        const set = row.set === undefined ? undefined : newBuiltin(realm, row.set);
        object.addSlot(row.key, new AccessorPair(get, set), row.attributes);
        break;
      }
      case 'value':
        object.addSlot(row.key, row.value, row.attributes);
        break;
      case 'intrinsic':
        object.addSlot(row.key, realm.intrinsic(row.intrinsic), row.attributes);
        break;
      case 'alias':
        object.addSlot(
          row.key,
          object.getSlot(object.shape.lookup(row.of) >> ENTRY_SLOT_SHIFT),
          row.attributes,
        );
        break;
    }
  }
}

function newBuiltin(realm: Realm, builtin: BuiltinCode): BuiltinFunction<undefined> {
  return new BuiltinFunction(realm.lazyFunctionShape, builtin, realm, undefined);
}

function pend(realm: Realm, object: JSObject, spec: IntrinsicSpec): JSObject {
  realm.agent.pendingIntrinsics.set(object, { realm, spec });
  return object;
}

/** Code of a function that ends with work that goes through guest code. */
export interface WorkingFunction {
  readonly work: SpecialWork;
}

export interface ConstructorOptions {
  /** The `length` property. */
  readonly length: number;
  /** [[Call]] when newTarget is undefined, else [[Construct]]. */
  readonly code: HostCode | WorkingFunction;
  /** The value of `prototype`, not writable. Left out for constructors without it. */
  readonly prototype?: IntrinsicName;
  /** [[Prototype]]; %Function.prototype% by default. */
  readonly parent?: IntrinsicName;
  readonly rows?: readonly Row[];
  /** False for functions that are in the table but have no [[Construct]]. */
  readonly isConstructor?: boolean;
}

/** A constructor `%Name%`: its function name is the intrinsic's. */
export function constructorSpec(
  name: IntrinsicName,
  functionName: string,
  options: ConstructorOptions,
): IntrinsicSpec {
  const { length, code, prototype, parent, rows = [], isConstructor = true } = options;
  const behavior = typeof code === 'function' ? { code } : working(code.work);
  const builtin: BuiltinCode = { name: functionName, prefix: '', length, isConstructor, ...behavior };
  const spec: IntrinsicSpec = {
    name,
    create(realm) {
      const proto = parent === undefined ? realm.functionPrototype : realm.intrinsic(parent);
      const shape = newLazyShape(realm.agent, proto, SHAPE_KIND_FUNCTION);
      return pend(realm, new BuiltinFunction(shape, builtin, realm, undefined), spec);
    },
    fill(realm, object) {
      if (prototype !== undefined) object.addSlot('prototype', realm.intrinsic(prototype), ATTRS_NONE);
      fillRows(realm, object, rows);
    },
  };
  return spec;
}

/** A function intrinsic that several objects share or that the specification names, such as %parseFloat%. */
export function functionSpec(
  name: IntrinsicName,
  functionName: string,
  length: number,
  code: HostCode | WorkingFunction,
): IntrinsicSpec {
  const behavior = typeof code === 'function' ? { code } : working(code.work);
  const builtin: BuiltinCode = { name: functionName, prefix: '', length, isConstructor: false, ...behavior };
  const spec: IntrinsicSpec = {
    name,
    create: (realm) => newBuiltin(realm, builtin),
    fill() {},
  };
  return spec;
}

export interface ObjectOptions {
  /** [[Prototype]]; %Object.prototype% by default, null for none. */
  readonly parent?: IntrinsicName | null;
  /** The value of `constructor`, which comes first. */
  readonly constructorName?: IntrinsicName;
  readonly rows: readonly Row[];
  /** Makes the object when it is of a class of its own. */
  readonly make?: (realm: Realm, shape: ReturnType<typeof newLazyShape>) => JSObject;
  /** SHAPE_KIND_*; ordinary by default. */
  readonly kind?: number;
  /** What rows can't say, done after them. */
  readonly finish?: (realm: Realm, object: JSObject) => void;
}

/** A prototype or namespace object. */
export function objectSpec(name: IntrinsicName, options: ObjectOptions): IntrinsicSpec {
  const spec: IntrinsicSpec = {
    name,
    create(realm) {
      const parent = options.parent === null ? null : realm.intrinsic(options.parent ?? '%Object.prototype%');
      const shape = newLazyShape(realm.agent, parent, options.kind ?? SHAPE_KIND_ORDINARY);
      return pend(realm, options.make === undefined ? new JSObject(shape) : options.make(realm, shape), spec);
    },
    fill(realm, object) {
      if (options.constructorName !== undefined) {
        object.addSlot('constructor', realm.intrinsic(options.constructorName), ATTRS_HIDDEN);
      }
      fillRows(realm, object, options.rows);
      if (options.finish !== undefined) options.finish(realm, object);
    },
  };
  return spec;
}

/** The Array exotic object %Array.prototype%. */
export function arrayObjectSpec(name: IntrinsicName, options: ObjectOptions): IntrinsicSpec {
  return objectSpec(name, {
    ...options,
    kind: SHAPE_KIND_ARRAY,
    make: (_realm, shape) => new ArrayObject(shape, []),
  });
}

/** The provider over a list of specs. Names must be unique. */
export function intrinsicsProvider(specs: readonly IntrinsicSpec[]): IntrinsicsProvider {
  const byName = new Map<IntrinsicName, IntrinsicSpec>();
  for (const spec of specs) {
    if (byName.has(spec.name)) throw new InternalError(`intrinsic ${spec.name} is declared twice`);
    byName.set(spec.name, spec);
  }
  return {
    createIntrinsic(realm, name) {
      const spec = byName.get(name);
      if (spec === undefined) throw new InternalError(`no intrinsic ${name}`);
      return spec.create(realm);
    },
  };
}
