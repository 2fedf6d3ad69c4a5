// Agents, https://tc39.es/ecma262/#sec-agents : one thread of guest execution with its job queue, symbol registry,
// limits and host. All realms of an agent share it; nothing of one agent is visible to another.
import { InternalError } from '../base/assert.ts';
import type { CodeRunner } from './code-runner.ts';
import { type LimitName, LimitStop, ThrowCompletion } from './completion.ts';
import type { NativeErrorName } from './errors.ts';
import type { ExecutionContext } from './execution-context.ts';
import type { HostHooks } from './host-hooks.ts';
import { type JobKind, JobQueue } from './jobs.ts';
import { ErrorObject } from './objects/error.ts';
import type { JSObject } from './objects/object.ts';
import { ToPrimitiveObject } from './operations/type-conversion.ts';
import { ATTRS_HIDDEN } from './property-descriptor.ts';
import type { Realm } from './realm.ts';
import { emptyRoots, rootShape, SHAPE_KIND_ORDINARY, type Shape } from './shape.ts';
import { captureFrames, errorHeader } from './stack-trace.ts';
import { LongStrings } from './string-work.ts';
import type { Value } from './value.ts';

/** Fuel between two looks at the clock. */
const FUEL_PORTION = 5000;

/** Limits of one agent; see DESIGN §5 in ARCHITECTURE.md. Infinity means unlimited. */
export interface Limits {
  /** Loop back-edges, calls and units of built-in work. */
  readonly fuel: number;
  /** Estimated bytes allocated by guest code. */
  readonly bytes: number;
  /** Nesting of calls, in units of about one host frame each. */
  readonly depth: number;
  /** Nesting of guest functions in tiers whose frames do not lie on the host's stack. */
  readonly frames: number;
}

/** An intrinsic object that still has a lazy shape, and what fills it in. */
export interface PendingIntrinsic {
  readonly realm: Realm;
  readonly spec: { fill(realm: Realm, object: JSObject): void };
}

export class Agent {
  readonly hooks: HostHooks;
  readonly limits: Limits;
  /** Set by engine.ts before any guest code runs. */
  codeRunner: CodeRunner;
  /** The running realm. */
  realm: Realm;
  /** The running execution context; null when no guest code runs. */
  context: ExecutionContext | null;
  depth: number;
  /** Frames of guest functions in tiers that keep them on our heap. */
  frameCount: number;
  /** What is left of the current portion of the fuel; see `refuel`. */
  fuel: number;
  private fuelReserve: number;
  private interrupt: (() => LimitName | null) | null;
  bytes: number;
  readonly jobs: JobQueue;
  /** What long strings have been charged. */
  readonly longStrings: LongStrings;
  /** GlobalSymbolRegistry, by key. */
  readonly symbolRegistry: Map<string, symbol>;
  readonly registeredSymbols: Map<symbol, string>;
  readonly nullPrototypeRoots: (Shape | null)[];
  /** Intrinsic objects that have not been touched yet; entered by builtins/define.ts. */
  readonly pendingIntrinsics: WeakMap<JSObject, PendingIntrinsic>;
  /** [[ModuleAsyncEvaluationCount]], https://tc39.es/ecma262/#sec-IncrementModuleAsyncEvaluationCount . */
  moduleAsyncEvaluationCount: number;
  /** [[CanBlock]]. */
  readonly canBlock: boolean;

  constructor(hooks: HostHooks, limits: Limits, canBlock: boolean) {
    this.hooks = hooks;
    this.limits = limits;
    this.codeRunner = null as unknown as CodeRunner;
    this.realm = null as unknown as Realm;
    this.context = null;
    this.depth = 0;
    this.frameCount = 0;
    this.fuel = limits.fuel;
    this.fuelReserve = 0;
    this.interrupt = null;
    this.bytes = limits.bytes;
    this.jobs = new JobQueue();
    this.longStrings = new LongStrings();
    this.symbolRegistry = new Map();
    this.registeredSymbols = new Map();
    this.nullPrototypeRoots = emptyRoots();
    this.pendingIntrinsics = new WeakMap();
    this.moduleAsyncEvaluationCount = 0;
    this.canBlock = canBlock;
  }

  // ---- Limits

  /** Charges one level of nesting; the caller gives it back with `depth--`. Throws a guest RangeError at the limit. */
  enterCall(): void {
    if (this.depth >= this.limits.depth) this.throwStackOverflow();
    this.depth++;
  }

  /** Charges `units` levels of nesting likewise; the caller gives them back. */
  enter(units: number): void {
    if (this.depth + units > this.limits.depth) this.throwStackOverflow();
    this.depth += units;
  }

  /** Charges a frame; whoever leaves it gives it back with `frameCount--`. Throws a guest RangeError at the limit. */
  enterFrame(): void {
    if (this.frameCount >= this.limits.frames) this.throwStackOverflow();
    this.frameCount++;
  }

  /** Throws the RangeError of too deep nesting. */
  throwStackOverflow(): never {
    throw this.createThrow('RangeError', 'Maximum call stack size exceeded');
  }

  /** Throws the RangeError of an argument list that the host could not spread. */
  throwTooManyArguments(): never {
    throw this.createThrow('RangeError', 'Too many arguments in a call');
  }

  /** Charges `units` of work; stops the program when the fuel is used up or the host wants it to stop. */
  chargeFuel(units: number): void {
    this.fuel -= units;
    if (this.fuel < 0) this.refuel();
  }

  /** Has the host asked every few thousand units of fuel whether the program must stop, and why. */
  interruptBy(poll: () => LimitName | null): void {
    this.interrupt = poll;
    this.fuelReserve = this.remainingFuel;
    this.fuel = 0;
  }

  /** Fuel not used yet. */
  get remainingFuel(): number {
    return Math.max(this.fuel + this.fuelReserve, 0);
  }

  /** Goes on with the next portion of the fuel, or stops the program. */
  refuel(): void {
    const left = this.fuel + this.fuelReserve;
    // A charge of Infinity on unlimited fuel gives NaN; it stops too.
    if (!(left >= 0)) throw new LimitStop('fuel');
    if (this.interrupt === null) return;
    const reason = this.interrupt();
    if (reason !== null) throw new LimitStop(reason);
    this.fuel = Math.min(left, FUEL_PORTION);
    this.fuelReserve = left - this.fuel;
  }

  /** Charges an allocation of about `count` bytes; stops the program at the limit. */
  chargeBytes(count: number): void {
    this.bytes -= count;
    if (this.bytes < 0) throw new LimitStop('bytes');
  }

  /** Stops the program unless `count` more bytes may be charged: before steps that must not stop half way. */
  requireBytes(count: number): void {
    if (this.bytes < count) throw new LimitStop('bytes');
  }

  // ---- Errors

  /** A throw completion with a new native error of the running realm. Not thrown here. */
  createThrow(name: NativeErrorName, message: string): ThrowCompletion {
    return new ThrowCompletion(this.createError(name, message));
  }

  /** A new native error of the running realm. */
  createError(name: NativeErrorName, message: string): ErrorObject {
    const prototype = this.realm.intrinsic(`%${name}.prototype%`);
    const error = new ErrorObject(rootShape(this, prototype, SHAPE_KIND_ORDINARY), captureFrames(this));
    error.addSlot('message', message, ATTRS_HIDDEN);
    error.header = errorHeader(error);
    return error;
  }

  // ---- Late-bound operations of lower files

  /** ToPrimitive for the host operators (see JSObject's Symbol.toPrimitive). */
  toPrimitive(object: JSObject, hint: 'default' | 'number' | 'string'): Value {
    return ToPrimitiveObject(this, object, hint);
  }

  /** Fills in an intrinsic object that has just left its lazy shape. No-op for other objects. */
  fillIntrinsic(object: JSObject): void {
    const pending = this.pendingIntrinsics.get(object);
    if (pending !== undefined) {
      this.pendingIntrinsics.delete(object);
      pending.spec.fill(pending.realm, object);
    }
    object.shape.filled();
  }

  // ---- Jobs

  /** HostEnqueuePromiseJob and kin: appends a job record. */
  enqueueJob<Args>(jobKind: JobKind<Args>, args: Args, realm: Realm | null): void {
    this.jobs.enqueue({ jobKind, args, realm });
  }

  /** Runs jobs until none is left. Guest exceptions do not escape jobs; limit stops do. */
  runJobs(): void {
    while (!this.jobs.isEmpty) {
      const job = this.jobs.dequeue();
      const realm = this.realm;
      this.depth = 0;
      this.frameCount = 0;
      this.context = null;
      if (job.realm !== null) this.realm = job.realm;
      try {
        job.jobKind.run(this, job.args);
      } catch (thrown) {
        if (thrown instanceof ThrowCompletion) throw new InternalError('a job threw');
        throw thrown;
      } finally {
        this.realm = realm;
      }
    }
  }
}
