// hot
// Variables that do not lie in registers: environment slots, globals, module bindings, names looked up at run time;
// declaration instantiation; this, new.target and super.
import type { DeclarationsConstant, ParameterMapConstant } from '../../bytecode/unit.ts';
import type { Agent } from '../../runtime/agent.ts';
import {
  type DeclarativeEnvironment,
  type Environment,
  type GlobalEnvironmentRecord,
  ObjectEnvironment,
} from '../../runtime/environments.ts';
import { throwReferenceError } from '../../runtime/errors.ts';
import {
  CreateMappedArgumentsObject,
  CreateUnmappedArgumentsObject,
  type ParameterMap,
} from '../../runtime/objects/arguments.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { ECMAScriptFunction, FunctionObject } from '../../runtime/objects/function.ts';
import { EXOTIC_NONE, JSObject } from '../../runtime/objects/object.ts';
import {
  EvalDeclarationInstantiation,
  GlobalDeclarationInstantiation,
} from '../../runtime/operations/declaration-instantiation.ts';
import { typeOf } from '../../runtime/operations/operators.ts';
import { ToObject } from '../../runtime/operations/type-conversion.ts';
import { ATTR_ACCESSOR, ATTR_WRITABLE } from '../../runtime/property-descriptor.ts';
import { keyFromString } from '../../runtime/property-key.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { initializeElements } from '../calling.ts';
import {
  initialSlots,
  thisEnvironment,
  throwUninitialized,
  UNINITIALIZED,
  VMEnvironment,
  VMFunctionEnvironment,
} from '../environment.ts';
import type { InlineCache } from '../feedback.ts';
import type { VMFrame } from '../frame.ts';
import type { VMFunction } from '../function.ts';
import { createFunction, functionPrototypeOf } from '../function.ts';
import type { Handler } from '../handler.ts';

function textAt(frame: VMFrame, index: number): string {
  return frame.unit.constants[frame.code[index]] as string;
}

function environmentAt(regs: readonly Value[], register: number): Environment {
  return regs[register] as unknown as Environment;
}

/** The environment `hops` outwards from the one in a register. */
function outwards(regs: readonly Value[], register: number, hops: number): VMEnvironment {
  let env = regs[register] as unknown as VMEnvironment;
  for (let i = hops; i > 0; i--) env = env.outerEnv as VMEnvironment;
  return env;
}

// ---- Environments

const NewEnvironment: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const descriptor = frame.unit.scopes[code[pc + 3]];
  agent.chargeBytes(64);
  const env = new VMEnvironment(environmentAt(regs, code[pc + 2]), descriptor, initialSlots(descriptor));
  regs[code[pc + 1]] = env as unknown as Value;
  return pc + 4;
};

const NewFunctionEnvironment: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const descriptor = frame.unit.scopes[code[pc + 3]];
  agent.chargeBytes(96);
  const env = new VMFunctionEnvironment(
    environmentAt(regs, code[pc + 2]),
    descriptor,
    initialSlots(descriptor),
    frame.func as ECMAScriptFunction,
    frame.newTarget,
    code[pc + 4] === 1 ? regs[frame.unit.thisRegister] : UNINITIALIZED,
  );
  frame.functionEnvironment = env;
  regs[code[pc + 1]] = env as unknown as Value;
  return pc + 5;
};

const CopyEnvironment: Handler = (agent, { code }, regs, pc) => {
  agent.chargeBytes(64);
  regs[code[pc + 1]] = (regs[code[pc + 2]] as unknown as VMEnvironment).copy() as unknown as Value;
  return pc + 3;
};

const NewWithEnvironment: Handler = (_agent, { code }, regs, pc) => {
  const object = regs[code[pc + 3]] as JSObject;
  const env = new ObjectEnvironment(object, true, environmentAt(regs, code[pc + 2]));
  regs[code[pc + 1]] = env as unknown as Value;
  return pc + 4;
};

const LoadSlot: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = outwards(regs, code[pc + 2], code[pc + 3]).slots[code[pc + 4]];
  return pc + 5;
};
const LoadSlotChecked: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const value = outwards(regs, code[pc + 2], code[pc + 3]).slots[code[pc + 4]];
  if (value === UNINITIALIZED) throwUninitialized(agent, textAt(frame, pc + 5));
  regs[code[pc + 1]] = value;
  return pc + 6;
};
const StoreSlot: Handler = (_agent, { code }, regs, pc) => {
  outwards(regs, code[pc + 1], code[pc + 2]).slots[code[pc + 3]] = regs[code[pc + 4]];
  return pc + 5;
};
const StoreSlotChecked: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const { slots } = outwards(regs, code[pc + 1], code[pc + 2]);
  if (slots[code[pc + 3]] === UNINITIALIZED) throwUninitialized(agent, textAt(frame, pc + 5));
  slots[code[pc + 3]] = regs[code[pc + 4]];
  return pc + 6;
};

// ---- Globals

/** The value of a global name, or NO_GLOBAL. */
const NO_GLOBAL: Value = new (class NoGlobal {
  readonly isNoGlobal = true;
})() as unknown as Value;

function loadGlobal(agent: Agent, frame: VMFrame, name: string, ic: InlineCache): Value {
  const { globalEnv } = frame.realm;
  const { declarativeRecord } = globalEnv;
  if (ic.declarativeVersion === declarativeRecord.version) {
    const { binding } = ic;
    if (binding !== null) {
      if (binding.initialized) return binding.value;
    } else {
      const object = globalEnv.objectRecord.bindingObject;
      if (object.shape === ic.shape && object.shape.version === ic.shapeVersion)
        return object.getSlot(ic.slot) as Value;
    }
  }
  return loadGlobalSlowly(agent, globalEnv, name, ic);
}

function loadGlobalSlowly(
  agent: Agent,
  globalEnv: GlobalEnvironmentRecord,
  name: string,
  ic: InlineCache,
): Value {
  const { declarativeRecord } = globalEnv;
  const binding = declarativeRecord.bindingOf(name);
  if (binding !== undefined) {
    if (!binding.initialized) throwUninitialized(agent, name);
    ic.binding = binding;
    ic.declarativeVersion = declarativeRecord.version;
    return binding.value;
  }
  const object = globalEnv.objectRecord.bindingObject;
  const key = keyFromString(name);
  const entry = typeof key === 'string' && object.exotic === EXOTIC_NONE ? object.lookupOwn(key) : NOT_FOUND;
  if (entry !== NOT_FOUND && (entry & ATTR_ACCESSOR) === 0) {
    ic.binding = null;
    ic.declarativeVersion = declarativeRecord.version;
    ic.shape = object.shape;
    ic.shapeVersion = object.shape.version;
    ic.slot = entry >> ENTRY_SLOT_SHIFT;
    return object.getSlot(ic.slot) as Value;
  }
  if (!object.HasProperty(agent, key)) return NO_GLOBAL;
  return object.Get(agent, key, object);
}

const LoadGlobal: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const { globalEnv } = frame.realm;
  const ic = frame.feedback.caches[code[pc + 3]];
  if (ic.declarativeVersion === globalEnv.declarativeRecord.version) {
    const { binding } = ic;
    if (binding !== null) {
      if (binding.initialized) {
        regs[code[pc + 1]] = binding.value;
        return pc + 4;
      }
    } else {
      const object = globalEnv.objectRecord.bindingObject;
      if (object.shape === ic.shape && object.shape.version === ic.shapeVersion) {
        regs[code[pc + 1]] = object.getSlot(ic.slot) as Value;
        return pc + 4;
      }
    }
  }
  const name = textAt(frame, pc + 2);
  const value = loadGlobalSlowly(agent, globalEnv, name, ic);
  if (value === NO_GLOBAL) throwReferenceError(agent, `${name} is not defined`);
  regs[code[pc + 1]] = value;
  return pc + 4;
};

const TypeOfGlobal: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const value = loadGlobal(agent, frame, textAt(frame, pc + 2), frame.feedback.caches[code[pc + 3]]);
  regs[code[pc + 1]] = value === NO_GLOBAL ? 'undefined' : typeOf(value);
  return pc + 4;
};

const ResolveGlobal: Handler = (agent, frame, regs, pc) => {
  regs[frame.code[pc + 1]] = frame.realm.globalEnv.HasBinding(agent, textAt(frame, pc + 2));
  return pc + 3;
};

/** Stores in a writable property of the global object that the cache has seen; false if it has not. */
function storeInGlobalObject(globalEnv: GlobalEnvironmentRecord, ic: InlineCache, value: Value): boolean {
  const object = globalEnv.objectRecord.bindingObject;
  if (
    ic.binding !== null ||
    ic.declarativeVersion !== globalEnv.declarativeRecord.version ||
    ic.shape !== object.shape ||
    ic.shapeVersion !== object.shape.version
  )
    return false;
  object.setSlot(ic.slot, value);
  return true;
}

function fillForGlobalStore(globalEnv: GlobalEnvironmentRecord, name: string, ic: InlineCache): void {
  const object = globalEnv.objectRecord.bindingObject;
  const { shape } = object;
  const entry = object.exotic === EXOTIC_NONE ? object.lookupOwn(name) : NOT_FOUND;
  if (entry === NOT_FOUND || (entry & ATTR_WRITABLE) === 0 || shape.prototypeInfo !== null) return;
  ic.binding = null;
  ic.declarativeVersion = globalEnv.declarativeRecord.version;
  ic.shape = object.shape;
  ic.shapeVersion = object.shape.version;
  ic.slot = entry >> ENTRY_SLOT_SHIFT;
}

const StoreGlobal: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = textAt(frame, pc + 1);
  const value = regs[code[pc + 2]];
  const ic = frame.feedback.caches[code[pc + 3]];
  const strict = code[pc + 4] === 1;
  const resolved = code[pc + 5];
  const { globalEnv } = frame.realm;
  const { binding } = ic;
  if (
    binding?.initialized &&
    binding.mutable &&
    ic.declarativeVersion === globalEnv.declarativeRecord.version
  ) {
    binding.value = value;
    return pc + 6;
  }
  if (storeInGlobalObject(globalEnv, ic, value)) return pc + 6;
  const exists = resolved === -1 ? globalEnv.HasBinding(agent, name) : regs[resolved] === true;
  if (exists) {
    globalEnv.SetMutableBinding(agent, name, value, strict);
    const found = globalEnv.declarativeRecord.bindingOf(name);
    if (found !== undefined) {
      ic.binding = found;
      ic.declarativeVersion = globalEnv.declarativeRecord.version;
    } else fillForGlobalStore(globalEnv, name, ic);
  } else {
    if (strict) throwReferenceError(agent, `${name} is not defined`);
    const object = frame.realm.globalObject;
    object.Set(agent, keyFromString(name), value, object);
  }
  return pc + 6;
};

const InitializeGlobal: Handler = (agent, frame, regs, pc) => {
  const { globalEnv } = frame.realm;
  globalEnv.InitializeBinding(agent, textAt(frame, pc + 1), regs[frame.code[pc + 2]], 'normal');
  return pc + 3;
};

// ---- Modules

const LoadModuleBinding: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const ic = frame.feedback.caches[code[pc + 5]];
  let { binding } = ic;
  if (binding === null || !binding.initialized) {
    const env = outwards(regs, code[pc + 2], code[pc + 3]) as unknown as DeclarativeEnvironment;
    const name = textAt(frame, pc + 4);
    const found = env.bindingOf(name);
    if (found === undefined || !found.initialized) throwUninitialized(agent, name);
    ic.binding = found;
    binding = found;
  }
  regs[code[pc + 1]] = binding.value;
  return pc + 6;
};
const StoreModuleBinding: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const env = outwards(regs, code[pc + 1], code[pc + 2]) as Environment;
  env.SetMutableBinding(agent, textAt(frame, pc + 3), regs[code[pc + 4]], true);
  return pc + 5;
};
const InitializeModuleBinding: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const env = outwards(regs, code[pc + 1], code[pc + 2]) as Environment;
  env.InitializeBinding(agent, textAt(frame, pc + 3), regs[code[pc + 4]], 'normal');
  return pc + 5;
};

// ---- Names looked up at run time

/** The environment that binds `name`, searching outwards; null if none does. */
function findBinding(agent: Agent, from: Environment, name: string): Environment | null {
  for (let env: Environment | null = from; env !== null; env = env.outerEnv) {
    if (env.HasBinding(agent, name)) return env;
  }
  return null;
}

const LoadName: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = textAt(frame, pc + 3);
  const env = findBinding(agent, environmentAt(regs, code[pc + 2]), name);
  if (env === null) throwReferenceError(agent, `${name} is not defined`);
  regs[code[pc + 1]] = env.GetBindingValue(agent, name, code[pc + 4] === 1);
  return pc + 5;
};

const LoadNameForCall: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = textAt(frame, pc + 4);
  const env = findBinding(agent, environmentAt(regs, code[pc + 3]), name);
  if (env === null) throwReferenceError(agent, `${name} is not defined`);
  regs[code[pc + 1]] = env.GetBindingValue(agent, name, code[pc + 5] === 1);
  regs[code[pc + 2]] = env.WithBaseObject();
  return pc + 6;
};

const TypeOfName: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = textAt(frame, pc + 3);
  const env = findBinding(agent, environmentAt(regs, code[pc + 2]), name);
  regs[code[pc + 1]] =
    env === null ? 'undefined' : typeOf(env.GetBindingValue(agent, name, code[pc + 4] === 1));
  return pc + 5;
};

const DeleteName: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = textAt(frame, pc + 3);
  const env = findBinding(agent, environmentAt(regs, code[pc + 2]), name);
  regs[code[pc + 1]] = env === null ? true : env.DeleteBinding(agent, name);
  return pc + 4;
};

/** An unresolvable reference is `undefined` in the register. */
const ResolveName: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const env = findBinding(agent, environmentAt(regs, code[pc + 2]), textAt(frame, pc + 3));
  regs[code[pc + 1]] = env === null ? undefined : (env as unknown as Value);
  return pc + 4;
};

const LoadResolved: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = textAt(frame, pc + 3);
  const env = regs[code[pc + 2]] as unknown as Environment | undefined;
  if (env === undefined) throwReferenceError(agent, `${name} is not defined`);
  regs[code[pc + 1]] = env.GetBindingValue(agent, name, code[pc + 4] === 1);
  return pc + 5;
};

const StoreResolved: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = textAt(frame, pc + 2);
  const env = regs[code[pc + 1]] as unknown as Environment | undefined;
  const value = regs[code[pc + 3]];
  const strict = code[pc + 4] === 1;
  if (env !== undefined) env.SetMutableBinding(agent, name, value, strict);
  else {
    if (strict) throwReferenceError(agent, `${name} is not defined`);
    const object = agent.realm.globalObject;
    object.Set(agent, keyFromString(name), value, object);
  }
  return pc + 5;
};

const InitializeResolved: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  environmentAt(regs, code[pc + 1]).InitializeBinding(
    agent,
    textAt(frame, pc + 2),
    regs[code[pc + 3]],
    'normal',
  );
  return pc + 4;
};

// ---- Declarations

function instantiator(
  agent: Agent,
  frame: VMFrame,
  declarations: DeclarationsConstant,
  env: Environment,
): (index: number) => FunctionObject {
  return (index) => {
    const { name, unit } = declarations.functions[index];
    const feedback = frame.feedback.ofFunction(unit);
    const prototype = functionPrototypeOf(agent.realm, feedback.unit);
    return createFunction(
      agent,
      prototype,
      feedback,
      env,
      frame.privateEnvironment,
      frame.scriptOrModule,
      name,
      '',
    );
  };
}

const DeclareGlobals: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const declarations = frame.unit.constants[code[pc + 2]] as DeclarationsConstant;
  const { globalEnv } = frame.realm;
  const active = GlobalDeclarationInstantiation(
    agent,
    declarations,
    globalEnv,
    instantiator(agent, frame, declarations, globalEnv),
  );
  regs[code[pc + 1]] = active as unknown as Value;
  return pc + 3;
};

/** The variable environment that code in `env` declares its eval vars in. */
export function variableEnvironment(from: Environment): Environment {
  let env = from;
  while (env.outerEnv !== null) {
    if (env instanceof VMEnvironment && env.descriptor.isVariableScope) return env;
    env = env.outerEnv;
  }
  return env;
}

const DeclareEval: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const declarations = frame.unit.constants[code[pc + 3]] as DeclarationsConstant;
  const lexEnv = environmentAt(regs, code[pc + 2]);
  const active = EvalDeclarationInstantiation(
    agent,
    // The lexical names are slots or registers of the eval's own.
    { ...declarations, lexicals: [] },
    variableEnvironment(lexEnv),
    lexEnv,
    code[pc + 4] === 1,
    instantiator(agent, frame, declarations, lexEnv),
  );
  regs[code[pc + 1]] = active as unknown as Value;
  return pc + 5;
};

const AssignAnnexB: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const active = regs[code[pc + 1]] as unknown as readonly boolean[];
  if (active[code[pc + 2]]) {
    const env = variableEnvironment(environmentAt(regs, code[pc + 3]));
    env.SetMutableBinding(agent, textAt(frame, pc + 4), regs[code[pc + 5]], false);
  }
  return pc + 6;
};

const CreateArguments: Handler = (agent, frame, regs, pc) => {
  regs[frame.code[pc + 1]] = CreateUnmappedArgumentsObject(agent, frame.args ?? []);
  return pc + 2;
};

/** The parameter map of a sloppy function: indices stand for slots of its environment. */
class SlotParameterMap implements ParameterMap {
  private readonly env: VMEnvironment;
  private readonly slots: number[];

  constructor(env: VMEnvironment, slots: readonly number[], argumentCount: number) {
    this.env = env;
    this.slots = slots.slice(0, argumentCount);
  }
  has(index: number): boolean {
    return index < this.slots.length && this.slots[index] !== -1;
  }
  get(_agent: Agent, index: number): Value {
    return this.env.slots[this.slots[index]];
  }
  set(_agent: Agent, index: number, value: Value): void {
    this.env.slots[this.slots[index]] = value;
  }
  remove(index: number): void {
    if (index < this.slots.length) this.slots[index] = -1;
  }
}

const CreateMappedArguments: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const { slots } = frame.unit.constants[code[pc + 3]] as ParameterMapConstant;
  const args = frame.args ?? [];
  const map = new SlotParameterMap(regs[code[pc + 2]] as unknown as VMEnvironment, slots, args.length);
  regs[code[pc + 1]] = CreateMappedArgumentsObject(agent, frame.func as FunctionObject, args, map);
  return pc + 4;
};

const RestArguments: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  regs[code[pc + 1]] = createArrayFrom(agent, (frame.args ?? []).slice(code[pc + 2]));
  return pc + 3;
};

// ---- This, new.target, super

const CoerceThis: Handler = (agent, frame, regs, pc) => {
  const register = frame.code[pc + 1];
  const value = regs[register];
  if (value === undefined || value === null) regs[register] = frame.realm.globalEnv.globalThisValue;
  else if (!(value instanceof JSObject)) regs[register] = ToObject(agent, value);
  return pc + 2;
};

const LoadThisBinding: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = thisEnvironment(environmentAt(regs, code[pc + 2])).GetThisBinding(agent);
  return pc + 3;
};

const BindThis: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const thisER = thisEnvironment(environmentAt(regs, code[pc + 1])) as VMFunctionEnvironment;
  const value = regs[code[pc + 2]] as JSObject;
  if (thisER.thisValue !== UNINITIALIZED)
    throwReferenceError(agent, 'Super constructor may only be called once');
  thisER.thisValue = value;
  return initializeElements(agent, frame, value, thisER.functionObject as VMFunction);
};

const LoadNewTarget: Handler = (_agent, frame, regs, pc) => {
  regs[frame.code[pc + 1]] = frame.newTarget;
  return pc + 2;
};

const LoadNewTargetBinding: Handler = (_agent, { code }, regs, pc) => {
  const env = thisEnvironment(environmentAt(regs, code[pc + 2]));
  regs[code[pc + 1]] = env instanceof VMFunctionEnvironment ? env.newTarget : undefined;
  return pc + 3;
};

const LoadCallee: Handler = (_agent, frame, regs, pc) => {
  regs[frame.code[pc + 1]] = frame.func;
  return pc + 2;
};

const LoadFieldName: Handler = (_agent, frame, regs, pc) => {
  regs[frame.code[pc + 1]] = (frame.func as ECMAScriptFunction).classFieldInitializerName as Value;
  return pc + 2;
};

const GetSuperConstructor: Handler = (agent, { code }, regs, pc) => {
  const env = thisEnvironment(environmentAt(regs, code[pc + 2])) as VMFunctionEnvironment;
  regs[code[pc + 1]] = env.functionObject.GetPrototypeOf(agent);
  return pc + 3;
};

const GetSuperBase: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const register = code[pc + 2];
  const func =
    register === -1
      ? (frame.func as ECMAScriptFunction)
      : (thisEnvironment(environmentAt(regs, register)) as VMFunctionEnvironment).functionObject;
  regs[code[pc + 1]] = func.homeObject?.GetPrototypeOf(agent);
  return pc + 3;
};

export const nameHandlers: Readonly<Record<string, Handler>> = {
  NewEnvironment,
  NewFunctionEnvironment,
  CopyEnvironment,
  NewWithEnvironment,
  LoadSlot,
  LoadSlotChecked,
  StoreSlot,
  StoreSlotChecked,
  LoadGlobal,
  TypeOfGlobal,
  ResolveGlobal,
  StoreGlobal,
  InitializeGlobal,
  LoadModuleBinding,
  StoreModuleBinding,
  InitializeModuleBinding,
  LoadName,
  LoadNameForCall,
  TypeOfName,
  DeleteName,
  ResolveName,
  LoadResolved,
  StoreResolved,
  InitializeResolved,
  DeclareGlobals,
  DeclareEval,
  AssignAnnexB,
  CreateArguments,
  CreateMappedArguments,
  RestArguments,
  CoerceThis,
  LoadThisBinding,
  BindThis,
  LoadNewTarget,
  LoadNewTargetBinding,
  LoadCallee,
  LoadFieldName,
  GetSuperConstructor,
  GetSuperBase,
};
