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

/** Shorter strings have a text of their own: they are neither parts of others nor trees of pieces. */
export const SHORTEST_SHARED = 13;
/** What the text of a short string costs is not worth a copy. */
const SHORT_TEXT = 64;
/** What a substring is charged besides its text: the host's node for it. */
const SUBSTRING_BYTES = 24;

/**
 * The substring of S from `from` up to `to`, which are indices with from <= to. Hosts let a substring share the text of the whole
 * string, which stays alive with it though nothing refers to it: small parts are given a text of their own, and what large
 * ones hide is charged for good.
 */
export function substringOf(agent: Agent, S: string, from: number, to: number): string {
  return ownText(agent, S, S.slice(from, to));
}

/** The same for a part of S that the host has made. */
export function ownText(agent: Agent, S: string, part: string): string {
  if (part.length < SHORTEST_SHARED) {
    agent.chargeBytes(SUBSTRING_BYTES);
    return part;
  }
  const hidden = S.length - part.length;
  if (hidden === 0) return part;
  if (S.length > SHORT_TEXT && hidden > part.length) {
    agent.chargeBytes(SUBSTRING_BYTES + part.length);
    agent.chargeFuel(part.length >> 8);
    return copyOfText(part);
  }
  agent.hiddenBytes += hidden;
  agent.chargeBytes(SUBSTRING_BYTES + hidden);
  return part;
}

/** The same text, in memory of its own: a part of a joined string, which the host makes into one text first. */
export function copyOfText(text: string): string {
  return text.length < SHORTEST_SHARED ? text : ` ${text}`.slice(1);
}

/** Has the host make one text of a string that it keeps as a tree of pieces: reading any character does. */
export function joinPieces(text: string): void {
  text.charCodeAt(0);
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
