// Agents, https://tc39.es/ecma262/#sec-agents : one thread of guest execution with its job queue, symbol registry,
// limits and host. All realms of an agent share it; nothing of one agent is visible to another.
import { InternalError } from '../base/assert.ts';
import { markHeapLeaf } from '../base/heap-leaf.ts';
import type { AgentCluster } from './agent-cluster.ts';
import type { CodeRunner } from './code-runner.ts';
import { type LimitName, LimitStop, ThrowCompletion } from './completion.ts';
import type { NativeErrorName } from './errors.ts';
import type { ExecutionContext } from './execution-context.ts';
import { processWeakReferences } from './heap/collect.ts';
import { HeldByHost } from './heap/held-by-host.ts';
import { measureHeap } from './heap/measure.ts';
import type { HostHooks } from './host-hooks.ts';
import { type Job, type JobKind, JobQueue, TimeoutQueue } from './jobs.ts';
import { ErrorObject } from './objects/error.ts';
import { type JSObject, OBJECT_BYTES } from './objects/object.ts';
import { deliverNotifications, type WaiterLists } from './operations/atomics.ts';
import { ToPrimitiveObject } from './operations/type-conversion.ts';
import { ATTRS_HIDDEN } from './property-descriptor.ts';
import type { Realm } from './realm.ts';
import { emptyRoots, rootShape, SHAPE_KIND_ORDINARY, type Shape } from './shape.ts';
import { captureFrames, errorHeader } from './stack-trace.ts';
import { LongStrings } from './string-work.ts';
import type { Value } from './value.ts';
import type { WeakValue } from './weak-target.ts';

/** Fuel between two looks at the clock. */
const FUEL_PORTION = 5000;

/** Fuel between two attempts to pause, where the running code cannot. */
const UNPAUSABLE_PORTION = 100;

/** Jobs between two looks at the clock, if a timeout job waits. */
const JOBS_PER_CLOCK = 16;

/** Limits of one agent; see 'Limits' in ARCHITECTURE.md. Infinity means unlimited. */
export interface Limits {
  /** Loop back-edges, calls and units of built-in work. */
  readonly fuel: number;
  /** Estimated bytes that guest code holds; see `passBytes`. */
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

/** A machine beside the tier's whose frames lie between those of a program, so that each program that is paused needs its own. */
export interface RunMachine {
  /** Frames in the middle of something. */
  readonly depth: number;
  /** A run begins, or goes on with what `endRun` has parked for it; gives what `endRun` is to be given. */
  beginRun(parked: object | null): object;
  /** The run is over or paused, its `outer` null if it began before there was a machine; what is to be parked, if anything. */
  endRun(outer: object | null, isPaused: boolean): object | null;
  /** Drops the frames above a depth, which a stop has left. */
  trim(depth: number): void;
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
  /** What the current portion was. */
  private portion: number;
  /** What is left of a slice behind the current portion; Infinity without slices. See `beginSlice`. */
  private sliceReserve: number;
  /** The slice is used up: code that can be resumed stops at its next charge. */
  pausing: boolean;
  /** The running code can be resumed: no host code stands between it and whoever began the slice. */
  pausable: boolean;
  private interrupt: (() => LimitName | null) | null;
  /** What is left of the current portion of the bytes; see `passBytes`. */
  bytes: number;
  private bytesReserve: number;
  /** Bytes of texts that only a part of them keeps alive: no walk of the heap finds them. See string-work.ts. */
  hiddenBytes: number;
  /** What guest code holds is to be found out as soon as it can be. */
  isRecountDue: boolean;
  /** Whoever runs the program lets it pause for that, and goes on with it. */
  pausesToRecount: boolean;
  readonly jobs: JobQueue;
  /** Jobs taken so far. */
  private jobCount: number;
  readonly timeouts: TimeoutQueue;
  /** The cluster that other agents are in too; null: this one is alone. Set by engine.ts. */
  cluster: AgentCluster | null;
  /** Of an agent that is alone, the store of WaiterList Records, by Shared Data Block and byte index; see operations/atomics.ts. */
  readonly waiterLists: WaiterLists;
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
  /** Error.prepareStackTrace is running: stack traces that it asks for are not prepared in turn. */
  isPreparingStackTrace: boolean;
  /** Counts the buffers that were detached: host views that were checked at this count are still those of their buffers. */
  detachEpoch: number;
  /** [[KeptAlive]]: what the running job keeps alive, see operations/weak-references.ts. */
  readonly keptObjects: Set<WeakValue>;
  /** Imports that the host has not answered yet: only it knows of what waits for them. */
  readonly pendingLoads: Set<object>;
  /** What only the host holds, for walks of the heap: each gives things as it is asked. */
  readonly hostRoots: Set<() => Iterable<unknown>>;
  /** Calls of the facade that are under way: 0 while nothing of the guest runs. */
  activeRuns: number;
  /** What is paused, and who began it: see engine/execution.ts. */
  readonly pausedPrograms: Set<WeakRef<object>>;
  /** Things of the guest that the host gives back to it. */
  readonly heldByHost: HeldByHost;
  private isCollectionRequested: boolean;
  /** [[CanBlock]]. */
  readonly canBlock: boolean;
  /** What builtins/regexp keeps for matching; opaque to the runtime. Null until the first pattern. */
  matching: unknown;
  /** What wasm/js-api keeps for the agent. Null until WebAssembly is used. */
  webAssembly: RunMachine | null;

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
    this.portion = limits.fuel;
    this.sliceReserve = Number.POSITIVE_INFINITY;
    this.pausing = false;
    this.pausable = false;
    this.interrupt = null;
    this.bytes = limits.bytes / 2;
    this.bytesReserve = limits.bytes === Number.POSITIVE_INFINITY ? 0 : limits.bytes - this.bytes;
    this.hiddenBytes = 0;
    this.isRecountDue = false;
    this.pausesToRecount = false;
    this.jobs = new JobQueue();
    this.jobCount = 0;
    this.timeouts = new TimeoutQueue();
    this.cluster = null;
    this.waiterLists = new Map();
    this.longStrings = new LongStrings();
    this.symbolRegistry = new Map();
    this.registeredSymbols = new Map();
    this.nullPrototypeRoots = emptyRoots();
    this.pendingIntrinsics = new WeakMap();
    this.moduleAsyncEvaluationCount = 0;
    this.isPreparingStackTrace = false;
    this.detachEpoch = 0;
    this.keptObjects = new Set();
    this.pendingLoads = new Set();
    this.hostRoots = new Set();
    this.activeRuns = 0;
    this.pausedPrograms = new Set();
    this.heldByHost = new HeldByHost();
    this.isCollectionRequested = false;
    this.canBlock = canBlock;
    this.matching = null;
    this.webAssembly = null;
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
    this.nextPortion(0);
  }

  /** The host may want the program to stop at any time. */
  get isInterruptible(): boolean {
    return this.interrupt !== null;
  }

  /** Stops the program if the host wants it to. For waits, which use no fuel. */
  checkInterrupt(): void {
    const reason = this.interrupt === null ? null : this.interrupt();
    if (reason !== null) throw new LimitStop(reason);
  }

  /** Fuel not used yet. */
  get remainingFuel(): number {
    return Math.max(this.fuel + this.fuelReserve, 0);
  }

  /**
   * From here on `pausing` becomes true once more than `fuel` units are used. Whoever runs the program sees to it that it
   * pauses then; charges go on to be made.
   */
  beginSlice(fuel: number): void {
    this.pausing = false;
    this.sliceReserve = fuel;
    this.nextPortion(Number.POSITIVE_INFINITY);
  }

  /** What is left of the slice; Infinity without slices. */
  get sliceLeft(): number {
    return this.pausing ? 0 : this.sliceReserve - this.portion + this.fuel;
  }

  /** The slice is used up. */
  get isSliceOver(): boolean {
    return this.sliceReserve !== Number.POSITIVE_INFINITY && this.sliceReserve - this.portion + this.fuel < 1;
  }

  endSlice(): void {
    this.pausing = false;
    this.sliceReserve = Number.POSITIVE_INFINITY;
    this.nextPortion(Number.POSITIVE_INFINITY);
  }

  /** Goes on with the next portion of the fuel, or stops the program. */
  refuel(): void {
    const left = this.fuel + this.fuelReserve;
    // A charge of Infinity on unlimited fuel gives NaN; it stops too.
    if (!(left >= 0)) throw new LimitStop('fuel');
    if (this.interrupt !== null) {
      const reason = this.interrupt();
      if (reason !== null) throw new LimitStop(reason);
    }
    if (this.sliceReserve !== Number.POSITIVE_INFINITY) {
      this.sliceReserve -= this.portion - this.fuel;
      if (this.sliceReserve < 0) {
        this.pausing = true;
        this.sliceReserve = 0;
      }
    }
    if (this.isRecountDue && this.pausesToRecount && this.pausable) this.pausing = true;
    this.nextPortion(FUEL_PORTION);
  }

  /** Puts a new portion of the fuel into `fuel`: all, unless a slice or the host's questions bound it. */
  private nextPortion(most: number): void {
    const left = this.fuel + this.fuelReserve;
    let bound = this.interrupt === null ? Number.POSITIVE_INFINITY : most;
    if (this.isRecountDue && this.pausesToRecount) bound = this.pausable ? 0 : UNPAUSABLE_PORTION;
    this.fuel = Math.min(left, bound, this.sliceReserve);
    this.fuelReserve = this.fuel === left ? 0 : left - this.fuel;
    this.portion = this.fuel;
  }

  /** Charges an allocation of about `count` bytes; stops the program at the limit. */
  chargeBytes(count: number): void {
    this.bytes -= count;
    if (this.bytes < 0) this.passBytes();
  }

  /** Stops the program unless `count` more bytes may be charged: before steps that must not stop half way. */
  requireBytes(count: number): void {
    if (this.bytes + this.bytesReserve < count) throw new LimitStop('bytes');
  }

  /**
   * The first portion of the bytes is used up: what is held is counted at the next point where nothing of the program is on the
   * host's stack, between turns or, in tiers that can pause, within. The program has the rest until then.
   */
  private passBytes(): void {
    this.bytes += this.bytesReserve;
    this.bytesReserve = 0;
    if (this.bytes < 0) throw new LimitStop('bytes');
    this.isRecountDue = true;
    if (!this.pausesToRecount) return;
    if (this.sliceReserve !== Number.POSITIVE_INFINITY) this.sliceReserve -= this.portion - this.fuel;
    this.nextPortion(0);
  }

  /**
   * Replaces what has been allocated by what of it is alive, where that can be known. Only while nothing of a program, and nothing of
   * the library, is on the host's stack, but for what is `paused`. Throws the LimitStop of a host that wants the program to stop.
   */
  recount(paused: object | null): void {
    this.isRecountDue = false;
    const { bytes: limit } = this.limits;
    const used = limit - this.bytes - this.bytesReserve;
    const { bytes: live, things } = measureHeap(this, used - this.hiddenBytes, paused);
    const left = limit - (live === null ? used : live + this.hiddenBytes);
    // The nearer the limit the more often: not so often that walks are all that is done.
    this.bytes = Math.min(left, Math.max(left / 2, limit / 8));
    this.bytesReserve = left - this.bytes;
    this.chargeFuel(things);
  }

  // ---- Errors

  /** A throw completion with a new native error of the running realm. Not thrown here. */
  createThrow(name: NativeErrorName, message: string): ThrowCompletion {
    return new ThrowCompletion(this.createError(name, message));
  }

  /** A new native error of the running realm, charged. */
  createError(name: NativeErrorName, message: string): ErrorObject {
    this.chargeBytes(OBJECT_BYTES + message.length);
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

  // ---- Weak references

  /** Processes weak references once no guest code runs: now, or when the running job has ended. */
  requestCollection(): void {
    this.isCollectionRequested = true;
    if (this.activeRuns === 0) this.endTurn();
  }

  /**
   * What comes after a job or script that has run to its end: ClearKeptObjects, and collections asked for meanwhile, but not while
   * a program is paused in the middle of one.
   */
  endTurn(): void {
    if (this.pausedPrograms.size === 0) {
      if (this.keptObjects.size > 0) this.keptObjects.clear();
      if (this.isCollectionRequested) {
        this.isCollectionRequested = false;
        processWeakReferences(this);
      }
    }
  }

  // ---- Jobs

  /** HostEnqueuePromiseJob and kin: appends a job record. */
  enqueueJob<Args>(jobKind: JobKind<Args>, args: Args, realm: Realm | null): void {
    this.jobs.enqueue({ jobKind, args, realm });
  }

  /** Moves the timeout jobs that are due at `nowMs` to the end of the job queue. */
  enqueueDueTimeouts(nowMs: number): void {
    for (let job = this.timeouts.takeDue(nowMs); job !== null; job = this.timeouts.takeDue(nowMs)) {
      this.jobs.enqueue(job);
    }
  }

  /** Settles the promises of Atomics.waitAsync that other agents have notified. */
  receiveNotifications(): void {
    if (this.cluster?.hasMail === true) deliverNotifications(this, this.cluster);
  }

  /**
   * Takes the next job of the queue, which must not be empty, and makes its realm the running one, with an empty stack. Timeout
   * jobs that come due take their turn: a program that always has another job does not keep them from running.
   */
  takeJob(): Job {
    this.jobCount++;
    if (this.jobCount % JOBS_PER_CLOCK === 0) {
      if (this.timeouts.nextDueMs !== Number.POSITIVE_INFINITY) this.enqueueDueTimeouts(this.hooks.now());
      this.receiveNotifications();
    }
    const job = this.jobs.dequeue();
    this.depth = 0;
    this.frameCount = 0;
    this.context = null;
    if (job.realm !== null) this.realm = job.realm;
    return job;
  }

  /** What follows each job of a queue that is being run. */
  endJob(): void {
    if (this.activeRuns > 1) return;
    this.endTurn();
    if (this.isRecountDue) this.recount(null);
  }

  /** Runs a job that has been taken. Guest exceptions do not escape it; limit stops do. */
  runJob({ jobKind, args }: Job): void {
    try {
      jobKind.run(this, args);
    } catch (thrown) {
      if (thrown instanceof ThrowCompletion) throw new InternalError('a job threw');
      throw thrown;
    }
  }

  /** Runs jobs until none is left. */
  runJobs(): void {
    const { realm } = this;
    try {
      while (!this.jobs.isEmpty) {
        this.runJob(this.takeJob());
        this.realm = realm;
        this.endJob();
      }
    } finally {
      this.realm = realm;
    }
  }
}

// Walks of the heap start from its roots, see heap/roots.ts.
markHeapLeaf(Agent);
