// What the runtime asks of its host. Every member is injected; nothing here is the engine's own
// choice of clock, randomness or I/O. `engine.ts` fills in defaults.
import type { RegExpMode } from '../base/regexp-mode.ts';
import type { Agent } from './agent.ts';
import type { ModuleRecord, ModuleRequestRecord } from './modules.ts';
import type { ScriptOrModule } from './objects/function.ts';
import type { JSObject } from './objects/object.ts';
import type { PromiseObject } from './objects/promise.ts';
import type { Realm } from './realm.ts';

/** The local time zone, https://tc39.es/ecma262/#sec-time-zone-identifiers . */
export interface TimeZoneProvider {
  /** IANA identifier. */
  readonly name: string;
  /** Offset from UTC in milliseconds (east positive) at the instant `epochMs`. */
  offsetMsAt(epochMs: number): number;
  /** Display name in parentheses of Date.prototype.toString, e.g. `Central European Summer Time`; '' for none. */
  displayNameAt(epochMs: number): string;
}

/** How a thread came out of `HostHooks.suspend`; `cannot-block` where the host does not let it wait. */
export type SuspendResult = 'ok' | 'not-equal' | 'timed-out' | 'cannot-block';

export interface HostHooks {
  /** Milliseconds since the epoch, integral. */
  now(): number;
  /** A number in [0, 1). */
  random(): number;
  /**
   * Blocks the thread while the element at `index` of shared memory is `value`, until somebody notifies it there or
   * `timeoutMs` (Infinity for ever) have passed: what a host's Atomics.wait does.
   */
  suspend(
    view: Int32Array | BigInt64Array,
    index: number,
    value: number | bigint,
    timeoutMs: number,
  ): SuspendResult;
  /** The host's collector decides when WeakRefs lose their targets; else that happens only when it is asked for. */
  readonly hostReclaims: boolean;
  /** Jobs were enqueued while no guest code runs: somebody has to run them. */
  jobsArrived(): void;
  readonly timeZone: TimeZoneProvider;
  /** BCP 47 tag used by locale-sensitive functions. */
  readonly locale: string;
  /** What matches regular expressions. */
  readonly regexp: RegExpMode;
  /**
   * HostLoadImportedModule, https://tc39.es/ecma262/#sec-HostLoadImportedModule . Calls `finish` once, now or later,
   * with a Module Record or a thrown guest value.
   */
  loadImportedModule(
    agent: Agent,
    referrer: ScriptOrModule | Realm,
    request: ModuleRequestRecord,
    finish: (result: { readonly module: ModuleRecord } | { readonly error: unknown }) => void,
  ): void;
  /** HostGetImportMetaProperties and HostFinalizeImportMeta: defines properties on `importMeta`. */
  initializeImportMeta(agent: Agent, importMeta: JSObject, module: ModuleRecord): void;
  /** HostPromiseRejectionTracker. */
  trackPromiseRejection(agent: Agent, promise: PromiseObject, operation: 'reject' | 'handle'): void;
  /** HostEnsureCanCompileStrings: throws a guest error to forbid `eval` and `Function`. */
  ensureCanCompileStrings(agent: Agent, realm: Realm): void;
}
