// The working memory of a search: registers, stack, and what is left of the steps until the next charge.

import { BacktrackMemo, canRemember } from './backtrack-memo.ts';
import { FIRST_STACK_LENGTH } from './backtrack-stack.ts';
import type { RegExpProgram } from './compiler.ts';
import { BacktrackStepLimit, type MatchLimits } from './match-limits.ts';

/** Steps between two charges. */
const CHUNK = 1000;
/** A match that takes more steps than this and some for each character gets a memory of its failures. */
const STEPS_WITHOUT_MEMO = 20_000;
const STEPS_WITHOUT_MEMO_PER_CHARACTER = 16;

/** The working memory of one search. */
export class MatchState {
  registers: Int32Array;
  stack: Int32Array;
  /** Steps left until the next charge. */
  fuel: number;
  /** Steps charged in this search. */
  steps: number;
  memo: BacktrackMemo | null;
  /** Steps after which this search gets a memory. */
  private stepsWithoutMemo: number;

  constructor() {
    this.registers = new Int32Array(16);
    this.stack = new Int32Array(FIRST_STACK_LENGTH);
    this.fuel = CHUNK;
    this.steps = 0;
    this.memo = null;
    this.stepsWithoutMemo = 0;
  }

  /** Makes ready for a search. */
  begin(program: RegExpProgram, length: number, limits: MatchLimits): void {
    const { registerCount } = program;
    if (this.registers.length < registerCount) this.registers = new Int32Array(registerCount);
    clearCaptures(this.registers, program.captureCount);
    // The limit must hold in the same place whatever ran before.
    const maxLength = Math.floor(limits.maxStackBytes / 4);
    if (this.stack.length > maxLength) this.stack = new Int32Array(maxLength);
    this.fuel = CHUNK;
    this.steps = 0;
    this.memo = null;
    this.stepsWithoutMemo = STEPS_WITHOUT_MEMO + STEPS_WITHOUT_MEMO_PER_CHARACTER * length;
  }

  /** Charges for the steps taken so far. */
  end(limits: MatchLimits): void {
    this.memo = null;
    if (this.fuel < CHUNK) limits.charge(CHUNK - this.fuel);
  }

  /** Charges when no fuel is left; returns the new fuel. Throws what `limits.charge` throws, and BacktrackStepLimit. */
  refill(program: RegExpProgram, length: number, limits: MatchLimits, fuel: number): number {
    const steps = CHUNK - fuel + (this.memo === null ? 0 : this.memo.takeWork());
    limits.charge(steps);
    this.steps += steps;
    const maxSteps = limits.maxSteps + limits.maxStepsPerUnit * length;
    if (this.steps > maxSteps) throw new BacktrackStepLimit(maxSteps);
    if (this.steps > this.stepsWithoutMemo) {
      this.stepsWithoutMemo = Number.POSITIVE_INFINITY;
      if (canRemember(program)) this.memo = new BacktrackMemo(program, length);
    }
    return CHUNK;
  }
}

/** Unsets every capture. */
export function clearCaptures(registers: Int32Array, captureCount: number): void {
  const count = 2 * (captureCount + 1);
  if (count > 32) registers.fill(-1, 0, count);
  else for (let i = 0; i < count; i++) registers[i] = -1;
}
