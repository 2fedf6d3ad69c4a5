// `$262.agent` of Test262's INTERPRETING.md over threads that a host starts: both sides of it. What goes between the main agent
// and the others in both directions is shared memory, so that a main agent that never returns to its host's event loop
// hears of them; only broadcasts, which bring new memory, are messages.
//
//   word 0    agents that run             word 1   broadcasts received          word 2   never changes; slept on
//   word 3    lock of the reports         word 4   first unit of the reports    word 5   unit behind the last
//   word 16…  ring of reports: length, then UTF-16 code units, one a word
import { ClusterMember } from './agent-threads.ts';
import type { Runtime, RuntimeOptions } from './engine.ts';
import type { SharedMemory } from './runtime/agent-cluster.ts';
import { sleepOn } from './runtime/agent-cluster.ts';
import type { JSObject } from './runtime/objects/object.ts';
import { ToNumber, ToString } from './runtime/operations/type-conversion.ts';
import type { Value } from './runtime/value.ts';
import type { TierName } from './tiers.ts';

/** What a host posts to a thread that it starts. */
export interface AgentThreadStart {
  readonly script: string;
  readonly tier: TierName;
  readonly cluster: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
}

/** What is posted to threads later. */
export interface AgentBroadcast {
  readonly memory: SharedMemory;
  readonly value: number | bigint | undefined;
}

/** A thread as the main agent sees it. */
export interface AgentThread {
  post(message: AgentBroadcast): void;
  terminate(): void;
}

/** How a host starts threads. */
export interface AgentThreadHost {
  /** Starts a thread that calls runAgentThread; need not wait for that. */
  start(start: AgentThreadStart): AgentThread;
  /** Milliseconds that never run backwards. */
  monotonicNow(): number;
}

/** What a started thread gives runAgentThread. */
export interface AgentThreadEnvironment {
  /** Calls back with each message posted to the thread. */
  onMessage(receive: (message: AgentBroadcast) => void): void;
  /** Calls back once after `ms`. */
  setTimer(ms: number, callback: () => void): void;
  monotonicNow(): number;
}

const RUNNING = 0;
const RECEIVED = 1;
const NEVER = 2;
const REPORTS_LOCK = 3;
const REPORTS_START = 4;
const REPORTS_END = 5;
const RING = 16;
const RING_UNITS = 65_536;

/** Starting a thread and receiving a broadcast take no longer. */
const PATIENCE_MS = 10_000;

/** The main agent's side. */
export class Test262Agents {
  /** Made with the first thread. */
  private member: ClusterMember | null;
  private readonly host: AgentThreadHost;
  private memory: Int32Array | null;
  private readonly threads: AgentThread[];

  constructor(host: AgentThreadHost) {
    this.member = null;
    this.host = host;
    this.memory = null;
    this.threads = [];
  }

  /** Shared with the threads; most tests need none. */
  private get control(): Int32Array {
    this.memory ??= new Int32Array(new SharedArrayBuffer((RING + RING_UNITS) * 4));
    return this.memory;
  }

  /** Defines `agent` on the `$262` of a realm. */
  install(runtime: Runtime, $262: JSObject): void {
    const agent = runtime.createObject();
    const { define } = definer(runtime, agent);
    define('start', 1, ([script]) => this.start(runtime, ToString(runtime.agent, script)));
    define('broadcast', 2, ([buffer, value]) => this.broadcast(runtime, buffer, value));
    define('getReport', 0, () => this.getReport());
    installClock(runtime, define, () => this.control, this.host);
    runtime.setProperty($262, 'agent', agent);
  }

  /** Ends all threads, and the main agent's part in their cluster. */
  terminate(): void {
    this.member?.close();
    for (const thread of this.threads) thread.terminate();
    this.threads.length = 0;
  }

  private start(runtime: Runtime, script: string): Value {
    const tier = runtime.tierName;
    if (this.member === null) {
      this.member = new ClusterMember();
      runtime.joinCluster(this.member);
    }
    const { memory: cluster } = this.member;
    const control = this.control.buffer as SharedArrayBuffer;
    this.threads.push(this.host.start({ script, tier, cluster, control }));
    this.waitFor(runtime, RUNNING, this.threads.length, 'an agent does not start');
    return undefined;
  }

  private broadcast(runtime: Runtime, buffer: Value, value: Value): Value {
    const number = typeof value === 'bigint' || value === undefined ? value : ToNumber(runtime.agent, value);
    if (this.threads.length === 0) return undefined;
    const memory = runtime.shareMemory(buffer);
    if (memory === null)
      throw runtime.error(
        'TypeError',
        'only a SharedArrayBuffer or a shared WebAssembly.Memory can be broadcast',
      );
    const received = Atomics.load(this.control, RECEIVED) + this.threads.length;
    for (const thread of this.threads) thread.post({ memory, value: number });
    this.waitFor(runtime, RECEIVED, received, 'an agent does not receive a broadcast');
    return undefined;
  }

  private getReport(): string | null {
    const { control } = this;
    let report: string | null = null;
    lockReports(control);
    const start = control[REPORTS_START];
    if (start !== control[REPORTS_END]) {
      const length = control[RING + start];
      report = '';
      for (let i = 1; i <= length; i++)
        report += String.fromCharCode(control[RING + ((start + i) % RING_UNITS)]);
      control[REPORTS_START] = (start + length + 1) % RING_UNITS;
    }
    unlockReports(control);
    return report;
  }

  private waitFor(runtime: Runtime, word: number, count: number, mistake: string): void {
    const untilMs = this.host.monotonicNow() + PATIENCE_MS;
    for (;;) {
      const current = Atomics.load(this.control, word);
      if (current >= count) return;
      if (this.host.monotonicNow() > untilMs) throw runtime.error('Error', mistake);
      sleepOn(this.control, word, current, 100);
    }
  }
}

/** The other side: runs an agent in this thread, which lives until it is terminated. */
export function runAgent(
  start: AgentThreadStart,
  environment: AgentThreadEnvironment,
  createRuntime: (options: RuntimeOptions) => Runtime,
): void {
  const control = new Int32Array(start.control);
  const runtime = createRuntime({ tier: start.tier, cluster: new ClusterMember(start.cluster) });
  const thread = new AgentThreadLoop(runtime, control, environment);
  thread.install();
  environment.onMessage((message) => thread.received(message));
  runtime.onProgress = () => thread.turn();
  Atomics.add(control, RUNNING, 1);
  Atomics.notify(control, RUNNING);
  const completion = runtime.runScript(start.script, '<agent>');
  if (completion.kind === 'parse-error') thread.report(`agent: ${completion.error.message}`);
  else if (completion.kind === 'throw') thread.reportError(completion.value);
  thread.turn();
}

/** Runs what a thread's agent has to do when something happens. */
class AgentThreadLoop {
  private readonly runtime: Runtime;
  private readonly control: Int32Array;
  private readonly environment: AgentThreadEnvironment;
  /** Broadcasts and callbacks that wait for one another; one of the two is empty. */
  private readonly broadcasts: AgentBroadcast[] = [];
  private readonly callbacks: Value[] = [];

  constructor(runtime: Runtime, control: Int32Array, environment: AgentThreadEnvironment) {
    this.runtime = runtime;
    this.control = control;
    this.environment = environment;
    runtime.addRoots(() => this.callbacks);
  }

  install(): void {
    const { runtime } = this;
    const $262 = runtime.createObject();
    const agent = runtime.createObject();
    const { define } = definer(runtime, agent);
    define('receiveBroadcast', 1, ([callback]) => {
      this.callbacks.push(callback);
      return undefined;
    });
    define('report', 1, ([message]) => {
      this.report(ToString(runtime.agent, message));
      return undefined;
    });
    define('leaving', 0, () => undefined);
    installClock(runtime, define, () => this.control, this.environment);
    runtime.setProperty($262, 'agent', agent);
    runtime.defineGlobal('$262', $262);
  }

  received(message: AgentBroadcast): void {
    this.broadcasts.push(message);
    this.turn();
  }

  /** Runs all that can run now, and sees to it that timeouts wake the thread. */
  turn(): void {
    const { runtime } = this;
    runtime.runTimeouts();
    while (this.broadcasts.length > 0 && this.callbacks.length > 0) {
      const { memory, value } = this.broadcasts.shift() as AgentBroadcast;
      const callback = this.callbacks.shift();
      const buffer = runtime.adoptMemory(memory);
      Atomics.add(this.control, RECEIVED, 1);
      Atomics.notify(this.control, RECEIVED);
      const completion = runtime.call(callback, undefined, [buffer, value]);
      if (completion.kind === 'throw') this.reportError(completion.value);
      runtime.runTimeouts();
    }
    for (const reason of runtime.takeUnhandledRejections()) this.reportError(reason);
    const { nextTimeoutMs } = runtime;
    if (nextTimeoutMs !== null) this.environment.setTimer(nextTimeoutMs, () => this.turn());
  }

  reportError(value: Value): void {
    this.report(`agent: ${this.runtime.describeError(value).stack}`);
  }

  /** Appends a report; waits while there is no room. Longer ones than the ring are cut. */
  report(message: string): void {
    const { control } = this;
    const length = Math.min(message.length, RING_UNITS - 2);
    lockReports(control);
    while (RING_UNITS - 1 - usedUnits(control) < length + 1) {
      unlockReports(control);
      sleepOn(control, NEVER, 0, 1);
      lockReports(control);
    }
    const end = control[REPORTS_END];
    control[RING + end] = length;
    for (let i = 1; i <= length; i++) control[RING + ((end + i) % RING_UNITS)] = message.charCodeAt(i - 1);
    control[REPORTS_END] = (end + length + 1) % RING_UNITS;
    unlockReports(control);
  }
}

type Implementation = (args: readonly Value[]) => Value;
type Define = (name: string, length: number, implementation: Implementation) => void;

function definer(runtime: Runtime, object: JSObject): { readonly define: Define } {
  return {
    define(name, length, implementation) {
      runtime.setProperty(object, name, runtime.createFunction(name, length, implementation));
    },
  };
}

/** `sleep` and `monotonicNow`. */
function installClock(
  runtime: Runtime,
  define: Define,
  control: () => Int32Array,
  clock: { monotonicNow(): number },
): void {
  define('sleep', 1, ([ms]) => {
    sleepOn(control(), NEVER, 0, ToNumber(runtime.agent, ms));
    return undefined;
  });
  define('monotonicNow', 0, () => clock.monotonicNow());
}

function usedUnits(control: Int32Array): number {
  return (control[REPORTS_END] - control[REPORTS_START] + RING_UNITS) % RING_UNITS;
}

function lockReports(control: Int32Array): void {
  while (Atomics.compareExchange(control, REPORTS_LOCK, 0, 1) !== 0) sleepOn(control, REPORTS_LOCK, 1, 1);
}

function unlockReports(control: Int32Array): void {
  Atomics.store(control, REPORTS_LOCK, 0);
  Atomics.notify(control, REPORTS_LOCK, 1);
}
