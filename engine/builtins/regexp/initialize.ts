// Making and compiling RegExp objects, https://tc39.es/ecma262/#sec-abstract-operations-for-regexp-creation .
// Compiled programs are immutable and kept per agent, so that evaluating a literal again costs a look-up.
import type { MatchResult } from '../../regexp/match-result.ts';
import {
  BacktrackStackLimit,
  BacktrackStepLimit,
  compileRegExp,
  memoryBytesOf,
  type RegExpProgram,
} from '../../regexp/matcher.ts';
import { RegExpSearcher } from '../../regexp/searcher.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError, throwSyntaxError } from '../../runtime/errors.ts';
import { type JSObject, OBJECT_BYTES, SLOT_BYTES } from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import { Set, shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import { ToString } from '../../runtime/operations/type-conversion.ts';
import { ATTR_WRITABLE } from '../../runtime/property-descriptor.ts';
import type { Realm } from '../../runtime/realm.ts';
import type { Shape, ValidityCell } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';

/** What the backtrack stack of one match may take. */
const MAX_STACK_BYTES = 1 << 26;
/**
 * Steps of one match, some two seconds, and more for each code unit: for programs without a limit of their own. A match that takes
 * time in proportion to its subject takes a few steps a unit, and one for each alternative that it tries there.
 */
const MAX_STEPS = 200_000_000;
const MAX_STEPS_PER_UNIT = 64;
const MAX_CACHED_PROGRAMS = 256;
const MAX_CACHED_SOURCE = 2048;
const MAX_CACHED_BYTES = 1 << 23;

/** What an agent keeps for matching. */
export class MatchingState {
  readonly searcher: RegExpSearcher;
  readonly charge: (units: number) => void;
  /** By `flags/source`, oldest first. */
  readonly programs: Map<string, RegExpProgram>;
  /** What these take of the host's memory. */
  cachedBytes: number;
  /** Of these the last one of each source that was asked for twice. */
  readonly lastPrograms: Map<string, { readonly flags: string; readonly program: RegExpProgram }>;
  /** The shapes of the last object and its prototype that had the original `exec`, and its slot in the prototype. */
  execShape: Shape | null;
  execPrototypeShape: Shape | null;
  execSlot: number;
  /** Pristine objects (exec.ts): their shape, their realm, and the cell of their prototypes; null at first. */
  pristineShape: Shape | null;
  pristineRealm: Realm | null;
  pristineCell: ValidityCell | null;
  /** The prototypes have been changed in a way that matters, as long as this cell is valid. */
  spoiltCell: ValidityCell | null;
  /** The shape that %RegExp% of a realm gives to what it makes; null at first. */
  literalShape: Shape | null;
  literalRealm: Realm | null;
  /** A shape with a writable lastIndex. */
  writableShape: Shape | null;
  /** The shapes of an array and of a match result made of it. */
  arrayShape: Shape | null;
  resultShape: Shape | null;
  /** The legacy static properties of a realm; null at first. */
  legacyRealm: Realm | null;
  legacyProperties: JSObject | null;

  constructor(agent: Agent) {
    this.charge = (units) => agent.chargeFuel(units);
    this.searcher = new RegExpSearcher(agent.hooks.regexp, {
      charge: this.charge,
      maxStackBytes: MAX_STACK_BYTES,
      maxSteps: MAX_STEPS,
      maxStepsPerUnit: MAX_STEPS_PER_UNIT,
    });
    this.programs = new Map();
    this.cachedBytes = 0;
    this.lastPrograms = new Map();
    this.literalShape = null;
    this.literalRealm = null;
    this.execShape = null;
    this.execPrototypeShape = null;
    this.execSlot = 0;
    this.pristineShape = null;
    this.pristineRealm = null;
    this.pristineCell = null;
    this.spoiltCell = null;
    this.writableShape = null;
    this.arrayShape = null;
    this.resultShape = null;
    this.legacyRealm = null;
    this.legacyProperties = null;
  }
}

export function matchingStateOf(agent: Agent): MatchingState {
  if (agent.matching === null) agent.matching = new MatchingState(agent);
  return agent.matching as MatchingState;
}

/** Searches under the agent's limits; one that uses up the matcher's own is a guest RangeError. See RegExpSearcher. */
export function matchProgram(
  agent: Agent,
  program: RegExpProgram,
  input: string,
  lastIndex: number,
  sticky: boolean,
): MatchResult | null {
  try {
    return matchingStateOf(agent).searcher.search(program, input, lastIndex, sticky);
  } catch (thrown) {
    throw guestErrorOf(agent, thrown);
  }
}

/** The same where only the end of the match is wanted; -1 without a match. */
export function matchEnd(
  agent: Agent,
  program: RegExpProgram,
  input: string,
  lastIndex: number,
  sticky: boolean,
): number {
  try {
    return matchingStateOf(agent).searcher.searchEnd(program, input, lastIndex, sticky);
  } catch (thrown) {
    throw guestErrorOf(agent, thrown);
  }
}

function guestErrorOf(agent: Agent, thrown: unknown): unknown {
  if (thrown instanceof BacktrackStackLimit)
    throwRangeError(agent, 'Regular expression backtracks too deeply');
  if (thrown instanceof BacktrackStepLimit) throwRangeError(agent, 'Regular expression takes too many steps');
  return thrown;
}

/** The program of a pattern and flags, or a guest SyntaxError. */
function programFor(agent: Agent, source: string, flags: string): RegExpProgram {
  const state = matchingStateOf(agent);
  const { programs, lastPrograms, charge } = state;
  // Literals are evaluated again and again: their texts are known strings, a key made of them is a new one each time.
  const last = lastPrograms.get(source);
  if (last !== undefined && last.flags === flags) return last.program;
  const key = `${flags}/${source}`;
  const known = programs.get(key);
  if (known !== undefined) {
    lastPrograms.set(source, { flags, program: known });
    return known;
  }
  const compiled = compileRegExp(source, flags, charge);
  if ('position' in compiled) {
    switch (compiled.code) {
      case 'pattern/duplicate-flag':
      case 'pattern/unknown-flag':
      case 'pattern/u-with-v':
        throwSyntaxError(agent, `Invalid flags supplied to RegExp constructor '${flags}'`);
    }
    throwSyntaxError(agent, `Invalid regular expression: /${source}/${flags}: ${compiled.message}`);
  }
  const bytes = memoryBytesOf(compiled);
  agent.chargeBytes(bytes);
  if (source.length <= MAX_CACHED_SOURCE) {
    if (programs.size >= MAX_CACHED_PROGRAMS || state.cachedBytes + bytes > MAX_CACHED_BYTES)
      makeRoom(state, bytes);
    programs.set(key, compiled);
    state.cachedBytes += bytes;
  }
  return compiled;
}

/** Drops the oldest programs until another of so many bytes fits into the cache, or it is empty. */
function makeRoom(state: MatchingState, bytes: number): void {
  for (const [key, oldest] of state.programs) {
    if (state.programs.size < MAX_CACHED_PROGRAMS && state.cachedBytes + bytes <= MAX_CACHED_BYTES) break;
    state.programs.delete(key);
    state.cachedBytes -= memoryBytesOf(oldest);
  }
  state.lastPrograms.clear();
}

/** RegExpAlloc ( newTarget ) — https://tc39.es/ecma262/#sec-regexpalloc , with [[Realm]] and [[LegacyFeaturesEnabled]]. */
export function RegExpAlloc(agent: Agent, realm: Realm, newTarget: JSObject): RegExpObject {
  const isIntrinsic = newTarget === realm.intrinsic('%RegExp%');
  const state = matchingStateOf(agent);
  if (isIntrinsic && state.literalRealm === realm) {
    // Fast path: the `prototype` of %RegExp% cannot be changed, so that the steps below lead to this shape again.
    agent.chargeBytes(OBJECT_BYTES + SLOT_BYTES);
    return new RegExpObject(state.literalShape as Shape, realm, true);
  }
  const shape = shapeFromConstructor(agent, newTarget, '%RegExp.prototype%');
  const obj = new RegExpObject(shape, realm, isIntrinsic);
  obj.addSlot('lastIndex', undefined, ATTR_WRITABLE);
  if (isIntrinsic && obj.shape.cacheable) {
    state.literalShape = obj.shape;
    state.literalRealm = realm;
  }
  return obj;
}

/** RegExpInitialize ( obj, pattern, flags ) — https://tc39.es/ecma262/#sec-regexpinitialize */
export function RegExpInitialize(
  agent: Agent,
  obj: RegExpObject,
  pattern: Value,
  flags: Value,
): RegExpObject {
  const P = pattern === undefined ? '' : ToString(agent, pattern);
  const F = flags === undefined ? '' : ToString(agent, flags);
  const program = programFor(agent, P, F);
  obj.originalSource = P;
  obj.originalFlags = F;
  obj.matcher = program;
  // Fast path: a shape of which slot 0 is known to be a writable lastIndex.
  if (obj.shape === matchingStateOf(agent).literalShape) obj.s0 = 0;
  else Set(agent, obj, 'lastIndex', 0, true);
  return obj;
}
