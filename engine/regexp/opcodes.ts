// The instructions of the matcher. A program is one Int32Array; an instruction is its number followed by its
// operands. Numbers are places in the table below; the matcher's labels repeat them as literals (a test
// compares the two).
//
// Operands: char = UTF-16 code unit, set/strings = index of a table, reg = register, target = index into
// the code, min/max/count/flag = plain numbers. Registers 0…2n+1 hold the captures (start and end, -1 unset),
// those above them counters, positions and stack heights of loops and lookarounds.

const rows = [
  ['Match', ''],
  ['Fail', ''],
  // One character, forward and backward. U: by code points, the others by code units.
  ['Char', 'char'],
  ['CharBack', 'char'],
  ['CharPair', 'char char'],
  ['CharPairBack', 'char char'],
  ['Set', 'set'],
  ['SetBack', 'set'],
  ['SetU', 'set'],
  ['SetUBack', 'set'],
  // A class with strings: the longest candidate now, the others on backtracking.
  ['Strings', 'strings'],
  ['StringsBack', 'strings'],
  // Repetition of one set, forward.
  ['RunGreedy', 'set min max'],
  ['RunGreedyU', 'set min max'],
  ['RunLazy', 'set min max'],
  ['RunLazyU', 'set min max'],
  // Control. SplitFirst goes on and tries target later; SplitLast goes to target and tries the next one later. The
  // guard is unused: it is room for turning the instruction into a Guard.
  ['Jump', 'target'],
  ['SplitFirst', 'target guard'],
  ['SplitLast', 'target guard'],
  // Registers: all changes are undone on backtracking.
  ['Save', 'reg'],
  ['Clear', 'reg reg'],
  ['Zero', 'reg'],
  ['CheckProgress', 'reg'],
  // Counted loops. The second register of LoopNext is -1 where the body cannot be empty.
  ['LoopGreedy', 'reg min max target'],
  ['LoopLazy', 'reg min max target'],
  ['LoopNext', 'reg min reg target'],
  // Assertions.
  ['Start', ''],
  ['LineStart', ''],
  ['End', ''],
  ['LineEnd', ''],
  ['WordBoundary', 'set'],
  ['NotWordBoundary', 'set'],
  // Lookarounds: registers for the height of the stack and the position; target of a negative one: what follows.
  ['LookBegin', 'reg reg'],
  ['LookEnd', 'reg reg'],
  ['NegativeBegin', 'reg target'],
  ['NegativeEnd', 'reg'],
  // Flag 1: ignore case. The groups are those of one name; at most one of them is set.
  ['BackReference', 'flag count group*'],
  ['BackReferenceBack', 'flag count group*'],
  // Code units one after the other, forward.
  ['Literal', 'count char*'],
  // Made by guards.ts of instructions of the same length. A possessive run gives nothing back. A Guard looks up in the
  // guards from the index on, by the class of the code unit ahead, where to go and what to try later.
  ['RunPossessive', 'set min max'],
  ['RunPossessiveU', 'set min max'],
  ['Guard', 'target guard'],
] as const satisfies readonly (readonly [name: string, operands: string])[];

export type OpcodeName = (typeof rows)[number][0];

/** Opcode numbers by name. */
export const Op = Object.fromEntries(rows.map(([name], index) => [name, index])) as Record<
  OpcodeName,
  number
>;

const fixedOperands: readonly number[] = rows.map(([, operands]) =>
  operands === '' ? 0 : operands.split(' ').filter((operand) => !operand.endsWith('*')).length,
);
const placeOfCount: readonly number[] = rows.map(([, operands]) =>
  operands.endsWith('*') ? 1 + operands.split(' ').indexOf('count') : 0,
);

/** Returns how many numbers the instruction at `pc` takes. */
export function lengthOfInstruction(code: ArrayLike<number>, pc: number): number {
  const place = placeOfCount[code[pc]];
  return 1 + fixedOperands[code[pc]] + (place === 0 ? 0 : code[pc + place]);
}

/** Prints a program, one instruction a line: index, name, operands. */
export function disassemble(code: Int32Array): string {
  const lines: string[] = [];
  for (let pc = 0; pc < code.length; ) {
    const end = pc + lengthOfInstruction(code, pc);
    lines.push([String(pc).padStart(4), rows[code[pc]][0], ...code.subarray(pc + 1, end)].join(' '));
    pc = end;
  }
  return lines.join('\n');
}
