// RegExp.$1 and kin, of the legacy RegExp features proposal (https://github.com/tc39/proposal-regexp-legacy-features).
// The internal slots of %RegExp% are fields of an intrinsic of their own, which no guest code can reach; it keeps the
// last search and repeats it when asked for what it found.
import { MatchResult } from '../../regexp/match-result.ts';
import type { RegExpProgram } from '../../regexp/matcher.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import type { RegExpObject } from '../../runtime/objects/regexp.ts';
import { ToString } from '../../runtime/operations/type-conversion.ts';
import type { Realm } from '../../runtime/realm.ts';
import { ownText, substringOf } from '../../runtime/string-work.ts';
import type { Value } from '../../runtime/value.ts';
import { accessor, getter, type IntrinsicSpec, objectSpec, type Row } from '../define.ts';
import { matchingStateOf, matchProgram } from './initialize.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

class LegacyStaticProperties extends JSObject {
  /** [[RegExpInput]] where a program has set it since the last match; null: it is `subject`. */
  input: string | null = null;
  /** The last search that found something; null where there has been none, or none with legacy features. */
  program: RegExpProgram | null = null;
  subject = '';
  lastIndex = 0;
  sticky = false;
  /** False when the last match came from an object without legacy features: all slots are then empty. */
  isValid = true;
}

function propertiesOf(realm: Realm): LegacyStaticProperties {
  const state = matchingStateOf(realm.agent);
  if (state.legacyRealm !== realm) {
    state.legacyRealm = realm;
    state.legacyProperties = realm.intrinsic('%RegExpLegacyStaticProperties%');
  }
  return state.legacyProperties as LegacyStaticProperties;
}

/**
 * What RegExpBuiltinExec adds after a match: UpdateLegacyRegExpStaticProperties or its invalidation. The search is
 * kept, not what it found.
 */
export function updateLegacyStaticProperties(
  agent: Agent,
  R: RegExpObject,
  S: string,
  lastIndex: number,
  sticky: boolean,
): void {
  const { realm } = agent;
  if (R.constructionRealm !== realm) return;
  const state = matchingStateOf(agent);
  const known = state.legacyRealm === realm ? (state.legacyProperties as LegacyStaticProperties) : null;
  const properties = known ?? propertiesOf(realm);
  const isValid = R.legacyFeaturesEnabled;
  properties.isValid = isValid;
  properties.input = null;
  properties.subject = isValid ? S : '';
  properties.program = isValid ? (R.matcher as RegExpProgram) : null;
  properties.lastIndex = lastIndex;
  properties.sticky = sticky;
}

/** Repeats the last search. */
function lastMatch(
  agent: Agent,
  { program, subject, lastIndex, sticky }: LegacyStaticProperties,
): MatchResult {
  const match = program === null ? null : matchProgram(agent, program, subject, lastIndex, sticky);
  return match ?? new MatchResult();
}

/** The checks of GetLegacyRegExpStaticProperty and SetLegacyRegExpStaticProperty on the receiver. */
function thisConstructor(callee: Builtin, thisValue: Value): LegacyStaticProperties {
  if (thisValue !== callee.realm.intrinsic('%RegExp%')) {
    throwTypeError(
      callee.realm.agent,
      'Legacy RegExp static property accessed on a receiver that is not %RegExp%',
    );
  }
  return propertiesOf(callee.realm);
}

/** GetLegacyRegExpStaticProperty ( C, thisValue, internalSlotName ): the properties, if they are not empty. */
function readable(callee: Builtin, thisValue: Value): LegacyStaticProperties {
  const properties = thisConstructor(callee, thisValue);
  if (!properties.isValid) {
    throwTypeError(
      callee.realm.agent,
      'Legacy RegExp static properties are not available after the last match',
    );
  }
  return properties;
}

/** get RegExp.input — https://github.com/tc39/proposal-regexp-legacy-features#regexpinput */
function get_RegExp_input(callee: Builtin, thisValue: Value): Value {
  const properties = readable(callee, thisValue);
  return properties.input ?? properties.subject;
}

/** set RegExp.input — https://github.com/tc39/proposal-regexp-legacy-features#regexpinput */
function set_RegExp_input(callee: Builtin, thisValue: Value, _newTarget: NewTarget, val: Value): Value {
  const properties = thisConstructor(callee, thisValue);
  properties.input = ToString(callee.realm.agent, val);
  return undefined;
}

/** get RegExp.lastMatch — https://github.com/tc39/proposal-regexp-legacy-features#regexplastmatch */
function get_RegExp_lastMatch(callee: Builtin, thisValue: Value): Value {
  return captureText(callee, readable(callee, thisValue), 0);
}

/** get RegExp.lastParen — https://github.com/tc39/proposal-regexp-legacy-features#regexplastparen */
function get_RegExp_lastParen(callee: Builtin, thisValue: Value): Value {
  const properties = readable(callee, thisValue);
  const last = properties.program === null ? 0 : properties.program.captureCount;
  return last === 0 ? '' : captureText(callee, properties, last);
}

/** get RegExp.leftContext — https://github.com/tc39/proposal-regexp-legacy-features#regexpleftcontext */
function get_RegExp_leftContext(callee: Builtin, thisValue: Value): Value {
  const properties = readable(callee, thisValue);
  const { agent } = callee.realm;
  return substringOf(agent, properties.subject, 0, lastMatch(agent, properties).start);
}

/** get RegExp.rightContext — https://github.com/tc39/proposal-regexp-legacy-features#regexprightcontext */
function get_RegExp_rightContext(callee: Builtin, thisValue: Value): Value {
  const properties = readable(callee, thisValue);
  const { agent } = callee.realm;
  const { subject } = properties;
  return substringOf(agent, subject, lastMatch(agent, properties).end, subject.length);
}

/** The text of a capture; '' if it is unset or there is none of that number. */
function captureText(callee: Builtin, properties: LegacyStaticProperties, index: number): string {
  if (properties.program === null || index > properties.program.captureCount) return '';
  const { agent } = callee.realm;
  return ownText(agent, properties.subject, lastMatch(agent, properties).text(index) ?? '');
}

/** get RegExp.$1 to RegExp.$9 — https://github.com/tc39/proposal-regexp-legacy-features#regexp1-regexp9 */
function parenRow(index: number): Row {
  return getter(
    `$${index}`,
    (callee: Builtin, thisValue: Value): Value => captureText(callee, readable(callee, thisValue), index),
  );
}

export const legacyStaticPropertyRows: readonly Row[] = [
  accessor('input', get_RegExp_input, set_RegExp_input),
  accessor('$_', get_RegExp_input, set_RegExp_input),
  getter('lastMatch', get_RegExp_lastMatch),
  getter('$&', get_RegExp_lastMatch),
  getter('lastParen', get_RegExp_lastParen),
  getter('$+', get_RegExp_lastParen),
  getter('leftContext', get_RegExp_leftContext),
  getter('$`', get_RegExp_leftContext),
  getter('rightContext', get_RegExp_rightContext),
  getter("$'", get_RegExp_rightContext),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(parenRow),
];

export const legacyStaticPropertyIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%RegExpLegacyStaticProperties%', {
    parent: null,
    rows: [],
    make: (_realm, shape) => new LegacyStaticProperties(shape),
  }),
];
