// WebAssembly.Memory: a view of a memory's own bytes as an ArrayBuffer, anew whenever it grows.
// https://webassembly.github.io/spec/js-api/#memories

import { constructorSpec, type IntrinsicSpec, objectSpec, toStringTag } from '../../builtins/define.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { type ArrayBufferObject, FIXED_LENGTH } from '../../runtime/objects/array-buffer.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { MAX_BYTE_LENGTH } from '../../runtime/operations/array-buffer.ts';
import { Get, shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import type { Shape } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { DEFAULT_PAGE_SIZE_LOG2, type MemoryType } from '../format/types.ts';
import { type MemoryInst, newMemory } from '../runtime/memory.ts';
import { stateOf } from './agent-state.ts';
import { createMemoryBuffer, growMemory } from './memory-buffer.ts';
import { MemoryObject } from './objects.ts';
import type { WebAssemblyState } from './state.ts';
import { objectFor } from './state.ts';
import {
  AddressValueToU64,
  addressLimits,
  attribute,
  operation,
  requireArguments,
  requiredDictionary,
  requireNew,
  U64ToAddressValue,
} from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** https://webassembly.github.io/spec/js-api/#limits */
const MAX_PAGES_32 = 65_536n;
const MAX_PAGES_64 = 2n ** 37n - 1n;

/** Create a memory object from a memory, one for each — https://webassembly.github.io/spec/js-api/#create-a-memory-object */
export function memoryObjectOf(state: WebAssemblyState, memory: MemoryInst): JSObject {
  return objectFor(state, memory, '%WebAssembly.Memory.prototype%', MemoryObject);
}

function newMemoryObject(state: WebAssemblyState, shape: Shape, memory: MemoryInst): MemoryObject {
  const made = new MemoryObject(shape, memory);
  state.objects.set(memory, made);
  return made;
}

/** WebAssembly.Memory ( descriptor ) — https://webassembly.github.io/spec/js-api/#dom-memory-memory */
function Memory_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Memory()';
  const target = requireNew(agent, newTarget, 'WebAssembly.Memory');
  requireArguments(agent, what, args.length, 1);
  const descriptor = requiredDictionary(agent, args[0], `${what}: the descriptor`);
  const { is64, min, max } = addressLimits(agent, descriptor, what);
  const isShared = ToBoolean(Get(agent, descriptor, 'shared'));
  if (isShared && max === null) throwTypeError(agent, `${what}: a shared memory needs 'maximum'`);
  const most = is64 ? MAX_PAGES_64 : MAX_PAGES_32;
  if (max !== null && min > max) throwRangeError(agent, `${what}: 'initial' is more than 'maximum'`);
  if (min > most || (max !== null && max > most)) throwRangeError(agent, `${what}: more pages than ${most}`);
  const shape = shapeFromConstructor(agent, target, '%WebAssembly.Memory.prototype%');
  const state = stateOf(agent);
  const type: MemoryType = { min, max, is64, isShared, pageSizeLog2: DEFAULT_PAGE_SIZE_LOG2 };
  const bytes = Number(min) * 2 ** DEFAULT_PAGE_SIZE_LOG2;
  if (bytes <= MAX_BYTE_LENGTH) agent.chargeBytes(bytes);
  const memory = newMemory(type, state.store.limits.memoryBytes);
  if (memory === null) throwRangeError(agent, `${what}: out of memory`);
  return newMemoryObject(state, shape, memory);
}

function thisMemory(agent: Agent, thisValue: Value, name: string): MemoryObject {
  return thisValue instanceof MemoryObject
    ? thisValue
    : throwTypeError(agent, `${name}: this is not a WebAssembly.Memory`);
}

/** WebAssembly.Memory.prototype.grow ( delta ) — https://webassembly.github.io/spec/js-api/#dom-memory-grow */
function Memory_prototype_grow(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Memory.grow()';
  const { memory } = thisMemory(agent, thisValue, what);
  requireArguments(agent, what, args.length, 1);
  const { is64 } = memory.type;
  const delta = AddressValueToU64(agent, args[0], is64, `${what}: the number of pages`);
  return U64ToAddressValue(growMemory(agent, memory, Number(delta), what), is64);
}

/** get WebAssembly.Memory.prototype.buffer — https://webassembly.github.io/spec/js-api/#dom-memory-buffer */
function get_Memory_prototype_buffer(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  return bufferOf(agent, thisMemory(agent, thisValue, 'get WebAssembly.Memory.buffer'));
}

function bufferOf(agent: Agent, object: MemoryObject): ArrayBufferObject {
  const { memory } = object;
  if (memory.type.isShared) {
    // Another agent may have grown it.
    memory.refresh();
    const known = object.bufferObject;
    if (known?.isFixedLength === true && known.byteLength !== memory.byteLength) object.bufferObject = null;
  }
  object.bufferObject ??= createMemoryBuffer(agent, memory, FIXED_LENGTH);
  return object.bufferObject;
}

/** WebAssembly.Memory.prototype.toFixedLengthBuffer ( ) — https://webassembly.github.io/spec/js-api/#dom-memory-tofixedlengthbuffer */
function Memory_prototype_toFixedLengthBuffer(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const object = thisMemory(agent, thisValue, 'WebAssembly.Memory.toFixedLengthBuffer()');
  const buffer = bufferOf(agent, object);
  return buffer.isFixedLength ? buffer : replaceBuffer(agent, object, FIXED_LENGTH);
}

/** WebAssembly.Memory.prototype.toResizableBuffer ( ) — https://webassembly.github.io/spec/js-api/#dom-memory-toresizablebuffer */
function Memory_prototype_toResizableBuffer(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const object = thisMemory(agent, thisValue, 'WebAssembly.Memory.toResizableBuffer()');
  const buffer = bufferOf(agent, object);
  if (!buffer.isFixedLength) return buffer;
  const { type } = object.memory;
  const most = Number(type.max ?? MAX_PAGES_32) * 2 ** type.pageSizeLog2;
  return replaceBuffer(agent, object, Math.min(most, MAX_BYTE_LENGTH));
}

/** Gives a memory a buffer of the other kind; the old one is detached unless it is shared. */
function replaceBuffer(agent: Agent, object: MemoryObject, maxByteLength: number): ArrayBufferObject {
  const { memory } = object;
  const old = object.bufferObject as ArrayBufferObject;
  if (!memory.type.isShared) {
    agent.chargeBytes(memory.byteLength + (maxByteLength === FIXED_LENGTH ? 0 : maxByteLength >>> 10));
    agent.chargeFuel(memory.byteLength >> 10);
    try {
      memory.rebuffer(maxByteLength === FIXED_LENGTH ? null : maxByteLength);
    } catch (error) {
      // The host cannot reserve as much.
      if (error instanceof RangeError) throwRangeError(agent, 'WebAssembly.Memory: out of memory');
      throw error;
    }
    old.data = null;
    agent.detachEpoch++;
  }
  object.bufferObject = createMemoryBuffer(agent, memory, maxByteLength);
  return object.bufferObject;
}

export const memoryIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WebAssembly.Memory%', 'Memory', {
    length: 1,
    code: Memory_constructor,
    prototype: '%WebAssembly.Memory.prototype%',
  }),
  objectSpec('%WebAssembly.Memory.prototype%', {
    constructorName: '%WebAssembly.Memory%',
    rows: [
      operation('grow', 1, Memory_prototype_grow),
      operation('toFixedLengthBuffer', 0, Memory_prototype_toFixedLengthBuffer),
      operation('toResizableBuffer', 0, Memory_prototype_toResizableBuffer),
      attribute('buffer', get_Memory_prototype_buffer),
      toStringTag('WebAssembly.Memory'),
    ],
  }),
];
