// One sample in our engine, on both matchers, and in the host: the same function is run by all three.

import { inspect, Runtime, type RuntimeOptions, type Value } from '../../engine/engine.ts';
import type { Sample } from './generate.ts';
import { KNOWN_DIFFERENCES, SPLIT_PAIR, splitsPair } from './known-differences.ts';

/** What is done with a pattern: every way into the matcher, several times, so that a pattern gets to the host. */
const PROBE = `(function probe(pattern, flags, text, lastIndex) {
  let regexp;
  try {
    regexp = new RegExp(pattern, flags);
  } catch (error) {
    return error instanceof SyntaxError ? 'rejected' : String(error);
  }
  const show = (match) => match && [match.index, ...Array.from(match, (text) => text === undefined ? null : text)];
  const results = [];
  for (let round = 0; round < 4; round++) {
    regexp.lastIndex = lastIndex;
    const match = show(regexp.exec(text));
    const after = regexp.lastIndex;
    regexp.lastIndex = lastIndex;
    results.push(JSON.stringify([match, after, regexp.test(text), regexp.lastIndex]));
    if (results[round] !== results[0]) return 'round ' + round + ': ' + results.join(' ');
  }
  regexp.lastIndex = 0;
  const replaced = text.replace(regexp, '[$&|$1]');
  const parts = text.split(regexp, 9);
  const all = flags.includes('g') ? Array.from(text.matchAll(regexp), show) : null;
  return JSON.stringify([results[0], replaced, parts, all, text.search(regexp)]);
})`;

/** Searches of a probe that take more are not asked of the host, which might never end. */
export const FUEL = 15_000;
export const FUEL_OF_HOST_MODE = 10_000_000;

export type Verdict =
  | { readonly kind: 'same' | 'rejected' | 'too-long' }
  | { readonly kind: 'known'; readonly reason: string }
  | { readonly kind: 'different'; readonly own: string; readonly delegated: string; readonly host: string };

export const hostProbe = new Function(`return ${PROBE}`)() as (
  pattern: string,
  flags: string,
  text: string,
  lastIndex: number,
) => string;

/** The probe in a runtime of ours. */
export class Probe {
  private readonly runtime: Runtime;
  private readonly probe: Value;

  constructor(options: Pick<RuntimeOptions, 'regexp' | 'tier'>) {
    this.runtime = new Runtime({ ...options, limits: { fuel: FUEL_OF_HOST_MODE } });
    const completion = this.runtime.runScript(PROBE, 'probe.js');
    if (completion.kind !== 'normal') throw new Error(`the probe does not run: ${completion.kind}`);
    this.probe = completion.value;
  }

  /** What the guest's function gives, or null where it takes more than `fuel`. */
  run({ pattern, flagText, text, lastIndex }: Sample, fuel: number): string | null {
    const { runtime } = this;
    runtime.agent.fuel = fuel;
    const completion = runtime.call(this.probe, undefined, [pattern, flagText, text, lastIndex]);
    if (completion.kind === 'normal') return String(completion.value);
    if (completion.kind === 'limit') return null;
    return completion.kind === 'throw' ? `thrown: ${inspect(completion.value)}` : completion.kind;
  }
}

export class Comparison {
  private readonly own: Probe;
  private readonly delegated: Probe;

  constructor() {
    this.own = new Probe({ regexp: 'own' });
    this.delegated = new Probe({ regexp: 'host' });
  }

  compare(sample: Sample): Verdict {
    const known = KNOWN_DIFFERENCES.find(({ applies }) => applies(sample));
    const own = this.own.run(sample, FUEL + 30 * sample.text.length);
    if (own === null) return { kind: 'too-long' };
    const delegated = this.delegated.run(sample, FUEL_OF_HOST_MODE) ?? 'too long';
    // Our two matchers must agree whatever the host does.
    if (own === delegated && known !== undefined) return { kind: 'known', reason: known.reason };
    const { pattern, flagText, text, lastIndex } = sample;
    const host = hostProbe(pattern, flagText, text, lastIndex);
    if (own === host && delegated === host) return { kind: host === 'rejected' ? 'rejected' : 'same' };
    if (own === delegated && splitsPair(sample, own, host)) return { kind: 'known', reason: SPLIT_PAIR };
    return { kind: 'different', own, delegated, host };
  }
}
