// WebAssembly.Global. https://webassembly.github.io/spec/js-api/#globals

import { constructorSpec, type IntrinsicSpec, objectSpec, toStringTag } from '../../builtins/define.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { Get, shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { GlobalInst } from '../runtime/instances.ts';
import { stateOf } from './agent-state.ts';
import { GlobalObject } from './objects.ts';
import type { WebAssemblyState } from './state.ts';
import { objectFor } from './state.ts';
import { ToValueType } from './value-types.ts';
import { defaultValue, loadGlobal, requireVisible, storeGlobal, ToWebAssemblyValue } from './values.ts';
import { attribute, operation, requireArguments, requiredDictionary, requireNew } from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Create a global object from a global, one for each — https://webassembly.github.io/spec/js-api/#create-a-global-object */
export function globalObjectOf(state: WebAssemblyState, global: GlobalInst): JSObject {
  return objectFor(state, global, '%WebAssembly.Global.prototype%', GlobalObject);
}

/** WebAssembly.Global ( descriptor [ , v ] ) — https://webassembly.github.io/spec/js-api/#dom-global-global */
function Global_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Global()';
  const target = requireNew(agent, newTarget, 'WebAssembly.Global');
  requireArguments(agent, what, args.length, 1);
  const descriptor = requiredDictionary(agent, args[0], `${what}: the descriptor`);
  const isMutable = ToBoolean(Get(agent, descriptor, 'mutable'));
  const type = ToValueType(agent, Get(agent, descriptor, 'value'), `${what}: 'value'`);
  const state = stateOf(agent);
  requireVisible(state, type, what);
  const shape = shapeFromConstructor(agent, target, '%WebAssembly.Global.prototype%');
  const global = new GlobalInst({ type, isMutable });
  const initial = args[1] === undefined ? defaultValue(type) : null;
  storeGlobal(global, initial === null ? ToWebAssemblyValue(state, args[1], type) : initial.value);
  const object = new GlobalObject(shape, global);
  state.objects.set(global, object);
  return object;
}

function thisGlobal(agent: Agent, thisValue: Value, name: string): GlobalInst {
  return thisValue instanceof GlobalObject
    ? thisValue.global
    : throwTypeError(agent, `${name}: this is not a WebAssembly.Global`);
}

/** GetGlobalValue ( global ) — https://webassembly.github.io/spec/js-api/#getglobalvalue */
function GetGlobalValue(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Global.value';
  const global = thisGlobal(agent, thisValue, what);
  const state = stateOf(agent);
  const { type } = global.type;
  requireVisible(state, type, what);
  return loadGlobal(state, global);
}

/** set WebAssembly.Global.prototype.value — https://webassembly.github.io/spec/js-api/#dom-global-value */
function set_Global_prototype_value(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'set WebAssembly.Global.value';
  const global = thisGlobal(agent, thisValue, what);
  const state = stateOf(agent);
  const { type, isMutable } = global.type;
  requireVisible(state, type, what);
  if (!isMutable) throwTypeError(agent, `${what}: the global is immutable`);
  storeGlobal(global, ToWebAssemblyValue(state, args[0], type));
  return undefined;
}

export const globalIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WebAssembly.Global%', 'Global', {
    length: 1,
    code: Global_constructor,
    prototype: '%WebAssembly.Global.prototype%',
  }),
  objectSpec('%WebAssembly.Global.prototype%', {
    constructorName: '%WebAssembly.Global%',
    rows: [
      operation('valueOf', 0, GetGlobalValue),
      attribute('value', GetGlobalValue, set_Global_prototype_value),
      toStringTag('WebAssembly.Global'),
    ],
  }),
];
