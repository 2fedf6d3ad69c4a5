// Executes the commands of a script in the form of the specification's test suite on an engine, and says how each ended.
// Whether that is what the command asserts, others judge.

import type {
  CallEnd,
  EngineExtern,
  InstantiateEnd,
  Refused,
  Taken,
  Unknown,
  WasmEngine,
} from '../executor/engine.ts';
import { compileFor, UNKNOWN } from '../executor/engine.ts';
import type { Features } from '../format/features.ts';
import type { ValType } from '../format/types.ts';
import type { Action, Command, ModuleSource } from '../text/script.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import { rawValue } from './script-values.ts';

export type CommandEnd =
  | CallEnd
  | InstantiateEnd
  | Refused
  | Taken
  /** A module was read, or a name registered. */
  | { readonly kind: 'done' }
  /** What the command names is not there. */
  | { readonly kind: 'missing'; readonly message: string };

export interface CommandRun {
  readonly end: CommandEnd;
  /** Types of values. */
  readonly types: readonly ValType[];
}

type Exports = ReadonlyMap<string, EngineExtern>;
/** Why there are no exports. */
type NoExports = Extract<CommandEnd, { kind: 'unknown' | 'missing' }>;

export class ScriptRunner {
  private readonly engine: WasmEngine;
  private readonly features: Features;
  /** Also names that the engine would have registered had it made the instance. */
  private readonly registered = new Map<string, Exports | NoExports>();
  private readonly instances = new Map<string, Exports | Unknown>();
  private readonly modules = new Map<string, ValidModule | Unknown>();
  private lastModule: ValidModule | Unknown | null = null;
  private current: Exports | Unknown | null = null;

  constructor(engine: WasmEngine, features: Features) {
    this.engine = engine;
    this.features = features;
    this.registered.set('spectest', engine.spectest());
  }

  run(command: Command): CommandRun {
    switch (command.kind) {
      case 'action':
      case 'assert_return':
      case 'assert_exception':
      case 'assert_trap':
      case 'assert_exhaustion':
        return this.act(command.action);
      default:
        return { end: this.execute(command), types: [] };
    }
  }

  private execute(command: Exclude<Command, { readonly action: Action }>): CommandEnd {
    switch (command.kind) {
      case 'module': {
        const compiled = compileFor(this.engine, command.module, this.features);
        if (compiled.kind === 'refused' || compiled.kind === 'taken') {
          if (!command.isDefinition) this.current = null;
          return compiled;
        }
        const valid = compiled.kind === 'compiled' ? (compiled.valid as ValidModule) : UNKNOWN;
        this.lastModule = valid;
        if (command.name !== null) this.modules.set(command.name, valid);
        return command.isDefinition ? asDone(valid) : this.instantiate(valid, command.name);
      }
      case 'instance': {
        const valid = command.module === null ? this.lastModule : this.modules.get(command.module);
        if (valid == null) return { kind: 'missing', message: `there is no module ${command.module}` };
        return this.instantiate(valid, command.name);
      }
      case 'register': {
        const exports = this.exportsOf(command.instance);
        this.registered.set(command.as, exports);
        return isExports(exports) ? { kind: 'done' } : exports;
      }
      case 'assert_uninstantiable':
      case 'assert_unlinkable': {
        const compiled = compileFor(this.engine, command.module, this.features);
        if (compiled.kind === 'refused' || compiled.kind === 'taken') return compiled;
        return this.instantiate(
          compiled.kind === 'compiled' ? (compiled.valid as ValidModule) : UNKNOWN,
          null,
        );
      }
      case 'assert_malformed':
        return this.check(command.module, true);
      case 'assert_invalid':
        return this.check(command.module, false);
      case 'assert_malformed_custom':
      case 'assert_invalid_custom':
        if (this.engine.takesBinariesOnly) return UNKNOWN;
        return this.check(command.module, command.kind === 'assert_malformed_custom');
    }
  }

  private check(source: ModuleSource, isOnlyRead: boolean): CommandEnd {
    const compiled = compileFor(this.engine, source, this.features, isOnlyRead);
    return compiled.kind === 'compiled' ? { kind: 'done' } : compiled;
  }

  private instantiate(valid: ValidModule | Unknown, name: string | null): CommandEnd {
    this.current = null;
    const end = isUnknown(valid) ? valid : this.instantiateKnown(valid);
    if (end.kind === 'unknown') this.forget();
    const exports = end.kind === 'instance' ? end.exports : end.kind === 'unknown' ? end : null;
    this.current = exports;
    if (name !== null && exports !== null) this.instances.set(name, exports);
    return end;
  }

  /** A module that the engine does not know may change everything that is there by then. */
  private forget(): void {
    for (const name of this.instances.keys()) this.instances.set(name, UNKNOWN);
    for (const name of this.registered.keys()) if (name !== 'spectest') this.registered.set(name, UNKNOWN);
  }

  private instantiateKnown(valid: ValidModule): InstantiateEnd | NoExports {
    for (const { module } of valid.module.imports) {
      const exports = this.registered.get(module);
      if (exports !== undefined && !isExports(exports)) return exports;
    }
    return this.engine.instantiate(valid, (module, field) =>
      (this.registered.get(module) as Exports | undefined)?.get(field),
    );
  }

  private exportsOf(name: string | null): Exports | NoExports {
    const exports = name === null ? this.current : this.instances.get(name);
    return exports ?? { kind: 'missing', message: `there is no instance ${name ?? ''}` };
  }

  private act(action: Action): CommandRun {
    const none = (end: CommandEnd): CommandRun => ({ end, types: [] });
    const exports = this.exportsOf(action.instance);
    if (!isExports(exports)) return none(exports);
    const extern = exports.get(action.name);
    if (action.kind === 'get') {
      if (extern?.kind !== 'global')
        return none({ kind: 'missing', message: `there is no global ${action.name}` });
      const value = extern.read();
      const end: CommandEnd = value === null ? UNKNOWN : { kind: 'values', values: [value] };
      return { end, types: [extern.type] };
    }
    if (extern?.kind !== 'func')
      return none({ kind: 'missing', message: `there is no function ${action.name}` });
    return { end: extern.call(action.args.map(rawValue)), types: extern.type.results };
  }
}

function isExports(value: object): value is Exports {
  return value instanceof Map;
}

function isUnknown(value: ValidModule | Unknown): value is Unknown {
  return value === UNKNOWN;
}

function asDone(valid: ValidModule | Unknown): CommandEnd {
  return isUnknown(valid) ? valid : { kind: 'done' };
}
