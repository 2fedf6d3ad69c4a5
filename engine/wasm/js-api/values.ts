// Values across the boundary, and the functions that cross it with them. The conversions and the Exported Functions need
// each other, so they are in one file.
// https://webassembly.github.io/spec/js-api/#tojsvalue , https://webassembly.github.io/spec/js-api/#exported-function-exotic-objects

import type { Agent } from '../../runtime/agent.ts';
import { Call, IsCallable } from '../../runtime/call.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, GuestPause, type GuestStep } from '../../runtime/guest-work.ts';
import { BuiltinFunction, type FunctionObject } from '../../runtime/objects/function.ts';
import { type JSObject, OBJECT_BYTES, type PendingWork } from '../../runtime/objects/object.ts';
import { GetIterator, IteratorToList } from '../../runtime/operations/iterator-operations.ts';
import { CreateArrayFromList } from '../../runtime/operations/object-operations.ts';
import { ToBigInt64, ToInt32, ToNumber } from '../../runtime/operations/type-conversion.ts';
import { rootShape, SHAPE_KIND_EXOTIC } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import {
  EXTERNREF,
  F32,
  F64,
  type FuncType,
  HEAP_ANY,
  HEAP_EXN,
  HEAP_EXTERN,
  HEAP_FUNC,
  HEAP_NOEXTERN,
  heapOf,
  I32,
  I64,
  isNullable,
  isRef,
  V128,
  type ValType,
  valTypeText,
} from '../format/types.ts';
import { Activation } from '../interpret/activation.ts';
import { invoke, invokeSuspending, type RunOutcome } from '../interpret/run.ts';
import { ExnInst, FuncInst, type GlobalInst, type HostCode } from '../runtime/instances.ts';
import { matchesType, WasmArray, WasmStruct } from '../runtime/references.ts';
import type { CanonicalType } from '../validate/type-registry.ts';
import { GcObject } from './objects.ts';
import { toGuestThrow } from './runtime-errors.ts';
import type { WebAssemblyState } from './state.ts';

/**
 * A value as the engine takes it: a number for i32, f32 and f64, a bigint for i64, and the reference itself, which the
 * engine carries as it is.
 */
export type Converted = unknown;

/** Whether values of a type cannot be seen by JavaScript: v128, and references to exceptions. */
export function isOpaque(state: WebAssemblyState, type: ValType): boolean {
  return type === V128 || (isRef(type) && state.store.registry.topOf(heapOf(type)) === HEAP_EXN);
}

/** Throws the TypeError of a value that JavaScript would see and cannot. */
export function requireVisible(state: WebAssemblyState, type: ValType, what: string): void {
  if (isOpaque(state, type))
    throwTypeError(state.agent, `${what}: JavaScript cannot see values of type ${valTypeText(type)}`);
}

/** ToWebAssemblyValue ( v, type ) — https://webassembly.github.io/spec/js-api/#towebassemblyvalue */
export function ToWebAssemblyValue(state: WebAssemblyState, v: Value, type: ValType): Converted {
  const { agent } = state;
  switch (type) {
    case I32:
      return typeof v === 'number' ? v | 0 : ToInt32(agent, v);
    case I64:
      return ToBigInt64(agent, v);
    case F32:
      return Math.fround(ToNumber(agent, v));
    case F64:
      return ToNumber(agent, v);
    case V128:
      return throwTypeError(agent, 'A v128 cannot be passed between JavaScript and WebAssembly');
    case EXTERNREF:
      return v instanceof GcObject ? v.reference : v;
    default: {
      if (!isReferenceTo(state, v, type))
        throwTypeError(agent, `${describeForMessage(v)} is no ${valTypeText(type)}`);
      return referenceOf(state, v, type);
    }
  }
}

/** Whether ToWebAssemblyValue gives a reference of a type for a value. */
export function isReferenceTo(state: WebAssemblyState, v: Value, type: ValType): boolean {
  return referenceOf(state, v, type) !== undefined || isHostReference(state, v, type);
}

/** undefined is a value of its own, where host values are allowed. */
function isHostReference(state: WebAssemblyState, v: Value, type: ValType): boolean {
  const top = state.store.registry.topOf(heapOf(type));
  return v === undefined && (top === HEAP_EXTERN ? heapOf(type) === HEAP_EXTERN : heapOf(type) === HEAP_ANY);
}

/** The reference that a value is to a type, or undefined. */
function referenceOf(state: WebAssemblyState, v: Value, type: ValType): unknown {
  if (v === null) return isNullable(type) ? null : undefined;
  const { registry } = state.store;
  const heap = heapOf(type);
  switch (registry.topOf(heap)) {
    case HEAP_EXTERN:
      if (heap === HEAP_NOEXTERN) return undefined;
      return v instanceof GcObject ? v.reference : v;
    case HEAP_FUNC: {
      if (!(v instanceof ExportedFunction)) return undefined;
      const { func } = v.captures;
      return matchesType(registry, func, type) ? func : undefined;
    }
    case HEAP_ANY: {
      const reference = v instanceof GcObject ? v.reference : v;
      return matchesType(registry, reference, type) ? reference : undefined;
    }
    default:
      return undefined;
  }
}

/** DefaultValue ( type ) as the engine takes it; undefined for references that have none, v128 and exceptions. */
export function defaultValue(type: ValType): { readonly value: Converted } | null {
  switch (type) {
    case I64:
      return { value: 0n };
    case I32:
    case F32:
    case F64:
      return { value: 0 };
    case EXTERNREF:
      return { value: undefined };
    default:
      return isRef(type) && isNullable(type) ? { value: null } : null;
  }
}

/** ToJSValue of a reference — https://webassembly.github.io/spec/js-api/#tojsvalue */
export function fromReference(state: WebAssemblyState, reference: unknown): Value {
  if (typeof reference !== 'object' || reference === null) return reference as Value;
  if (reference instanceof FuncInst) return exportedFunction(state, reference);
  if (reference instanceof WasmStruct || reference instanceof WasmArray) return gcObject(state, reference);
  if (reference instanceof ExnInst)
    throwTypeError(state.agent, 'A reference to an exception cannot be passed to JavaScript');
  return reference as JSObject;
}

function gcObject(state: WebAssemblyState, reference: WasmStruct | WasmArray): JSObject {
  const known = state.objects.get(reference);
  if (known !== undefined) return known;
  const { agent } = state;
  agent.chargeBytes(OBJECT_BYTES);
  const made = new GcObject(rootShape(agent, null, SHAPE_KIND_EXOTIC), reference);
  state.objects.set(reference, made);
  return made;
}

// ---- Values in slots and in words

/** Puts a converted value into a slot of the machine. */
export function storeSlot(state: WebAssemblyState, type: ValType, slot: number, value: Converted): void {
  const { machine } = state;
  switch (type) {
    case I32:
      machine.i32[slot << 1] = value as number;
      return;
    case I64:
      machine.i64[slot] = value as bigint;
      return;
    case F32:
      // The bits of a NaN are the canonical ones: hosts differ.
      if (value === value) machine.f32[slot << 1] = value as number;
      else machine.setNaN32(slot);
      return;
    case F64:
      if (value === value) machine.f64[slot] = value as number;
      else machine.setNaN64(slot);
      return;
    default:
      machine.refs[slot] = value;
  }
}

/** ToJSValue of what lies in a slot of the machine. */
export function loadSlot(state: WebAssemblyState, type: ValType, slot: number): Value {
  const { machine } = state;
  switch (type) {
    case I32:
      return machine.i32[slot << 1];
    case I64:
      return machine.i64[slot];
    case F32:
      return machine.f32[slot << 1];
    case F64:
      return machine.f64[slot];
    default:
      return fromReference(state, machine.refs[slot]);
  }
}

const scratch = new ArrayBuffer(8);
const scratchWords = new Int32Array(scratch);
const scratchFloat = new Float32Array(scratch);
const scratchDouble = new Float64Array(scratch);
const scratchLong = new BigInt64Array(scratch);

/** Puts a converted value into words at an index; a reference is not for this. */
export function storeWords(words: Int32Array, at: number, type: ValType, value: Converted): void {
  if (type === I64) scratchLong[0] = value as bigint;
  else if (type === F32) {
    if (value === value) scratchFloat[0] = value as number;
    else scratchWords[0] = 0x7fc0_0000;
  } else if (type === F64) {
    if (value === value) scratchDouble[0] = value as number;
    else scratchWords.set([0, 0x7ff8_0000]);
  } else scratchWords[0] = value as number;
  words[at] = scratchWords[0];
  words[at + 1] = scratchWords[1];
}

/** ToJSValue of words at an index. */
export function loadWords(words: Int32Array, at: number, type: ValType): Value {
  scratchWords[0] = words[at];
  scratchWords[1] = words[at + 1];
  if (type === I64) return scratchLong[0];
  if (type === F32) return scratchFloat[0];
  return type === F64 ? scratchDouble[0] : scratchWords[0];
}

/** Sets a global to a converted value. */
export function storeGlobal(global: GlobalInst, value: Converted): void {
  const { type } = global.type;
  if (isRef(type)) global.ref = value;
  else storeWords(global.words, 0, type, value);
}

/** The value of a global whose type is not opaque. */
export function loadGlobal(state: WebAssemblyState, global: GlobalInst): Value {
  const { type } = global.type;
  return isRef(type) ? fromReference(state, global.ref) : loadWords(global.words, 0, type);
}

// ---- From JavaScript into modules

/** What an Exported Function stands for. */
export interface ExportedFunctionCaptures {
  readonly state: WebAssemblyState;
  readonly func: FuncInst;
}

/** https://webassembly.github.io/spec/js-api/#exported-function-exotic-objects */
export class ExportedFunction extends BuiltinFunction<ExportedFunctionCaptures> {}

// From the call of one to a call that a module makes: the driver, the dispatch loop, the function of the host.
(ExportedFunction.prototype as unknown as Record<string, unknown>).callDepth = 10;

/** The Exported Function of a function, one for each — https://webassembly.github.io/spec/js-api/#a-new-exported-function */
export function exportedFunction(state: WebAssemblyState, func: FuncInst): FunctionObject {
  const known = state.functions.get(func);
  if (known !== undefined) return known;
  const { agent } = state;
  agent.chargeBytes(OBJECT_BYTES + 64);
  const builtin = {
    name: String(func.code === null ? (func.hostData as HostFunction).index : func.code.index),
    prefix: '',
    length: (func.type.comp as FuncType).params.length,
    code: callExportedFunction,
    isConstructor: false,
    special: { work: beginExportedFunction },
  } as const;
  const { realm } = agent;
  const made = new ExportedFunction(realm.lazyFunctionShape, builtin, realm, { state, func });
  state.functions.set(func, made);
  return made;
}

/** Types of functions that JavaScript cannot call. */
const opaqueTypes = new WeakMap<CanonicalType, boolean>();

function hasOpaqueValues(state: WebAssemblyState, type: CanonicalType): boolean {
  let isOpaqueType = opaqueTypes.get(type);
  if (isOpaqueType === undefined) {
    const { params, results } = type.comp as FuncType;
    isOpaqueType = [...params, ...results].some((each) => isOpaque(state, each));
    opaqueTypes.set(type, isOpaqueType);
  }
  return isOpaqueType;
}

/** Call an Exported Function — https://webassembly.github.io/spec/js-api/#call-an-exported-function */
function callExportedFunction(
  callee: ExportedFunction,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const { state, func } = callee.captures;
  const base = placeArguments(state, func, args);
  runFunction(state, func, base);
  return takeResults(state, func, base);
}

/** The same, leaving nothing on the host's stack while the module waits for a function of JavaScript or for fuel. */
function beginExportedFunction(
  callee: ExportedFunction,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  args: readonly Value[],
): PendingWork {
  const { state, func } = callee.captures;
  const base = placeArguments(state, func, args);
  if (func.host !== null) {
    runFunction(state, func, base);
    return { work: null, result: takeResults(state, func, base) };
  }
  const { machine } = state;
  const { pc } = machine;
  let outcome: RunOutcome;
  state.lendFuel(true);
  try {
    outcome = invokeSuspending(machine, func, base);
  } catch (thrown) {
    throw toGuestThrow(state, thrown);
  } finally {
    state.settleFuel();
  }
  if (outcome === 'done') return { work: null, result: takeResults(state, func, base) };
  return new ExportedCall(state, func, base, new Activation(machine, pc, outcome));
}

/** Converts the arguments and puts them into free slots; gives the first. */
function placeArguments(state: WebAssemblyState, func: FuncInst, args: readonly Value[]): number {
  const { agent } = state;
  const { params, results } = func.type.comp as FuncType;
  if (hasOpaqueValues(state, func.type))
    throwTypeError(agent, 'The function takes or gives a value that JavaScript cannot see');
  agent.chargeFuel(1);
  // Conversions of objects may run code of the guest, which may use the slots: they come before the first store.
  const converted = hasObject(args)
    ? params.map((type, i) => ToWebAssemblyValue(state, args[i], type))
    : null;
  const { machine } = state;
  const base = machine.freeSlot;
  const slots = Math.max(params.length, results.length);
  if (base + slots > machine.slotCount) agent.throwStackOverflow();
  while (machine.refs.length < base + slots) machine.refs.push(null);
  for (let i = 0; i < params.length; i++) {
    const value = converted === null ? ToWebAssemblyValue(state, args[i], params[i]) : converted[i];
    storeSlot(state, params[i], base + i, value);
  }
  return base;
}

function hasObject(values: readonly Value[]): boolean {
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] === 'object' && values[i] !== null) return true;
  }
  return false;
}

/** What a function has left at a slot. */
function takeResults(state: WebAssemblyState, func: FuncInst, base: number): Value {
  const { results } = func.type.comp as FuncType;
  if (results.length === 0) return undefined;
  if (results.length === 1) return loadSlot(state, results[0], base);
  const { agent } = state;
  const values: Value[] = [];
  for (let i = 0; i < results.length; i++) values.push(loadSlot(state, results[i], base + i));
  agent.chargeBytes(8 * values.length);
  return CreateArrayFromList(agent, values);
}

/** A call of an Exported Function that waits for the first time. */
class ExportedCall extends GuestAlgorithm {
  private readonly state: WebAssemblyState;
  private readonly func: FuncInst;
  private readonly base: number;
  private readonly activation: Activation;

  constructor(state: WebAssemblyState, func: FuncInst, base: number, activation: Activation) {
    super();
    this.state = state;
    this.func = func;
    this.base = base;
    this.activation = activation;
  }

  override begin(agent: Agent): GuestStep | null {
    return this.wait(agent);
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    const { activation, state } = this;
    const { hostFunc, hostBase } = activation;
    if (hostFunc !== null) {
      try {
        storeHostResults(state, hostFunc, hostBase, value);
      } catch (thrown) {
        return this.throwIn(agent, thrown);
      }
    }
    return this.goOn(agent, null);
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    return this.throwIn(agent, new ThrowCompletion(value));
  }

  /** What a function of JavaScript throws goes to the module's handlers if they can see it. */
  private throwIn(agent: Agent, thrown: unknown): GuestStep | null {
    const { activation, state } = this;
    const completion = new ThrowCompletion(guestValueOf(agent, thrown));
    const exception = state.store.exceptionOf(completion);
    if (exception !== null) return this.goOn(agent, exception);
    activation.leave();
    throw completion;
  }

  private goOn(agent: Agent, exception: ExnInst | null): GuestStep | null {
    const { activation, state } = this;
    state.lendFuel(true);
    try {
      activation.resume(exception);
    } catch (thrown) {
      throw toGuestThrow(state, thrown);
    } finally {
      state.settleFuel();
    }
    return this.wait(agent);
  }

  /** What it waits for. */
  private wait(agent: Agent): GuestStep | null {
    const { activation, state } = this;
    const { hostFunc } = activation;
    switch (activation.outcome) {
      case 'done':
        this.result = takeResults(state, this.func, this.base);
        return null;
      case 'out-of-fuel':
        return new GuestPause();
    }
    const { F } = (hostFunc as FuncInst).hostData as HostFunction;
    let args: Value[];
    try {
      args = takeHostArguments(state, hostFunc as FuncInst, activation.hostBase);
    } catch (thrown) {
      return this.throwIn(agent, thrown);
    }
    return new GuestCall(F as FunctionObject, undefined, args);
  }
}

/** Runs a function whose arguments lie at a slot. Throws a ThrowCompletion or a LimitStop. */
function runFunction(state: WebAssemblyState, func: FuncInst, base: number): void {
  state.lendFuel(false);
  try {
    invoke(state.machine, func, base);
  } catch (thrown) {
    throw toGuestThrow(state, thrown);
  } finally {
    state.settleFuel();
  }
}

// ---- From modules into JavaScript

/** What a function of the host works on, and the index it has in the module that imports it. */
export interface HostFunction {
  readonly state: WebAssemblyState;
  readonly index: number;
  readonly F: FunctionObject | null;
}

/** Create a host function — https://webassembly.github.io/spec/js-api/#create-a-host-function */
export function hostFunction(
  state: WebAssemblyState,
  type: CanonicalType,
  F: Value,
  index: number,
): FuncInst | null {
  if (!IsCallable(F)) return null;
  if (F instanceof ExportedFunction) return F.captures.func;
  const data: HostFunction = { state, index, F };
  state.agent.chargeBytes(OBJECT_BYTES);
  // Those with values that JavaScript cannot see throw before they are called.
  return new FuncInst(type, null, null, callGuest, data, !hasOpaqueValues(state, type));
}

/** Run a host function — https://webassembly.github.io/spec/js-api/#run-a-host-function */
const callGuest: HostCode = (_slots, base, func) => {
  const { state, F } = func.hostData as HostFunction;
  const args = takeHostArguments(state, func, base);
  state.settleFuel();
  storeHostResults(state, func, base, Call(state.agent, F as FunctionObject, undefined, args));
  state.lendFuel(false);
};

function takeHostArguments(state: WebAssemblyState, func: FuncInst, base: number): Value[] {
  const { params } = func.type.comp as FuncType;
  if (hasOpaqueValues(state, func.type))
    throwTypeError(state.agent, 'The function takes or gives a value that JavaScript cannot see');
  return params.map((type, i) => loadSlot(state, type, base + i));
}

/** Converts what a function of JavaScript gave and puts it into slots. */
function storeHostResults(state: WebAssemblyState, func: FuncInst, base: number, value: Value): void {
  const { results } = func.type.comp as FuncType;
  if (results.length === 1) {
    const converted = ToWebAssemblyValue(state, value, results[0]);
    storeSlot(state, results[0], base, converted);
  } else if (results.length > 1) storeResults(state, results, base, value);
  const { refs } = state.machine;
  while (refs.length < base + results.length) refs.push(null);
}

/** The results of a function of JavaScript that stands for several: an iterable of as many. */
function storeResults(
  state: WebAssemblyState,
  results: readonly ValType[],
  base: number,
  value: Value,
): void {
  const { agent, machine } = state;
  const values = IteratorToList(agent, GetIterator(agent, value));
  if (values.length !== results.length)
    throwTypeError(agent, `The function must give ${results.length} values and gave ${values.length}`);
  const converted = results.map((type, i) => ToWebAssemblyValue(state, values[i], type));
  while (machine.refs.length < base + results.length) machine.refs.push(null);
  results.forEach((type, i) => {
    storeSlot(state, type, base + i, converted[i]);
  });
}
