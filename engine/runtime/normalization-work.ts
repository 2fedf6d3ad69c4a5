// What normalizing or collating a string costs. Hosts sort each run of combining marks in time proportional to the
// square of its length; text without long runs takes linear time.

import { type CodePointSet, setContains } from '../unicode/code-point-set.ts';
import { codePointsOfCategory } from '../unicode/properties.ts';
import type { Agent } from './agent.ts';

/** No character below is a combining mark. */
const FIRST_COMBINING_MARK = 0x300;
const SHORT_RUN = 64;

let marks: CodePointSet | null = null;

/** Charges the work of a host's normalization or collation of `text`. */
export function chargeNormalization(agent: Agent, text: string): void {
  agent.chargeFuel(text.length >> 2);
  if (text.length < SHORT_RUN) return;
  let run = 0;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit >= FIRST_COMBINING_MARK && isMark(text, k, unit)) run++;
    else if (run > 0) {
      chargeRun(agent, run);
      run = 0;
    }
  }
  chargeRun(agent, run);
}

function chargeRun(agent: Agent, run: number): void {
  if (run > SHORT_RUN) agent.chargeFuel(Math.floor((run * run) / 256));
}

function isMark(text: string, k: number, unit: number): boolean {
  // CJK and Hangul make up long texts and have no marks between.
  if (unit >= 0x3400 && unit <= 0x9fff) return false;
  if (unit >= 0xac00 && unit <= 0xd7ff) return false;
  marks ??= codePointsOfCategory('M');
  if (unit < 0xd800 || unit > 0xdfff) return setContains(marks, unit);
  return setContains(marks, unit < 0xdc00 ? (text.codePointAt(k) as number) : precedingCodePoint(text, k));
}

function precedingCodePoint(text: string, k: number): number {
  return k === 0 ? 0 : (text.codePointAt(k - 1) as number);
}
