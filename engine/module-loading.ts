// Modules between the facade and its host: what a module host gives becomes Module Records, and a module that is started is
// loaded, linked and evaluated, as continuations over guest promises.
import type { ModuleHost } from './engine.ts';
import type { Agent } from './runtime/agent.ts';
import { Call } from './runtime/call.ts';
import { guestValueOf } from './runtime/errors.ts';
import type { GuestWork } from './runtime/guest-work.ts';
import type { ModuleRecord } from './runtime/modules.ts';
import type { ErrorObject } from './runtime/objects/error.ts';
import type { AwaitContinuation, PromiseObject } from './runtime/objects/promise.ts';
import {
  CreateResolvingFunctions,
  createPromise,
  performPromiseThenContinuation,
} from './runtime/operations/promise-operations.ts';
import { createImmutableUint8Array } from './runtime/operations/typed-array.ts';
import type { Realm } from './runtime/realm.ts';
import { CreateDefaultExportSyntheticModule } from './runtime/synthetic-modules.ts';
import type { Value } from './runtime/value.ts';
import type { Module } from './syntax/ast.gen.ts';
import { type ParseResult, parseModule } from './syntax/parse.ts';
import { SourceText } from './syntax/source-text.ts';
import type { SyntaxErrorRecord } from './syntax/syntax-error.ts';
import type { Tier } from './tiers.ts';
import { createWebAssemblyModule } from './wasm/js-api/module-record.ts';

/** The guest TypeError of a module that the host cannot load. */
export function errorForLoading(agent: Agent, realm: Realm, specifier: string, reason: unknown): Value {
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
export type ModuleContent = string | Uint8Array;

/** Our type of modules that are WebAssembly binaries, which import attributes may not name. */
export const TYPE_WEBASSEMBLY = 'webassembly';

/** Asks the module host. Throws what it throws. */
export function loadContent(
  modules: ModuleHost,
  type: string,
  name: string,
): ModuleContent | Promise<ModuleContent> {
  if (type !== 'bytes' && type !== TYPE_WEBASSEMBLY) return modules.load(name);
  if (modules.loadBytes === undefined) throw new Error('this module host has no bytes');
  return modules.loadBytes(name);
}

/** A Module Record of the content, or the error that making it raises. */
export function createModule(
  tier: Tier,
  agent: Agent,
  realm: Realm,
  type: string,
  name: string,
  content: ModuleContent,
): { readonly module: ModuleRecord } | { readonly error: Value } {
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

// ---- Starting a module: load, then link and evaluate, as continuations over guest promises

class ModuleStart implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  private readonly module: ModuleRecord;
  private readonly promise: PromiseObject;
  constructor(module: ModuleRecord, promise: PromiseObject) {
    this.module = module;
    this.promise = promise;
  }

  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork | null {
    const { reject } = CreateResolvingFunctions(agent, this.promise);
    if (completion === 'throw') {
      Call(agent, reject, undefined, [value]);
      return null;
    }
    try {
      this.module.Link(agent);
    } catch (thrown) {
      Call(agent, reject, undefined, [guestValueOf(agent, thrown)]);
      return null;
    }
    const { promise, work } = this.module.beginEvaluation(agent);
    performPromiseThenContinuation(agent, promise, new ModuleEnd(this.promise));
    return work;
  }
}

/** Settles the promise of startModule like that of the evaluation, without looking up `then`, which guests can change. */
class ModuleEnd implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  private readonly promise: PromiseObject;
  constructor(promise: PromiseObject) {
    this.promise = promise;
  }

  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): null {
    const { resolve, reject } = CreateResolvingFunctions(agent, this.promise);
    Call(agent, completion === 'normal' ? resolve : reject, undefined, [value]);
    return null;
  }
}

export function startModule(agent: Agent, module: ModuleRecord): PromiseObject {
  const promise = createPromise(agent);
  performPromiseThenContinuation(agent, module.LoadRequestedModules(agent), new ModuleStart(module, promise));
  return promise;
}
