// Handlers by opcode. Opcodes of the hot core that it always finishes itself have none.

import { aggregateHandlers } from './aggregate-handlers.ts';
import { controlHandlers } from './control-handlers.ts';
import type { Handler } from './machine.ts';
import { memoryHandlers } from './memory-handlers.gen.ts';
import { numericHandlers } from './numeric-handlers.gen.ts';
import { referenceHandlers } from './reference-handlers.ts';
import { registerOpNames } from './register-ops.ts';
import { storageHandlers } from './storage-handlers.ts';

export const handlers: Handler[] = registerOpNames.map(() => missing);
for (const list of [
  controlHandlers,
  storageHandlers,
  referenceHandlers,
  aggregateHandlers,
  numericHandlers,
  memoryHandlers,
])
  for (const [op, handler] of list) handlers[op] = handler;

/** Of an opcode that the hot core runs. */
function missing(): number {
  throw new Error('a hot opcode has no handler');
}
