// Runs one script in the form of the specification's test suite (`.wast`), command by command, and says of each whether
// it did what it says.

import type { WasmEngine } from '../executor/engine.ts';
import { InterpreterEngine } from '../executor/interpreter-engine.ts';
import { alternatives, endText, OPEN } from '../executor/outcome-text.ts';
import type { Features } from '../format/features.ts';
import { ModuleError, type ModuleErrorKind } from '../format/module-error.ts';
import type { ValType } from '../format/types.ts';
import { type Command, type ModuleSource, moduleOfSource, type ScriptResult } from '../text/script.ts';
import { parseScript } from '../text/script-parser.ts';
import { type CommandEnd, type CommandRun, ScriptRunner } from './script-runner.ts';
import { expectedText, matches } from './script-values.ts';

export interface CommandResult {
  readonly kind: Command['kind'];
  /** The function that the command calls, or null. */
  readonly call: string | null;
  /** In the script's text. */
  readonly position: number;
  /** null: it did what it says. */
  readonly failure: string | null;
}

/** Enough for every test, and the end of one that would never end. */
const FUEL = 2 ** 41;

export interface ScriptOptions {
  /** What is printed through the module `spectest`, a line for each call; null: nothing is. */
  readonly print?: ((line: string) => void) | null;
  /** Of the whole script. */
  readonly fuel?: number;
}

/**
 * Runs a script on the interpreter in a store of its own; modules may import `spectest`. A text that is no script is one
 * failed command.
 */
export function runScript(text: string, features: Features, options: ScriptOptions = {}): CommandResult[] {
  return runScriptOn(new InterpreterEngine({ fuel: FUEL, ...options }), text, features);
}

/** The same on an engine. Commands that it is no judge of have no result. */
export function runScriptOn(engine: WasmEngine, text: string, features: Features): CommandResult[] {
  const runner = new ScriptRunner(engine, features);
  return resultsOf(engine, text, features, (command) => failureOf(engine, runner, command));
}

/** The results of a script of which nothing is known but why it came to nothing. */
export function lostScript(
  engine: WasmEngine,
  text: string,
  features: Features,
  failure: string,
): CommandResult[] {
  return resultsOf(engine, text, features, () => failure);
}

function resultsOf(
  engine: WasmEngine,
  text: string,
  features: Features,
  failureOfCommand: (command: Command) => string | null,
): CommandResult[] {
  let commands: Command[];
  try {
    commands = parseScript(text);
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    const failure = `the script cannot be read: ${error.kind} module: ${error.message} (at ${error.position})`;
    return [{ kind: 'module', call: null, position: error.position, failure }];
  }
  if (engine.takesBinariesOnly) commands = commands.filter((command) => isOnBinary(command, features));
  return commands.map((command) => ({
    kind: command.kind,
    call: 'action' in command ? command.action.name : null,
    position: command.position,
    failure: failureOfCommand(command),
  }));
}

/** Whether a command is none on custom sections or on a text that no binary stands for. */
function isOnBinary(command: Command, features: Features): boolean {
  switch (command.kind) {
    case 'assert_malformed_custom':
    case 'assert_invalid_custom':
      return false;
    case 'assert_malformed':
    case 'assert_invalid':
    case 'assert_unlinkable':
    case 'assert_uninstantiable':
      return command.module.kind === 'binary' || isReadable(command.module, features);
    default:
      return true;
  }
}

function isReadable(source: ModuleSource, features: Features): boolean {
  try {
    moduleOfSource(source, features);
    return true;
  } catch (error) {
    if (error instanceof ModuleError) return false;
    throw error;
  }
}

/** A host error fails its command, not the script. */
function failureOf(engine: WasmEngine, runner: ScriptRunner, command: Command): string | null {
  try {
    return judge(engine, command, runner.run(command));
  } catch (error) {
    return `host error: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** null, or why an end is not what the command says. */
function judge(engine: WasmEngine, command: Command, { end, types }: CommandRun): string | null {
  const describe = (): string => description(engine, end, types);
  switch (command.kind) {
    case 'module':
    case 'instance':
    case 'register':
    case 'action':
      return ['done', 'instance', 'values'].includes(end.kind) ? null : describe();
    case 'assert_return': {
      if (end.kind !== 'values') return describe();
      const { results } = command;
      const { values } = end;
      const isExpected =
        values.length === results.length &&
        values.every((each, i) => matches(engine, each, results[i] as ScriptResult));
      return isExpected ? null : `got ${describe()}, expected ${results.map(expectedText)}`;
    }
    default:
      return isAsserted(command, end) ? null : `expected ${expectation(command)}, got ${describe()}`;
  }
}

function description(engine: WasmEngine, end: CommandEnd, types: readonly ValType[]): string {
  switch (end.kind) {
    case 'missing':
      return end.message;
    case 'done':
      return 'that it went well';
    case 'unknown':
      return 'nothing: the engine does not know it';
    case 'refused':
      if (end.errorKind === null) return `that the module is refused: ${end.message}`;
  }
  return endText(engine, end, types);
}

type Assertion = Exclude<
  Command,
  { readonly kind: 'module' | 'instance' | 'register' | 'action' | 'assert_return' }
>;

function expectation(command: Assertion): string {
  return command.kind === 'assert_exception' ? 'an exception' : command.message;
}

function isAsserted(command: Assertion, end: CommandEnd): boolean {
  switch (command.kind) {
    case 'assert_exception':
      return end.kind === 'exception';
    case 'assert_trap':
    case 'assert_exhaustion':
    case 'assert_uninstantiable':
      // Some messages name the element, others do not.
      return (
        end.kind === 'trap' &&
        alternatives(end.message).some(
          (message) => message.startsWith(command.message) || command.message.startsWith(message),
        )
      );
    case 'assert_unlinkable':
      return end.kind === 'link' && (end.message === OPEN || end.message.startsWith(command.message));
    case 'assert_malformed':
    case 'assert_malformed_custom':
      return isRefused(end, 'malformed', command.message);
    case 'assert_invalid':
    case 'assert_invalid_custom':
      return isRefused(end, 'invalid', command.message);
  }
}

function isRefused(end: CommandEnd, kind: ModuleErrorKind, message: string): boolean {
  if (end.kind !== 'refused') return false;
  return end.errorKind === null || (end.errorKind === kind && end.message.startsWith(message));
}
