// The lists of waiters that agents share, against a model, and Runtimes that notify one another through them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClusterMember, Runtime, type RuntimeOptions } from '../../engine.ts';
import { AgentCluster, createClusterMemory, NO_WAITER } from '../../runtime/agent-cluster.ts';
import type { WaiterRecord } from '../../runtime/operations/atomics.ts';

const RECORD = {} as WaiterRecord;

/** Two agents of a new cluster, with the agents that were woken. */
function twoAgents(): { a: AgentCluster; b: AgentCluster; woken: number[] } {
  const memory = createClusterMemory([1, 2]);
  const woken: number[] = [];
  const join = (): AgentCluster => new AgentCluster(memory, (agentId) => woken.push(agentId));
  return { a: join(), b: join(), woken };
}

function add(agent: AgentCluster, block: number, byteIndex: number, isAsync: boolean): number {
  agent.enter();
  const waiter = agent.addWaiter(block, byteIndex, isAsync);
  agent.leave();
  if (isAsync) agent.asyncWaiters.set(waiter, RECORD);
  return waiter;
}

test('waiters of all agents, blocking or not, are notified in the order in which they came', () => {
  const { a, b, woken } = twoAgents();
  const waiters = [add(a, 1, 0, false), add(b, 1, 0, true), add(a, 1, 4, false), add(b, 1, 0, false)];
  const waiting = (): boolean[] => waiters.map((waiter) => a.isWaiting(waiter));
  expect(b.notify(1, 0, 2)).toBe(2);
  expect(waiting()).toEqual([false, false, true, true]);
  expect(woken).toEqual([]); // b's own.
  expect([a.hasMail, b.hasMail]).toEqual([false, true]);
  expect(b.takeNotified()).toEqual([RECORD]);
  expect(a.notify(1, 0, Number.POSITIVE_INFINITY)).toBe(1);
  expect(a.notify(2, 4, 1)).toBe(0);
  expect([waiters[2], waiters[3]].map((waiter) => a.isWaiting(waiter))).toEqual([true, false]);
});

test('another agent is woken for promises, once a notification', () => {
  const { a, b, woken } = twoAgents();
  add(b, 7, 8, true);
  add(b, 7, 8, true);
  expect(a.notify(7, 8, 9)).toBe(2);
  expect(woken).toEqual([b.agentId]);
  expect(b.takeNotified()).toEqual([RECORD, RECORD]);
  expect(b.hasMail).toBe(false);
});

test('byte indices up to 4 GiB are told apart, and a full cluster says so', () => {
  const { a, b } = twoAgents();
  add(a, 1, 0xffff_fffc, false);
  expect(b.notify(1, -4 >>> 0, 1)).toBe(1);
  let count = 0;
  while (add(a, 2, 4 * count, false) !== NO_WAITER) count++;
  expect(count).toBe(16_383);
  b.agentEnded(a.agentId);
  expect(add(b, 2, 0, false)).not.toBe(NO_WAITER);
});

test('a cluster has room for 255 agents', () => {
  const memory = createClusterMemory([1, 2]);
  for (let i = 0; i < 255; i++) new AgentCluster(memory, () => {});
  expect(() => new AgentCluster(memory, () => {})).toThrow(RangeError);
});

test('any sequence of waiting, notifying and giving up does what a list in one thread would', () => {
  const step = fc.record({
    kind: fc.constantFrom('wait', 'notify', 'remove', 'end'),
    agent: fc.nat(2),
    block: fc.integer({ min: 1, max: 2 }),
    byteIndex: fc.constantFrom(0, 4, 1024),
    count: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const memory = createClusterMemory([3, 4]);
      const agents = [0, 1, 2].map(() => new AgentCluster(memory, () => {}));
      let model: { waiter: number; agent: number; block: number; byteIndex: number; isNotified: boolean }[] =
        [];
      for (const { kind, agent, block, byteIndex, count } of steps) {
        if (kind === 'wait') {
          const waiter = add(agents[agent], block, byteIndex, false);
          expect(model.every((entry) => entry.waiter !== waiter)).toBe(true);
          model.push({ waiter, agent, block, byteIndex, isNotified: false });
        } else if (kind === 'notify') {
          const listed = model.filter((e) => !e.isNotified && e.block === block && e.byteIndex === byteIndex);
          const expected = listed.slice(0, count);
          expect(agents[agent].notify(block, byteIndex, count)).toBe(expected.length);
          for (const entry of expected) entry.isNotified = true;
        } else if (kind === 'remove') {
          const entry = model.find((e) => e.agent === agent);
          if (entry === undefined) continue;
          expect(agents[agent].removeWaiter(entry.waiter)).toBe(!entry.isNotified);
          model = model.filter((e) => e !== entry);
        } else {
          agents[(agent + 1) % 3].agentEnded(agents[agent].agentId);
          model = model.filter((e) => e.agent !== agent);
        }
        for (const e of model) expect(agents[e.agent].isWaiting(e.waiter)).toBe(!e.isNotified);
      }
    }),
  );
});

// ---- Runtimes

interface Party {
  readonly runtime: Runtime;
  readonly prints: string[];
  run(source: string): void;
}

function party(options: RuntimeOptions): Party {
  const runtime = new Runtime(options);
  const prints: string[] = [];
  runtime.defineFunction('print', 1, (args) => {
    prints.push(args.map(String).join(' '));
    return undefined;
  });
  return {
    runtime,
    prints,
    run(source) {
      expect(runtime.runScript(source, 'test.js')).toMatchObject({ kind: 'normal' });
      runtime.runJobs();
    },
  };
}

/** Runtimes that share an Int32Array `i`, as threads would. */
function parties(options: RuntimeOptions = {}): [Party, Party, () => void] {
  const first = new ClusterMember();
  const second = new ClusterMember(first.memory);
  const a = party({ ...options, cluster: first });
  const b = party({ ...options, cluster: second });
  a.run('var sab = new SharedArrayBuffer(16, { maxByteLength: 32 }); var i = new Int32Array(sab)');
  const sab = a.runtime.getProperty(a.runtime.realm.globalObject, 'sab');
  const shared = sab.kind === 'normal' ? a.runtime.shareMemory(sab.value) : null;
  if (shared === null) throw new Error('nothing is shared');
  b.runtime.defineGlobal('sab', b.runtime.adoptMemory(shared));
  b.run('var i = new Int32Array(sab)');
  const close = (): void => {
    first.close();
    second.close();
  };
  return [a, b, close];
}

test('a promise that another agent notifies is settled, and the agent is woken', async () => {
  const [a, b, close] = parties();
  a.run('Atomics.waitAsync(i, 1, 0).value.then(print); sab.grow(32)');
  expect([a.runtime.isWaitingForAgents, a.runtime.nextTimeoutMs]).toEqual([true, null]);
  const woken = new Promise<void>((resolve) => {
    a.runtime.onProgress = resolve;
  });
  b.run(
    'print(sab.growable, sab.byteLength, i.length); i[1] = 5; print(Atomics.notify(i, 0), Atomics.notify(i, 1), Atomics.notify(i, 1))',
  );
  await woken;
  a.runtime.runJobs();
  expect([a.prints, b.prints]).toEqual([['ok'], ['true 32 8', '0 1 0']]);
  expect(a.runtime.isWaitingForAgents).toBe(false);
  close();
});

test('timeouts and notifications settle each promise once', () => {
  let now = 1000;
  const [a, b, close] = parties({ now: () => now });
  a.run(
    'for (const t of [10, 20, 30, Infinity]) Atomics.waitAsync(i, 0, 0, t).value.then((r) => print(t, r))',
  );
  now = 1015;
  a.runtime.runTimeouts();
  b.run('print(Atomics.notify(i, 0, 1))');
  // The second waiter is notified before its timeout is looked at.
  now = 1040;
  a.runtime.runTimeouts();
  b.run('print(Atomics.notify(i, 0))');
  a.runtime.runJobs();
  expect(a.prints).toEqual(['10 timed-out', '20 ok', '30 timed-out', 'Infinity ok']);
  expect(b.prints).toEqual(['1', '1']);
  close();
});

test('an agent notifies its own promises at once, and waits end by the value, the time and the interrupt', () => {
  const waits: number[] = [];
  const [a, , close] = parties({
    suspend: (_view, _index, _value, timeoutMs) => {
      waits.push(timeoutMs);
      return 'timed-out';
    },
  });
  a.run(`Atomics.waitAsync(i, 0, 0).value.then(print); print(Atomics.notify(i, 0));
    print(Atomics.wait(i, 0, 1), Atomics.wait(i, 0, 0, 5), Atomics.waitAsync(i, 0, 1).value, Atomics.waitAsync(i, 0, 0, 0).value);`);
  expect(a.prints).toEqual(['1', 'not-equal timed-out not-equal timed-out', 'ok']);
  expect(waits).toEqual([5]);
  close();
  let asked = 0;
  const member = new ClusterMember();
  const c = party({
    cluster: member,
    interrupt: () => (++asked > 3 ? 'time' : null),
    suspend: () => 'timed-out',
  });
  expect(c.runtime.runScript('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', 'x')).toEqual({
    kind: 'limit',
    limit: 'time',
  });
  // The stopped wait left nothing behind.
  c.run('const i = new Int32Array(new SharedArrayBuffer(4)); print(Atomics.notify(i, 0))');
  member.close();
});

test('what waits when an agent joins a cluster can be notified from there', () => {
  const a = party({});
  a.run(
    'var sab = new SharedArrayBuffer(8); var i = new Int32Array(sab); Atomics.waitAsync(i, 0, 0).value.then(print)',
  );
  const member = new ClusterMember();
  a.runtime.joinCluster(member);
  expect(() => a.runtime.joinCluster(member)).toThrow(TypeError);
  a.run('print(Atomics.notify(i, 0))');
  expect(a.prints).toEqual(['1', 'ok']);
  member.close();
});
