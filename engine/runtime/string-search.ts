// StringIndexOf and StringLastIndexOf in linear time. Hosts search in time proportional to the product of both lengths
// at worst, which a guest can bring about; so they are asked for short patterns only.
import type { Agent } from './agent.ts';
import { chargeScan } from './string-work.ts';

/** The host's search is quick for these, whatever the text. */
const SHORT_PATTERN = 32;

/** StringIndexOf ( string, searchValue, fromIndex ): -1 for not found — https://tc39.es/ecma262/#sec-stringindexof */
export function StringIndexOf(agent: Agent, string: string, searchValue: string, fromIndex: number): number {
  const from = Math.min(Math.max(fromIndex, 0), string.length);
  const m = searchValue.length;
  if (m > string.length - from) return -1;
  if (m <= SHORT_PATTERN) {
    const found = string.indexOf(searchValue, from);
    chargeScan(agent, ((found < 0 ? string.length : found) - from) * (m > 1 ? 4 : 1));
    return found;
  }
  return searchForward(agent, string, searchValue, from);
}

/** StringLastIndexOf ( string, searchValue, fromIndex ): -1 for not found — https://tc39.es/ecma262/#sec-stringlastindexof */
export function StringLastIndexOf(
  agent: Agent,
  string: string,
  searchValue: string,
  fromIndex: number,
): number {
  const m = searchValue.length;
  const from = Math.min(Math.max(fromIndex, 0), string.length - m);
  if (from < 0) return -1;
  if (m <= SHORT_PATTERN) {
    const found = string.lastIndexOf(searchValue, from);
    chargeScan(agent, (from - Math.max(found, 0)) * 8);
    return found;
  }
  return searchBackward(agent, string, searchValue, from);
}

/** The prefix function of Knuth, Morris and Pratt: at i, the longest proper border of the first i + 1 code units. */
function borders(agent: Agent, pattern: string, unitAt: (pattern: string, i: number) => number): Int32Array {
  const m = pattern.length;
  agent.chargeBytes(m * 4);
  agent.chargeFuel(m >> 5);
  const border = new Int32Array(m);
  for (let i = 1, k = 0; i < m; i++) {
    const unit = unitAt(pattern, i);
    while (k > 0 && unitAt(pattern, k) !== unit) k = border[k - 1];
    if (unitAt(pattern, k) === unit) k++;
    border[i] = k;
  }
  return border;
}

function fromStart(pattern: string, i: number): number {
  return pattern.charCodeAt(i);
}

function fromEnd(pattern: string, i: number): number {
  return pattern.charCodeAt(pattern.length - 1 - i);
}

function searchForward(agent: Agent, string: string, pattern: string, from: number): number {
  const m = pattern.length;
  const border = borders(agent, pattern, fromStart);
  for (let i = from, k = 0; i < string.length; i++) {
    if ((i & 1023) === 0) agent.chargeFuel(32);
    const unit = string.charCodeAt(i);
    while (k > 0 && pattern.charCodeAt(k) !== unit) k = border[k - 1];
    if (pattern.charCodeAt(k) === unit) k++;
    if (k === m) return i + 1 - m;
  }
  return -1;
}

/** The match that begins last, at `from` or before it: the forward search in a mirror. */
function searchBackward(agent: Agent, string: string, pattern: string, from: number): number {
  const m = pattern.length;
  const border = borders(agent, pattern, fromEnd);
  for (let i = from + m - 1, k = 0; i >= 0; i--) {
    if ((i & 1023) === 0) agent.chargeFuel(32);
    const unit = string.charCodeAt(i);
    while (k > 0 && pattern.charCodeAt(m - 1 - k) !== unit) k = border[k - 1];
    if (pattern.charCodeAt(m - 1 - k) === unit) k++;
    if (k === m) return i;
  }
  return -1;
}
