// The facade: what hosts, harnesses and users of the library import. It makes agents and realms, wires the tiers
// to the runtime, runs scripts and modules, and gives every end as data (Completion), never as a host exception
// for a guest reason.

import type { ClusterMember } from './agent-threads.ts';
import { markHeapLeaf } from './base/heap-leaf.ts';
import type { RegExpMode } from './base/regexp-mode.ts';
import type { CompiledProgram } from './compiled-program.ts';
import { Execution, type ExecutionHost } from './execution.ts';
import { type Executor, makeExecutors } from './executors.ts';
import { type ModuleHost, ModuleLoader } from './module-loader.ts';
import { startModule } from './module-start.ts';
import { intrinsics } from './realm-intrinsics.ts';
import { Agent, type Limits } from './runtime/agent.ts';
import type { SharedMemory } from './runtime/agent-cluster.ts';
import { Call, requireCallable } from './runtime/call.ts';
import { type LimitName, LimitStop, type ThrowCompletion } from './runtime/completion.ts';
import { SetRealmGlobalObject } from './runtime/environments.ts';
import { guestValueOf, type NativeErrorName } from './runtime/errors.ts';
import { GuestCall } from './runtime/guest-work.ts';
import type { HostHooks, SuspendResult, TimeZoneProvider } from './runtime/host-hooks.ts';
import { ArrayBufferObject } from './runtime/objects/array-buffer.ts';
import {
  type BuiltinFunction,
  builtinClosure,
  CreateBuiltinFunction,
  type FunctionObject,
} from './runtime/objects/function.ts';
import { JSObject } from './runtime/objects/object.ts';
import { PromiseObject } from './runtime/objects/promise.ts';
import { wrapSharedMemory } from './runtime/operations/array-buffer.ts';
import { joinCluster } from './runtime/operations/atomics.ts';
import { CreateDataPropertyOrThrow } from './runtime/operations/object-operations.ts';
import { ATTRS_HIDDEN, dataDescriptor } from './runtime/property-descriptor.ts';
import { keyFromString } from './runtime/property-key.ts';
import { Realm } from './runtime/realm.ts';
import { hostTimeZone } from './runtime/time-zone.ts';
import type { Value } from './runtime/value.ts';
import type { Script } from './syntax/ast.gen.ts';
import { parseModule, parseScript } from './syntax/parse.ts';
import { SourceText } from './syntax/source-text.ts';
import type { SyntaxErrorRecord } from './syntax/syntax-error.ts';
import { type AgentThreadEnvironment, type AgentThreadStart, runAgent } from './test262-agents.ts';
import { DEFAULT_TIER, PAUSABLE_TIERS, TIERS, type Tier, type TierName, tierOf } from './tiers.ts';
import { describeError } from './uncaught.ts';
import { type Pausable, PausableCode, runPausable } from './vm/pausable.ts';
import { adoptedMemory, sharedMemoryOf } from './wasm/js-api/shared-memory.ts';

export { ClusterMember } from './agent-threads.ts';
export type { Outcome } from './base/executor.ts';
export { REGEXP_MODES, type RegExpMode } from './base/regexp-mode.ts';
export {
  type BytecodeError,
  type BytecodeErrorCode,
  CompiledProgram,
  compileProgram,
  type DisassembledInstruction,
  type DisassembledUnit,
  inspectBytecode,
  isBytecode,
  type LoadResult,
  loadBytecode,
  type ProgramResult,
  sealBytecode,
} from './compiled-program.ts';
export { Execution, type Paused } from './execution.ts';
export type { ExecuteOptions, Executor, ProgramInput } from './executors.ts';
export { formatMessage } from './format-message.ts';
export { type InspectOptions, inspect } from './inspect.ts';
export { displayWidth } from './inspect-layout.ts';
export type { ModuleHost } from './module-loader.ts';
export { globalNames, peekPath, peekValue, propertyNames } from './peek.ts';
export { KEYWORDS, parseReplInput, type ReplInput } from './repl-source.ts';
export type { Agent, Limits } from './runtime/agent.ts';
export type { SharedMemory } from './runtime/agent-cluster.ts';
export { IsCallable } from './runtime/call.ts';
export { LimitStop, ThrowCompletion } from './runtime/completion.ts';
export type { HostHooks, TimeZoneProvider } from './runtime/host-hooks.ts';
export type { JobKind } from './runtime/jobs.ts';
export { createArrayFrom } from './runtime/objects/array.ts';
export type { FunctionObject } from './runtime/objects/function.ts';
export { JSObject } from './runtime/objects/object.ts';
export { ToNumber, ToString } from './runtime/operations/type-conversion.ts';
export type { Realm } from './runtime/realm.ts';
export { hostTimeZone, namedTimeZone, UTC_TIME_ZONE } from './runtime/time-zone.ts';
export type { Value } from './runtime/value.ts';
export type { Module, Script } from './syntax/ast.gen.ts';
export { astToJson, dumpAst, dumpTokens, tokensToJson } from './syntax/dump.ts';
export type { DynamicFunctionKind, EvalContext, ParseResult } from './syntax/parse.ts';
export { parseDynamicFunction, parseEval, parseModule, parseScript } from './syntax/parse.ts';
export { analyzeScopes } from './syntax/scope-analysis.ts';
export { dumpScopes, scopesToJson } from './syntax/scope-dump.ts';
export { SourceText } from './syntax/source-text.ts';
export type { SyntaxErrorRecord } from './syntax/syntax-error.ts';
export { type Token, type TokenCategory, tokenize } from './syntax/tokenizer.ts';
export { type TableRow, type TableRows, tableRows } from './table-rows.ts';
export { installTest262, withModuleSource } from './test262.ts';
export {
  type AgentBroadcast,
  type AgentThread,
  type AgentThreadEnvironment,
  type AgentThreadHost,
  type AgentThreadStart,
  Test262Agents,
} from './test262-agents.ts';
export { BYTECODE_TIERS, DEFAULT_TIER, PAUSABLE_TIERS, TIERS, type TierName } from './tiers.ts';
export { constructorName, describeError, describeSyntaxError, describeUncaught } from './uncaught.ts';

/** How a piece of guest code ended. */
export type Completion =
  | { readonly kind: 'normal'; readonly value: Value }
  | { readonly kind: 'throw'; readonly value: Value }
  | { readonly kind: 'parse-error'; readonly error: SyntaxErrorRecord }
  | { readonly kind: 'limit'; readonly limit: LimitName };

export interface RuntimeOptions {
  readonly tier?: TierName;
  /** Unlimited fuel and bytes by default; depth as the host's stack allows, see DEFAULT_DEPTH. */
  readonly limits?: Partial<Limits>;
  readonly modules?: ModuleHost;
  /** [[CanBlock]]; true by default. */
  readonly canBlock?: boolean;
  /** The place in an agent cluster, if other agents share memory with this one; see agent-threads.ts. One Runtime each. */
  readonly cluster?: ClusterMember;
  /** Clock, in milliseconds since the epoch; the host's by default. */
  readonly now?: () => number;
  /** Numbers in [0, 1); the host's by default. */
  readonly random?: () => number;
  /** How Atomics.wait blocks the thread; the host's own by default. */
  readonly suspend?: HostHooks['suspend'];
  /**
   * Who decides that something is gone that WeakRefs and FinalizationRegistries refer to: the host's collector (the
   * default), or nobody before `collectGarbage` is called, so that every run is alike.
   */
  readonly weakReferences?: 'host' | 'on-request';
  /** The zone of local times; the host's by default. `UTC_TIME_ZONE` and `namedTimeZone` give others. */
  readonly timeZone?: TimeZoneProvider;
  /** BCP 47 tag; 'en-US' by default. */
  readonly locale?: string;
  /** What matches regular expressions; `host` by default. What programs see is the same but for what searches cost. */
  readonly regexp?: RegExpMode;
  /** Asked every few thousand units of fuel; what it gives stops the program. */
  readonly interrupt?: () => 'time' | 'abort' | null;
}

/**
 * What a nesting of calls may cost, in units of about one host frame; measured to fit the host's default stack of
 * 984 KB. A host that runs on a bigger stack may pass a higher limit.
 */
export const DEFAULT_DEPTH = 1900;

/** Frames of guest functions, where they do not lie on the host's stack. */
export const DEFAULT_FRAMES = 10_000;

/** One agent with its first realm. Everything of one Runtime is isolated from every other. */
export class Runtime {
  readonly agent: Agent;
  /** The first realm. */
  readonly realm: Realm;
  private readonly tier: Tier;
  private readonly modules: ModuleLoader;
  private readonly pendingRejections: Set<PromiseObject>;

  constructor(options: RuntimeOptions = {}) {
    const tier = tierOf(options.tier ?? DEFAULT_TIER);
    if (tier === undefined)
      throw new TypeError(`unknown tier '${options.tier}'; tiers are ${TIERS.join(', ')}`);
    this.tier = tier;
    this.modules = new ModuleLoader(tier, options.modules ?? null, (realm, act) =>
      this.settleLoad(realm, act),
    );
    this.pendingRejections = new Set();
    this.agent = new Agent(
      this.hooks(options),
      {
        fuel: options.limits?.fuel ?? Number.POSITIVE_INFINITY,
        bytes: options.limits?.bytes ?? Number.POSITIVE_INFINITY,
        depth: options.limits?.depth ?? DEFAULT_DEPTH,
        frames: options.limits?.frames ?? DEFAULT_FRAMES,
      },
      options.canBlock ?? true,
    );
    this.agent.codeRunner = tier.codeRunner;
    if (options.cluster !== undefined) this.joinCluster(options.cluster);
    if (options.interrupt !== undefined) this.agent.interruptBy(options.interrupt);
    this.agent.hostRoots.add(() => [this.realm, this.pendingRejections, this.modules]);
    this.realm = this.createRealm();
    this.agent.realm = this.realm;
  }

  get tierName(): TierName {
    return this.tier.name;
  }

  /** A further realm of the same agent. */
  createRealm(): Realm {
    const realm = new Realm(this.agent, intrinsics);
    SetRealmGlobalObject(realm);
    return realm;
  }

  /** Parses and runs a script; jobs are left in the queue. `name` is shown in messages and resolves imports. */
  runScript(source: string, name: string, realm: Realm = this.realm): Completion {
    const parsed = parseScript(new SourceText(name, source));
    if (!parsed.ok) return { kind: 'parse-error', error: parsed.error };
    return this.runParsedScript(parsed.node, realm);
  }

  /** Runs a script that has been parsed; the same parsed script may run in any number of realms and runtimes. */
  runParsedScript(script: Script, realm: Realm = this.realm): Completion {
    const { agent, tier } = this;
    const { name } = script.source;
    return this.complete(realm, () =>
      this.pausesToRecount
        ? this.runToEnd(this.requirePausable().pausable.startScript(agent, script, realm, name))
        : tier.runScript(agent, script, realm, name),
    );
  }

  /**
   * Starts a module with everything it imports. The result is a promise of the guest for its evaluation, or a parse
   * error of the module itself; run the jobs to see it settle.
   */
  startModule(source: string, name: string, realm: Realm = this.realm): Completion {
    const parsed = parseModule(new SourceText(name, source));
    if (!parsed.ok) return { kind: 'parse-error', error: parsed.error };
    return this.complete(realm, () => {
      const module = this.tier.createModule(this.agent, parsed.node, realm, name);
      this.modules.add(realm, name, module);
      return startModule(this.agent, module);
    });
  }

  /**
   * Runs a compiled program: a script to its completion value, a module as startModule does. `name` is what imports and
   * import.meta go by; the program's own by default. Throws a host TypeError in a tier that does not run bytecode.
   */
  runProgram(program: CompiledProgram, name: string = program.name, realm: Realm = this.realm): Completion {
    const { compiled } = this.tier;
    if (compiled === null) throw new TypeError(`tier '${this.tier.name}' does not run bytecode`);
    return this.complete(realm, () => {
      if (program.goal === 'script') {
        return this.pausesToRecount
          ? this.runToEnd(compiled.startScript(this.agent, program.unit, realm, name))
          : compiled.runScript(this.agent, program.unit, realm, name);
      }
      const module = compiled.createModule(program.unit, realm, name);
      this.modules.add(realm, name, module);
      return startModule(this.agent, module);
    });
  }

  /**
   * A program that runs in slices: see Execution. A module loads what it imports in its first slices. `name` is shown in
   * messages and resolves imports. Throws a host TypeError in a tier that cannot pause.
   */
  start(
    source: string,
    name: string,
    goal: 'script' | 'module' = 'script',
    realm: Realm = this.realm,
  ): Execution {
    this.requirePausable();
    if (goal === 'module') return this.execution(realm, null, this.startModule(source, name, realm));
    const parsed = parseScript(new SourceText(name, source));
    if (!parsed.ok) return this.execution(realm, null, { kind: 'parse-error', error: parsed.error });
    return this.startParsedScript(parsed.node, realm);
  }

  /** The same for a script that has been parsed: see runParsedScript. */
  startParsedScript(script: Script, realm: Realm = this.realm): Execution {
    const { pausable } = this.requirePausable();
    return this.scriptExecution(realm, () =>
      pausable.startScript(this.agent, script, realm, script.source.name),
    );
  }

  /** The same for a compiled program; `name` is its own by default. */
  startProgram(program: CompiledProgram, name: string = program.name, realm: Realm = this.realm): Execution {
    const { compiled } = this.requirePausable();
    if (program.goal === 'module' || compiled === null)
      return this.execution(realm, null, this.runProgram(program, name, realm));
    return this.scriptExecution(realm, () => compiled.startScript(this.agent, program.unit, realm, name));
  }

  private requirePausable(): Tier & { readonly pausable: NonNullable<Tier['pausable']> } {
    const { tier } = this;
    if (tier.pausable === null)
      throw new TypeError(
        `tier '${tier.name}' cannot pause a program; tiers that can are ${PAUSABLE_TIERS.join(', ')}`,
      );
    return tier as Tier & { readonly pausable: NonNullable<Tier['pausable']> };
  }

  private scriptExecution(realm: Realm, start: () => Pausable): Execution {
    let script: Pausable | null = null;
    const begun = this.complete(realm, () => {
      script = start();
      return undefined;
    });
    return this.execution(realm, script, script === null ? begun : null);
  }

  private execution(realm: Realm, script: Pausable | null, started: Completion | null): Execution {
    const host: ExecutionHost = {
      agent: this.agent,
      complete: (run) => this.complete(realm, run),
      settle: (end) => (script === null ? this.moduleCompletion(end) : end),
    };
    return new Execution(host, script, started, this.requirePausable().pausable.startJobs());
  }

  /**
   * How a module ended that startModule has started, once jobs have been run: `normal` with its promise while it is waiting,
   * with undefined once it is done, `throw` with what it threw, which is not an unhandled rejection then.
   */
  moduleCompletion(started: Completion): Completion {
    if (started.kind !== 'normal') return started;
    const promise = this.promiseState(started.value);
    this.markHandled(started.value);
    if (promise === null || promise.state === 'fulfilled') return { kind: 'normal', value: undefined };
    if (promise.state === 'rejected') return { kind: 'throw', value: promise.result };
    return started;
  }

  /** True once the module started under that name has been linked, so that a rejection is an evaluation error. */
  hasStarted(name: string, realm: Realm = this.realm): boolean {
    return this.modules.hasStarted(realm, name);
  }

  /** Runs jobs until the queue is empty. */
  runJobs(): Completion {
    return this.complete(this.realm, () => {
      this.agent.receiveNotifications();
      if (this.pausesToRecount) this.runToEnd(this.requirePausable().pausable.startJobs());
      else this.agent.runJobs();
      return undefined;
    });
  }

  /** True while other agents of the cluster may settle promises of Atomics.waitAsync: `onProgress` is called when they do. */
  get isWaitingForAgents(): boolean {
    return this.agent.cluster !== null && this.agent.cluster.asyncWaiters.size > 0;
  }

  /** Takes a place in an agent cluster, as the option `cluster` does from the start. */
  joinCluster(member: ClusterMember): void {
    if (this.agent.cluster !== null) throw new TypeError('this runtime is in an agent cluster already');
    joinCluster(this.agent, member.cluster);
    member.onWake = () => this.onProgress?.();
  }

  /**
   * What to post to another agent of the cluster so that it shares a SharedArrayBuffer or a shared WebAssembly.Memory; null
   * for other values.
   */
  shareMemory(value: Value): SharedMemory | null {
    const { cluster } = this.agent;
    if (cluster === null) return null;
    const ofMemory = sharedMemoryOf(value);
    if (ofMemory !== null) return { ...ofMemory, block: cluster.blockOf(ofMemory.memory) };
    if (!(value instanceof ArrayBufferObject) || !value.isShared) return null;
    const memory = value.data as SharedArrayBuffer;
    return { memory, block: cluster.blockOf(memory), memoryType: null };
  }

  /**
   * A SharedArrayBuffer or WebAssembly.Memory object over what another agent's `shareMemory` gave. Throws a host TypeError
   * outside of a cluster.
   */
  adoptMemory(shared: SharedMemory, realm: Realm = this.realm): JSObject {
    const { agent } = this;
    if (agent.cluster === null) throw new TypeError('this runtime is in no agent cluster');
    agent.cluster.adopt(shared);
    const caller = agent.realm;
    agent.realm = realm;
    try {
      return shared.memoryType === null
        ? wrapSharedMemory(agent, shared.memory)
        : adoptedMemory(agent, shared.memory, shared.memoryType);
    } finally {
      agent.realm = caller;
    }
  }

  /**
   * Processes weak references: WeakRefs let go of what guest code can't reach any more, and FinalizationRegistries get jobs for
   * it. If guest code is running, that happens when the running job has ended. What only code of the host holds, other
   * realms than the first included, counts as gone unless `addRoots` tells of it. While a suspended generator or async function of the tree-walker is alive
   * nothing is gone: what it refers to cannot be seen.
   */
  collectGarbage(): void {
    this.agent.requestCollection();
  }

  /** `roots` gives the guest values that only the host holds, whenever `collectGarbage` looks for what is alive. */
  addRoots(roots: () => Iterable<Value>): void {
    this.agent.hostRoots.add(roots);
  }

  /** In how many milliseconds the next timeout of Atomics.waitAsync is due, 0 if it is; null if none is waiting. */
  get nextTimeoutMs(): number | null {
    const { nextDueMs } = this.agent.timeouts;
    return nextDueMs === Number.POSITIVE_INFINITY ? null : Math.max(nextDueMs - this.agent.hooks.now(), 0);
  }

  /** Runs the timeouts that are due, by the runtime's clock or at `nowMs`, and then jobs until the queue is empty. */
  runTimeouts(nowMs: number = this.agent.hooks.now()): Completion {
    this.agent.enqueueDueTimeouts(nowMs);
    return this.runJobs();
  }

  /** True while a module is being loaded asynchronously: jobs may come after the queue is empty. */
  get isLoading(): boolean {
    return this.modules.pendingLoadCount > 0;
  }

  /** Called with each job batch that asynchronous loads make possible; set by event loops. */
  onProgress: (() => void) | null = null;

  /** Calls a guest function. */
  call(F: Value, thisValue: Value, args: readonly Value[]): Completion {
    const { agent } = this;
    this.noteCall(F, thisValue, args);
    return this.complete(this.realm, () =>
      this.pausesToRecount
        ? this.runToEnd(PausableCode.ofCall(agent, new GuestCall(requireCallable(agent, F), thisValue, args)))
        : Call(agent, F, thisValue, args),
    );
  }

  /** A call of a guest function that runs in slices: see Execution, which ends with what the function gives. */
  startCall(F: Value, thisValue: Value, args: readonly Value[], realm: Realm = this.realm): Execution {
    this.requirePausable();
    const { agent } = this;
    this.noteCall(F, thisValue, args);
    return this.scriptExecution(realm, () => {
      return PausableCode.ofCall(agent, new GuestCall(requireCallable(agent, F), thisValue, args));
    });
  }

  /** Reads a property, running getters. */
  getProperty(object: JSObject, name: string): Completion {
    return this.complete(this.realm, () => object.Get(this.agent, keyFromString(name), object));
  }

  /** The state of a promise: what `await` would see. */
  promiseState(
    promise: Value,
  ): { readonly state: 'pending' | 'fulfilled' | 'rejected'; readonly result: Value } | null {
    if (!(promise instanceof PromiseObject)) return null;
    return { state: promise.promiseState, result: promise.promiseResult };
  }

  /** Marks a promise as handled, as a host that reports its rejection itself does. */
  markHandled(promise: Value): void {
    if (!(promise instanceof PromiseObject)) return;
    promise.isHandled = true;
    this.pendingRejections.delete(promise);
  }

  /** Reasons of promises that were rejected and have no handler; each is given once. */
  takeUnhandledRejections(): Value[] {
    const reasons: Value[] = [];
    for (const promise of this.pendingRejections) reasons.push(promise.promiseResult);
    this.pendingRejections.clear();
    return reasons;
  }

  /**
   * Defines a global function implemented by the host. `implementation` gets guest values and returns one; to raise a
   * guest error it throws `runtime.error(…)`.
   */
  defineFunction(
    name: string,
    length: number,
    implementation: (args: readonly Value[], thisValue: Value, realm: Realm) => Value,
    realm: Realm = this.realm,
  ): FunctionObject {
    const F = this.createFunction(name, length, implementation, realm);
    this.defineGlobal(name, F, realm);
    return F;
  }

  /** A guest function implemented by the host. */
  createFunction(
    name: string,
    length: number,
    implementation: (args: readonly Value[], thisValue: Value, realm: Realm) => Value,
    realm: Realm = this.realm,
  ): FunctionObject {
    return CreateBuiltinFunction(
      this.agent,
      builtinClosure(name, length, callHost),
      { implementation },
      realm,
    );
  }

  /** Defines a global variable that is writable, configurable and not enumerable. */
  defineGlobal(name: string, value: Value, realm: Realm = this.realm): void {
    realm.globalObject.DefineOwnProperty(
      this.agent,
      keyFromString(name),
      dataDescriptor(value, ATTRS_HIDDEN),
    );
  }

  /** An empty guest object of %Object.prototype%. */
  createObject(realm: Realm = this.realm): JSObject {
    return new JSObject(realm.objectShape);
  }

  /** Defines a property as assignment would. */
  setProperty(object: JSObject, name: string, value: Value): void {
    CreateDataPropertyOrThrow(this.agent, object, keyFromString(name), value);
  }

  /** What a host function throws to raise a guest error of that class. */
  error(name: NativeErrorName, message: string): ThrowCompletion {
    return this.agent.createThrow(name, message);
  }

  /** `Name: message` and stack of a thrown value, as text, without running guest code; other values as they print. */
  describeError(value: Value): { readonly name: string; readonly message: string; readonly stack: string } {
    return describeError(value);
  }

  private complete(realm: Realm, run: () => Value): Completion {
    const { agent } = this;
    const caller = agent.realm;
    const context = agent.context;
    const { depth, frameCount } = agent;
    const machineDepth = agent.webAssembly?.depth ?? 0;
    agent.realm = realm;
    agent.activeRuns++;
    if (realm !== this.realm) noteGiven(agent, realm);
    let completion: Completion;
    try {
      completion = this.completionOf(run);
    } finally {
      agent.realm = caller;
      agent.context = context;
      agent.depth = depth;
      agent.frameCount = frameCount;
      agent.activeRuns--;
      agent.webAssembly?.trim(machineDepth);
    }
    return agent.activeRuns === 0 ? this.endTurn(completion) : completion;
  }

  /** What follows the end of a turn; how that has ended, or a recount of its bytes. */
  private endTurn(completion: Completion): Completion {
    const { agent } = this;
    agent.endTurn();
    if (!agent.isRecountDue) return completion;
    const counted = this.completionOf(() => {
      agent.recount(null);
      return undefined;
    });
    return counted.kind === 'normal' ? completion : counted;
  }

  private noteCall(F: Value, thisValue: Value, args: readonly Value[]): void {
    noteGiven(this.agent, F);
    noteGiven(this.agent, thisValue);
    for (const value of args) noteGiven(this.agent, value);
  }

  private completionOf(run: () => Value): Completion {
    try {
      return { kind: 'normal', value: run() };
    } catch (thrown) {
      return endBy(this.agent, thrown);
    }
  }

  /** Programs are to pause for recounts of bytes: see Agent.passBytes. */
  private get pausesToRecount(): boolean {
    const { agent, tier } = this;
    return (
      agent.limits.bytes !== Number.POSITIVE_INFINITY && agent.activeRuns === 1 && tier.pausable !== null
    );
  }

  private runToEnd(part: Pausable): Value {
    runPausable(this.agent, part);
    return part.value;
  }

  private settleLoad(realm: Realm, act: () => void): void {
    this.complete(realm, () => {
      act();
      return undefined;
    });
    this.onProgress?.();
  }

  private hooks(options: RuntimeOptions): HostHooks {
    return {
      now: options.now ?? (() => Date.now()),
      random: options.random ?? (() => Math.random()),
      suspend: options.suspend ?? suspendThread,
      hostReclaims: (options.weakReferences ?? 'host') === 'host',
      jobsArrived: () => this.onProgress?.(),
      timeZone: options.timeZone ?? hostTimeZone(),
      locale: options.locale ?? 'en-US',
      regexp: options.regexp ?? 'host',
      loadImportedModule: (agent, referrer, request, finish) =>
        this.modules.load(agent, referrer, request, finish),
      initializeImportMeta: (agent, importMeta, module) => {
        if (typeof module.hostDefined === 'string')
          CreateDataPropertyOrThrow(agent, importMeta, 'url', module.hostDefined);
      },
      trackPromiseRejection: (_agent, promise, operation) => {
        if (operation === 'reject') this.pendingRejections.add(promise);
        else this.pendingRejections.delete(promise);
      },
      ensureCanCompileStrings() {},
    };
  }
}

// Walks of the heap get what the facade holds as roots.
markHeapLeaf(Runtime);

/** Runs an agent that `$262.agent.start` of another thread asked for in this thread, which lives until it is terminated. */
export function runAgentThread(start: AgentThreadStart, environment: AgentThreadEnvironment): void {
  runAgent(start, environment, (options) => new Runtime(options));
}

/** Every tier behind the one interface that harnesses compare by. */
export const executors: readonly Executor[] = makeExecutors((options) => new Runtime(options));

/** How guest code ended that threw. Throws engine faults on. */
function endBy(agent: Agent, thrown: unknown): Completion {
  if (thrown instanceof LimitStop) return { kind: 'limit', limit: thrown.limit };
  try {
    return { kind: 'throw', value: guestValueOf(agent, thrown) };
  } catch (fault) {
    // The guest's error for a host's RangeError is charged, and may be what is too much.
    if (fault instanceof LimitStop) return { kind: 'limit', limit: fault.limit };
    throw fault;
  }
}

/** Blocks in the host's Atomics.wait. */
function suspendThread(
  view: Int32Array | BigInt64Array,
  index: number,
  value: number | bigint,
  timeoutMs: number,
): SuspendResult {
  try {
    return Atomics.wait(view as Int32Array, index, value as number, timeoutMs);
  } catch (error) {
    // The main thread of a browser may not block.
    if (error instanceof TypeError) return 'cannot-block';
    throw error;
  }
}

interface HostFunctionCaptures {
  readonly implementation: (args: readonly Value[], thisValue: Value, realm: Realm) => Value;
}

/** The host gives a value to guest code, or runs code in a realm. */
function noteGiven(agent: Agent, value: Value | Realm): void {
  if (typeof value === 'object' && value !== null && agent.limits.bytes !== Number.POSITIVE_INFINITY)
    agent.heldByHost.note(value);
}

/** The code of functions that the host implements. */
function callHost(
  callee: BuiltinFunction<HostFunctionCaptures>,
  thisValue: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const { realm } = callee;
  const result = callee.captures.implementation(args, thisValue, realm);
  noteGiven(realm.agent, result);
  return result;
}
