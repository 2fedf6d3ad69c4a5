// A call into a module that waits for a function of the host, or for fuel, with nothing on the host's stack: its state lies in
// the machine and here. Who made it calls the function and goes on with it then. Activations of one machine nest: the last that
// began ends first.

import type { ExnInst, FuncInst } from '../runtime/instances.ts';
import type { Machine } from './machine.ts';
import { abandon, type RunOutcome, run, unwind } from './run.ts';

export class Activation {
  /** How the last run ended. */
  outcome: RunOutcome;
  /** The function of the host that it waits for, and where its arguments lie and its results go; null: for fuel. */
  hostFunc: FuncInst | null;
  hostBase: number;
  private hostReturnPc: number;
  private hostPc: number;
  private readonly machine: Machine;
  private readonly entryPc: number;
  private readonly entryDepth: number;

  /** Of a call by `invokeSuspending` that did not end: `entryPc` was the machine's pc before it. */
  constructor(machine: Machine, entryPc: number, outcome: RunOutcome) {
    this.outcome = outcome;
    this.hostFunc = null;
    this.hostBase = 0;
    this.hostReturnPc = 0;
    this.hostPc = 0;
    this.machine = machine;
    this.entryPc = entryPc;
    let depth = machine.depth;
    while (machine.framePcs[depth - 1] !== -1) depth--;
    this.entryDepth = depth;
    this.noteCall();
  }

  private noteCall(): void {
    const { machine } = this;
    if (this.outcome !== 'host-call') return;
    this.hostFunc = machine.hostFunc;
    this.hostBase = machine.hostBase;
    this.hostReturnPc = machine.hostReturnPc;
    this.hostPc = machine.pc;
    machine.hostFunc = null;
  }

  /**
   * Goes on: with the results at `hostBase`, or at the handler of what the function of the host threw. Throws what
   * `invoke` throws, and is over then.
   */
  resume(exception: ExnInst | null): void {
    const { machine, hostFunc } = this;
    const outer = machine.suspends;
    machine.suspends = true;
    this.hostFunc = null;
    try {
      this.outcome = this.goOn(machine, hostFunc, exception);
    } catch (error) {
      machine.pc = this.entryPc;
      throw error;
    } finally {
      machine.suspends = outer;
    }
    if (this.outcome === 'done') machine.pc = this.entryPc;
    this.noteCall();
  }

  private goOn(machine: Machine, hostFunc: FuncInst | null, exception: ExnInst | null): RunOutcome {
    if (exception !== null) {
      machine.pc = this.hostPc;
      machine.thrown = exception;
      unwind(machine, this.entryDepth);
    } else if (hostFunc !== null) {
      if (this.hostReturnPc >= 0) machine.pc = this.hostReturnPc;
      // A tail call: its results are those of the function that made it.
      else if (!machine.popFrame()) return 'done';
    }
    return run(machine, this.entryDepth);
  }

  /** Ends it here and now. */
  leave(): void {
    abandon(this.machine, this.entryDepth - 1);
    this.machine.pc = this.entryPc;
  }
}
