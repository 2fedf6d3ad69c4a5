// Making and compiling RegExp objects, https://tc39.es/ecma262/#sec-abstract-operations-for-regexp-creation .
// Compiled programs are immutable and kept per agent, so that evaluating a literal again costs a look-up.
import {
  BacktrackStackLimit,
  compileRegExp,
  execRegExp,
  type MatchLimits,
  type RegExpProgram,
} from '../../regexp/matcher.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError, throwSyntaxError } from '../../runtime/errors.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import { Set, shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import { ToString } from '../../runtime/operations/type-conversion.ts';
import { ATTR_WRITABLE } from '../../runtime/property-descriptor.ts';
import type { Realm } from '../../runtime/realm.ts';
import type { Value } from '../../runtime/value.ts';

/** What the backtrack stack of one match may take. */
const MAX_STACK_BYTES = 1 << 26;
const MAX_CACHED_PROGRAMS = 256;
const MAX_CACHED_SOURCE = 2048;

/** What an agent keeps for matching. */
interface MatchingState {
  readonly limits: MatchLimits;
  readonly charge: (units: number) => void;
  /** By `flags/source`, oldest first. */
  readonly programs: Map<string, RegExpProgram>;
}

const matchingStates = new WeakMap<Agent, MatchingState>();

function matchingStateOf(agent: Agent): MatchingState {
  const known = matchingStates.get(agent);
  if (known !== undefined) return known;
  const charge = (units: number): void => agent.chargeFuel(units);
  const state: MatchingState = {
    limits: { charge, maxStackBytes: MAX_STACK_BYTES },
    charge,
    programs: new Map(),
  };
  matchingStates.set(agent, state);
  return state;
}

/** Runs a program under the agent's limits; a too large backtrack stack is a guest RangeError. See execRegExp. */
export function matchProgram(
  agent: Agent,
  program: RegExpProgram,
  input: string,
  lastIndex: number,
  sticky: boolean,
): Int32Array | null {
  try {
    return execRegExp(program, input, lastIndex, sticky, matchingStateOf(agent).limits);
  } catch (thrown) {
    if (thrown instanceof BacktrackStackLimit)
      throwRangeError(agent, 'Regular expression backtracks too deeply');
    throw thrown;
  }
}

/** The program of a pattern and flags, or a guest SyntaxError. */
function programFor(agent: Agent, source: string, flags: string): RegExpProgram {
  const { programs, charge } = matchingStateOf(agent);
  const key = `${flags}/${source}`;
  const known = programs.get(key);
  if (known !== undefined) return known;
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
  agent.chargeBytes(compiled.code.length * 4 + 200);
  if (source.length <= MAX_CACHED_SOURCE) {
    if (programs.size >= MAX_CACHED_PROGRAMS) {
      for (const oldest of programs.keys()) {
        programs.delete(oldest);
        break;
      }
    }
    programs.set(key, compiled);
  }
  return compiled;
}

/** RegExpAlloc ( newTarget ) — https://tc39.es/ecma262/#sec-regexpalloc , with [[Realm]] and [[LegacyFeaturesEnabled]]. */
export function RegExpAlloc(agent: Agent, realm: Realm, newTarget: JSObject): RegExpObject {
  const shape = shapeFromConstructor(agent, newTarget, '%RegExp.prototype%');
  const obj = new RegExpObject(shape, realm, newTarget === realm.intrinsic('%RegExp%'));
  obj.addSlot('lastIndex', undefined, ATTR_WRITABLE);
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
  Set(agent, obj, 'lastIndex', 0, true);
  return obj;
}
