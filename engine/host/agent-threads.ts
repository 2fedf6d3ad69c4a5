// Threads for agents: worker threads of Node, which run the same file as the first thread.
import { parentPort, Worker, workerData } from 'node:worker_threads';
import {
  type AgentBroadcast,
  type AgentThreadHost,
  type AgentThreadStart,
  runAgentThread,
} from '../engine.ts';

/** What tells a thread that it is to run an agent. */
interface AgentWorkerData {
  readonly agentThread: AgentThreadStart;
}

/** Starts threads that run the module `entry`, which has to call runIfAgentThread. */
export function agentThreads(entry: URL): AgentThreadHost {
  return {
    start(start) {
      const worker = new Worker(entry, { workerData: { agentThread: start } satisfies AgentWorkerData });
      worker.unref();
      worker.on('error', () => {}); // A broken agent shows as one that does not start.
      return {
        post: (message) => worker.postMessage(message),
        terminate: () => void worker.terminate(),
      };
    },
    monotonicNow: () => performance.now(),
  };
}

/** Runs an agent if this thread was started for one; false if it was not. */
export function runIfAgentThread(): boolean {
  const data = workerData as Partial<AgentWorkerData> | null;
  if (data?.agentThread === undefined) return false;
  runAgentThread(data.agentThread, {
    onMessage: (receive) => parentPort?.on('message', (message) => receive(message as AgentBroadcast)),
    setTimer: (ms, callback) => void setTimeout(callback, ms),
    monotonicNow: () => performance.now(),
  });
  return true;
}
