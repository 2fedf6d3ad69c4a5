// What work on long strings costs. A host joins strings lazily: the joined string is a small node until somebody reads
// it, and only then takes its length in memory and time. An agent therefore remembers, by length, which strings
// are fresh from a join and which have been read lately: appending to a fresh string costs what is appended, and
// everything else that makes the host copy a long string is charged that string's length.
import { MAX_STRING_LENGTH } from '../eval/primitive.ts';
import type { Agent } from './agent.ts';
import { throwRangeError } from './errors.ts';

/** Shorter strings are charged as if always copied lazily. */
const LONG_JOIN = 256;
/** Reading shorter strings is never charged. */
const LONG_READ = 4096;
const SLOTS = 1024;

/** Bytes of the host's node for a joined string. */
const JOIN_BYTES = 32;

export class LongStrings {
  /** Lengths of joined strings that nothing has been appended to and nobody has read. */
  readonly fresh = new Int32Array(SLOTS);
  /** Lengths of strings read lately. */
  readonly read = new Int32Array(SLOTS);
}

/** Throws a guest RangeError for strings that the host could not hold. */
export function checkStringLength(agent: Agent, length: number): void {
  if (length > MAX_STRING_LENGTH) throwRangeError(agent, 'Invalid string length');
}

/** Checks and charges a new string of `length` that is about to be made. */
export function chargeString(agent: Agent, length: number): void {
  checkStringLength(agent, length);
  agent.chargeBytes(length);
  agent.chargeFuel(length >> 8);
}

/** Checks and charges the concatenation of strings of these lengths. */
export function chargeConcatenation(agent: Agent, x: number, y: number): void {
  const length = x + y;
  const shorter = Math.min(x, y);
  if (length < LONG_JOIN) {
    agent.chargeBytes(JOIN_BYTES + shorter);
    return;
  }
  checkStringLength(agent, length);
  const { fresh, read } = agent.longStrings;
  const longer = length - shorter;
  if (fresh[longer & (SLOTS - 1)] === longer) {
    fresh[longer & (SLOTS - 1)] = 0;
    agent.chargeBytes(JOIN_BYTES + shorter + (length >> 10));
    agent.chargeFuel(length >> 16);
  } else {
    agent.chargeBytes(JOIN_BYTES + length);
    agent.chargeFuel(length >> 8);
  }
  fresh[length & (SLOTS - 1)] = length;
  if (read[length & (SLOTS - 1)] === length) read[length & (SLOTS - 1)] = 0;
}

/** Charges the host's copying of a joined string at its first reading. Cheap where a string is read over and over. */
export function chargeReading(agent: Agent, length: number): void {
  if (length < LONG_READ) return;
  const { fresh, read } = agent.longStrings;
  const slot = length & (SLOTS - 1);
  if (read[slot] === length) return;
  read[slot] = length;
  if (fresh[slot] === length) fresh[slot] = 0;
  agent.chargeBytes(length);
  agent.chargeFuel(length >> 8);
}

/** Charges looking at `length` code units, as comparisons and searches do. */
export function chargeScan(agent: Agent, length: number): void {
  if (length > 255) agent.chargeFuel(length >> 8);
}

/** Charges a comparison of two strings for equality: hosts compare the text only if the lengths agree. */
export function chargeEquality(agent: Agent, x: string, y: string): void {
  if (x.length === y.length) chargeScan(agent, x.length);
}
