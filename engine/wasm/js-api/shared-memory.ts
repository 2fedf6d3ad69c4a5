// Shared memories between agents: the host's bytes go from one to the other, and each has a memory and an object of its own
// over them. https://webassembly.github.io/spec/web-api/#serialization (of the threads proposal)

import type { Agent } from '../../runtime/agent.ts';
import type { SharedMemory } from '../../runtime/agent-cluster.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import type { Value } from '../../runtime/value.ts';
import { DEFAULT_PAGE_SIZE_LOG2, type MemoryType } from '../format/types.ts';
import { MemoryInst } from '../runtime/memory.ts';
import { stateOf } from './agent-state.ts';
import { memoryObjectOf } from './memory.ts';
import { MemoryObject } from './objects.ts';

type MemoryTypeRecord = NonNullable<SharedMemory['memoryType']>;

/** What another agent needs of a shared WebAssembly.Memory; null for other values. */
export function sharedMemoryOf(
  value: Value,
): { readonly memory: SharedArrayBuffer; readonly memoryType: MemoryTypeRecord } | null {
  if (!(value instanceof MemoryObject) || !value.memory.type.isShared) return null;
  const { buffer, type } = value.memory;
  return {
    memory: buffer as SharedArrayBuffer,
    memoryType: { max: type.max as bigint, is64: type.is64 },
  };
}

/** A WebAssembly.Memory of the running realm over the bytes of another agent's. */
export function adoptedMemory(
  agent: Agent,
  memory: SharedArrayBuffer,
  { max, is64 }: MemoryTypeRecord,
): JSObject {
  const state = stateOf(agent);
  const min = BigInt(Math.floor(memory.byteLength / 2 ** DEFAULT_PAGE_SIZE_LOG2));
  const type: MemoryType = { min, max, is64, isShared: true, pageSizeLog2: DEFAULT_PAGE_SIZE_LOG2 };
  return memoryObjectOf(state, new MemoryInst(type, state.store.limits.memoryBytes, memory));
}
