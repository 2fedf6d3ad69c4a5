// `$262.agent` for the host driver: agents are worker threads, broadcasts and reports are messages.
//
//   control word 0   agents that are running
//   control word 1   broadcasts that agents have received
//   control word 2   never changes; slept on

import type { MessagePort } from 'node:worker_threads';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

const START_LIMIT_MS = 10_000;

// The agent's side. It is a string because a worker thread has its own module loader.
const agentProgram = `
const { workerData } = require('node:worker_threads');
const vm = require('node:vm');
const { port, text } = workerData;
const control = new Int32Array(workerData.control);
globalThis.$262 = {
  agent: {
    receiveBroadcast(callback) {
      port.once('message', ({ buffer, value }) => {
        Atomics.add(control, 1, 1);
        Atomics.notify(control, 1);
        callback(buffer, value);
      });
    },
    report(message) { port.postMessage(String(message)); },
    sleep(ms) { Atomics.wait(control, 2, 0, ms); },
    leaving() {},
    monotonicNow() { return performance.now(); },
  },
};
setInterval(() => {}, 1000); // Lives on, with promises pending, until it is terminated.
Atomics.add(control, 0, 1);
Atomics.notify(control, 0);
vm.runInThisContext(text);
`;

export class HostAgents {
  private readonly control = new Int32Array(new SharedArrayBuffer(12));
  private readonly workers: Worker[] = [];
  private readonly ports: MessagePort[] = [];

  get count(): number {
    return this.workers.length;
  }

  /** Starts an agent and waits until it runs. */
  start(text: string): void {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(agentProgram, {
      eval: true,
      workerData: { port: port2, text, control: this.control.buffer },
      transferList: [port2],
    });
    worker.unref();
    worker.on('error', () => {}); // A broken agent shows as a report that does not come.
    port1.unref();
    this.workers.push(worker);
    this.ports.push(port1);
    this.waitFor(0, this.workers.length);
  }

  /** Sends to all agents and waits until each has received. */
  broadcast(buffer: unknown, value: unknown): void {
    const received = Atomics.load(this.control, 1) + this.ports.length;
    for (const port of this.ports) port.postMessage({ buffer, value });
    this.waitFor(1, received);
  }

  getReport(): string | null {
    for (const port of this.ports) {
      const report = receiveMessageOnPort(port) as { message: string } | undefined;
      if (report) return report.message;
    }
    return null;
  }

  sleep(ms: number): void {
    Atomics.wait(this.control, 2, 0, ms);
  }

  monotonicNow(): number {
    return performance.now();
  }

  terminate(): void {
    for (const port of this.ports) port.close();
    for (const worker of this.workers) void worker.terminate();
  }

  private waitFor(word: number, count: number): void {
    const deadlineMs = Date.now() + START_LIMIT_MS;
    for (;;) {
      const current = Atomics.load(this.control, word);
      if (current >= count || Date.now() > deadlineMs) return;
      Atomics.wait(this.control, word, current, 1000);
    }
  }
}
