// The JSON Object, https://tc39.es/ecma262/#sec-json-object : parse with source text access, rawJSON, stringify.
// Both directions charge depth for nesting and fuel for length. What follows parsing, and stringify, are algorithms in files of
// their own.
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { throwSyntaxError } from '../runtime/errors.ts';
import type { BuiltinFunction, FunctionObject } from '../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate, type PendingWork } from '../runtime/objects/object.ts';
import { NumberObject, StringObject } from '../runtime/objects/primitive-wrappers.ts';
import {
  CreateDataPropertyOrThrow,
  getIndex,
  LengthOfArrayLike,
  SetIntegrityLevel,
} from '../runtime/operations/object-operations.ts';
import { IsArray } from '../runtime/operations/testing-and-comparison.ts';
import { ToIntegerOrInfinity, ToNumber, ToString } from '../runtime/operations/type-conversion.ts';
import { keyFromNumber, keyFromString, type PropertyKey } from '../runtime/property-key.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import { type IntrinsicSpec, method, objectSpec, toStringTag, workingMethod } from './define.ts';
import { Internalization } from './json-internalize.ts';
import { JSONParser } from './json-parser.ts';
import { RawJSONObject, Serialization } from './json-serialize.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** JSON.parse ( text [ , reviver ] ) — https://tc39.es/ecma262/#sec-json.parse */
function JSON_parse(callee: Builtin, _thisValue: Value, [text, reviver]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const jsonString = ToString(agent, text);
  const withReviver = IsCallable(reviver);
  const parser = new JSONParser(agent, jsonString, withReviver);
  const unfiltered = parser.parse();
  if (!withReviver) return { work: null, result: unfiltered };
  const root = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, root, '', unfiltered);
  return new Internalization(root, reviver, parser.record);
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

/** JSON.stringify ( value [ , replacer [ , space ] ] ) — https://tc39.es/ecma262/#sec-json.stringify */
function JSON_stringify(
  callee: Builtin,
  _thisValue: Value,
  [value, replacer, space]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  let propertyList: PropertyKey[] | null = null;
  let replacerFunction: FunctionObject | null = null;
  if (IsCallable(replacer)) replacerFunction = replacer;
  else if (typeof replacer === 'object' && replacer !== null && IsArray(agent, replacer)) {
    propertyList = propertyListOf(agent, replacer);
  }
  const gap = gapOf(agent, space);
  const wrapper = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, wrapper, '', value);
  return new Serialization(wrapper, replacerFunction, propertyList, gap);
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

export const jsonIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%JSON%', {
    rows: [
      method('isRawJSON', 1, JSON_isRawJSON),
      workingMethod('parse', 2, JSON_parse),
      method('rawJSON', 1, JSON_rawJSON),
      workingMethod('stringify', 3, JSON_stringify),
      toStringTag('JSON'),
    ],
  }),
];
