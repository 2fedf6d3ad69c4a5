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
import { createModule, runScript, runScriptUnit, VMModuleRecord, VMScriptRecord, vm } from './vm/vm.ts';

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
    createModule(unit: CodeUnit, realm: Realm, hostDefined: unknown): SourceTextModule;
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
  },
  {
    name: 'bytecode-vm',
    codeRunner: vm,
    runScript,
    createModule,
    compiled: {
      runScript: (agent, unit, realm, hostDefined) =>
        runScriptUnit(agent, new VMScriptRecord(realm, unit, hostDefined)),
      createModule: (unit, realm, hostDefined) => new VMModuleRecord(realm, unit, hostDefined),
    },
  },
];

export const TIERS: readonly TierName[] = tiers.map((tier) => tier.name);

/** What runs programs unless another tier is named. */
export const DEFAULT_TIER: TierName = 'bytecode-vm';

/** Tiers that run compiled programs. */
export const BYTECODE_TIERS: readonly TierName[] = tiers
  .filter((tier) => tier.compiled !== null)
  .map((tier) => tier.name);

/** Undefined for a name that no tier has. */
export function tierOf(name: string): Tier | undefined {
  return tiers.find((tier) => tier.name === name);
}
