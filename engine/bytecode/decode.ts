// Instructions as data: where each starts, its row of the opcode table, its operands and jump targets. Nothing here
// trusts the code: an unknown opcode or an instruction that runs past the end is null.
import { type OpcodeRow, type OperandKind, opcodeRows } from './opcodes.ts';

export interface Instruction {
  readonly pc: number;
  readonly opcode: number;
  readonly row: OpcodeRow;
  /** pc of the next instruction. */
  readonly end: number;
}

/** The instruction at `pc`; null for an unknown opcode or one that does not fit in. */
export function decodeAt(code: Int32Array, pc: number): Instruction | null {
  const opcode = code[pc];
  if (opcode < 0 || opcode >= opcodeRows.length || pc < 0 || pc >= code.length) return null;
  const row = opcodeRows[opcode];
  const end = pc + 1 + row.operands.length;
  return end > code.length ? null : { pc, opcode, row, end };
}

/** All instructions, up to the first that cannot be decoded. */
export function decodeAll(code: Int32Array): Instruction[] {
  const instructions: Instruction[] = [];
  for (let pc = 0; pc < code.length; ) {
    const instruction = decodeAt(code, pc);
    if (instruction === null) break;
    instructions.push(instruction);
    pc = instruction.end;
  }
  return instructions;
}

/** The word of operand `index`. */
export function operandOf(code: Int32Array, { pc }: Instruction, index: number): number {
  return code[pc + 1 + index];
}

/** Absolute targets of the jumps of an instruction, in the order of its operands. */
export function jumpTargets(code: Int32Array, instruction: Instruction): number[] {
  const targets: number[] = [];
  instruction.row.operands.forEach(({ operandKind }, i) => {
    if (operandKind === 'jump') targets.push(instruction.end + operandOf(code, instruction, i));
  });
  return targets;
}

/** Operand kinds that name a register. */
export function isRegisterKind(kind: OperandKind): boolean {
  return kind === 'dst' || kind === 'src' || kind === 'opt';
}
