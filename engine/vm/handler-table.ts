// The handler of each opcode, by number.
import { assert } from '../base/assert.ts';
import { opcodeRows } from '../bytecode/opcodes.ts';
import type { Handler } from './handler.ts';
import { callHandlers } from './handlers/calls.ts';
import { iterationHandlers } from './handlers/iteration.ts';
import { literalHandlers } from './handlers/literals.ts';
import { nameHandlers } from './handlers/names.ts';
import { privateNameHandlers } from './handlers/private-names.ts';
import { propertyHandlers } from './handlers/properties.ts';
import { superHandlers } from './handlers/super.ts';
import { suspensionHandlers } from './handlers/suspension.ts';
import { valueHandlers } from './handlers/values.ts';

const byName: Readonly<Record<string, Handler>> = {
  ...valueHandlers,
  ...nameHandlers,
  ...propertyHandlers,
  ...privateNameHandlers,
  ...superHandlers,
  ...literalHandlers,
  ...callHandlers,
  ...iterationHandlers,
  ...suspensionHandlers,
};

export const handlers: readonly Handler[] = opcodeRows.map(({ name }) => {
  const handler = byName[name];
  assert(handler !== undefined, `opcode ${name} has a handler`);
  return handler;
});
