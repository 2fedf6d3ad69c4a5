// The tiers that run JavaScript, behind one interface for the facade: how each runs a script, makes a module record, and
// serves eval and the Function constructor.
import type { CodeUnit } from './bytecode/unit.ts';
import {
  interpreter,
  ScriptEvaluation,
  ScriptRecord,
  SourceTextModuleRecord,
} from './interpreter/interpreter.ts';
import type { Agent } from './runtime/agent.ts';
import type { CodeRunner } from './runtime/code-runner.ts';
import type { Realm } from './runtime/realm.ts';
import type { SourceTextModule } from './runtime/source-text-module.ts';
import type { Value } from './runtime/value.ts';
import type { Module, Script } from './syntax/ast.gen.ts';
import { type Pausable, PausableJobs } from './vm/pausable.ts';
import {
  createModule,
  runScript,
  runScriptUnit,
  startScript,
  startScriptUnit,
  VMModuleRecord,
  VMScriptRecord,
  vm,
} from './vm/vm.ts';

export type TierName = 'tree-walker' | 'bytecode-vm';

export interface Tier {
  readonly name: TierName;
  readonly codeRunner: CodeRunner;
  /** ScriptEvaluation: the completion value. Throws what the script throws. */
  runScript(agent: Agent, script: Script, realm: Realm, hostDefined: unknown): Value;
  createModule(agent: Agent, module: Module, realm: Realm, hostDefined: unknown): SourceTextModule;
  /** The same for programs that are compiled already; null in tiers that do not run bytecode. */
  readonly compiled: {
    runScript(agent: Agent, unit: CodeUnit, realm: Realm, hostDefined: unknown): Value;
    startScript(agent: Agent, unit: CodeUnit, realm: Realm, hostDefined: unknown): Pausable;
    createModule(unit: CodeUnit, realm: Realm, hostDefined: unknown): SourceTextModule;
  } | null;
  /** Runs in slices; null in tiers that cannot pause. Jobs are run in slices whatever has made them. */
  readonly pausable: {
    startScript(agent: Agent, script: Script, realm: Realm, hostDefined: unknown): Pausable;
    startJobs(): Pausable;
  } | null;
}

/** In the order of their numbers. */
export const tiers: readonly Tier[] = [
  {
    name: 'tree-walker',
    codeRunner: interpreter,
    runScript: (agent, script, realm, hostDefined) =>
      ScriptEvaluation(agent, new ScriptRecord(realm, script, hostDefined)),
    createModule: (_agent, module, realm, hostDefined) =>
      new SourceTextModuleRecord(realm, module, hostDefined),
    compiled: null,
    pausable: null,
  },
  {
    name: 'bytecode-vm',
    codeRunner: vm,
    runScript,
    createModule,
    compiled: {
      runScript: (agent, unit, realm, hostDefined) =>
        runScriptUnit(agent, new VMScriptRecord(realm, unit, hostDefined)),
      startScript: (agent, unit, realm, hostDefined) =>
        startScriptUnit(agent, new VMScriptRecord(realm, unit, hostDefined)),
      createModule: (unit, realm, hostDefined) => new VMModuleRecord(realm, unit, hostDefined),
    },
    pausable: { startScript, startJobs: () => new PausableJobs() },
  },
];

export const TIERS: readonly TierName[] = tiers.map((tier) => tier.name);

/** What runs programs unless another tier is named. */
export const DEFAULT_TIER: TierName = 'bytecode-vm';

/** Tiers that run compiled programs. */
export const BYTECODE_TIERS: readonly TierName[] = tiers
  .filter((tier) => tier.compiled !== null)
  .map((tier) => tier.name);

/** Tiers whose programs can be paused. */
export const PAUSABLE_TIERS: readonly TierName[] = tiers
  .filter((tier) => tier.pausable !== null)
  .map((tier) => tier.name);

/** Undefined for a name that no tier has. */
export function tierOf(name: string): Tier | undefined {
  return tiers.find((tier) => tier.name === name);
}
