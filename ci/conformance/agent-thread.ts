// What runs in a worker thread that agent-threads.ts has started.
import { parentPort, workerData } from 'node:worker_threads';
import { type AgentBroadcast, type AgentThreadStart, runAgentThread } from '../../engine/engine.ts';

runAgentThread(workerData as AgentThreadStart, {
  onMessage: (receive) => parentPort?.on('message', (message) => receive(message as AgentBroadcast)),
  setTimer: (ms, callback) => void setTimeout(callback, ms),
  monotonicNow: () => performance.now(),
});
