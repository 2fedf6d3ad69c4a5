// A campaign: inputs one after the other, counted by what became of them.
import type { FuzzOptions } from './options.ts';
import { smaller } from './reduce-input.ts';
import { describeInput, runWatched, type Target } from './target.ts';

/** What became of inputs: for each outcome how many there were, and the first. */
export class Tally {
  inputs = 0;
  private readonly outcomes = new Map<string, { count: number; readonly example: string }>();

  add(outcome: string, describe: () => string): void {
    this.inputs++;
    const known = this.outcomes.get(outcome);
    if (known === undefined) this.outcomes.set(outcome, { count: 1, example: describe() });
    else known.count++;
  }

  /** How many outcomes begin so. */
  count(prefix: string): number {
    let sum = 0;
    for (const [outcome, { count }] of this.outcomes) if (outcome.startsWith(prefix)) sum += count;
    return sum;
  }

  /** One line, the commonest outcomes first. */
  inShort(ms: number): string {
    const parts = this.sorted().map(([outcome, { count }]) => `${count} ${outcome}`);
    return `${this.inputs} inputs, ${Math.round((this.inputs * 1000) / Math.max(1, ms))}/s: ${parts.join(', ')}`;
  }

  /** The same with an example of each outcome. */
  inFull(ms: number): string {
    const lines = this.sorted().map(
      ([outcome, { count, example }]) =>
        `${String(count).padStart(9)}  ${outcome}\n             ${shortened(example)}`,
    );
    return [`${this.inputs} inputs in ${Math.round(ms / 1000)} s`, ...lines].join('\n');
  }

  private sorted() {
    return [...this.outcomes].sort(([, a], [, b]) => b.count - a.count);
  }
}

function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`;
}

export interface CampaignEvents {
  /** Before an input is run. */
  begin(index: number): void;
  report(text: string): void;
  failure(index: number, input: string, error: string): void;
}

const REPORT_MS = 15_000;
const MAX_FAILURES = 10;

/** Runs the inputs of the campaign and gives the number of those that broke the engine, of which it stands ten. */
export function runCampaign(target: Target, options: FuzzOptions, events: CampaignEvents): number {
  const { seed, from, count, minutes, input: given } = options;
  const tally = new Tally();
  const started = performance.now();
  let reportAt = started + REPORT_MS;
  let failures = 0;
  for (let index = from; index < from + count && failures < MAX_FAILURES; index++) {
    events.begin(index);
    const input = given === null ? target.inputAt(seed, index) : JSON.parse(given);
    try {
      const outcome = runWatched(target, input);
      tally.add(outcome, () => describeInput(target, input));
    } catch (thrown) {
      failures++;
      const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      events.failure(index, describeInput(target, smaller(target, input, thrown)), error);
    }
    const now = performance.now();
    if (now > reportAt) {
      events.report(tally.inShort(now - started));
      reportAt = now + REPORT_MS;
    }
    if (minutes !== null && now - started > minutes * 60_000) break;
  }
  events.report(tally.inFull(performance.now() - started));
  return failures;
}
