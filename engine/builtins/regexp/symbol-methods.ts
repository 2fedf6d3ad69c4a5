// The methods behind String.prototype.match, matchAll, replace, search and split,
// https://tc39.es/ecma262/#sec-properties-of-the-regexp-prototype-object .
import type { MatchResult } from '../../regexp/match-result.ts';
import type { RegExpProgram } from '../../regexp/matcher.ts';
import type { Agent } from '../../runtime/agent.ts';
import { Call, Construct, IsCallable } from '../../runtime/call.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject, PendingWork } from '../../runtime/objects/object.ts';
import type { RegExpObject } from '../../runtime/objects/regexp.ts';
import { LengthOfArrayLike, Set, SpeciesConstructor } from '../../runtime/operations/object-operations.ts';
import { GetSubstitution } from '../../runtime/operations/string-substitution.ts';
import {
  ToIntegerOrInfinity,
  ToLength,
  ToObject,
  ToString,
  ToUint32,
} from '../../runtime/operations/type-conversion.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import type { Realm } from '../../runtime/realm.ts';
import { SameValue } from '../../runtime/same-value.ts';
import { substringOf } from '../../runtime/string-work.ts';
import {
  SYMBOL_MATCH,
  SYMBOL_MATCH_ALL,
  SYMBOL_REPLACE,
  SYMBOL_SEARCH,
  SYMBOL_SPLIT,
  type Value,
} from '../../runtime/value.ts';
import { method, type Row, workingMethod } from '../define.ts';
import { thisObject } from './brands.ts';
import {
  AdvanceStringIndex,
  captureTexts,
  createGroups,
  hasOriginalExec,
  isPristine,
  matchedText,
  RegExpExec,
  regExpBuiltinMatch,
} from './exec.ts';
import { isUnicode, orderedFlags } from './flags.ts';
import { matchProgram } from './initialize.ts';
import { updateLegacyStaticProperties } from './legacy-static-properties.ts';
import { appendReplaced, appendRest, ReplacementByCalls } from './replacement-by-calls.ts';
import { expandTemplate, parseTemplate } from './replacement-template.ts';
import { CreateRegExpStringIterator } from './string-iterator.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

function flagsOf(agent: Agent, rx: JSObject): string {
  // Fast path: what the original getters say.
  if (isPristine(agent, rx)) return orderedFlags(rx.originalFlags);
  return ToString(agent, rx.Get(agent, 'flags', rx));
}

/** After an empty match: moves lastIndex on by one character. */
function advanceLastIndex(agent: Agent, rx: JSObject, S: string, fullUnicode: boolean): void {
  const thisIndex = ToLength(agent, rx.Get(agent, 'lastIndex', rx));
  Set(agent, rx, 'lastIndex', AdvanceStringIndex(S, thisIndex, fullUnicode), true);
}

/** RegExp.prototype [ %Symbol.match% ] ( string ) — https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.match% */
function RegExp_prototype_match(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
): Value {
  const agent = callee.realm.agent;
  const rx = thisObject(agent, thisValue, 'RegExp.prototype[Symbol.match]');
  const S = ToString(agent, string);
  const flags = flagsOf(agent, rx);
  if (!flags.includes('g')) return RegExpExec(agent, rx, S);
  const fullUnicode = isUnicode(flags);
  const matches: Value[] = [];
  if (isPristine(agent, rx)) {
    for (let match = firstMatch(agent, rx, S); match !== null; match = nextMatch(agent, rx, S, match)) {
      agent.chargeBytes(8);
      matches.push(matchedText(agent, match));
    }
    return matches.length === 0 ? null : createArrayFrom(agent, matches);
  }
  Set(agent, rx, 'lastIndex', 0, true);
  for (;;) {
    agent.chargeFuel(1);
    const matchStr = matchedString(agent, rx, S);
    if (matchStr === null) return matches.length === 0 ? null : createArrayFrom(agent, matches);
    agent.chargeBytes(32);
    matches.push(matchStr);
    if (matchStr === '') advanceLastIndex(agent, rx, S, fullUnicode);
  }
}

/**
 * The first match of a pristine global RegExp. Fast path for steps that set lastIndex to 0 and call RegExpExec: between the matches
 * of such an object no user code runs.
 */
function firstMatch(agent: Agent, rx: RegExpObject, S: string): MatchResult | null {
  rx.s0 = 0;
  agent.chargeFuel(1);
  return regExpBuiltinMatch(agent, rx, S);
}

/** The one after `match`: behind an empty one lastIndex is moved on by a character. */
function nextMatch(agent: Agent, rx: RegExpObject, S: string, match: MatchResult): MatchResult | null {
  const { end } = match;
  if (match.start === end) rx.s0 = AdvanceStringIndex(S, end, isUnicode(rx.originalFlags));
  agent.chargeFuel(1);
  return regExpBuiltinMatch(agent, rx, S);
}

/** RegExpExec, of whose result only element 0 is wanted, as a string. */
function matchedString(agent: Agent, rx: JSObject, S: string): string | null {
  if (hasOriginalExec(agent, rx)) {
    // Fast path: element 0 of the built-in exec's array is that string.
    const match = regExpBuiltinMatch(agent, rx, S);
    return match === null ? null : matchedText(agent, match);
  }
  const result = RegExpExec(agent, rx, S);
  return result === null ? null : ToString(agent, result.Get(agent, 0, result));
}

/** RegExp.prototype [ %Symbol.matchAll% ] ( string ) — https://tc39.es/ecma262/#sec-regexp-prototype-%symbol.matchall% */
function RegExp_prototype_matchAll(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
): Value {
  const agent = callee.realm.agent;
  const R = thisObject(agent, thisValue, 'RegExp.prototype[Symbol.matchAll]');
  const S = ToString(agent, string);
  const C = SpeciesConstructor(agent, R, callee.realm.intrinsic('%RegExp%'));
  const flags = flagsOf(agent, R);
  const matcher = Construct(agent, C, [R, flags]);
  const lastIndex = ToLength(agent, R.Get(agent, 'lastIndex', R));
  Set(agent, matcher, 'lastIndex', lastIndex, true);
  return CreateRegExpStringIterator(agent, matcher, S, flags.includes('g'), isUnicode(flags));
}

/** What replacing needs of one match. */
interface Match {
  readonly matched: string;
  readonly position: number;
  readonly captures: readonly Value[];
  readonly namedCaptures: Value;
}

/** RegExp.prototype [ %Symbol.replace% ] ( string, replaceValue ) — https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.replace% */
function RegExp_prototype_replace(
  callee: Builtin,
  thisValue: Value,
  [string, replaceValue]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const rx = thisObject(agent, thisValue, 'RegExp.prototype[Symbol.replace]');
  const S = ToString(agent, string);
  const replacement = IsCallable(replaceValue) ? replaceValue : ToString(agent, replaceValue);
  const flags = flagsOf(agent, rx);
  const global = flags.includes('g');
  const fullUnicode = isUnicode(flags);
  if (isPristine(agent, rx)) {
    if (typeof replacement !== 'string') return replaceByCalls(agent, rx, S, global, replacement);
    return { work: null, result: replaceByTemplate(agent, rx, S, global, replacement) };
  }
  if (global) Set(agent, rx, 'lastIndex', 0, true);
  const results: (JSObject | Match)[] = [];
  for (;;) {
    agent.chargeFuel(1);
    const result = nextReplacement(agent, rx, S);
    if (result === null) break;
    agent.chargeBytes(64);
    results.push(result);
    if (!global) break;
    const matchStr = 'matched' in result ? result.matched : ToString(agent, result.Get(agent, 0, result));
    if (matchStr === '') advanceLastIndex(agent, rx, S, fullUnicode);
  }
  return { work: null, result: replaceMatches(agent, S, results, replacement) };
}

/**
 * Replacing with a string, for a pristine RegExp. Fast path: neither matching nor GetSubstitution runs user code, so that they may
 * take turns; groups would be a fresh object without a prototype, so that names stand for captures.
 */
function replaceByTemplate(
  agent: Agent,
  rx: RegExpObject,
  S: string,
  global: boolean,
  template: string,
): string {
  const program = rx.matcher as RegExpProgram;
  const parts = template.includes('$') ? parseTemplate(agent, program, template) : null;
  let result = '';
  let from = 0;
  let match = global ? firstMatch(agent, rx, S) : regExpBuiltinMatch(agent, rx, S);
  while (match !== null) {
    const { start, end } = match;
    // A lookbehind may begin a match before the end of the one before it: then it is not replaced.
    if (start >= from) {
      const text = parts === null ? template : expandTemplate(agent, parts, match);
      result = appendReplaced(agent, result, S.slice(from, start), text);
      from = end;
    }
    match = global ? nextMatch(agent, rx, S, match) : null;
  }
  return appendRest(agent, result, S, from);
}

/**
 * Replacing by a function, for a pristine RegExp. All matches are found before the first call, as specified. Fast path: what
 * the calls get is kept instead of the array that exec would make.
 */
function replaceByCalls(
  agent: Agent,
  rx: RegExpObject,
  S: string,
  global: boolean,
  replacement: FunctionObject,
): PendingWork {
  const program = rx.matcher as RegExpProgram;
  const calls: Value[][] | null = program.captureCount > 0 ? [] : null;
  const positions: number[] = [];
  let match = global ? firstMatch(agent, rx, S) : regExpBuiltinMatch(agent, rx, S);
  while (match !== null) {
    const { start, end } = match;
    agent.chargeBytes(16);
    positions.push(start, end);
    if (calls !== null) calls.push(replacerArguments(agent, program, S, match));
    match = global ? nextMatch(agent, rx, S, match) : null;
  }
  if (positions.length === 0) return { work: null, result: S };
  return new ReplacementByCalls(S, positions, calls, replacement);
}

function replacerArguments(agent: Agent, program: RegExpProgram, S: string, match: MatchResult): Value[] {
  const args = captureTexts(agent, match, 0);
  const groups = program.hasNames ? createGroups(agent, program, args) : undefined;
  args.push(match.start, S);
  if (groups !== undefined) args.push(groups);
  agent.chargeBytes(48);
  return args;
}

const NO_CAPTURES: readonly Value[] = [];

/** RegExpExec for replacing: a Match if the result can't be observed, else the result object. */
function nextReplacement(agent: Agent, rx: JSObject, S: string): JSObject | Match | null {
  if (!hasOriginalExec(agent, rx)) return RegExpExec(agent, rx, S);
  // Fast path: the array of the built-in exec would only be read back by the steps that follow.
  const match = regExpBuiltinMatch(agent, rx, S);
  if (match === null) return null;
  const program = rx.matcher as RegExpProgram;
  const matched = matchedText(agent, match);
  const position = match.start;
  if (program.captureCount === 0)
    return { matched, position, captures: NO_CAPTURES, namedCaptures: undefined };
  const captures = captureTexts(agent, match, 1);
  const namedCaptures = program.hasNames ? createGroups(agent, program, [matched, ...captures]) : undefined;
  return { matched, position, captures, namedCaptures };
}

/** RegExp.prototype [ %Symbol.replace% ] from step 13 on. */
function replaceMatches(
  agent: Agent,
  S: string,
  results: readonly (JSObject | Match)[],
  replacement: FunctionObject | string,
): string {
  let accumulatedResult = '';
  let nextSourcePosition = 0;
  for (const result of results) {
    const match = 'matched' in result ? result : readMatch(agent, result, S);
    const text = replacementOf(agent, S, match, replacement);
    if (match.position < nextSourcePosition) continue;
    const preserved = S.slice(nextSourcePosition, match.position);
    accumulatedResult = appendReplaced(agent, accumulatedResult, preserved, text);
    nextSourcePosition = match.position + match.matched.length;
  }
  return appendRest(agent, accumulatedResult, S, nextSourcePosition);
}

/** Steps 14.a to 14.h and 14.i: what a result object says about its match, read in order. */
function readMatch(agent: Agent, result: JSObject, S: string): Match {
  const resultLength = LengthOfArrayLike(agent, result);
  const nCaptures = Math.max(resultLength - 1, 0);
  const matched = ToString(agent, result.Get(agent, 0, result));
  const position = ToIntegerOrInfinity(agent, result.Get(agent, 'index', result));
  const captures: Value[] = [];
  for (let n = 1; n <= nCaptures; n++) {
    agent.chargeFuel(1);
    agent.chargeBytes(8);
    const capN = result.Get(agent, keyFromNumber(n), result);
    captures.push(capN === undefined ? undefined : ToString(agent, capN));
  }
  const namedCaptures = result.Get(agent, 'groups', result);
  return { matched, position: Math.max(Math.min(position, S.length), 0), captures, namedCaptures };
}

function replacementOf(agent: Agent, S: string, match: Match, replacement: FunctionObject | string): string {
  const { matched, position, captures, namedCaptures } = match;
  if (typeof replacement !== 'string') {
    const replacerArgs: Value[] = [matched, ...captures, position, S];
    if (namedCaptures !== undefined) replacerArgs.push(namedCaptures);
    return ToString(agent, Call(agent, replacement, undefined, replacerArgs));
  }
  const groups = namedCaptures === undefined ? undefined : ToObject(agent, namedCaptures);
  return GetSubstitution(agent, matched, S, position, captures, groups, replacement);
}

/** RegExp.prototype [ %Symbol.search% ] ( string ) — https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.search% */
function RegExp_prototype_search(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
): Value {
  const agent = callee.realm.agent;
  const rx = thisObject(agent, thisValue, 'RegExp.prototype[Symbol.search]');
  const S = ToString(agent, string);
  if (isPristine(agent, rx)) {
    // Fast path: lastIndex is a slot that nobody else sees between these steps.
    const previous = rx.s0;
    rx.s0 = 0;
    const match = regExpBuiltinMatch(agent, rx, S);
    rx.s0 = previous;
    return match === null ? -1 : match.start;
  }
  const previousLastIndex = rx.Get(agent, 'lastIndex', rx);
  if (!SameValue(previousLastIndex, 0)) Set(agent, rx, 'lastIndex', 0, true);
  const result = RegExpExec(agent, rx, S);
  const currentLastIndex = rx.Get(agent, 'lastIndex', rx);
  if (!SameValue(currentLastIndex, previousLastIndex)) Set(agent, rx, 'lastIndex', previousLastIndex, true);
  return result === null ? -1 : result.Get(agent, 'index', result);
}

/** RegExp.prototype [ %Symbol.split% ] ( string, limit ) — https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.split% */
function RegExp_prototype_split(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
  limit: Value,
): Value {
  const agent = callee.realm.agent;
  const rx = thisObject(agent, thisValue, 'RegExp.prototype[Symbol.split]');
  const S = ToString(agent, string);
  const defaultConstructor = callee.realm.intrinsic('%RegExp%');
  const C = SpeciesConstructor(agent, rx, defaultConstructor);
  const flags = flagsOf(agent, rx);
  const unicodeMatching = isUnicode(flags);
  const isLimitPlain = limit === undefined || typeof limit === 'number';
  if (
    C === defaultConstructor &&
    isLimitPlain &&
    S !== '' &&
    isPristine(agent, rx) &&
    isMadeBy(rx, callee.realm)
  ) {
    // Fast path: the splitter would have the same program, and nobody would see it.
    const lim = limit === undefined ? 0xffffffff : ToUint32(agent, limit);
    if (lim === 0) return createArrayFrom(agent, []);
    const program = rx.matcher as RegExpProgram;
    return createArrayFrom(agent, splitByProgram(agent, rx, program, S, lim, unicodeMatching));
  }
  const newFlags = flags.includes('y') ? flags : `${flags}y`;
  const splitter = Construct(agent, C, [rx, newFlags]);
  const lim = limit === undefined ? 0xffffffff : ToUint32(agent, limit);
  if (lim === 0) return createArrayFrom(agent, []);
  if (S === '') {
    const z = RegExpExec(agent, splitter, S);
    return createArrayFrom(agent, z === null ? [S] : []);
  }
  if (C === defaultConstructor && hasOriginalExec(agent, splitter)) {
    return createArrayFrom(
      agent,
      splitByProgram(agent, splitter, splitter.matcher as RegExpProgram, S, lim, unicodeMatching),
    );
  }
  return createArrayFrom(agent, splitByExec(agent, splitter, S, lim, unicodeMatching));
}

/** Whether %RegExp% of a realm made a RegExp, and no subclass: what it finds then shows in the legacy static properties. */
function isMadeBy(rx: RegExpObject, realm: Realm): boolean {
  return rx.constructionRealm === realm && rx.legacyFeaturesEnabled;
}

/** Steps 17 to 21 with any `exec`. */
function splitByExec(
  agent: Agent,
  splitter: JSObject,
  S: string,
  lim: number,
  unicodeMatching: boolean,
): Value[] {
  const A: Value[] = [];
  const size = S.length;
  let p = 0;
  let q = 0;
  while (q < size) {
    agent.chargeFuel(1);
    Set(agent, splitter, 'lastIndex', q, true);
    const z = RegExpExec(agent, splitter, S);
    const e = z === null ? p : Math.min(ToLength(agent, splitter.Get(agent, 'lastIndex', splitter)), size);
    if (z === null || e === p) {
      q = AdvanceStringIndex(S, q, unicodeMatching);
      continue;
    }
    A.push(substringOf(agent, S, p, q));
    if (A.length === lim) return A;
    p = e;
    const numberOfCaptures = Math.max(LengthOfArrayLike(agent, z) - 1, 0);
    for (let i = 1; i <= numberOfCaptures; i++) {
      agent.chargeFuel(1);
      agent.chargeBytes(8);
      A.push(z.Get(agent, keyFromNumber(i), z));
      if (A.length === lim) return A;
    }
    q = p;
  }
  A.push(substringOf(agent, S, p, size));
  return A;
}

/**
 * The same for a fresh RegExp that nobody else can see. Fast path: a search finds the first position at which the
 * sticky matches, tried one after the other, would succeed; no user code runs.
 */
function splitByProgram(
  agent: Agent,
  splitter: RegExpObject,
  program: RegExpProgram,
  S: string,
  lim: number,
  unicodeMatching: boolean,
): Value[] {
  const A: Value[] = [];
  const size = S.length;
  let p = 0;
  let q = 0;
  while (q < size) {
    agent.chargeFuel(1);
    const match = matchProgram(agent, program, S, q, false);
    if (match === null || match.start >= size) break;
    updateLegacyStaticProperties(agent, splitter, S, q, false);
    const e = match.end;
    if (e === p) {
      q = AdvanceStringIndex(S, match.start, unicodeMatching);
      continue;
    }
    agent.chargeBytes(8);
    A.push(substringOf(agent, S, p, match.start));
    if (A.length === lim) return A;
    p = e;
    q = p;
    if (program.captureCount === 0) continue;
    for (const text of captureTexts(agent, match, 1)) {
      A.push(text);
      if (A.length === lim) return A;
    }
  }
  A.push(substringOf(agent, S, p, size));
  return A;
}

export const regexpSymbolMethodRows: readonly Row[] = [
  method(SYMBOL_MATCH, 1, RegExp_prototype_match),
  method(SYMBOL_MATCH_ALL, 1, RegExp_prototype_matchAll),
  workingMethod(SYMBOL_REPLACE, 2, RegExp_prototype_replace),
  method(SYMBOL_SEARCH, 1, RegExp_prototype_search),
  method(SYMBOL_SPLIT, 2, RegExp_prototype_split),
];
