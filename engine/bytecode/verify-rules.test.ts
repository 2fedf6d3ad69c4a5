import { expect, test } from 'vitest';
import { opcodeRows } from './opcodes.ts';
import { KNOWN_NEEDS } from './verify-instruction.ts';
import { namesInRules, opcodeRules, ruleMistakes } from './verify-rules.ts';
import { KNOWN_EFFECTS } from './verify-transfer.ts';

test('every opcode has a rule whose operands and types are those of the opcode table', () => {
  expect(ruleMistakes()).toEqual([]);
  expect(opcodeRules.map((rule) => rule?.row.name)).toEqual(opcodeRows.map(({ name }) => name));
});

test('every condition and effect that a rule names is known, and every known one is used', () => {
  const { needs, effects } = namesInRules();
  expect([...needs].sort()).toEqual([...KNOWN_NEEDS].sort());
  expect([...effects].sort()).toEqual(KNOWN_EFFECTS.filter((name) => name !== '').sort());
});
