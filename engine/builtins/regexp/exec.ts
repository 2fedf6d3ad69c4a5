// Matching RegExp objects, https://tc39.es/ecma262/#sec-regexp-prototype-objects : RegExpBuiltinExec in two halves
// (the match as positions, the result array), so that callers that only need positions make no array.
import type { RegExpProgram } from '../../regexp/matcher.ts';
import type { Agent } from '../../runtime/agent.ts';
import { Call1, IsCallable } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { EXOTIC_NONE, type JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import { CreateDataPropertyOrThrow, Set } from '../../runtime/operations/object-operations.ts';
import { ToLength, ToString } from '../../runtime/operations/type-conversion.ts';
import { ATTRS_DEFAULT } from '../../runtime/property-descriptor.ts';
import { keyFromString } from '../../runtime/property-key.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { matchProgram } from './initialize.ts';
import { updateLegacyStaticProperties } from './legacy-static-properties.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Brand check: [[RegExpMatcher]]. */
export function thisRegExp(agent: Agent, thisValue: Value, what: string): RegExpObject {
  if (thisValue instanceof RegExpObject) return thisValue;
  return throwTypeError(
    agent,
    `Method ${what} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** `this` must be an object of any kind. */
export function thisObject(agent: Agent, thisValue: Value, what: string): JSObject {
  if (typeof thisValue === 'object' && thisValue !== null) return thisValue;
  return throwTypeError(
    agent,
    `Method ${what} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** RegExpExec ( R, S ) — https://tc39.es/ecma262/#sec-regexpexec */
export function RegExpExec(agent: Agent, R: JSObject, S: string): JSObject | null {
  if (hasOriginalExec(agent, R)) return RegExpBuiltinExec(agent, R, S);
  const exec = R.Get(agent, 'exec', R);
  if (IsCallable(exec)) {
    const result = Call1(agent, exec, R, S);
    if (typeof result !== 'object')
      throwTypeError(agent, `exec returned ${describeForMessage(result)}, not an object or null`);
    return result;
  }
  return RegExpBuiltinExec(agent, thisRegExp(agent, R, 'RegExp.prototype.exec'), S);
}

/**
 * True if RegExpExec of `R` is RegExpBuiltinExec: its `exec` is the running realm's own, inherited as a data property.
 * Fast path: asking runs no user code, and the built-in exec adds nothing to RegExpBuiltinExec.
 */
export function hasOriginalExec(agent: Agent, R: JSObject): R is RegExpObject {
  if (!(R instanceof RegExpObject) || R.lookupOwn('exec') !== NOT_FOUND) return false;
  const prototype = R.shape.proto;
  if (prototype === null || prototype.exotic !== EXOTIC_NONE) return false;
  const entry = prototype.lookupOwn('exec');
  if (entry === NOT_FOUND) return false;
  const exec = prototype.getSlot(entry >> ENTRY_SLOT_SHIFT) as Partial<JSObject> | undefined;
  return (
    typeof exec === 'object' &&
    exec !== null &&
    exec.code === RegExp_prototype_exec &&
    exec.realm === agent.realm
  );
}

/** RegExpBuiltinExec ( R, S ) — https://tc39.es/ecma262/#sec-regexpbuiltinexec */
export function RegExpBuiltinExec(agent: Agent, R: RegExpObject, S: string): JSObject | null {
  const captures = regExpBuiltinMatch(agent, R, S);
  return captures === null ? null : createMatchResult(agent, R, S, captures);
}

/**
 * RegExpBuiltinExec up to the result: reads and writes lastIndex. Returns start and end of each capture (-1 where
 * unset), or null for a failure.
 */
export function regExpBuiltinMatch(agent: Agent, R: RegExpObject, S: string): Int32Array | null {
  // lastIndex can't be an accessor or absent: its value is slot 0.
  const lastIndexValue = ToLength(agent, R.s0 as Value);
  const flags = R.originalFlags;
  const sticky = flags.includes('y');
  const usesLastIndex = sticky || flags.includes('g');
  const lastIndex = usesLastIndex ? lastIndexValue : 0;
  const captures =
    lastIndex > S.length ? null : matchProgram(agent, R.matcher as RegExpProgram, S, lastIndex, sticky);
  if (captures === null) {
    if (usesLastIndex) Set(agent, R, 'lastIndex', 0, true);
    return null;
  }
  if (usesLastIndex) Set(agent, R, 'lastIndex', captures[1], true);
  updateLegacyStaticProperties(agent, R, S, captures);
  return captures;
}

/** The captured texts from `first` on, undefined where unset. */
export function captureTexts(agent: Agent, S: string, captures: Int32Array, first: number): Value[] {
  const texts: Value[] = [];
  for (let i = 2 * first; i < captures.length; i += 2) {
    texts.push(captures[i] < 0 ? undefined : S.slice(captures[i], captures[i + 1]));
  }
  agent.chargeFuel(texts.length);
  agent.chargeBytes(texts.length * 32);
  return texts;
}

/** RegExpBuiltinExec from its step 20 on: the result array of a match. */
export function createMatchResult(agent: Agent, R: RegExpObject, S: string, captures: Int32Array): JSObject {
  const program = R.matcher as RegExpProgram;
  const texts = captureTexts(agent, S, captures, 0);
  const groups = createGroups(agent, program, texts);
  const A = createArrayFrom(agent, texts);
  A.addSlot('index', captures[0], ATTRS_DEFAULT);
  A.addSlot('input', S, ATTRS_DEFAULT);
  A.addSlot('groups', groups, ATTRS_DEFAULT);
  if (program.flags.hasIndices) {
    A.addSlot('indices', MakeMatchIndicesIndexPairArray(agent, program, captures), ATTRS_DEFAULT);
  }
  return A;
}

/** The groups object: an entry for each name, undefined where unset; undefined without names. */
export function createGroups(
  agent: Agent,
  program: RegExpProgram,
  values: readonly Value[],
): JSObject | undefined {
  const names = program.groupNames;
  let groups: JSObject | undefined;
  for (let i = 1; i < names.length; i++) {
    const name = names[i];
    if (name === null) continue;
    groups ??= OrdinaryObjectCreate(agent, null);
    const key = keyFromString(name);
    // Of several groups of one name at most one takes part in a match; it must not be overwritten by the others.
    if (values[i] !== undefined || groups.lookupOwn(key) === NOT_FOUND) {
      CreateDataPropertyOrThrow(agent, groups, key, values[i]);
    }
  }
  return groups;
}

/** MakeMatchIndicesIndexPairArray ( S, indices, groupNames, hasGroups ) — https://tc39.es/ecma262/#sec-makematchindicesindexpairarray */
function MakeMatchIndicesIndexPairArray(
  agent: Agent,
  program: RegExpProgram,
  captures: Int32Array,
): JSObject {
  const pairs: Value[] = [];
  for (let i = 0; i < captures.length; i += 2) {
    pairs.push(captures[i] < 0 ? undefined : createArrayFrom(agent, [captures[i], captures[i + 1]]));
  }
  const groups = createGroups(agent, program, pairs);
  const A = createArrayFrom(agent, pairs);
  A.addSlot('groups', groups, ATTRS_DEFAULT);
  return A;
}

/** AdvanceStringIndex ( S, index, unicode ) — https://tc39.es/ecma262/#sec-advancestringindex */
export function AdvanceStringIndex(S: string, index: number, unicode: boolean): number {
  if (!unicode || index + 1 >= S.length) return index + 1;
  return index + ((S.codePointAt(index) as number) > 0xffff ? 2 : 1);
}

/** RegExp.prototype.exec ( string ) — https://tc39.es/ecma262/#sec-regexp.prototype.exec */
export function RegExp_prototype_exec(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
): Value {
  const agent = callee.realm.agent;
  const R = thisRegExp(agent, thisValue, 'RegExp.prototype.exec');
  return RegExpBuiltinExec(agent, R, ToString(agent, string));
}
