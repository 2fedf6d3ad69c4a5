// `npm run fuzz:bytecode`: runs a campaign in a worker thread and watches it. An input that breaks the engine, or hangs the
// worker, is told with the line that repeats it, and the exit status is 1.
import { Worker } from 'node:worker_threads';
import { type FuzzOptions, parseOptions, replayLine, USAGE } from './options.ts';
import type { WorkerData, WorkerMessage } from './worker.ts';

/** An input that takes longer hangs. */
const MAX_INPUT_MS = 30_000;

/** `workerFile` is the bundle of worker.ts, `seedFolder` where the programs lie. */
export async function main(
  args: readonly string[],
  { workerFile, seedFolder }: { readonly workerFile: string; readonly seedFolder: string },
): Promise<number> {
  const options = parseOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${USAGE}`);
    return 2;
  }
  return run(options, workerFile, seedFolder);
}

function run(options: FuzzOptions, workerFile: string, seedFolder: string): Promise<number> {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const workerData: WorkerData = { options, seedFolder, progress };
  const worker = new Worker(workerFile, { workerData });
  let seen = -1;
  let seenAt = Date.now();
  return new Promise((resolve) => {
    const end = (status: number): void => {
      clearInterval(watch);
      void worker.terminate();
      resolve(status);
    };
    const broken = (index: number, what: string): void => {
      console.log(`input ${index} ${what}\n  ${replayLine(options.seed, index)}`);
    };
    const watch = setInterval(() => {
      const index = Atomics.load(progress, 0);
      if (index !== seen) {
        seen = index;
        seenAt = Date.now();
      } else if (Date.now() - seenAt > MAX_INPUT_MS) {
        broken(index, 'hangs');
        end(1);
      }
    }, 1_000);
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'report':
          console.log(message.text);
          break;
        case 'failure':
          broken(message.index, `(${message.recipe}) breaks the engine: ${message.error}`);
          break;
        case 'end':
          end(message.failures === 0 ? 0 : 1);
      }
    });
    worker.on('error', (error) => {
      broken(Atomics.load(progress, 0), `ends the worker: ${error.stack ?? error.message}`);
      end(1);
    });
  });
}
