// Source Text Module Records, https://tc39.es/ecma262/#sec-source-text-module-records .

import { assert } from '../base/assert.ts';
import type { Agent } from '../runtime/agent.ts';
import { ModuleEnvironment } from '../runtime/environments.ts';
import { throwSyntaxError } from '../runtime/errors.ts';
import {
  CyclicModuleRecord,
  GetImportedModule,
  type ModulePhase,
  type ModuleRecord,
  objectOfPhase,
  type ResolvedBinding,
  type ResolveSetEntry,
} from '../runtime/modules.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import type { PromiseCapability } from '../runtime/objects/promise.ts';
import { AsyncFunctionStart } from '../runtime/operations/async-operations.ts';
import type { Realm } from '../runtime/realm.ts';
import type { Module } from '../syntax/ast.gen.ts';
import type { ExportEntry, ImportEntry, ModuleRequest } from '../syntax/scope.ts';
import { boundNameOf, createLexicalBinding, functionsToInitialize } from './bound-names.ts';
import { InterpretedCoroutine } from './coroutine.ts';
import { EvaluateModuleBody as EvaluateModuleBodyPlainly } from './evaluation/bodies.gen.ts';
import { EvaluateModuleBody } from './evaluation/bodies.ts';
import { analyseSuspension } from './evaluation/suspension-analysis.ts';
import { Frame } from './frame.ts';
import { InstantiateFunctionObject } from './function-objects.ts';

/** An ExportEntry of [[IndirectExportEntries]]. importName null stands for the whole module, at its phase. */
interface IndirectExport {
  readonly exportName: string;
  readonly moduleRequest: ModuleRequest;
  readonly importName: string | null;
  readonly phase: ModulePhase;
}

export class SourceTextModuleRecord extends CyclicModuleRecord {
  readonly ecmaScriptCode: Module;
  private readonly localExportEntries: readonly ExportEntry[];
  private readonly indirectExportEntries: readonly IndirectExport[];
  private context: Frame | null;

  constructor(realm: Realm, ecmaScriptCode: Module, hostDefined: unknown) {
    super(realm, hostDefined, ecmaScriptCode.entries.requestedModules, ecmaScriptCode.hasTopLevelAwait);
    this.ecmaScriptCode = ecmaScriptCode;
    const { localExportEntries, indirectExportEntries, importEntries } = ecmaScriptCode.entries;
    // ParseModule step 10: the export of an imported namespace is an indirect one.
    const namespaces = new Map<string | null, ImportEntry>();
    for (const entry of importEntries) if (entry.importName === null) namespaces.set(entry.localName, entry);
    const indirect: IndirectExport[] = indirectExportEntries.map((e) => ({
      exportName: e.exportName as string,
      moduleRequest: e.moduleRequest as ModuleRequest,
      importName: e.importKind === 'all' ? null : e.importName,
      phase: 'evaluation',
    }));
    const local: ExportEntry[] = [];
    for (const e of localExportEntries) {
      const entry = namespaces.get(e.localName);
      if (entry === undefined) local.push(e);
      else {
        const { moduleRequest, phase } = entry;
        indirect.push({ exportName: e.exportName as string, moduleRequest, importName: null, phase });
      }
    }
    this.localExportEntries = local;
    this.indirectExportEntries = indirect;
    this.context = null;
  }

  /** https://tc39.es/ecma262/#sec-getexportednames */
  override GetExportedNames(agent: Agent, exportStarSet: Set<ModuleRecord> = new Set()): string[] {
    if (exportStarSet.has(this)) return [];
    exportStarSet.add(this);
    const exportedNames = new Set<string>();
    for (const e of this.localExportEntries) exportedNames.add(e.exportName as string);
    for (const e of this.indirectExportEntries) exportedNames.add(e.exportName);
    agent.enterCall();
    for (const e of this.ecmaScriptCode.entries.starExportEntries) {
      const starNames = GetImportedModule(this, e.moduleRequest as ModuleRequest).GetExportedNames(
        agent,
        exportStarSet,
      );
      for (const n of starNames) if (n !== 'default') exportedNames.add(n);
    }
    agent.depth--;
    return [...exportedNames];
  }

  /** https://tc39.es/ecma262/#sec-resolveexport */
  override ResolveExport(
    agent: Agent,
    exportName: string,
    resolveSet: ResolveSetEntry[] = [],
  ): ResolvedBinding | null | 'ambiguous' {
    for (const r of resolveSet) if (r.module === this && r.exportName === exportName) return null;
    resolveSet.push({ module: this, exportName });
    for (const e of this.localExportEntries) {
      if (e.exportName === exportName) return { module: this, bindingName: e.localName, phase: 'evaluation' };
    }
    agent.enterCall();
    try {
      for (const e of this.indirectExportEntries) {
        if (e.exportName !== exportName) continue;
        const importedModule = GetImportedModule(this, e.moduleRequest);
        if (e.importName === null) return { module: importedModule, bindingName: null, phase: e.phase };
        return importedModule.ResolveExport(agent, e.importName, resolveSet);
      }
      if (exportName === 'default') return null;
      let starResolution: ResolvedBinding | null = null;
      for (const e of this.ecmaScriptCode.entries.starExportEntries) {
        const importedModule = GetImportedModule(this, e.moduleRequest as ModuleRequest);
        const resolution = importedModule.ResolveExport(agent, exportName, resolveSet);
        if (resolution === 'ambiguous') return resolution;
        if (resolution === null) continue;
        if (starResolution === null) starResolution = resolution;
        else if (
          resolution.module !== starResolution.module ||
          resolution.bindingName !== starResolution.bindingName ||
          resolution.phase !== starResolution.phase
        ) {
          return 'ambiguous';
        }
      }
      return starResolution;
    } finally {
      agent.depth--;
    }
  }

  /** https://tc39.es/ecma262/#sec-source-text-module-record-initialize-environment */
  override InitializeEnvironment(agent: Agent): void {
    const code = this.ecmaScriptCode;
    for (const e of this.indirectExportEntries) {
      this.requireResolution(agent, this.ResolveExport(agent, e.exportName), e.exportName);
    }
    const { realm } = this;
    const env = new ModuleEnvironment(realm.globalEnv);
    this.environment = env;
    for (const entry of code.entries.importEntries) this.initializeImport(agent, env, entry);
    const context = new Frame(agent, null, realm, this, code.source, env, null, true);
    this.context = context;
    for (const dn of code.scope.varNames) {
      env.CreateMutableBinding(agent, dn, false);
      env.InitializeBinding(agent, dn, undefined, 'normal');
    }
    for (const binding of code.scope.lexicals) {
      if (binding.bindingKind !== 'import') createLexicalBinding(agent, env, binding);
    }
    const caller = agent.context;
    const callerRealm = agent.realm;
    agent.context = context;
    agent.realm = realm;
    try {
      for (const f of functionsToInitialize(code.scope.functions)) {
        const fo = InstantiateFunctionObject(agent, context, f, env, null);
        env.InitializeBinding(agent, boundNameOf(f), fo, 'normal');
      }
    } finally {
      agent.context = caller;
      agent.realm = callerRealm;
    }
  }

  private requireResolution(
    agent: Agent,
    resolution: ResolvedBinding | null | 'ambiguous',
    name: string,
  ): ResolvedBinding {
    if (resolution === null)
      throwSyntaxError(agent, `The requested module does not provide an export named '${name}'`);
    if (resolution === 'ambiguous')
      throwSyntaxError(agent, `The requested module exports '${name}' ambiguously`);
    return resolution;
  }

  private initializeImport(agent: Agent, env: ModuleEnvironment, entry: ImportEntry): void {
    const importedModule = GetImportedModule(this, entry.moduleRequest);
    let value: JSObject;
    if (entry.importName === null) value = objectOfPhase(agent, importedModule, entry.phase);
    else {
      const found = importedModule.ResolveExport(agent, entry.importName);
      const resolution = this.requireResolution(agent, found, entry.importName);
      if (resolution.bindingName !== null) {
        env.CreateImportBinding(entry.localName, resolution.module, resolution.bindingName);
        return;
      }
      value = objectOfPhase(agent, resolution.module, resolution.phase);
    }
    env.CreateImmutableBinding(agent, entry.localName, true);
    env.InitializeBinding(agent, entry.localName, value, 'normal');
  }

  /** https://tc39.es/ecma262/#sec-source-text-module-record-execute-module */
  override ExecuteModule(agent: Agent, capability: PromiseCapability | null): void {
    const context = this.context;
    assert(context !== null, 'the environment is initialized before the module runs');
    this.context = null;
    const code = this.ecmaScriptCode;
    if (capability !== null) {
      analyseSuspension(code, code.body, false);
      AsyncFunctionStart(
        agent,
        capability,
        new InterpretedCoroutine(context, EvaluateModuleBody(agent, context, code)),
      );
      return;
    }
    const { context: caller, realm, depth } = agent;
    context.caller = caller;
    agent.context = context;
    agent.realm = this.realm;
    try {
      EvaluateModuleBodyPlainly(agent, context, code);
    } finally {
      agent.context = caller;
      agent.realm = realm;
      agent.depth = depth;
    }
  }
}
