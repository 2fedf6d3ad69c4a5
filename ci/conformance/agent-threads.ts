// Threads for `$262.agent`: worker threads of Node that run agent-thread.ts.
import { Worker } from 'node:worker_threads';
import type { AgentThread, AgentThreadHost, AgentThreadStart } from '../../engine/engine.ts';

export const agentThreadHost: AgentThreadHost = {
  start(start: AgentThreadStart): AgentThread {
    const worker = new Worker(new URL('agent-thread.js', import.meta.url), { workerData: start });
    worker.unref();
    worker.on('error', () => {}); // A broken agent shows as one that does not start.
    return {
      post: (message) => worker.postMessage(message),
      terminate: () => void worker.terminate(),
    };
  },
  monotonicNow: () => performance.now(),
};
