// String Objects, https://tc39.es/ecma262/#sec-string-objects . Functions that take a regular expression only
// dispatch to its symbol-named methods. Case mapping and normalization are the host's: a guest string is a host string.
import { MAX_STRING_LENGTH } from '../eval/primitive.ts';
import type { Agent } from '../runtime/agent.ts';
import { Call1, Call2, IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import { SingleCall } from '../runtime/guest-work.ts';
import { appendToList, MAX_LIST_LENGTH } from '../runtime/list.ts';
import { collatable, normalize } from '../runtime/normalization-work.ts';
import { createArrayFrom } from '../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../runtime/objects/function.ts';
import { JSObject, type PendingWork } from '../runtime/objects/object.ts';
import { StringCreate, StringObject } from '../runtime/objects/primitive-wrappers.ts';
import { CreateIteratorResultObject } from '../runtime/operations/iterator-operations.ts';
import {
  GetMethod,
  GetPrototypeFromConstructor,
  getIndex,
  Invoke,
  LengthOfArrayLike,
} from '../runtime/operations/object-operations.ts';
import { IsRegExp, RequireObjectCoercible } from '../runtime/operations/testing-and-comparison.ts';
import {
  ToIntegerOrInfinity,
  ToLength,
  ToNumber,
  ToObject,
  ToString,
  ToUint16,
  ToUint32,
} from '../runtime/operations/type-conversion.ts';
import { rootShape, SHAPE_KIND_EXOTIC, SHAPE_KIND_ORDINARY, type Shape } from '../runtime/shape.ts';
import { StringBuilder } from '../runtime/string-builder.ts';
import { StringIndexOf, StringLastIndexOf } from '../runtime/string-search.ts';
import {
  chargeConcatenation,
  chargeReading,
  chargeScan,
  chargeString,
  ownText,
  substringOf,
} from '../runtime/string-work.ts';
import {
  SYMBOL_ITERATOR,
  SYMBOL_MATCH,
  SYMBOL_MATCH_ALL,
  SYMBOL_REPLACE,
  SYMBOL_SEARCH,
  SYMBOL_SPLIT,
  type Value,
} from '../runtime/value.ts';
import {
  alias,
  constructorSpec,
  functionSpec,
  type IntrinsicSpec,
  intrinsicValue,
  type MethodRow,
  method,
  objectSpec,
  toStringTag,
  workingMethod,
} from './define.ts';
import { isPlainBuiltin } from './iterable-walk.ts';
import { FunctionalReplacement, replaceAt } from './string-replace.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** `this` as a string: RequireObjectCoercible, then ToString. */
function thisString(agent: Agent, thisValue: Value, name: string): string {
  let S = thisValue;
  if (typeof S !== 'string') {
    RequireObjectCoercible(agent, thisValue, `String.prototype.${name}`);
    S = ToString(agent, thisValue);
  }
  chargeReading(agent, S.length);
  return S;
}

/** String ( value ) — https://tc39.es/ecma262/#sec-string-constructor-string-value */
function String_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...values: Value[]
): Value {
  const agent = callee.realm.agent;
  let s = '';
  if (values.length > 0) {
    const value = values[0];
    if (newTarget === undefined && typeof value === 'symbol') return value.toString();
    s = ToString(agent, value);
  }
  if (newTarget === undefined) return s;
  return StringCreate(agent, s, GetPrototypeFromConstructor(agent, newTarget, '%String.prototype%'));
}

/** String.fromCharCode ( ...codeUnits ) — https://tc39.es/ecma262/#sec-string.fromcharcode */
function String_fromCharCode(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  ...codeUnits: Value[]
): Value {
  const agent = callee.realm.agent;
  const result = new StringBuilder(agent);
  const units: number[] = [];
  for (const next of codeUnits) {
    units.push(ToUint16(agent, next));
    if (units.length === UNITS_AT_ONCE) result.append(String.fromCharCode(...units.splice(0)));
  }
  result.append(String.fromCharCode(...units));
  return result.finish();
}

/** Units or code points that the host makes a string of at a time. */
const UNITS_AT_ONCE = 1024;

/** String.fromCodePoint ( ...codePoints ) — https://tc39.es/ecma262/#sec-string.fromcodepoint */
function String_fromCodePoint(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  ...codePoints: Value[]
): Value {
  const agent = callee.realm.agent;
  const result = new StringBuilder(agent);
  const points: number[] = [];
  for (const next of codePoints) {
    const nextCP = ToNumber(agent, next);
    if (!Number.isInteger(nextCP) || nextCP < 0 || nextCP > 0x10ffff) {
      throwRangeError(agent, `Invalid code point ${describeForMessage(next)}`);
    }
    points.push(nextCP);
    if (points.length === UNITS_AT_ONCE) result.append(String.fromCodePoint(...points.splice(0)));
  }
  result.append(String.fromCodePoint(...points));
  return result.finish();
}

/** String.raw ( template, ...substitutions ) — https://tc39.es/ecma262/#sec-string.raw */
function String_raw(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  template: Value,
  ...substitutions: Value[]
): Value {
  const agent = callee.realm.agent;
  const cooked = ToObject(agent, template);
  const literals = ToObject(agent, cooked.Get(agent, 'raw', cooked));
  const literalCount = LengthOfArrayLike(agent, literals);
  const R = new StringBuilder(agent);
  for (let nextIndex = 0; nextIndex < literalCount; nextIndex++) {
    agent.chargeFuel(1);
    R.append(ToString(agent, getIndex(agent, literals, nextIndex)));
    if (nextIndex + 1 < literalCount && nextIndex < substitutions.length)
      R.append(ToString(agent, substitutions[nextIndex]));
  }
  return R.finish();
}

/** String.prototype.at ( index ) — https://tc39.es/ecma262/#sec-string.prototype.at */
function String_prototype_at(callee: Builtin, thisValue: Value, _newTarget: NewTarget, index: Value): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'at');
  const relativeIndex = ToIntegerOrInfinity(agent, index);
  const k = relativeIndex >= 0 ? relativeIndex : S.length + relativeIndex;
  return k < 0 || k >= S.length ? undefined : S[k];
}

/** String.prototype.charAt ( pos ) — https://tc39.es/ecma262/#sec-string.prototype.charat */
function String_prototype_charAt(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  pos: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'charAt');
  const position = ToIntegerOrInfinity(agent, pos);
  return position < 0 || position >= S.length ? '' : S[position];
}

/** String.prototype.charCodeAt ( pos ) — https://tc39.es/ecma262/#sec-string.prototype.charcodeat */
function String_prototype_charCodeAt(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  pos: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'charCodeAt');
  const position = ToIntegerOrInfinity(agent, pos);
  return position < 0 || position >= S.length ? Number.NaN : S.charCodeAt(position);
}

/** String.prototype.codePointAt ( pos ) — https://tc39.es/ecma262/#sec-string.prototype.codepointat */
function String_prototype_codePointAt(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  pos: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'codePointAt');
  const position = ToIntegerOrInfinity(agent, pos);
  return position < 0 || position >= S.length ? undefined : S.codePointAt(position);
}

/** String.prototype.concat ( ...args ) — https://tc39.es/ecma262/#sec-string.prototype.concat */
function String_prototype_concat(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  let R = thisString(agent, thisValue, 'concat');
  for (const next of args) {
    const nextString = ToString(agent, next);
    chargeConcatenation(agent, R.length, nextString.length);
    R += nextString;
  }
  return R;
}

function rejectRegExp(agent: Agent, argument: Value, name: string): void {
  if (IsRegExp(agent, argument)) {
    throwTypeError(agent, `First argument to String.prototype.${name} must not be a regular expression`);
  }
}

/** String.prototype.endsWith ( searchString [ , endPosition ] ) — https://tc39.es/ecma262/#sec-string.prototype.endswith */
function String_prototype_endsWith(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchString: Value,
  endPosition: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'endsWith');
  rejectRegExp(agent, searchString, 'endsWith');
  const searchStr = ToString(agent, searchString);
  const pos = endPosition === undefined ? S.length : ToIntegerOrInfinity(agent, endPosition);
  chargeScan(agent, searchStr.length);
  return S.endsWith(searchStr, Math.min(Math.max(pos, 0), S.length));
}

/** String.prototype.includes ( searchString [ , position ] ) — https://tc39.es/ecma262/#sec-string.prototype.includes */
function String_prototype_includes(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchString: Value,
  position: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'includes');
  rejectRegExp(agent, searchString, 'includes');
  const searchStr = ToString(agent, searchString);
  return StringIndexOf(agent, S, searchStr, ToIntegerOrInfinity(agent, position)) >= 0;
}

/** String.prototype.indexOf ( searchString [ , position ] ) — https://tc39.es/ecma262/#sec-string.prototype.indexof */
function String_prototype_indexOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchString: Value,
  position: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'indexOf');
  const searchStr = ToString(agent, searchString);
  return StringIndexOf(agent, S, searchStr, ToIntegerOrInfinity(agent, position));
}

/** String.prototype.isWellFormed ( ) — https://tc39.es/ecma262/#sec-string.prototype.iswellformed */
function String_prototype_isWellFormed(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const S = thisString(agent, thisValue, 'isWellFormed');
  agent.chargeFuel(S.length >> 6);
  return !LONE_SURROGATE.test(S);
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const LONE_SURROGATES = new RegExp(LONE_SURROGATE, 'g');

/** String.prototype.lastIndexOf ( searchString [ , position ] ) — https://tc39.es/ecma262/#sec-string.prototype.lastindexof */
function String_prototype_lastIndexOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchString: Value,
  position: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'lastIndexOf');
  const searchStr = ToString(agent, searchString);
  const numPos = ToNumber(agent, position);
  return StringLastIndexOf(
    agent,
    S,
    searchStr,
    Number.isNaN(numPos) ? Number.POSITIVE_INFINITY : Math.trunc(numPos),
  );
}

/** String.prototype.localeCompare ( that [ , reserved1 [ , reserved2 ] ] ) — https://tc39.es/ecma262/#sec-string.prototype.localecompare */
function String_prototype_localeCompare(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  that: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'localeCompare');
  const other = ToString(agent, that);
  return collatable(agent, S).localeCompare(collatable(agent, other), agent.hooks.locale);
}

/** The method of a regular expression argument, asked of objects only, as specified. */
function methodOf(agent: Agent, argument: Value, symbol: symbol): BuiltinFunction | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  return GetMethod(agent, argument, symbol) as BuiltinFunction | undefined;
}

/** RegExpCreate ( P, F ): %RegExp% called as constructor does the same — https://tc39.es/ecma262/#sec-regexpcreate */
function RegExpCreate(agent: Agent, P: Value, F: string): JSObject {
  const pattern = P === undefined ? '' : ToString(agent, P);
  const constructor = agent.realm.intrinsic('%RegExp%') as BuiltinFunction;
  return constructor.code(constructor, undefined, constructor, pattern, F) as JSObject;
}

/** String.prototype.match ( regexp ) — https://tc39.es/ecma262/#sec-string.prototype.match */
function String_prototype_match(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  regexp: Value,
): Value {
  const agent = callee.realm.agent;
  const O = RequireObjectCoercible(agent, thisValue, 'String.prototype.match');
  const matcher = methodOf(agent, regexp, SYMBOL_MATCH);
  if (matcher !== undefined) return Call1(agent, matcher, regexp, O);
  const S = ToString(agent, O);
  return Invoke(agent, RegExpCreate(agent, regexp, ''), SYMBOL_MATCH, [S]);
}

/** The check of matchAll and replaceAll: a regular expression must be global. */
function requireGlobal(agent: Agent, regexp: Value, name: string): void {
  if (!IsRegExp(agent, regexp)) return;
  const flags = regexp.Get(agent, 'flags', regexp);
  RequireObjectCoercible(agent, flags, `String.prototype.${name}`);
  if (!ToString(agent, flags).includes('g')) {
    throwTypeError(agent, `String.prototype.${name} called with a non-global RegExp argument`);
  }
}

/** String.prototype.matchAll ( regexp ) — https://tc39.es/ecma262/#sec-string.prototype.matchall */
function String_prototype_matchAll(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  regexp: Value,
): Value {
  const agent = callee.realm.agent;
  const O = RequireObjectCoercible(agent, thisValue, 'String.prototype.matchAll');
  if (typeof regexp === 'object' && regexp !== null) {
    requireGlobal(agent, regexp, 'matchAll');
    const matcher = GetMethod(agent, regexp, SYMBOL_MATCH_ALL);
    if (matcher !== undefined) return Call1(agent, matcher, regexp, O);
  }
  const S = ToString(agent, O);
  return Invoke(agent, RegExpCreate(agent, regexp, 'g'), SYMBOL_MATCH_ALL, [S]);
}

/** String.prototype.normalize ( [ form ] ) — https://tc39.es/ecma262/#sec-string.prototype.normalize */
function String_prototype_normalize(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  form: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'normalize');
  const f = form === undefined ? 'NFC' : ToString(agent, form);
  if (f !== 'NFC' && f !== 'NFD' && f !== 'NFKC' && f !== 'NFKD') {
    throwRangeError(
      agent,
      `The normalization form should be one of NFC, NFD, NFKC, NFKD: ${describeForMessage(f)}`,
    );
  }
  // Compatibility decomposition makes at most 18 code units of one.
  if (S.length > MAX_STRING_LENGTH / 18) throwRangeError(agent, 'Invalid string length');
  const result = normalize(agent, S, f);
  chargeString(agent, result.length);
  return result;
}

/** StringPad ( S, maxLength, fillString, placement ) — https://tc39.es/ecma262/#sec-stringpad */
function StringPaddingBuiltinsImpl(
  agent: Agent,
  S: string,
  maxLength: Value,
  fillString: Value,
  placement: 'start' | 'end',
): string {
  const intMaxLength = ToLength(agent, maxLength);
  if (intMaxLength <= S.length) return S;
  const fill = fillString === undefined ? ' ' : ToString(agent, fillString);
  if (fill === '') return S;
  chargeString(agent, intMaxLength);
  return placement === 'start' ? S.padStart(intMaxLength, fill) : S.padEnd(intMaxLength, fill);
}

/** String.prototype.padEnd ( maxLength [ , fillString ] ) — https://tc39.es/ecma262/#sec-string.prototype.padend */
function String_prototype_padEnd(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  maxLength: Value,
  fillString: Value,
): Value {
  const agent = callee.realm.agent;
  return StringPaddingBuiltinsImpl(
    agent,
    thisString(agent, thisValue, 'padEnd'),
    maxLength,
    fillString,
    'end',
  );
}

/** String.prototype.padStart ( maxLength [ , fillString ] ) — https://tc39.es/ecma262/#sec-string.prototype.padstart */
function String_prototype_padStart(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  maxLength: Value,
  fillString: Value,
): Value {
  const agent = callee.realm.agent;
  return StringPaddingBuiltinsImpl(
    agent,
    thisString(agent, thisValue, 'padStart'),
    maxLength,
    fillString,
    'start',
  );
}

/** String.prototype.repeat ( count ) — https://tc39.es/ecma262/#sec-string.prototype.repeat */
function String_prototype_repeat(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  count: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'repeat');
  const n = ToIntegerOrInfinity(agent, count);
  if (n < 0 || n === Number.POSITIVE_INFINITY) throwRangeError(agent, `Invalid count value: ${n}`);
  if (S === '' || n === 0) return '';
  chargeString(agent, S.length * n);
  return S.repeat(n);
}

/** String.prototype.replace ( searchValue, replaceValue ) — https://tc39.es/ecma262/#sec-string.prototype.replace */
function String_prototype_replace(
  callee: Builtin,
  thisValue: Value,
  [searchValue, replaceValue]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = RequireObjectCoercible(agent, thisValue, 'String.prototype.replace');
  const replacer = methodOf(agent, searchValue, SYMBOL_REPLACE);
  if (replacer !== undefined) return replaceWith(agent, replacer, searchValue, O, replaceValue);
  const string = ToString(agent, O);
  const searchString = ToString(agent, searchValue);
  const replacement = IsCallable(replaceValue) ? replaceValue : ToString(agent, replaceValue);
  const position = StringIndexOf(agent, string, searchString, 0);
  return replacing(agent, string, searchString, position < 0 ? [] : [position], replacement);
}

/** The call of a method that replaces. */
function replaceWith(
  agent: Agent,
  replacer: FunctionObject,
  searchValue: Value,
  O: Value,
  replaceValue: Value,
): PendingWork {
  // That of regular expressions calls nothing but a function that it is given.
  if (isPlainBuiltin(replacer) || (replacer.special?.work !== undefined && !IsCallable(replaceValue)))
    return { work: null, result: Call2(agent, replacer, searchValue, O, replaceValue) };
  return new SingleCall(replacer, searchValue, [O, replaceValue]);
}

function replacing(
  agent: Agent,
  string: string,
  searchString: string,
  positions: readonly number[],
  replacement: string | FunctionObject,
): PendingWork {
  if (positions.length === 0) return { work: null, result: string };
  return typeof replacement === 'string'
    ? { work: null, result: replaceAt(agent, string, searchString, positions, replacement) }
    : new FunctionalReplacement(agent, string, searchString, positions, replacement);
}

/** String.prototype.replaceAll ( searchValue, replaceValue ) — https://tc39.es/ecma262/#sec-string.prototype.replaceall */
function String_prototype_replaceAll(
  callee: Builtin,
  thisValue: Value,
  [searchValue, replaceValue]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = RequireObjectCoercible(agent, thisValue, 'String.prototype.replaceAll');
  if (typeof searchValue === 'object' && searchValue !== null) {
    requireGlobal(agent, searchValue, 'replaceAll');
    const replacer = GetMethod(agent, searchValue, SYMBOL_REPLACE);
    if (replacer !== undefined) return replaceWith(agent, replacer, searchValue, O, replaceValue);
  }
  const string = ToString(agent, O);
  const searchString = ToString(agent, searchValue);
  const replacement = IsCallable(replaceValue) ? replaceValue : ToString(agent, replaceValue);
  return replacing(agent, string, searchString, positionsOf(agent, string, searchString), replacement);
}

/** Where `searchString` occurs without overlap. */
function positionsOf(agent: Agent, string: string, searchString: string): number[] {
  const advanceBy = Math.max(1, searchString.length);
  const positions: number[] = [];
  for (
    let p = StringIndexOf(agent, string, searchString, 0);
    p >= 0;
    p = p + advanceBy > string.length ? -1 : StringIndexOf(agent, string, searchString, p + advanceBy)
  ) {
    agent.chargeFuel(1);
    appendToList(agent, positions, p);
  }
  return positions;
}

/** String.prototype.search ( regexp ) — https://tc39.es/ecma262/#sec-string.prototype.search */
function String_prototype_search(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  regexp: Value,
): Value {
  const agent = callee.realm.agent;
  const O = RequireObjectCoercible(agent, thisValue, 'String.prototype.search');
  const searcher = methodOf(agent, regexp, SYMBOL_SEARCH);
  if (searcher !== undefined) return Call1(agent, searcher, regexp, O);
  const string = ToString(agent, O);
  return Invoke(agent, RegExpCreate(agent, regexp, ''), SYMBOL_SEARCH, [string]);
}

function clampedIndex(agent: Agent, argument: Value, len: number): number {
  const relative = ToIntegerOrInfinity(agent, argument);
  return relative < 0 ? Math.max(len + relative, 0) : Math.min(relative, len);
}

/** String.prototype.slice ( start, end ) — https://tc39.es/ecma262/#sec-string.prototype.slice */
function String_prototype_slice(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'slice');
  const from = clampedIndex(agent, start, S.length);
  const to = end === undefined ? S.length : clampedIndex(agent, end, S.length);
  return from >= to ? '' : substringOf(agent, S, from, to);
}

/** String.prototype.split ( separator, limit ) — https://tc39.es/ecma262/#sec-string.prototype.split */
function String_prototype_split(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  separator: Value,
  limit: Value,
): Value {
  const agent = callee.realm.agent;
  const O = RequireObjectCoercible(agent, thisValue, 'String.prototype.split');
  const splitter = methodOf(agent, separator, SYMBOL_SPLIT);
  if (splitter !== undefined) return Call2(agent, splitter, separator, O, limit);
  const S = ToString(agent, O);
  const lim = limit === undefined ? 0xffffffff : ToUint32(agent, limit);
  const R = ToString(agent, separator);
  if (lim === 0) return createArrayFrom(agent, []);
  if (separator === undefined) return createArrayFrom(agent, [S]);
  chargeReading(agent, S.length);
  if (R === '') {
    const count = Math.min(S.length, lim);
    if (count > MAX_LIST_LENGTH) throwRangeError(agent, 'Invalid array length');
    agent.chargeFuel(count >> 4);
    agent.chargeBytes(count * 8);
    return createArrayFrom(agent, S.split('', lim));
  }
  const substrings: Value[] = [];
  let i = 0;
  for (let j = StringIndexOf(agent, S, R, 0); j >= 0; j = StringIndexOf(agent, S, R, i)) {
    agent.chargeFuel(1);
    appendToList(agent, substrings, substringOf(agent, S, i, j));
    if (substrings.length >= lim) return createArrayFrom(agent, substrings);
    i = j + R.length;
  }
  substrings.push(substringOf(agent, S, i, S.length));
  return createArrayFrom(agent, substrings);
}

/** String.prototype.startsWith ( searchString [ , position ] ) — https://tc39.es/ecma262/#sec-string.prototype.startswith */
function String_prototype_startsWith(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchString: Value,
  position: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'startsWith');
  rejectRegExp(agent, searchString, 'startsWith');
  const searchStr = ToString(agent, searchString);
  const start = ToIntegerOrInfinity(agent, position);
  chargeScan(agent, searchStr.length);
  return S.startsWith(searchStr, start);
}

/** String.prototype.substring ( start, end ) — https://tc39.es/ecma262/#sec-string.prototype.substring */
function String_prototype_substring(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'substring');
  const intStart = ToIntegerOrInfinity(agent, start);
  const intEnd = end === undefined ? S.length : ToIntegerOrInfinity(agent, end);
  return ownText(agent, S, S.substring(intStart, intEnd));
}

/** String.prototype.substr ( start, length ) — https://tc39.es/ecma262/#sec-string.prototype.substr */
function String_prototype_substr(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  length: Value,
): Value {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, 'substr');
  const from = clampedIndex(agent, start, S.length);
  const intLength = length === undefined ? S.length : ToIntegerOrInfinity(agent, length);
  return substringOf(agent, S, from, Math.min(from + Math.max(intLength, 0), S.length));
}

/** String.prototype.toLocaleLowerCase ( [ reserved1 [ , reserved2 ] ] ) — https://tc39.es/ecma262/#sec-string.prototype.tolocalelowercase */
function String_prototype_toLocaleLowerCase(callee: Builtin, thisValue: Value): Value {
  return changeCase(callee, thisValue, 'toLocaleLowerCase', 'lower');
}

/** String.prototype.toLocaleUpperCase ( [ reserved1 [ , reserved2 ] ] ) — https://tc39.es/ecma262/#sec-string.prototype.tolocaleuppercase */
function String_prototype_toLocaleUpperCase(callee: Builtin, thisValue: Value): Value {
  return changeCase(callee, thisValue, 'toLocaleUpperCase', 'upper');
}

/** String.prototype.toLowerCase ( ) — https://tc39.es/ecma262/#sec-string.prototype.tolowercase */
function String_prototype_toLowerCase(callee: Builtin, thisValue: Value): Value {
  return changeCase(callee, thisValue, 'toLowerCase', 'lower');
}

/** String.prototype.toUpperCase ( ) — https://tc39.es/ecma262/#sec-string.prototype.touppercase */
function String_prototype_toUpperCase(callee: Builtin, thisValue: Value): Value {
  return changeCase(callee, thisValue, 'toUpperCase', 'upper');
}

function changeCase(callee: Builtin, thisValue: Value, name: string, to: 'lower' | 'upper'): string {
  const agent = callee.realm.agent;
  const S = thisString(agent, thisValue, name);
  chargeString(agent, S.length);
  agent.chargeFuel(S.length >> 5);
  // One code unit becomes at most three.
  if (S.length <= MAX_STRING_LENGTH / 3) return to === 'lower' ? S.toLowerCase() : S.toUpperCase();
  try {
    return to === 'lower' ? S.toLowerCase() : S.toUpperCase();
  } catch (error) {
    if (error instanceof RangeError) throwRangeError(agent, 'Invalid string length');
    throw error;
  }
}

/** ThisStringValue ( value ) — https://tc39.es/ecma262/#sec-thisstringvalue */
function ThisStringValue(agent: Agent, value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof StringObject) return value.stringData;
  return throwTypeError(agent, 'String.prototype method called on a value that is not a String');
}

/** String.prototype.toString ( ) — https://tc39.es/ecma262/#sec-string.prototype.tostring */
function String_prototype_toString(callee: Builtin, thisValue: Value): Value {
  return ThisStringValue(callee.realm.agent, thisValue);
}

/** String.prototype.valueOf ( ) — https://tc39.es/ecma262/#sec-string.prototype.valueof */
function String_prototype_valueOf(callee: Builtin, thisValue: Value): Value {
  return ThisStringValue(callee.realm.agent, thisValue);
}

/** String.prototype.toWellFormed ( ) — https://tc39.es/ecma262/#sec-string.prototype.towellformed */
function String_prototype_toWellFormed(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const S = thisString(agent, thisValue, 'toWellFormed');
  chargeString(agent, S.length * 2);
  agent.chargeFuel(S.length >> 4);
  return S.replace(LONE_SURROGATES, '\ufffd');
}

/** `this` without the white space that `trim` takes away. */
function trimmed(callee: Builtin, thisValue: Value, name: string, trim: (S: string) => string): string {
  const { agent } = callee.realm;
  const S = thisString(agent, thisValue, name);
  agent.chargeFuel(S.length >> 8);
  return ownText(agent, S, trim(S));
}

/** String.prototype.trim ( ) — https://tc39.es/ecma262/#sec-string.prototype.trim */
function String_prototype_trim(callee: Builtin, thisValue: Value): Value {
  return trimmed(callee, thisValue, 'trim', (S) => S.trim());
}

/** String.prototype.trimEnd ( ) — https://tc39.es/ecma262/#sec-string.prototype.trimend */
function String_prototype_trimEnd(callee: Builtin, thisValue: Value): Value {
  return trimmed(callee, thisValue, 'trimEnd', (S) => S.trimEnd());
}

/** String.prototype.trimStart ( ) — https://tc39.es/ecma262/#sec-string.prototype.trimstart */
function String_prototype_trimStart(callee: Builtin, thisValue: Value): Value {
  return trimmed(callee, thisValue, 'trimStart', (S) => S.trimStart());
}

/** CreateHTML ( string, tag, attribute, value ) — https://tc39.es/ecma262/#sec-createhtml */
function htmlMethod(name: string, tag: string, attribute: string): MethodRow {
  return method(
    name,
    attribute === '' ? 0 : 1,
    (callee: Builtin, thisValue: Value, _newTarget: NewTarget, value: Value): Value => {
      const agent = callee.realm.agent;
      const S = thisString(agent, thisValue, name);
      const html = new StringBuilder(agent);
      html.append(`<${tag}`);
      if (attribute !== '') {
        const V = ToString(agent, value);
        html.append(` ${attribute}="`);
        html.append(replaceAt(agent, V, '"', positionsOf(agent, V, '"'), '&quot;'));
        html.append('"');
      }
      html.append('>');
      html.append(S);
      html.append(`</${tag}>`);
      return html.finish();
    },
  );
}

/** String Iterator Objects — https://tc39.es/ecma262/#sec-string-iterator-objects */
export class StringIteratorObject extends JSObject {
  readonly string: string;
  /** In code units; -1 when exhausted. */
  position: number;
  constructor(shape: Shape, string: string) {
    super(shape);
    this.string = string;
    this.position = 0;
  }
  override className(): string {
    return 'String Iterator';
  }
}

/** String.prototype [ %Symbol.iterator% ] ( ) — https://tc39.es/ecma262/#sec-string.prototype-%symbol.iterator% */
function String_prototype_iterator(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const s = thisString(agent, thisValue, '[Symbol.iterator]');
  agent.chargeBytes(104);
  return new StringIteratorObject(
    rootShape(agent, agent.realm.intrinsic('%StringIteratorPrototype%'), SHAPE_KIND_ORDINARY),
    s,
  );
}

/** %StringIteratorPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%stringiteratorprototype%.next */
function StringIteratorPrototype_next(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (!(thisValue instanceof StringIteratorObject)) {
    throwTypeError(agent, `next method called on incompatible receiver ${describeForMessage(thisValue)}`);
  }
  const { string, position } = thisValue;
  if (position < 0 || position >= string.length) {
    thisValue.position = -1;
    return CreateIteratorResultObject(agent, undefined, true);
  }
  const cp = string.codePointAt(position) as number;
  const end = position + (cp > 0xffff ? 2 : 1);
  thisValue.position = end;
  return CreateIteratorResultObject(agent, string.slice(position, end), false);
}

export const stringIntrinsics: readonly IntrinsicSpec[] = [
  functionSpec('%String.prototype.trimEnd%', 'trimEnd', 0, String_prototype_trimEnd),
  functionSpec('%String.prototype.trimStart%', 'trimStart', 0, String_prototype_trimStart),
  constructorSpec('%String%', 'String', {
    length: 1,
    code: String_constructor,
    prototype: '%String.prototype%',
    rows: [
      method('fromCharCode', 1, String_fromCharCode),
      method('fromCodePoint', 1, String_fromCodePoint),
      method('raw', 1, String_raw),
    ],
  }),
  objectSpec('%String.prototype%', {
    constructorName: '%String%',
    kind: SHAPE_KIND_EXOTIC,
    make: (_realm, shape) => new StringObject(shape, ''),
    rows: [
      method('at', 1, String_prototype_at),
      method('charAt', 1, String_prototype_charAt),
      method('charCodeAt', 1, String_prototype_charCodeAt),
      method('codePointAt', 1, String_prototype_codePointAt),
      method('concat', 1, String_prototype_concat),
      method('endsWith', 1, String_prototype_endsWith),
      method('includes', 1, String_prototype_includes),
      method('indexOf', 1, String_prototype_indexOf),
      method('isWellFormed', 0, String_prototype_isWellFormed),
      method('lastIndexOf', 1, String_prototype_lastIndexOf),
      method('localeCompare', 1, String_prototype_localeCompare),
      method('match', 1, String_prototype_match),
      method('matchAll', 1, String_prototype_matchAll),
      method('normalize', 0, String_prototype_normalize),
      method('padEnd', 1, String_prototype_padEnd),
      method('padStart', 1, String_prototype_padStart),
      method('repeat', 1, String_prototype_repeat),
      workingMethod('replace', 2, String_prototype_replace),
      workingMethod('replaceAll', 2, String_prototype_replaceAll),
      method('search', 1, String_prototype_search),
      method('slice', 2, String_prototype_slice),
      method('split', 2, String_prototype_split),
      method('startsWith', 1, String_prototype_startsWith),
      method('substr', 2, String_prototype_substr),
      method('substring', 2, String_prototype_substring),
      method('toLocaleLowerCase', 0, String_prototype_toLocaleLowerCase),
      method('toLocaleUpperCase', 0, String_prototype_toLocaleUpperCase),
      method('toLowerCase', 0, String_prototype_toLowerCase),
      method('toString', 0, String_prototype_toString),
      method('toUpperCase', 0, String_prototype_toUpperCase),
      method('toWellFormed', 0, String_prototype_toWellFormed),
      method('trim', 0, String_prototype_trim),
      intrinsicValue('trimEnd', '%String.prototype.trimEnd%'),
      intrinsicValue('trimStart', '%String.prototype.trimStart%'),
      alias('trimLeft', 'trimStart'),
      alias('trimRight', 'trimEnd'),
      method('valueOf', 0, String_prototype_valueOf),
      htmlMethod('anchor', 'a', 'name'),
      htmlMethod('big', 'big', ''),
      htmlMethod('blink', 'blink', ''),
      htmlMethod('bold', 'b', ''),
      htmlMethod('fixed', 'tt', ''),
      htmlMethod('fontcolor', 'font', 'color'),
      htmlMethod('fontsize', 'font', 'size'),
      htmlMethod('italics', 'i', ''),
      htmlMethod('link', 'a', 'href'),
      htmlMethod('small', 'small', ''),
      htmlMethod('strike', 'strike', ''),
      htmlMethod('sub', 'sub', ''),
      htmlMethod('sup', 'sup', ''),
      method(SYMBOL_ITERATOR, 0, String_prototype_iterator),
    ],
  }),
  objectSpec('%StringIteratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [method('next', 0, StringIteratorPrototype_next), toStringTag('String Iterator')],
  }),
];
