// Matching RegExp objects, https://tc39.es/ecma262/#sec-regexp-prototype-objects : RegExpBuiltinExec in two halves
// (the match as positions, the result array), so that callers that only need positions make no array.
import type { MatchResult } from '../../regexp/match-result.ts';
import type { RegExpProgram } from '../../regexp/matcher.ts';
import type { Agent } from '../../runtime/agent.ts';
import { Call1, IsCallable } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { ARRAY_BYTES, ArrayObject, createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import {
  EXOTIC_NONE,
  type JSObject,
  OrdinaryObjectCreate,
  SLOT_BYTES,
} from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import { CreateDataPropertyOrThrow, Set } from '../../runtime/operations/object-operations.ts';
import { ToLength, ToString } from '../../runtime/operations/type-conversion.ts';
import { ATTR_WRITABLE, ATTRS_DEFAULT } from '../../runtime/property-descriptor.ts';
import { keyFromString } from '../../runtime/property-key.ts';
import {
  cellOfChain,
  ENTRY_ATTRIBUTES,
  ENTRY_SLOT_SHIFT,
  NOT_FOUND,
  rootShape,
  SHAPE_KIND_ARRAY,
  type ValidityCell,
} from '../../runtime/shape.ts';
import { ownText, SHORTEST_SHARED } from '../../runtime/string-work.ts';
import type { Value } from '../../runtime/value.ts';
import { thisRegExp } from './brands.ts';
import { hasOriginalFlags } from './flags.ts';
import { type MatchingState, matchEnd, matchingStateOf, matchProgram } from './initialize.ts';
import { updateLegacyStaticProperties } from './legacy-static-properties.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

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
 * True if `R` has no property but a writable lastIndex and inherits from %RegExp.prototype% of the running realm, with the original
 * `exec` and flags: then RegExpExec is RegExpBuiltinExec, the flags are `originalFlags`, and lastIndex is slot 0. Holds until
 * user code runs. Asking runs no user code.
 */
export function isPristine(agent: Agent, R: JSObject): R is RegExpObject {
  const state = matchingStateOf(agent);
  if (
    R.shape === state.pristineShape &&
    state.pristineRealm === agent.realm &&
    (state.pristineCell as ValidityCell).valid
  )
    return true;
  return R instanceof RegExpObject && becomesPristine(agent, R, state);
}

function becomesPristine(agent: Agent, R: RegExpObject, state: MatchingState): boolean {
  const { shape } = R;
  const { realm } = agent;
  const prototype = shape.proto;
  if (prototype !== realm.intrinsic('%RegExp.prototype%') || state.spoiltCell?.valid) return false;
  // No other kind of object has such a shape: constructors add lastIndex first to objects of this class.
  if (!shape.cacheable || shape.unique || shape.slotCount !== 1) return false;
  if ((R.lookupOwn('lastIndex') & ENTRY_ATTRIBUTES) !== ATTR_WRITABLE) return false;
  const isOriginal = hasExecOf(agent, prototype) && hasOriginalFlags(realm, prototype);
  const cell = cellOfChain(prototype);
  if (!isOriginal) {
    state.spoiltCell = cell;
    return false;
  }
  state.pristineShape = shape;
  state.pristineRealm = realm;
  state.pristineCell = cell;
  return true;
}

function hasExecOf(agent: Agent, prototype: JSObject): boolean {
  const entry = prototype.lookupOwn('exec');
  return entry !== NOT_FOUND && isExecOf(agent, prototype.getSlot(entry >> ENTRY_SLOT_SHIFT));
}

function isExecOf(agent: Agent, slot: unknown): boolean {
  const exec = slot as Partial<JSObject> | undefined;
  return (
    typeof exec === 'object' &&
    exec !== null &&
    exec.code === RegExp_prototype_exec &&
    exec.realm === agent.realm
  );
}

/**
 * True if RegExpExec of `R` is RegExpBuiltinExec: its `exec` is the running realm's own, inherited as a data property.
 * Fast path: asking runs no user code, and the built-in exec adds nothing to RegExpBuiltinExec.
 */
export function hasOriginalExec(agent: Agent, R: JSObject): R is RegExpObject {
  if (isPristine(agent, R)) return true;
  if (!(R instanceof RegExpObject)) return false;
  const { shape } = R;
  const prototype = shape.proto;
  if (prototype === null) return false;
  const state = matchingStateOf(agent);
  if (state.execShape !== shape || state.execPrototypeShape !== prototype.shape) {
    if (R.lookupOwn('exec') !== NOT_FOUND || prototype.exotic !== EXOTIC_NONE) return false;
    const entry = prototype.lookupOwn('exec');
    if (entry === NOT_FOUND) return false;
    // Such shapes stand for the same properties at the same places as long as they last.
    const isCacheable = shape.cacheable && prototype.shape.cacheable;
    state.execShape = isCacheable ? shape : null;
    state.execPrototypeShape = isCacheable ? prototype.shape : null;
    state.execSlot = entry >> ENTRY_SLOT_SHIFT;
  }
  return isExecOf(agent, prototype.getSlot(state.execSlot));
}

/** RegExpBuiltinExec ( R, S ) — https://tc39.es/ecma262/#sec-regexpbuiltinexec */
export function RegExpBuiltinExec(agent: Agent, R: RegExpObject, S: string): JSObject | null {
  const match = regExpBuiltinMatch(agent, R, S);
  return match === null ? null : createMatchResult(agent, R, S, match);
}

/**
 * RegExpBuiltinExec up to the result: reads and writes lastIndex. Returns the match, which only holds until the agent's
 * next one, or null for a failure.
 */
export function regExpBuiltinMatch(agent: Agent, R: RegExpObject, S: string): MatchResult | null {
  const lastIndexValue = lastIndexOf(agent, R);
  const program = R.matcher as RegExpProgram;
  const { global, sticky } = program.flags;
  if (!global && !sticky) {
    const match = matchProgram(agent, program, S, 0, false);
    if (match !== null) updateLegacyStaticProperties(agent, R, S, 0, false);
    return match;
  }
  const match = lastIndexValue > S.length ? null : matchProgram(agent, program, S, lastIndexValue, sticky);
  setLastIndex(agent, R, match === null ? 0 : match.end);
  if (match !== null) updateLegacyStaticProperties(agent, R, S, lastIndexValue, sticky);
  return match;
}

/** The same where only success is wanted. */
export function regExpBuiltinTest(agent: Agent, R: RegExpObject, S: string): boolean {
  const lastIndexValue = lastIndexOf(agent, R);
  const program = R.matcher as RegExpProgram;
  const { global, sticky } = program.flags;
  if (!global && !sticky) {
    const end = matchEnd(agent, program, S, 0, false);
    if (end >= 0) updateLegacyStaticProperties(agent, R, S, 0, false);
    return end >= 0;
  }
  const end = lastIndexValue > S.length ? -1 : matchEnd(agent, program, S, lastIndexValue, sticky);
  setLastIndex(agent, R, Math.max(end, 0));
  if (end >= 0) updateLegacyStaticProperties(agent, R, S, lastIndexValue, sticky);
  return end >= 0;
}

/** ToLength of lastIndex, which cannot be an accessor or absent: its value is slot 0. */
function lastIndexOf(agent: Agent, R: RegExpObject): number {
  const { s0 } = R;
  // Fast path: ToLength gives small integers that are not negative. -0 is not told from 0, and need not be.
  return typeof s0 === 'number' && s0 >= 0 && (s0 | 0) === s0 ? s0 : ToLength(agent, s0 as Value);
}

/** Set ( R, "lastIndex", value, true ). */
function setLastIndex(agent: Agent, R: RegExpObject, value: number): void {
  const { shape } = R;
  const state = matchingStateOf(agent);
  // Fast path: such a shape says that slot 0 is a writable data property.
  if (shape === state.pristineShape || shape === state.writableShape) R.s0 = value;
  else setLastIndexOfOther(agent, R, value, state);
}

function setLastIndexOfOther(agent: Agent, R: RegExpObject, value: number, state: MatchingState): void {
  const { shape } = R;
  Set(agent, R, 'lastIndex', value, true);
  if (shape.cacheable && shape.prototypeInfo === null) state.writableShape = shape;
}

/** The text of the whole match. */
export function matchedText(agent: Agent, match: MatchResult): string {
  return ownText(agent, match.input, match.text(0) as string);
}

/** What a captured text is charged. */
const CAPTURE_BYTES = 32;

/** The captured texts from `first` on, undefined where unset. */
export function captureTexts(agent: Agent, match: MatchResult, first: number): Value[] {
  const texts = match.textsFrom(first);
  agent.chargeFuel(texts.length);
  agent.chargeBytes(texts.length * CAPTURE_BYTES);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    if (text !== undefined && text.length >= SHORTEST_SHARED) texts[i] = ownText(agent, match.input, text);
  }
  return texts;
}

/** RegExpBuiltinExec from its step 20 on: the result array of a match. */
export function createMatchResult(agent: Agent, R: RegExpObject, S: string, match: MatchResult): JSObject {
  const program = R.matcher as RegExpProgram;
  const state = matchingStateOf(agent);
  const arrayShape = rootShape(agent, agent.realm.arrayPrototype, SHAPE_KIND_ARRAY);
  if (arrayShape !== state.arrayShape || state.resultShape === null || program.flags.hasIndices)
    return createMatchResultSlowly(agent, program, S, match, state);
  const { start } = match;
  const texts = captureTexts(agent, match, 0);
  const groups = program.hasNames ? createGroups(agent, program, texts) : undefined;
  // Fast path: the shape that the specified steps led to before.
  agent.chargeBytes(ARRAY_BYTES + texts.length * 8 + 3 * SLOT_BYTES);
  const A = new ArrayObject(state.resultShape, texts);
  A.s0 = start;
  A.s1 = S;
  A.s2 = groups;
  return A;
}

function createMatchResultSlowly(
  agent: Agent,
  program: RegExpProgram,
  S: string,
  match: MatchResult,
  state: MatchingState,
): JSObject {
  const { start } = match;
  const indices = program.flags.hasIndices ? indexPairs(agent, match) : null;
  const texts = captureTexts(agent, match, 0);
  const groups = createGroups(agent, program, texts);
  const A = createArrayFrom(agent, texts);
  state.arrayShape = A.shape;
  A.addSlot('index', start, ATTRS_DEFAULT);
  A.addSlot('input', S, ATTRS_DEFAULT);
  A.addSlot('groups', groups, ATTRS_DEFAULT);
  const { shape } = A;
  state.resultShape = shape.cacheable && shape.slotCount === 3 ? shape : null;
  if (indices !== null) {
    A.addSlot('indices', MakeMatchIndicesIndexPairArray(agent, program, indices), ATTRS_DEFAULT);
  }
  return A;
}

/** The groups object: an entry for each name, undefined where unset; undefined without names. */
export function createGroups(
  agent: Agent,
  program: RegExpProgram,
  values: readonly Value[],
): JSObject | undefined {
  if (!program.hasNames) return undefined;
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

/** The pair of each capture, undefined where unset. */
function indexPairs(agent: Agent, { positions, count }: MatchResult): Value[] {
  const pairs: Value[] = [];
  for (let i = 0; i < 2 * count; i += 2) {
    pairs.push(positions[i] < 0 ? undefined : createArrayFrom(agent, [positions[i], positions[i + 1]]));
  }
  return pairs;
}

/** MakeMatchIndicesIndexPairArray ( S, indices, groupNames, hasGroups ) — https://tc39.es/ecma262/#sec-makematchindicesindexpairarray */
function MakeMatchIndicesIndexPairArray(agent: Agent, program: RegExpProgram, pairs: Value[]): JSObject {
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
  return RegExpBuiltinExec(agent, R, typeof string === 'string' ? string : ToString(agent, string));
}
