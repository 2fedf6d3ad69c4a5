// JSON.parse with a reviver as an algorithm whose state lies in a record between the calls: see runtime/guest-work.ts.
import type { Agent } from '../runtime/agent.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate } from '../runtime/objects/object.ts';
import {
  CreateDataProperty,
  CreateDataPropertyOrThrow,
  EnumerableOwnProperties,
  LengthOfArrayLike,
} from '../runtime/operations/object-operations.ts';
import { IsArray } from '../runtime/operations/testing-and-comparison.ts';
import { keyFromNumber, keyFromString, keyToValue, type PropertyKey } from '../runtime/property-key.ts';
import { SameValue } from '../runtime/same-value.ts';
import type { Value } from '../runtime/value.ts';
import { chargeJSONLevel } from './json-level.ts';
import type { JSONParseRecord } from './json-parser.ts';

/** An object whose elements are being visited. */
class Level {
  readonly outer: Level | null;
  readonly depth: number;
  readonly holder: JSObject;
  readonly name: PropertyKey;
  readonly val: JSObject;
  readonly context: JSObject;
  readonly snapshot: JSONParseRecord | null;
  /** Null for arrays. */
  readonly keys: readonly PropertyKey[] | null;
  readonly length: number;
  index: number;

  constructor(
    agent: Agent,
    outer: Level | null,
    holder: JSObject,
    name: PropertyKey,
    val: JSObject,
    context: JSObject,
    snapshot: JSONParseRecord | null,
  ) {
    this.outer = outer;
    this.depth = outer === null ? 1 : outer.depth + 1;
    chargeJSONLevel(agent, this.depth);
    this.holder = holder;
    this.name = name;
    this.val = val;
    this.context = context;
    this.snapshot = snapshot;
    this.keys = IsArray(agent, val)
      ? null
      : EnumerableOwnProperties(agent, val, 'key').map((P) => keyFromString(P as string));
    this.length = this.keys === null ? LengthOfArrayLike(agent, val) : this.keys.length;
    this.index = 0;
  }

  key(): PropertyKey {
    return this.keys === null ? keyFromNumber(this.index) : this.keys[this.index];
  }

  /** The record of the element at the key. */
  record(key: PropertyKey): JSONParseRecord | null {
    const { snapshot, index } = this;
    if (snapshot === null) return null;
    if (this.keys !== null) return snapshot.entries?.get(key) ?? null;
    const { elements } = snapshot;
    return elements !== null && index < elements.length ? elements[index] : null;
  }
}

/** InternalizeJSONProperty — https://tc39.es/ecma262/#sec-internalizejsonproperty , with source text of primitives. */
export class Internalization extends GuestAlgorithm {
  private readonly root: JSObject;
  private readonly reviver: FunctionObject;
  private readonly parseRecord: JSONParseRecord | null;
  private level: Level | null;

  /** Of the value at the empty key of `root`. */
  constructor(root: JSObject, reviver: FunctionObject, parseRecord: JSONParseRecord | null) {
    super();
    this.root = root;
    this.reviver = reviver;
    this.parseRecord = parseRecord;
    this.level = null;
  }

  override begin(agent: Agent): GuestStep {
    return this.visit(agent, this.root, '', this.parseRecord) ?? this.next(agent);
  }

  /** The call for a value; null if its elements are visited before. */
  private visit(
    agent: Agent,
    holder: JSObject,
    name: PropertyKey,
    parseRecord: JSONParseRecord | null,
  ): GuestCall | null {
    agent.chargeFuel(1);
    const val = holder.Get(agent, name, holder);
    const context = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
    const isObject = typeof val === 'object' && val !== null;
    let snapshot: JSONParseRecord | null = null;
    if (parseRecord !== null && SameValue(parseRecord.value, val)) {
      snapshot = parseRecord;
      if (!isObject) CreateDataPropertyOrThrow(agent, context, 'source', parseRecord.source);
    }
    if (!isObject) return this.call(holder, name, val, context);
    this.level = new Level(agent, this.level, holder, name, val, context, snapshot);
    return null;
  }

  private call(holder: JSObject, name: PropertyKey, val: Value, context: JSObject): GuestCall {
    return new GuestCall(this.reviver, holder, [keyToValue(name), val, context]);
  }

  /** The next call: for an element of the innermost object, or for that behind its last. */
  private next(agent: Agent): GuestCall {
    for (;;) {
      const level = this.level as Level;
      if (level.index >= level.length) {
        this.level = level.outer;
        return this.call(level.holder, level.name, level.val, level.context);
      }
      const key = level.key();
      const call = this.visit(agent, level.val, key, level.record(key));
      if (call !== null) return call;
    }
  }

  override returned(agent: Agent, newElement: Value): GuestStep | null {
    const { level } = this;
    if (level === null) {
      this.result = newElement;
      return null;
    }
    const key = level.key();
    if (newElement === undefined) level.val.Delete(agent, key);
    else CreateDataProperty(agent, level.val, key, newElement);
    level.index++;
    return this.next(agent);
  }
}
