// Register code as text, one instruction a line: pc, opcode, operands. Slots are written `s3`, constants as they are,
// targets of jumps `@12`.

import { instructionRows } from '../format/instructions.ts';
import type { RegisterCode } from '../runtime/register-code.ts';
import { R_jump_table } from './register-ops.gen.ts';
import { type DerivedOp, derivedOps, registerOpNames, registerRows } from './register-ops.ts';

/** Kinds of the operands of each opcode: `s` slot, `k` constant, `t` target. */
const operandKinds: readonly string[] = registerOpNames.map((_, number) => {
  const row = registerRows[number];
  if (row !== undefined) return row.operands.replaceAll(' ', '').replace(/[dabc]/g, 's');
  return derivedKinds(derivedOps[number - registerRows.length] as DerivedOp);
});

function derivedKinds({ instruction, form }: DerivedOp): string {
  const row = instructionRows[instruction] as (typeof instructionRows)[number];
  const slots = 's'.repeat(row.results.length + (row.params?.length ?? 0));
  if (form === 'numeric')
    return slots + (row.immediates === 'lane' ? 'k' : row.immediates === 'shuffle' ? 's' : '');
  return slots + (form === 'short' ? 'k' : 'kkk') + (row.immediates === 'memargLane' ? 'k' : '');
}

/** Words of the instruction at a pc. */
function lengthAt(words: Int32Array, pc: number): number {
  const op = words[pc] as number;
  const length = 1 + (operandKinds[op] as string).length;
  return op === R_jump_table ? length + (words[pc + 2] as number) + 1 : length;
}

export function disassemble({ words }: RegisterCode): string {
  const lines: string[] = [];
  for (let pc = 0; pc < words.length; pc += lengthAt(words, pc)) {
    const op = words[pc] as number;
    const operands = [...(operandKinds[op] as string)].map((kind, i) => {
      const word = words[pc + 1 + i] as number;
      return kind === 's' ? `s${word}` : kind === 't' ? `@${word}` : String(word);
    });
    if (op === R_jump_table)
      for (const target of words.subarray(pc + 3, pc + lengthAt(words, pc))) operands.push(`@${target}`);
    lines.push(
      `${String(pc).padStart(4)}  ${(registerOpNames[op] as string).padEnd(14)} ${operands.join(' ')}`.trimEnd(),
    );
  }
  return `${lines.join('\n')}\n`;
}
