// The JSON Object, https://tc39.es/ecma262/#sec-json-object : parse with source text access, rawJSON, stringify.
// Both directions charge depth for nesting and fuel for length; neither recurses without a bound.
import { MAX_STRING_LENGTH } from '../eval/primitive.ts';
import type { Agent } from '../runtime/agent.ts';
import { Call, Call1, Call2, IsCallable } from '../runtime/call.ts';
import { throwRangeError, throwSyntaxError, throwTypeError } from '../runtime/errors.ts';
import { appendToList } from '../runtime/list.ts';
import type { BuiltinFunction, FunctionObject } from '../runtime/objects/function.ts';
import { JSObject, OrdinaryObjectCreate } from '../runtime/objects/object.ts';
import {
  BigIntObject,
  BooleanObject,
  NumberObject,
  StringObject,
} from '../runtime/objects/primitive-wrappers.ts';
import {
  CreateDataProperty,
  CreateDataPropertyOrThrow,
  EnumerableOwnProperties,
  GetV,
  getIndex,
  LengthOfArrayLike,
  SetIntegrityLevel,
} from '../runtime/operations/object-operations.ts';
import { IsArray } from '../runtime/operations/testing-and-comparison.ts';
import { ToIntegerOrInfinity, ToNumber, ToString } from '../runtime/operations/type-conversion.ts';
import { keyFromNumber, keyFromString, keyToValue, type PropertyKey } from '../runtime/property-key.ts';
import { SameValue } from '../runtime/same-value.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../runtime/shape.ts';
import { checkStringLength } from '../runtime/string-work.ts';
import type { Value } from '../runtime/value.ts';
import { type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';
import { type JSONParseRecord, JSONParser } from './json-parser.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Units of depth of a level of nesting. */
const LEVEL_DEPTH = 2;

/** An object made by JSON.rawJSON: the [[IsRawJSON]] brand. */
export class RawJSONObject extends JSObject {}

/** JSON.parse ( text [ , reviver ] ) — https://tc39.es/ecma262/#sec-json.parse */
function JSON_parse(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  text: Value,
  reviver: Value,
): Value {
  const agent = callee.realm.agent;
  const jsonString = ToString(agent, text);
  const withReviver = IsCallable(reviver);
  const parser = new JSONParser(agent, jsonString, withReviver);
  const unfiltered = parser.parse();
  if (!withReviver) return unfiltered;
  const root = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, root, '', unfiltered);
  return InternalizeJSONProperty(agent, root, '', reviver, parser.record);
}

/** InternalizeJSONProperty — https://tc39.es/ecma262/#sec-internalizejsonproperty , with source text of primitives. */
function InternalizeJSONProperty(
  agent: Agent,
  holder: JSObject,
  name: PropertyKey,
  reviver: FunctionObject,
  parseRecord: JSONParseRecord | null,
): Value {
  agent.chargeFuel(1);
  const val = holder.Get(agent, name, holder);
  const context = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  let snapshot: JSONParseRecord | null = null;
  if (parseRecord !== null && SameValue(parseRecord.value, val)) {
    snapshot = parseRecord;
    if (typeof val !== 'object' || val === null)
      CreateDataPropertyOrThrow(agent, context, 'source', parseRecord.source);
  }
  if (typeof val === 'object' && val !== null) {
    agent.enter(LEVEL_DEPTH);
    try {
      if (IsArray(agent, val)) {
        const elements = snapshot === null ? null : snapshot.elements;
        const len = LengthOfArrayLike(agent, val);
        for (let I = 0; I < len; I++) {
          const record = elements !== null && I < elements.length ? elements[I] : null;
          internalizeElement(agent, val, keyFromNumber(I), reviver, record);
        }
      } else {
        const entries = snapshot === null ? null : snapshot.entries;
        for (const P of EnumerableOwnProperties(agent, val, 'key')) {
          const key = keyFromString(P as string);
          internalizeElement(agent, val, key, reviver, entries?.get(key) ?? null);
        }
      }
    } finally {
      agent.depth -= LEVEL_DEPTH;
    }
  }
  return Call(agent, reviver, holder, [keyToValue(name), val, context]);
}

function internalizeElement(
  agent: Agent,
  val: JSObject,
  key: PropertyKey,
  reviver: FunctionObject,
  record: JSONParseRecord | null,
): void {
  const newElement = InternalizeJSONProperty(agent, val, key, reviver, record);
  if (newElement === undefined) val.Delete(agent, key);
  else CreateDataProperty(agent, val, key, newElement);
}

/** JSON.rawJSON ( text ) — https://tc39.es/ecma262/#sec-json.rawjson */
function JSON_rawJSON(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, text: Value): Value {
  const agent = callee.realm.agent;
  const jsonString = ToString(agent, text);
  const first = jsonString.charCodeAt(0);
  const last = jsonString.charCodeAt(jsonString.length - 1);
  if (jsonString === '' || isJSONSpace(first) || isJSONSpace(last)) {
    throwSyntaxError(agent, 'JSON.rawJSON text must not be empty or have white space at its ends');
  }
  if (first === 0x7b || first === 0x5b)
    throwSyntaxError(agent, 'JSON.rawJSON text must be a primitive, not an object or array');
  new JSONParser(agent, jsonString, false).parse();
  agent.chargeBytes(88);
  const obj = new RawJSONObject(rootShape(agent, null, SHAPE_KIND_ORDINARY));
  CreateDataPropertyOrThrow(agent, obj, 'rawJSON', jsonString);
  SetIntegrityLevel(agent, obj, 'frozen');
  return obj;
}

function isJSONSpace(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d;
}

/** JSON.isRawJSON ( O ) — https://tc39.es/ecma262/#sec-json.israwjson */
function JSON_isRawJSON(_callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  return O instanceof RawJSONObject;
}

/** JSON Serialization Record — https://tc39.es/ecma262/#sec-json-serialization-record */
interface SerializationState {
  readonly replacerFunction: FunctionObject | undefined;
  readonly propertyList: PropertyKey[] | undefined;
  readonly gap: string;
  readonly stack: Set<JSObject>;
  indent: string;
}

/** JSON.stringify ( value [ , replacer [ , space ] ] ) — https://tc39.es/ecma262/#sec-json.stringify */
function JSON_stringify(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
  replacer: Value,
  space: Value,
): Value {
  const agent = callee.realm.agent;
  let propertyList: PropertyKey[] | undefined;
  let replacerFunction: FunctionObject | undefined;
  if (IsCallable(replacer)) replacerFunction = replacer;
  else if (typeof replacer === 'object' && replacer !== null && IsArray(agent, replacer)) {
    propertyList = propertyListOf(agent, replacer);
  }
  const state: SerializationState = {
    replacerFunction,
    propertyList,
    gap: gapOf(agent, space),
    stack: new Set(),
    indent: '',
  };
  const wrapper = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, wrapper, '', value);
  return SerializeJSONProperty(agent, state, '', wrapper);
}

function propertyListOf(agent: Agent, replacer: JSObject): PropertyKey[] {
  const list = new Set<PropertyKey>();
  const len = LengthOfArrayLike(agent, replacer);
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    agent.chargeBytes(32);
    const v = getIndex(agent, replacer, k);
    if (typeof v === 'string') list.add(keyFromString(v));
    else if (typeof v === 'number') list.add(keyFromNumber(v));
    else if (v instanceof NumberObject || v instanceof StringObject)
      list.add(keyFromString(ToString(agent, v)));
  }
  return [...list];
}

function gapOf(agent: Agent, spaceArgument: Value): string {
  let space = spaceArgument;
  if (space instanceof NumberObject) space = ToNumber(agent, space);
  else if (space instanceof StringObject) space = ToString(agent, space);
  if (typeof space === 'number')
    return ' '.repeat(Math.max(0, Math.min(10, ToIntegerOrInfinity(agent, space))));
  return typeof space === 'string' ? space.slice(0, 10) : '';
}

/** SerializeJSONProperty ( state, key, holder ): undefined if there is nothing to write — https://tc39.es/ecma262/#sec-serializejsonproperty */
function SerializeJSONProperty(
  agent: Agent,
  state: SerializationState,
  key: PropertyKey,
  holder: JSObject,
): string | undefined {
  agent.chargeFuel(1);
  let value = holder.Get(agent, key, holder);
  if ((typeof value === 'object' && value !== null) || typeof value === 'bigint') {
    const toJSON = GetV(agent, value, 'toJSON');
    if (IsCallable(toJSON)) value = Call1(agent, toJSON, value, keyToValue(key));
  }
  if (state.replacerFunction !== undefined) {
    value = Call2(agent, state.replacerFunction, holder, keyToValue(key), value);
  }
  if (typeof value === 'object' && value !== null) {
    if (value instanceof RawJSONObject) return ToString(agent, value.Get(agent, 'rawJSON', value));
    if (value instanceof NumberObject) value = ToNumber(agent, value);
    else if (value instanceof StringObject) value = ToString(agent, value);
    else if (value instanceof BooleanObject) value = value.booleanData;
    else if (value instanceof BigIntObject) value = value.bigintData;
  }
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return QuoteJSONString(agent, value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'bigint':
      return throwTypeError(agent, 'Do not know how to serialize a BigInt');
    case 'object':
      if (value === null) return 'null';
      if (IsCallable(value)) return undefined;
      return IsArray(agent, value)
        ? SerializeJSONArray(agent, state, value)
        : SerializeJSONObject(agent, state, value);
    default:
      return undefined;
  }
}

/** QuoteJSONString ( value ) — https://tc39.es/ecma262/#sec-quotejsonstring . The host's algorithm is the same. */
function QuoteJSONString(agent: Agent, value: string): string {
  agent.chargeFuel(value.length >> 6);
  agent.chargeBytes(value.length);
  // An escape sequence has six code units.
  if (value.length < MAX_STRING_LENGTH / 6 - 2) return JSON.stringify(value);
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) throwRangeError(agent, 'Invalid string length');
    throw error;
  }
}

function enter(agent: Agent, state: SerializationState, value: JSObject): void {
  if (state.stack.has(value)) throwTypeError(agent, 'Converting circular structure to JSON');
  agent.enter(LEVEL_DEPTH);
  state.stack.add(value);
}

/** The text of an object or array from its parts. `stepback` is the indentation of the holder. */
function assemble(
  agent: Agent,
  state: SerializationState,
  open: string,
  close: string,
  parts: string[],
  stepback: string,
): string {
  if (parts.length === 0) return open + close;
  let length = 0;
  for (const part of parts) length += part.length + state.indent.length + 2;
  if (length > MAX_STRING_LENGTH) throwRangeError(agent, 'Invalid string length');
  agent.chargeBytes(length);
  agent.chargeFuel(length >> 8);
  if (state.gap === '') return open + parts.join(',') + close;
  return `${open}\n${state.indent}${parts.join(`,\n${state.indent}`)}\n${stepback}${close}`;
}

/** SerializeJSONObject ( state, value ) — https://tc39.es/ecma262/#sec-serializejsonobject */
function SerializeJSONObject(agent: Agent, state: SerializationState, value: JSObject): string {
  enter(agent, state, value);
  try {
    const stepback = state.indent;
    state.indent += state.gap;
    const K =
      state.propertyList ??
      EnumerableOwnProperties(agent, value, 'key').map((k) => keyFromString(k as string));
    const partial: string[] = [];
    for (const P of K) {
      const strP = SerializeJSONProperty(agent, state, P, value);
      if (strP === undefined) continue;
      const member = QuoteJSONString(agent, keyToValue(P) as string);
      checkStringLength(agent, member.length + strP.length + 2);
      appendToList(agent, partial, state.gap === '' ? `${member}:${strP}` : `${member}: ${strP}`);
    }
    const final = assemble(agent, state, '{', '}', partial, stepback);
    state.indent = stepback;
    return final;
  } finally {
    state.stack.delete(value);
    agent.depth -= LEVEL_DEPTH;
  }
}

/** SerializeJSONArray ( state, value ) — https://tc39.es/ecma262/#sec-serializejsonarray */
function SerializeJSONArray(agent: Agent, state: SerializationState, value: JSObject): string {
  enter(agent, state, value);
  try {
    const stepback = state.indent;
    state.indent += state.gap;
    const partial: string[] = [];
    const len = LengthOfArrayLike(agent, value);
    for (let index = 0; index < len; index++) {
      const strP = SerializeJSONProperty(agent, state, keyFromNumber(index), value) ?? 'null';
      appendToList(agent, partial, strP);
    }
    const final = assemble(agent, state, '[', ']', partial, stepback);
    state.indent = stepback;
    return final;
  } finally {
    state.stack.delete(value);
    agent.depth -= LEVEL_DEPTH;
  }
}

export const jsonIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%JSON%', {
    rows: [
      method('isRawJSON', 1, JSON_isRawJSON),
      method('parse', 2, JSON_parse),
      method('rawJSON', 1, JSON_rawJSON),
      method('stringify', 3, JSON_stringify),
      toStringTag('JSON'),
    ],
  }),
];
