// `--tier all`: the program on every tier, its output once if they agree, a comparison if they do not. Each run has the same
// time and chance, and its output is kept until all have ended.

import { BYTECODE_TIERS, TIERS, type TierName } from '../engine.ts';
import type { Clock } from '../host/event-loop.ts';
import type { RunOptions } from './arguments.ts';
import { EXIT_USAGE, type Program, type ProgramHost, runProgram } from './program.ts';
import { STDERR, STDOUT, writeTo } from './terminal.ts';

/** The tiers do not agree. */
export const EXIT_DISAGREE = 3;

/** What a program wrote to one of its streams at a time. */
interface Piece {
  readonly fd: number;
  text: string;
}

/** What a program did on a tier. */
export interface TierRun {
  readonly tier: TierName;
  readonly status: number;
  readonly pieces: readonly Piece[];
}

/** Runs the program on every tier that can run it; the result is the exit status. */
export async function runOnEveryTier(program: Program, options: RunOptions): Promise<number> {
  const tiers = program.kind === 'bytecode' ? BYTECODE_TIERS : TIERS;
  if (tiers.length < 2) {
    writeTo(STDERR, `kataan: only ${tiers[0]} runs bytecode\nhint: name the source to compare tiers\n`);
    return EXIT_USAGE;
  }
  const startMs = Date.now();
  const runs: TierRun[] = [];
  for (const tier of tiers) runs.push(await runOn(tier, program, options, startMs));
  const comparison = compareRuns(runs);
  if (comparison !== null) {
    writeTo(STDERR, `kataan: the tiers do not agree on ${program.name}\n${comparison}`);
    return EXIT_DISAGREE;
  }
  for (const { fd, text } of runs[0].pieces) writeTo(fd, text);
  return runs[0].status;
}

async function runOn(
  tier: TierName,
  program: Program,
  options: RunOptions,
  startMs: number,
): Promise<TierRun> {
  const pieces: Piece[] = [];
  const write = (fd: number, text: string): void => {
    const last = pieces[pieces.length - 1];
    if (last !== undefined && last.fd === fd) last.text += text;
    else pieces.push({ fd, text });
  };
  const clock = new SteadyClock();
  let seed = 1;
  const host: ProgramHost = {
    out: (text) => write(STDOUT, text),
    err: (text) => write(STDERR, text),
    clock,
    timeOriginMs: startMs,
    now: () => Math.floor(startMs + clock.now()),
    random: () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    },
  };
  const status = await runProgram(program, { ...options, tier }, host);
  return { tier, status, pieces };
}

/** Time that passes as the program looks at the clock or sleeps, and so for every tier alike. */
class SteadyClock implements Clock {
  private nowMs = 0;

  readonly now = (): number => {
    this.nowMs += 1 / 1024;
    return this.nowMs;
  };

  /** Sleeping takes no time, but lets the limit of real time be noticed. */
  sleep(ms: number): Promise<void> {
    this.nowMs += ms;
    return new Promise((wake) => {
      setImmediate(wake);
    });
  }
}

/** How the runs differ, for the user to read; null if they do not. */
function compareRuns(runs: readonly TierRun[]): string | null {
  const [first, ...others] = runs;
  const outputs = runs.map(linesOf);
  const differing = others.findIndex(
    ({ status }, i) => status !== first.status || outputs[i + 1].join('\n') !== outputs[0].join('\n'),
  );
  if (differing === -1) return null;
  const width = Math.max(...runs.map(({ tier }) => tier.length));
  const row = (tier: TierName, text: string): string => `  ${tier.padEnd(width)}  ${text}\n`;
  const statuses = runs.map(({ tier, status }, i) =>
    row(tier, `exit status ${status}, ${outputs[i].length} lines of output`),
  );
  const [a, b] = [outputs[0], outputs[differing + 1]];
  let at = 0;
  while (at < Math.max(a.length, b.length) && a[at] === b[at]) at++;
  if (at >= Math.max(a.length, b.length)) return statuses.join('');
  const lines = runs.map(({ tier }, i) => row(tier, outputs[i][at] ?? '(no such line)'));
  return `${statuses.join('')}first differing line of output, line ${at + 1}:\n${lines.join('')}`;
}

/** The lines of both streams in the order they were written; those of standard error are marked. */
function linesOf({ pieces }: TierRun): string[] {
  return pieces.flatMap(({ fd, text }) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => (fd === STDERR ? `(stderr) ${line}` : line)),
  );
}
