// WebAssembly.Instance, and instantiation: reading imports from objects, linking, exports as objects.
// https://webassembly.github.io/spec/js-api/#instances

import { constructorSpec, type IntrinsicSpec, objectSpec, toStringTag } from '../../builtins/define.ts';
import { WASM_TRAP_ALLOCATION } from '../../eval/wasm-traps.ts';
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { type JSObject, OBJECT_BYTES, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import { Get, shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import { ATTR_ENUMERABLE } from '../../runtime/property-descriptor.ts';
import { keyFromString } from '../../runtime/property-key.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import type { Import } from '../format/module.ts';
import { EXTERNREF, F32, F64, I32, I64, isRef, type ValType } from '../format/types.ts';
import { instantiate } from '../interpret/instantiate.ts';
import { WasmTrapStop } from '../interpret/run.ts';
import {
  type Extern,
  FuncInst,
  GlobalInst,
  type ModuleInst,
  TableInst,
  TagInst,
} from '../runtime/instances.ts';
import { LinkError } from '../runtime/link.ts';
import { stateOf } from './agent-state.ts';
import { instantiateBuiltin } from './builtin-imports.ts';
import { globalObjectOf } from './global.ts';
import { memoryObjectOf } from './memory.ts';
import { requireModule } from './module.ts';
import {
  GlobalObject,
  InstanceObject,
  MemoryObject,
  type ModuleObject,
  TableObject,
  TagObject,
} from './objects.ts';
import { toGuestThrow } from './runtime-errors.ts';
import type { WebAssemblyState } from './state.ts';
import { tableObjectOf } from './table.ts';
import { tagObjectOf } from './tag.ts';
import { exportedFunction, hostFunction, isReferenceTo, storeGlobal, ToWebAssemblyValue } from './values.ts';
import { attribute, requireArguments, requireNew } from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Gives the value for an import. */
export type ImportReader = (module: string, name: string) => Value;

function throwLinkError(agent: Agent, { module, name }: Import, why: string): never {
  throw agent.createThrow('LinkError', `WebAssembly.Instance(): import "${module}" "${name}" ${why}`);
}

/** Read the imports — https://webassembly.github.io/spec/js-api/#read-the-imports */
export function readImports(agent: Agent, module: ModuleObject, importObject: Value): Extern[] {
  const object = typeof importObject === 'object' && importObject !== null ? importObject : null;
  if (object === null && importObject !== undefined)
    throwTypeError(agent, 'WebAssembly.Instance(): the imports must be an object');
  if (object === null && module.builtins.includes(null))
    throwTypeError(agent, 'WebAssembly.Instance(): the module has imports, but no object gives them');
  return readImportsBy(agent, module, (from, name) => {
    const namespace = Get(agent, object as JSObject, keyFromString(from));
    if (typeof namespace !== 'object' || namespace === null)
      throwTypeError(
        agent,
        `WebAssembly.Instance(): imports of "${from}" must be in an object, not ${describeForMessage(namespace)}`,
      );
    return Get(agent, namespace, keyFromString(name));
  });
}

/** The same with a reader of values. */
export function readImportsBy(agent: Agent, module: ModuleObject, read: ImportReader): Extern[] {
  const state = stateOf(agent);
  let funcidx = 0;
  return module.valid.module.imports.map((each, i) => {
    agent.chargeFuel(1);
    const index = each.desc.kind === 'func' ? funcidx++ : 0;
    const builtin = module.builtins[i];
    if (builtin !== null) return instantiateBuiltin(state, builtin, index);
    return externOfValue(state, module, each, index, read(each.module, each.name));
  });
}

function externOfValue(
  state: WebAssemblyState,
  module: ModuleObject,
  each: Import,
  index: number,
  v: Value,
): Extern {
  const { agent } = state;
  const { context } = module.valid;
  const { desc } = each;
  switch (desc.kind) {
    case 'func': {
      const type = state.store.registry.get(context.types[desc.typeidx]);
      return hostFunction(state, type, v, index) ?? throwLinkError(agent, each, 'must be a function');
    }
    case 'table':
      return v instanceof TableObject ? v.table : throwLinkError(agent, each, 'must be a WebAssembly.Table');
    case 'memory':
      return v instanceof MemoryObject
        ? v.memory
        : throwLinkError(agent, each, 'must be a WebAssembly.Memory');
    case 'tag':
      return v instanceof TagObject ? v.tag : throwLinkError(agent, each, 'must be a WebAssembly.Tag');
    case 'global': {
      if (v instanceof GlobalObject) return v.global;
      const { isMutable } = desc.type;
      const type = context.valType(desc.type.type, each.position);
      if (isMutable) throwLinkError(agent, each, 'must be a WebAssembly.Global, because it is mutable');
      if (!mayBecomeGlobal(state, v, type))
        throwLinkError(agent, each, `cannot be ${describeForMessage(v)}: it is of another type`);
      const global = new GlobalInst({ type, isMutable });
      storeGlobal(global, ToWebAssemblyValue(state, v, type));
      return global;
    }
  }
}

/** Whether a value, taken as it is, may stand for an immutable global. */
function mayBecomeGlobal(state: WebAssemblyState, v: Value, type: ValType): boolean {
  switch (type) {
    case I64:
      return typeof v === 'bigint';
    case I32:
    case F32:
    case F64:
      return typeof v === 'number';
    case EXTERNREF:
      return true;
  }
  return isRef(type) && isReferenceTo(state, v, type);
}

/** Instantiate the core of a module, and create the instance object of the running realm — https://webassembly.github.io/spec/js-api/#instantiate-the-core-of-a-webassembly-module */
export function instantiateModule(
  agent: Agent,
  module: ModuleObject,
  imports: readonly Extern[],
  newTarget: JSObject | null,
): InstanceObject {
  const exportsObject = instantiateCore(agent, module, imports).exportsObject;
  if (newTarget === null) {
    agent.chargeBytes(OBJECT_BYTES);
    const prototype = agent.realm.intrinsic('%WebAssembly.Instance.prototype%');
    return new InstanceObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), exportsObject);
  }
  return new InstanceObject(
    shapeFromConstructor(agent, newTarget, '%WebAssembly.Instance.prototype%'),
    exportsObject,
  );
}

/** An instance of the engine with its exports object. Throws a ThrowCompletion or a LimitStop. */
export function instantiateCore(
  agent: Agent,
  module: ModuleObject,
  imports: readonly Extern[],
): { readonly instance: ModuleInst; readonly exportsObject: JSObject } {
  const state = stateOf(agent);
  // What instances keep for functions, and copies of segments.
  agent.chargeBytes(48 * module.valid.module.funcs.length + 256);
  agent.enter(INSTANTIATION_DEPTH);
  let instance: ModuleInst;
  state.lendFuel(false);
  try {
    instance = instantiate(state.machine, module.valid, (_module, _name, index) => imports[index]);
  } catch (thrown) {
    if (thrown instanceof LinkError)
      throw agent.createThrow('LinkError', `WebAssembly.Instance(): ${thrown.message}`);
    if (thrown instanceof WasmTrapStop && thrown.trap === WASM_TRAP_ALLOCATION)
      throw agent.createThrow('RangeError', 'WebAssembly.Instance(): out of memory');
    throw toGuestThrow(state, thrown);
  } finally {
    agent.depth -= INSTANTIATION_DEPTH;
    state.settleFuel();
  }
  return { instance, exportsObject: createExportsObject(state, instance) };
}

/** Units of depth that instantiation takes before a start function runs. */
const INSTANTIATION_DEPTH = 12;

/** Create an exports object — https://webassembly.github.io/spec/js-api/#create-an-exports-object */
function createExportsObject(state: WebAssemblyState, instance: ModuleInst): JSObject {
  const { agent } = state;
  const exportsObject = OrdinaryObjectCreate(agent, null);
  for (const [name, extern] of instance.exports) {
    agent.chargeFuel(1);
    exportsObject.addSlot(keyFromString(name), objectOfExtern(state, extern), ATTR_ENUMERABLE);
  }
  exportsObject.PreventExtensions(agent);
  return exportsObject;
}

/** The object that stands for what a module exports, always the same. */
export function objectOfExtern(state: WebAssemblyState, extern: Extern): JSObject {
  if (extern instanceof FuncInst) return exportedFunction(state, extern);
  if (extern instanceof TableInst) return tableObjectOf(state, extern);
  if (extern instanceof GlobalInst) return globalObjectOf(state, extern);
  if (extern instanceof TagInst) return tagObjectOf(state, extern);
  return memoryObjectOf(state, extern);
}

/** WebAssembly.Instance ( module [ , importObject ] ) — https://webassembly.github.io/spec/js-api/#dom-instance-instance */
function Instance_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const target = requireNew(agent, newTarget, 'WebAssembly.Instance');
  requireArguments(agent, 'WebAssembly.Instance()', args.length, 1);
  const module = requireModule(agent, args[0], 'WebAssembly.Instance()');
  return instantiateModule(agent, module, readImports(agent, module, args[1]), target);
}

/** get WebAssembly.Instance.prototype.exports — https://webassembly.github.io/spec/js-api/#dom-instance-exports */
function get_Instance_prototype_exports(callee: Builtin, thisValue: Value): Value {
  return thisValue instanceof InstanceObject
    ? thisValue.exportsObject
    : throwTypeError(callee.realm.agent, 'get exports: this is not a WebAssembly.Instance');
}

export const instanceIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WebAssembly.Instance%', 'Instance', {
    length: 1,
    code: Instance_constructor,
    prototype: '%WebAssembly.Instance.prototype%',
  }),
  objectSpec('%WebAssembly.Instance.prototype%', {
    constructorName: '%WebAssembly.Instance%',
    rows: [attribute('exports', get_Instance_prototype_exports), toStringTag('WebAssembly.Instance')],
  }),
];
