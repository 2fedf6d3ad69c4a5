// The other end of pool.ts: the loop of a worker process, which runs the jobs it is sent one at a time. Whatever kills
// or hangs the process is noticed by the pool, which starts another.

export interface JobMessage<J> {
  readonly id: number;
  readonly job: J;
}

export type WorkerMessage<R> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: R; readonly rssMb: number };

/** The data that the pool gave this process, `PoolOptions.config`. */
export function workerConfig<C>(): C {
  return JSON.parse(process.argv[2] as string) as C;
}

/** Runs jobs until the pool goes away. `run` gives data; what it throws ends the process. */
export async function serve<J, R>(run: (job: J) => Promise<R> | R): Promise<never> {
  const queue: JobMessage<J>[] = [];
  let wake: () => void = () => {};
  process.on('message', (message: JobMessage<J>) => {
    queue.push(message);
    wake();
  });
  process.on('disconnect', () => process.exit());
  // A guest promise that nobody handles is no fault of the worker's.
  process.on('unhandledRejection', () => {});
  const send = (message: WorkerMessage<R>): void => {
    process.send?.(message);
  };
  send({ kind: 'ready' });
  for (;;) {
    const message = queue.shift();
    if (message === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    const result = await run(message.job);
    const rssMb = Math.round(process.memoryUsage.rss() / 1048576);
    send({ kind: 'result', id: message.id, result, rssMb });
    // Let messages in, and whatever the job left on the event loop out.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
