// JSON.stringify as an algorithm whose state lies in a record between the calls of toJSON methods and of the replacer: see
// runtime/guest-work.ts. Values without such calls are written in one go.
import { MAX_STRING_LENGTH } from '../eval/primitive.ts';
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import { appendToList } from '../runtime/list.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import { JSObject } from '../runtime/objects/object.ts';
import {
  BigIntObject,
  BooleanObject,
  NumberObject,
  StringObject,
} from '../runtime/objects/primitive-wrappers.ts';
import { EnumerableOwnProperties, GetV, LengthOfArrayLike } from '../runtime/operations/object-operations.ts';
import { IsArray } from '../runtime/operations/testing-and-comparison.ts';
import { ToNumber, ToString } from '../runtime/operations/type-conversion.ts';
import { keyFromNumber, keyFromString, keyToValue, type PropertyKey } from '../runtime/property-key.ts';
import { checkStringLength } from '../runtime/string-work.ts';
import type { Value } from '../runtime/value.ts';
import { chargeJSONLevel } from './json-level.ts';

/** An object made by JSON.rawJSON: the [[IsRawJSON]] brand. */
export class RawJSONObject extends JSObject {}

/** An object or array that is being written. */
class Level {
  readonly outer: Level | null;
  readonly depth: number;
  readonly value: JSObject;
  /** Null for arrays. */
  readonly keys: readonly PropertyKey[] | null;
  readonly length: number;
  /** The indentation of its elements. */
  readonly indent: string;
  readonly partial: string[];
  index: number;

  constructor(
    agent: Agent,
    outer: Level | null,
    value: JSObject,
    gap: string,
    list: readonly PropertyKey[] | null,
  ) {
    this.outer = outer;
    this.depth = outer === null ? 1 : outer.depth + 1;
    chargeJSONLevel(agent, this.depth);
    this.value = value;
    this.indent = outer === null ? gap : outer.indent + gap;
    this.keys = IsArray(agent, value) ? null : (list ?? enumerableKeys(agent, value));
    this.length = this.keys === null ? LengthOfArrayLike(agent, value) : this.keys.length;
    this.partial = [];
    this.index = 0;
  }

  key(): PropertyKey {
    return this.keys === null ? keyFromNumber(this.index) : this.keys[this.index];
  }
}

function enumerableKeys(agent: Agent, value: JSObject): PropertyKey[] {
  return EnumerableOwnProperties(agent, value, 'key').map((k) => keyFromString(k as string));
}

/** What a serialization waits for. */
const TO_JSON = 0;
const REPLACER = 1;

/** SerializeJSONProperty of the value at the empty key of a wrapper — https://tc39.es/ecma262/#sec-serializejsonproperty */
export class Serialization extends GuestAlgorithm {
  private readonly wrapper: JSObject;
  private readonly replacerFunction: FunctionObject | null;
  private readonly propertyList: readonly PropertyKey[] | null;
  private readonly gap: string;
  private level: Level | null;
  private waitingFor: number;

  constructor(
    wrapper: JSObject,
    replacerFunction: FunctionObject | null,
    propertyList: readonly PropertyKey[] | null,
    gap: string,
  ) {
    super();
    this.wrapper = wrapper;
    this.replacerFunction = replacerFunction;
    this.propertyList = propertyList;
    this.gap = gap;
    this.level = null;
    this.waitingFor = TO_JSON;
  }

  override begin(agent: Agent): GuestStep | null {
    return this.property(agent, this.wrapper, '') ?? this.elements(agent);
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    const { level } = this;
    let step: GuestStep | null = null;
    if (this.waitingFor === REPLACER) this.write(agent, value);
    else if (level === null) step = this.replace(agent, this.wrapper, '', value);
    else step = this.replace(agent, level.value, level.key(), value);
    return step ?? this.elements(agent);
  }

  /** Writes what is left of the levels; gives the first call. */
  private elements(agent: Agent): GuestStep | null {
    for (;;) {
      const { level } = this;
      if (level === null) return null;
      if (level.index < level.length) {
        const step = this.property(agent, level.value, level.key());
        if (step !== null) return step;
      } else {
        this.level = level.outer;
        this.put(agent, this.assemble(agent, level));
      }
    }
  }

  /** Writes a property; or gives the call that comes before. */
  private property(agent: Agent, holder: JSObject, key: PropertyKey): GuestStep | null {
    agent.chargeFuel(1);
    const value = holder.Get(agent, key, holder);
    if ((typeof value === 'object' && value !== null) || typeof value === 'bigint') {
      const toJSON = GetV(agent, value, 'toJSON');
      if (IsCallable(toJSON)) {
        this.waitingFor = TO_JSON;
        return new GuestCall(toJSON, value, [keyToValue(key)]);
      }
    }
    return this.replace(agent, holder, key, value);
  }

  private replace(agent: Agent, holder: JSObject, key: PropertyKey, value: Value): GuestStep | null {
    const { replacerFunction } = this;
    if (replacerFunction === null) {
      this.write(agent, value);
      return null;
    }
    this.waitingFor = REPLACER;
    return new GuestCall(replacerFunction, holder, [keyToValue(key), value]);
  }

  /** Writes a value; one with elements becomes a level. */
  private write(agent: Agent, given: Value): void {
    let value = given;
    if (typeof value === 'object' && value !== null) {
      if (value instanceof RawJSONObject) {
        this.put(agent, ToString(agent, value.Get(agent, 'rawJSON', value)));
        return;
      }
      if (value instanceof NumberObject) value = ToNumber(agent, value);
      else if (value instanceof StringObject) value = ToString(agent, value);
      else if (value instanceof BooleanObject) value = value.booleanData;
      else if (value instanceof BigIntObject) value = value.bigintData;
      else if (IsCallable(value)) value = undefined;
    }
    if (typeof value !== 'object' || value === null) {
      this.put(agent, textOfPrimitive(agent, value));
      return;
    }
    this.requireOutside(agent, value);
    this.level = new Level(agent, this.level, value, this.gap, this.propertyList);
  }

  /** What is being written is not written inside of itself. */
  private requireOutside(agent: Agent, value: JSObject): void {
    if (this.level !== null) agent.chargeFuel(this.level.depth >> 4);
    for (let level = this.level; level !== null; level = level.outer) {
      if (level.value === value) throwTypeError(agent, 'Converting circular structure to JSON');
    }
  }

  /** Puts the text of a value where it belongs; undefined if there is nothing to write. */
  private put(agent: Agent, text: string | undefined): void {
    const { level } = this;
    if (level === null) {
      this.result = text;
      return;
    }
    const { partial, keys } = level;
    if (keys === null) appendToList(agent, partial, text ?? 'null');
    else if (text !== undefined) {
      const member = QuoteJSONString(agent, keyToValue(keys[level.index]) as string);
      checkStringLength(agent, member.length + text.length + 2);
      appendToList(agent, partial, this.gap === '' ? `${member}:${text}` : `${member}: ${text}`);
    }
    level.index++;
  }

  /** The text of an object or array from its parts: the ends of SerializeJSONObject and SerializeJSONArray. */
  private assemble(agent: Agent, level: Level): string {
    const { partial: parts, indent, keys, outer } = level;
    const open = keys === null ? '[' : '{';
    const close = keys === null ? ']' : '}';
    if (parts.length === 0) return open + close;
    let length = 0;
    for (const part of parts) length += part.length + indent.length + 2;
    if (length > MAX_STRING_LENGTH) throwRangeError(agent, 'Invalid string length');
    agent.chargeBytes(length);
    agent.chargeFuel(length >> 8);
    if (this.gap === '') return open + parts.join(',') + close;
    const stepback = outer === null ? '' : outer.indent;
    return `${open}\n${indent}${parts.join(`,\n${indent}`)}\n${stepback}${close}`;
  }
}

function textOfPrimitive(agent: Agent, value: Value): string | undefined {
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
      return 'null';
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
