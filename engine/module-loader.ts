// Modules between the facade and its host: what a module host gives becomes Module Records, one per realm, name and type.

import type { Agent } from './runtime/agent.ts';
import { Call } from './runtime/call.ts';
import { guestValueOf } from './runtime/errors.ts';
import type { ModuleRecord, ModuleRequestRecord } from './runtime/modules.ts';
import type { ErrorObject } from './runtime/objects/error.ts';
import type { ScriptOrModule } from './runtime/objects/function.ts';
import { createImmutableUint8Array } from './runtime/operations/typed-array.ts';
import { Realm } from './runtime/realm.ts';
import { SourceTextModule } from './runtime/source-text-module.ts';
import { chargeSource } from './runtime/source-work.ts';
import { CreateDefaultExportSyntheticModule, HostSourceModule } from './runtime/synthetic-modules.ts';
import type { Value } from './runtime/value.ts';
import type { Module } from './syntax/ast.gen.ts';
import { type ParseResult, parseModule } from './syntax/parse.ts';
import { SourceText } from './syntax/source-text.ts';
import type { SyntaxErrorRecord } from './syntax/syntax-error.ts';
import type { Tier } from './tiers.ts';
import { createWebAssemblyModule } from './wasm/js-api/module-record.ts';

/** Where modules come from. Specifiers and names mean what this host says. */
export interface ModuleHost {
  /**
   * The name of the module that `specifier` means in `referrer` (null: code without a name). Throws a host Error whose
   * message becomes a guest TypeError.
   */
  resolve(specifier: string, referrer: string | null): string;
  /** The text of a module, now or later. Throws, or rejects with, a host Error likewise. */
  load(name: string): string | Promise<string>;
  /** The content of a module that is imported with `type: 'bytes'`, likewise. Without it there are no such modules. */
  loadBytes?(name: string): Uint8Array | Promise<Uint8Array>;
  /** Whether a module that is imported without a type is a WebAssembly binary, which `loadBytes` gives. Without it none is. */
  isWebAssembly?(name: string): boolean;
  /**
   * The class name of the object that `import source` of a module gives, for modules that are nothing but that; null for
   * others. Without it no module has a source.
   */
  sourceClassName?(name: string): string | null;
}

/** The result of loading, as HostLoadImportedModule gives it to FinishLoadingImportedModule. */
type LoadResult = { readonly module: ModuleRecord } | { readonly error: Value };

/** The modules of one runtime: HostLoadImportedModule over a ModuleHost. */
export class ModuleLoader {
  /** How many modules the host was asked for and has not given yet. */
  pendingLoadCount: number;
  private readonly tier: Tier;
  private readonly host: ModuleHost | null;
  private readonly settle: (realm: Realm, act: () => void) => void;
  private readonly maps: Map<Realm, Map<string, ModuleRecord>>;

  /** `settle` runs what a load that was awaited makes possible, as guest code of a realm. */
  constructor(tier: Tier, host: ModuleHost | null, settle: (realm: Realm, act: () => void) => void) {
    this.pendingLoadCount = 0;
    this.tier = tier;
    this.host = host;
    this.settle = settle;
    this.maps = new Map();
  }

  /** A JavaScript module that imports of its name are to find. */
  add(realm: Realm, name: string, module: ModuleRecord): void {
    this.mapOf(realm).set(name, module);
  }

  /** True once the JavaScript module of that name has been linked. */
  hasStarted(realm: Realm, name: string): boolean {
    const module = this.mapOf(realm).get(name);
    return module instanceof SourceTextModule && STARTED.includes(module.status);
  }

  /** HostLoadImportedModule. */
  load(
    agent: Agent,
    referrer: ScriptOrModule | Realm,
    request: ModuleRequestRecord,
    finish: (result: LoadResult) => void,
  ): void {
    const realm = referrer instanceof Realm ? referrer : referrer.realm;
    const fail = (reason: unknown): void => {
      finish({ error: errorForLoading(agent, realm, request.specifier, reason) });
    };
    let begun: BegunLoad | ModuleRecord;
    try {
      begun = this.begin(agent, realm, referrer, request);
    } catch (reason) {
      fail(reason);
      return;
    }
    if (!('content' in begun)) {
      finish({ module: begun });
      return;
    }
    const { type, name, content } = begun;
    if (!(content instanceof Promise)) {
      finish(this.take(agent, realm, type, name, content));
      return;
    }
    this.pendingLoadCount++;
    const settle = (act: () => void): void => {
      this.pendingLoadCount--;
      this.settle(realm, act);
    };
    content.then(
      (loaded) => settle(() => finish(this.take(agent, realm, type, name, loaded))),
      (reason: unknown) => settle(() => fail(reason)),
    );
  }

  /** The module if it is known or needs no content, else what the host was asked for. Throws host Errors, the host's included. */
  private begin(
    agent: Agent,
    realm: Realm,
    referrer: ScriptOrModule | Realm,
    request: ModuleRequestRecord,
  ): BegunLoad | ModuleRecord {
    const { host } = this;
    if (host === null) throw new Error('this runtime has no module host');
    const givenType = request.attributes.find((attribute) => attribute.key === 'type')?.value;
    if (givenType === TYPE_WEBASSEMBLY) throw new Error(`its type '${givenType}' is not supported`);
    const referrerName = typeof referrer.hostDefined === 'string' ? referrer.hostDefined : null;
    const name = host.resolve(request.specifier, referrerName);
    const isWebAssembly = givenType === undefined && host.isWebAssembly?.(name) === true;
    const type = isWebAssembly ? TYPE_WEBASSEMBLY : (givenType ?? 'javascript');
    const map = this.mapOf(realm);
    const known = map.get(moduleKey(type, name));
    if (known !== undefined) return known;
    const className = host.sourceClassName?.(name) ?? null;
    if (className === null) return { type, name, content: loadContent(host, type, name) };
    const module = new HostSourceModule(agent, realm, name, className);
    map.set(moduleKey(type, name), module);
    return module;
  }

  /** The module of a content that has arrived; the first that arrives wins. */
  private take(agent: Agent, realm: Realm, type: string, name: string, content: ModuleContent): LoadResult {
    const map = this.mapOf(realm);
    const key = moduleKey(type, name);
    const known = map.get(key);
    if (known !== undefined) return { module: known };
    const result = createModule(this.tier, agent, realm, type, name, content);
    if ('module' in result) map.set(key, result.module);
    return result;
  }

  private mapOf(realm: Realm): Map<string, ModuleRecord> {
    let map = this.maps.get(realm);
    if (map === undefined) {
      map = new Map();
      this.maps.set(realm, map);
    }
    return map;
  }
}

interface BegunLoad {
  readonly type: string;
  readonly name: string;
  readonly content: ModuleContent | Promise<ModuleContent>;
}

const STARTED: readonly string[] = ['linked', 'evaluating', 'evaluating-async', 'evaluated'];

function moduleKey(type: string, name: string): string {
  return type === 'javascript' ? name : `${type}:${name}`;
}

/** The guest TypeError of a module that the host cannot load. */
function errorForLoading(agent: Agent, realm: Realm, specifier: string, reason: unknown): Value {
  const caller = agent.realm;
  agent.realm = realm;
  try {
    const message = reason instanceof Error ? reason.message : String(reason);
    return agent.createError('TypeError', `Cannot load module '${specifier}': ${message}`);
  } finally {
    agent.realm = caller;
  }
}

/** What a module host gives: bytes for modules of type `bytes`, else text. */
type ModuleContent = string | Uint8Array;

/** Our type of modules that are WebAssembly binaries, which import attributes may not name. */
const TYPE_WEBASSEMBLY = 'webassembly';

/** Asks the module host. Throws what it throws. */
function loadContent(
  modules: ModuleHost,
  type: string,
  name: string,
): ModuleContent | Promise<ModuleContent> {
  if (type !== 'bytes' && type !== TYPE_WEBASSEMBLY) return modules.load(name);
  if (modules.loadBytes === undefined) throw new Error('this module host has no bytes');
  return modules.loadBytes(name);
}

/** A Module Record of the content, or the error that making it raises. */
function createModule(
  tier: Tier,
  agent: Agent,
  realm: Realm,
  type: string,
  name: string,
  content: ModuleContent,
): LoadResult {
  const caller = agent.realm;
  agent.realm = realm;
  try {
    if (typeof content !== 'string' && type === TYPE_WEBASSEMBLY)
      return { module: createWebAssemblyModule(agent, content, realm, name) };
    if (typeof content !== 'string') {
      const bytes = createImmutableUint8Array(agent, content);
      return { module: CreateDefaultExportSyntheticModule(realm, bytes, name) };
    }
    const text = content;
    switch (type) {
      case 'javascript': {
        chargeSource(agent, text.length);
        const parsed: ParseResult<Module> = parseModule(new SourceText(name, text));
        if (!parsed.ok) return { error: errorOfSyntax(agent, name, parsed.error) };
        return { module: tier.createModule(agent, parsed.node, realm, name) };
      }
      case 'json': {
        const JSONObject = realm.intrinsic('%JSON%');
        const value = Call(agent, JSONObject.Get(agent, 'parse', JSONObject), JSONObject, [text]);
        return { module: CreateDefaultExportSyntheticModule(realm, value, name) };
      }
      case 'text':
        return { module: CreateDefaultExportSyntheticModule(realm, text, name) };
      default:
        return { error: agent.createError('TypeError', `Module type '${type}' is not supported`) };
    }
  } catch (thrown) {
    return { error: guestValueOf(agent, thrown) };
  } finally {
    agent.realm = caller;
  }
}

/** The guest error of an early error. */
function errorOfSyntax(agent: Agent, name: string, error: SyntaxErrorRecord): ErrorObject {
  return agent.createError(error.errorType, `${error.message} (${name}:${error.line}:${error.column})`);
}
