// Jumps out of statements: break, continue and return. A statement that has something to do when it is left (a finally
// block, an iterator to close) takes the exits that cross it: the jump goes to a stub, and once the statement is
// compiled the stub does that and the exit goes on from outside. Handler ranges so never cover the way out.
import { InternalError } from '../../base/assert.ts';
import { Label } from '../writer.ts';
import type { FunctionCompiler } from './function-compiler.ts';

/** Where an exit leads. What is returned lies in the compiler's returnRegister. */
export type ExitTarget =
  | { readonly exitKind: 'return' }
  | { readonly exitKind: 'jump'; readonly statement: Breakable; readonly isContinue: boolean };

export interface Exit {
  readonly target: ExitTarget;
  readonly stub: Label;
}

/** A statement that jumps may end at or cross. */
export class Breakable {
  readonly outer: Breakable | null;
  /** Labels in front of it. */
  readonly labels: readonly string[];
  /** A break without label ends here. */
  readonly isBreakTarget: boolean;
  readonly isLoop: boolean;
  readonly breakLabel: Label;
  readonly continueLabel: Label;
  /** Null: exits cross it freely. */
  readonly exits: Exit[] | null;

  constructor(
    outer: Breakable | null,
    labels: readonly string[],
    isBreakTarget: boolean,
    isLoop: boolean,
    takesExits: boolean,
  ) {
    this.outer = outer;
    this.labels = labels;
    this.isBreakTarget = isBreakTarget;
    this.isLoop = isLoop;
    this.breakLabel = new Label();
    this.continueLabel = new Label();
    this.exits = takesExits ? [] : null;
  }
}

export function enterLoop(c: FunctionCompiler, labels: readonly string[]): Breakable {
  const statement = new Breakable(c.breakable, labels, true, true, false);
  c.breakable = statement;
  return statement;
}

export function enterSwitch(c: FunctionCompiler, labels: readonly string[]): Breakable {
  const statement = new Breakable(c.breakable, labels, true, false, false);
  c.breakable = statement;
  return statement;
}

export function enterLabelled(c: FunctionCompiler, labels: readonly string[]): Breakable {
  const statement = new Breakable(c.breakable, labels, false, false, false);
  c.breakable = statement;
  return statement;
}

/** Enters a statement that has something to do when it is left. */
export function enterCleanup(c: FunctionCompiler): Breakable {
  const statement = new Breakable(c.breakable, [], false, false, true);
  c.breakable = statement;
  return statement;
}

export function leave(c: FunctionCompiler, statement: Breakable): void {
  c.breakable = statement.outer;
}

/** Compiles an exit from the place where `c` is. */
export function compileExit(c: FunctionCompiler, target: ExitTarget): void {
  for (let statement = c.breakable; statement !== null; statement = statement.outer) {
    if (target.exitKind === 'jump' && statement === target.statement) break;
    if (statement.exits !== null) {
      c.emit.jump(exitOf(statement.exits, target).stub);
      return;
    }
  }
  if (target.exitKind === 'return') {
    c.emit.return(c.returnRegister);
    return;
  }
  const label = target.isContinue ? target.statement.continueLabel : target.statement.breakLabel;
  // A way back is charged.
  if (label.pc === -1) c.emit.jump(label);
  else c.emit.loop(label);
}

const RETURN: ExitTarget = { exitKind: 'return' };

/** Compiles the return of what lies in `value`. */
export function compileReturn(c: FunctionCompiler, value: number): void {
  let statement = c.breakable;
  while (statement !== null && statement.exits === null) statement = statement.outer;
  if (statement === null) {
    c.emit.return(value);
    return;
  }
  c.emit.move(c.returnRegister, value);
  compileExit(c, RETURN);
}

function exitOf(exits: Exit[], target: ExitTarget): Exit {
  for (const exit of exits) {
    const known = exit.target;
    if (known.exitKind === 'return') {
      if (target.exitKind === 'return') return exit;
    } else if (
      target.exitKind === 'jump' &&
      target.statement === known.statement &&
      target.isContinue === known.isContinue
    )
      return exit;
  }
  const exit: Exit = { target, stub: new Label() };
  exits.push(exit);
  return exit;
}

/** The statement that `break` or `continue` with that label (null: none) ends at. */
export function findTarget(c: FunctionCompiler, label: string | null, isContinue: boolean): Breakable {
  let statement = c.breakable;
  while (statement !== null) {
    if (
      label === null
        ? isContinue
          ? statement.isLoop
          : statement.isBreakTarget
        : statement.labels.includes(label)
    )
      return statement;
    statement = statement.outer;
  }
  throw new InternalError(`no target of '${label}'`);
}
