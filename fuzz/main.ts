// `npm run fuzz`: runs a campaign in a process of its own and watches it. An input that breaks the engine, hangs the process or
// kills it is told with the line that repeats it, and the exit status is 1.
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { runCommand } from '../ci/command.ts';
import type { ChildMessage } from './child.ts';
import { type FuzzOptions, parseOptions, replayLine, usage } from './options.ts';
import { TARGET_NAMES } from './target-names.ts';

/** An input that takes longer hangs. */
const MAX_INPUT_MS = 30_000;
const HEAP_MB = 3000;

export interface Places {
  /** The bundle of child.ts. */
  readonly childFile: string;
  /** Where the child says at which input it is. */
  readonly progressFile: string;
  /** fuzz/ itself, for the seeds. */
  readonly fuzzFolder: string;
}

/** Returns the exit status: 0 nothing broke, 1 something did, 2 wrong usage. */
export function main(args: readonly string[], places: Places): Promise<number> {
  return runCommand('fuzz', usage(TARGET_NAMES), args, () => {
    const options = parseOptions(args, TARGET_NAMES);
    console.log(`${options.target}, seed ${options.seed}, node ${process.version}`);
    return watch(options, places);
  });
}

function watch(options: FuzzOptions, { childFile, progressFile, fuzzFolder }: Places): Promise<number> {
  const { target, seed } = options;
  writeFileSync(progressFile, String(options.from));
  const child = fork(childFile, [JSON.stringify({ options, progressFile, fuzzFolder })], {
    execArgv: ['--enable-source-maps', `--max-old-space-size=${HEAP_MB}`],
  });
  const current = (): string => readFileSync(progressFile, 'utf8');
  let seen = '';
  let seenAt = Date.now();
  let failures: number | null = null;
  let hangs = false;
  return new Promise((resolve) => {
    const broken = (index: string | number, what: string): void => {
      console.log(`input ${index} ${what}\n  ${replayLine(target, seed, Number(index))}`);
    };
    const timer = setInterval(() => {
      const index = current();
      if (index !== seen) {
        seen = index;
        seenAt = Date.now();
      } else if (Date.now() - seenAt > MAX_INPUT_MS && options.count > 1) {
        hangs = true;
        broken(index, 'hangs');
        child.kill('SIGKILL');
      }
    }, 1_000);
    child.on('message', (message: ChildMessage) => {
      switch (message.kind) {
        case 'report':
          console.log(message.text);
          break;
        case 'failure':
          broken(message.index, `breaks the engine: ${message.error}\n  ${message.input}`);
          // Making the input smaller took its time.
          seenAt = Date.now();
          break;
        case 'end':
          failures = message.failures;
      }
    });
    child.on('exit', (code, signal) => {
      clearInterval(timer);
      if (failures === null && !hangs) broken(current(), `ended the process: ${signal ?? `status ${code}`}`);
      resolve(failures === 0 ? 0 : 1);
    });
  });
}
