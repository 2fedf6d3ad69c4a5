// The code of a unit taken apart into lines that can be moved, copied and taken out: jumps and tables refer to lines, not
// to pcs, so that what comes together again still fits.

import { type OpcodeRow, opcodeRows } from '../../engine/bytecode/opcodes.ts';
import type { CompiledProgram } from '../../engine/engine.ts';

export type Unit = CompiledProgram['unit'];

/** One instruction. */
export interface Line {
  opcode: number;
  /** Operands; those of jumps count for nothing where `targets` has a line. */
  words: number[];
  /** By operand: the line that a jump leads to; null for the end of the code or operands that are no jumps. */
  targets: (Line | null)[];
  pc: number;
}

/** A line, or null for the end of the code. */
type Place = Line | null;

export interface Assembly {
  readonly lines: Line[];
  handlers: { start: Place; end: Place; target: Place; register: number }[];
  positions: { at: Place; offset: number }[];
  callees: { at: Place; start: number; end: number }[];
  regions: { kind: number; start: Place; end: Place }[];
}

export function rowOf({ opcode }: Line): OpcodeRow {
  return opcodeRows[opcode];
}

/** Takes apart the code of a unit that has been verified. */
export function takeApart(unit: Unit): Assembly {
  const { code } = unit;
  const lines: Line[] = [];
  const byPc = new Map<number, Line>();
  for (let pc = 0; pc < code.length; ) {
    const count = opcodeRows[code[pc]].operands.length;
    const words = [...code.subarray(pc + 1, pc + 1 + count)];
    const line: Line = { opcode: code[pc], words, targets: words.map(() => null), pc };
    lines.push(line);
    byPc.set(pc, line);
    pc += 1 + count;
  }
  const placeOf = (pc: number): Place => byPc.get(pc) ?? null;
  for (const line of lines) {
    const end = line.pc + 1 + line.words.length;
    rowOf(line).operands.forEach(({ operandKind }, i) => {
      if (operandKind === 'jump') line.targets[i] = placeOf(end + line.words[i]);
    });
  }
  return {
    lines,
    handlers: rows(unit.handlers, 4).map(([start, end, target, register]) => ({
      start: placeOf(start),
      end: placeOf(end),
      target: placeOf(target),
      register,
    })),
    positions: rows(unit.positions, 2).map(([pc, offset]) => ({ at: placeOf(pc), offset })),
    callees: rows(unit.callees, 3).map(([pc, start, end]) => ({ at: placeOf(pc), start, end })),
    regions: rows(unit.regions, 3).map(([kind, start, end]) => ({
      kind,
      start: placeOf(start),
      end: placeOf(end),
    })),
  };
}

function rows(words: Int32Array, width: number): number[][] {
  const all: number[][] = [];
  for (let i = 0; i < words.length; i += width) all.push([...words.subarray(i, i + width)]);
  return all;
}

/** Puts the lines and tables back into the unit. */
export function putTogether(unit: Unit, { lines, handlers, positions, callees, regions }: Assembly): void {
  let length = 0;
  for (const line of lines) {
    line.pc = length;
    length += 1 + line.words.length;
  }
  const pcOf = (place: Place): number => place?.pc ?? length;
  const code = new Int32Array(length);
  for (const line of lines) {
    const end = line.pc + 1 + line.words.length;
    code[line.pc] = line.opcode;
    line.words.forEach((word, i) => {
      const isJump = rowOf(line).operands[i]?.operandKind === 'jump';
      const target = line.targets[i];
      code[line.pc + 1 + i] = isJump && target !== null ? target.pc - end : word;
    });
  }
  unit.code = code;
  unit.handlers = Int32Array.from(
    handlers.flatMap(({ start, end, target, register }) => [pcOf(start), pcOf(end), pcOf(target), register]),
  );
  // Where lines have gone, several positions may have come to stand at one pc: the last one counts.
  const offsets = new Map(positions.map(({ at, offset }) => [pcOf(at), offset]));
  unit.positions = Int32Array.from([...offsets].sort((a, b) => a[0] - b[0]).flat());
  unit.callees = Int32Array.from(
    callees.filter(({ at }) => at !== null).flatMap(({ at, start, end }) => [pcOf(at), start, end]),
  );
  unit.regions = Int32Array.from(
    regions
      .map(({ kind, start, end }) => [kind, pcOf(start), pcOf(end)])
      .sort((a, b) => a[1] - b[1] || b[2] - a[2])
      .flat(),
  );
}

/** Takes out the line at `index`; what referred to it refers to the one behind. */
export function takeOut(assembly: Assembly, index: number): void {
  const { lines, handlers, positions, callees, regions } = assembly;
  const [gone] = lines.splice(index, 1);
  const next: Place = lines[index] ?? null;
  const replaced = (place: Place): Place => (place === gone ? next : place);
  for (const line of lines) line.targets = line.targets.map(replaced);
  for (const handler of handlers) {
    handler.start = replaced(handler.start);
    handler.end = replaced(handler.end);
    handler.target = replaced(handler.target);
  }
  for (const position of positions) position.at = replaced(position.at);
  assembly.callees = callees.filter(({ at }) => at !== gone);
  for (const region of regions) {
    region.start = replaced(region.start);
    region.end = replaced(region.end);
  }
}
