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
  // Control. SplitFirst goes on and tries target later; SplitLast goes to target and tries the next one later.
  ['Jump', 'target'],
  ['SplitFirst', 'target'],
  ['SplitLast', 'target'],
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
] as const satisfies readonly (readonly [name: string, operands: string])[];

export type OpcodeName = (typeof rows)[number][0];

/** Opcode numbers by name. */
export const Op = Object.fromEntries(rows.map(([name], index) => [name, index])) as Record<
  OpcodeName,
  number
>;

/** Prints a program, one instruction a line: index, name, operands. */
export function disassemble(code: Int32Array): string {
  const lines: string[] = [];
  for (let pc = 0; pc < code.length; ) {
    const [name, operands] = rows[code[pc]];
    let count = operands === '' ? 0 : operands.split(' ').length;
    if (operands.endsWith('*')) count += code[pc + 2] - 1;
    lines.push([String(pc).padStart(4), name, ...code.subarray(pc + 1, pc + 1 + count)].join(' '));
    pc += 1 + count;
  }
  return lines.join('\n');
}
