// Runs one script in the form of the specification's test suite (`.wast`), command by command, and says of each whether
// it did what it says.

import type { Features } from '../format/features.ts';
import type { Module } from '../format/module.ts';
import { ModuleError } from '../format/module-error.ts';
import type { RawValue } from '../interpret/instantiate.ts';
import { call, instantiate } from '../interpret/instantiate.ts';
import { Machine } from '../interpret/machine.ts';
import { WasmTrapStop } from '../interpret/run.ts';
import type { Extern, ModuleInst } from '../runtime/instances.ts';
import { ExnInst, FuncInst, GlobalInst } from '../runtime/instances.ts';
import { LinkError } from '../runtime/link.ts';
import { Store } from '../runtime/store.ts';
import type { Action, Command, ModuleSource } from '../text/script.ts';
import { moduleOfSource } from '../text/script.ts';
import { parseScript } from '../text/script-parser.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import { validateModule } from '../validate/validate-module.ts';
import { expectedText, matches, rawValue, valueText } from './script-values.ts';
import { spectest } from './spectest.ts';

export interface CommandResult {
  readonly kind: Command['kind'];
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
 * Runs a script in a store of its own; modules may import `spectest`. A text that is no script is one failed command.
 */
export function runScript(text: string, features: Features, options: ScriptOptions = {}): CommandResult[] {
  let commands: Command[];
  try {
    commands = parseScript(text);
  } catch (error) {
    const position = error instanceof ModuleError ? error.position : 0;
    return [{ kind: 'module', position, failure: `the script cannot be read: ${describe(error)}` }];
  }
  const runner = new ScriptRunner(features, options);
  return commands.map((command) => ({
    kind: command.kind,
    position: command.position,
    failure: runner.run(command),
  }));
}

/** What is thrown instead of the failure that a command asserts. */
class Failure {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

class ScriptRunner {
  private readonly features: Features;
  private readonly store: Store;
  private readonly machine: Machine;
  private readonly registered = new Map<string, ReadonlyMap<string, Extern>>();
  private readonly instances = new Map<string, ModuleInst>();
  private readonly modules = new Map<string, ValidModule>();
  private lastModule: ValidModule | null = null;
  private current: ModuleInst | null = null;

  constructor(features: Features, { fuel = FUEL, print = null }: ScriptOptions) {
    this.features = features;
    this.store = new Store({ fuel, frames: 20_000, stackSlots: 1 << 18 });
    this.machine = new Machine(this.store);
    this.registered.set('spectest', spectest(this.store, print));
  }

  /** null, or why the command failed. */
  run(command: Command): string | null {
    try {
      this.execute(command);
      return null;
    } catch (error) {
      return describe(error);
    }
  }

  private execute(command: Command): void {
    switch (command.kind) {
      case 'module': {
        const valid = this.validate(this.parse(command.module));
        this.lastModule = valid;
        if (command.name !== null) this.modules.set(command.name, valid);
        if (!command.isDefinition) this.instantiate(valid, command.name);
        return;
      }
      case 'instance': {
        const valid = command.module === null ? this.lastModule : this.modules.get(command.module);
        if (valid == null) throw new Failure(`there is no module ${command.module}`);
        this.instantiate(valid, command.name);
        return;
      }
      case 'register':
        this.registered.set(command.as, this.instance(command.instance).exports);
        return;
      case 'action':
        this.act(command.action);
        return;
      case 'assert_return': {
        const results = this.act(command.action);
        const { results: expected } = command;
        if (
          results.length !== expected.length ||
          !results.every((each, i) => matches(each, expected[i] as never))
        )
          throw new Failure(
            `got ${results.map(valueText).join(', ')}, expected ${expected.map(expectedText)}`,
          );
        return;
      }
      case 'assert_exception':
        expectThrown(
          () => this.act(command.action),
          (error) => error instanceof ExnInst,
          'an exception',
        );
        return;
      case 'assert_trap':
      case 'assert_exhaustion':
        this.expectTrap(() => this.act(command.action), command.message);
        return;
      case 'assert_uninstantiable': {
        const valid = this.validate(this.parse(command.module));
        this.expectTrap(() => this.instantiate(valid, null), command.message);
        return;
      }
      case 'assert_unlinkable': {
        const valid = this.validate(this.parse(command.module));
        expectThrown(
          () => this.instantiate(valid, null),
          (error) => error instanceof LinkError && error.message.startsWith(command.message),
          command.message,
        );
        return;
      }
      case 'assert_malformed':
      case 'assert_malformed_custom':
        expectThrown(
          () => this.parse(command.module),
          (error) => isModuleError(error, 'malformed', command.message),
          command.message,
        );
        return;
      case 'assert_invalid':
      case 'assert_invalid_custom': {
        const module = this.parse(command.module);
        expectThrown(
          () => this.validate(module),
          (error) => isModuleError(error, 'invalid', command.message),
          command.message,
        );
      }
    }
  }

  private parse(source: ModuleSource): Module {
    return moduleOfSource(source, this.features);
  }

  private validate(module: Module): ValidModule {
    return validateModule(module, this.features, this.store.registry);
  }

  private instantiate(valid: ValidModule, name: string | null): void {
    this.current = null;
    const instance = instantiate(this.machine, valid, (module, field) =>
      this.registered.get(module)?.get(field),
    );
    this.current = instance;
    if (name !== null) this.instances.set(name, instance);
  }

  private instance(name: string | null): ModuleInst {
    const instance = name === null ? this.current : this.instances.get(name);
    if (instance == null) throw new Failure(`there is no instance ${name ?? ''}`);
    return instance;
  }

  private act(action: Action): RawValue[] {
    const extern = this.instance(action.instance).exports.get(action.name);
    if (action.kind === 'get') {
      if (!(extern instanceof GlobalInst)) throw new Failure(`there is no global ${action.name}`);
      return [{ words: [...extern.words], ref: extern.ref }];
    }
    if (!(extern instanceof FuncInst)) throw new Failure(`there is no function ${action.name}`);
    return call(this.machine, extern, action.args.map(rawValue));
  }

  private expectTrap(action: () => void, message: string): void {
    expectThrown(
      action,
      // Some messages name the element, others do not.
      (error) =>
        error instanceof WasmTrapStop &&
        (error.message.startsWith(message) || message.startsWith(error.message)),
      message,
    );
  }
}

function isModuleError(error: unknown, kind: string, message: string): boolean {
  return error instanceof ModuleError && error.kind === kind && error.message.startsWith(message);
}

function expectThrown(action: () => void, isExpected: (error: unknown) => boolean, what: string): void {
  try {
    action();
  } catch (error) {
    if (isExpected(error)) return;
    throw new Failure(`expected ${what}, got ${describe(error)}`);
  }
  throw new Failure(`expected ${what}, but it went well`);
}

function describe(error: unknown): string {
  if (error instanceof Failure) return error.message;
  if (error instanceof ModuleError) return `${error.kind} module: ${error.message} (at ${error.position})`;
  if (error instanceof LinkError) return `link error: ${error.message}`;
  if (error instanceof WasmTrapStop) return `trap: ${error.message}`;
  if (error instanceof ExnInst) return 'an exception that nobody caught';
  return `host error: ${error instanceof Error ? error.stack : String(error)}`;
}
