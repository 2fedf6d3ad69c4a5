// The process that runs the inputs of a campaign; see main.ts. It may hang or die: the file of the last input tells at which.
import { openSync, writeSync } from 'node:fs';
import { runCampaign } from './campaign.ts';
import type { FuzzOptions } from './options.ts';
import { targetNamed } from './targets.ts';

export type ChildMessage =
  | { readonly kind: 'report'; readonly text: string }
  | { readonly kind: 'failure'; readonly index: number; readonly input: string; readonly error: string }
  | { readonly kind: 'end'; readonly failures: number };

function send(message: ChildMessage): void {
  process.send?.(message);
}

const { options, progressFile, fuzzFolder } = JSON.parse(process.argv[2]) as {
  readonly options: FuzzOptions;
  readonly progressFile: string;
  readonly fuzzFolder: string;
};
const parent = process.ppid;
const progress = openSync(progressFile, 'r+');
const target = targetNamed(options.target, fuzzFolder, options.seed);
const failures = runCampaign(target, options, {
  begin: (index) => writeSync(progress, String(index), 0),
  report: (text) => {
    // Inputs leave no time to hear that the channel has closed.
    if (process.ppid !== parent) process.exit(1);
    send({ kind: 'report', text });
  },
  failure: (index, input, error) => send({ kind: 'failure', index, input, error }),
});
send({ kind: 'end', failures });
process.disconnect?.();
