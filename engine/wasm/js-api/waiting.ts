// memory.atomic.wait and notify are Atomics.wait and Atomics.notify: code of both languages waits in the same lists, in
// which the agents of a cluster find each other. https://webassembly.github.io/threads/core/exec/instructions.html

import type { Agent } from '../../runtime/agent.ts';
import { FIXED_LENGTH } from '../../runtime/objects/array-buffer.ts';
import { ELEMENT_TYPES, type ElementType, type TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { DoWait, notifyWaiters } from '../../runtime/operations/atomics.ts';
import { typedArrayOver } from '../../runtime/operations/typed-array.ts';
import type { MemoryInst } from '../runtime/memory.ts';
import type { Waiting } from '../runtime/store.ts';
import { createMemoryBuffer } from './memory-buffer.ts';

const typeNamed = (name: string): ElementType =>
  ELEMENT_TYPES.find((type) => type.name === name) as ElementType;
const INT32 = typeNamed('Int32Array');
const BIGINT64 = typeNamed('BigInt64Array');

const RESULTS: Readonly<Record<string, number>> = { ok: 0, 'not-equal': 1, 'timed-out': 2 };

export class AgentWaiting implements Waiting {
  private readonly agent: Agent;

  constructor(agent: Agent) {
    this.agent = agent;
  }

  private view(memory: MemoryInst, type: ElementType): TypedArrayObject {
    return typedArrayOver(this.agent, type, createMemoryBuffer(this.agent, memory, FIXED_LENGTH));
  }

  wait(memory: MemoryInst, at: number, expected: number | bigint, timeoutMs: number): number {
    const { agent } = this;
    const type = typeof expected === 'number' ? INT32 : BIGINT64;
    const index = at / type.elementSize;
    return RESULTS[DoWait(agent, 'sync', this.view(memory, type), index, expected, timeoutMs) as string];
  }

  notify(memory: MemoryInst, at: number, count: number): number {
    return notifyWaiters(this.agent, this.view(memory, INT32), at / INT32.elementSize, count);
  }
}
