// hot
// The walks of Array.prototype and %TypedArray%.prototype over elements that call back for each, as an algorithm whose state
// lies in a record between the calls: see runtime/guest-work.ts. One class for all, so that the host sees one shape.
import { unreachable } from '../../base/assert.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../../runtime/guest-work.ts';
import { appendToList } from '../../runtime/list.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import type { TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { CreateDataPropertyOrThrow, getIndex } from '../../runtime/operations/object-operations.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import { TypedArraySpeciesCreate } from '../../runtime/operations/typed-array.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import { flattenElement } from './flatten.ts';
import { hasIndex } from './operations.ts';
import type { SparseIndices } from './sparse-indices.ts';

/** What becomes of what the callback gives. */
export const WALK_FOR_EACH = 0;
/** Whether it is true for every element, for some element. */
export const WALK_EVERY = 1;
export const WALK_SOME = 2;
/** FindViaPredicate: the element, the index — https://tc39.es/ecma262/#sec-findviapredicate */
export const WALK_FIND = 3;
export const WALK_FIND_INDEX = 4;
/** It is the accumulator of the next call, and at last the result. */
export const WALK_REDUCE = 5;
/** It is an element of the target. */
export const WALK_MAP = 6;
/** The same for a typed array. */
export const WALK_MAP_TYPED = 7;
/** The elements for which it is true go to the target. */
export const WALK_FILTER = 8;
/** They are collected; at the end a typed array like the one walked over is made of them. */
export const WALK_COLLECT = 9;
/** Its elements go to the target, if it is an array, else itself. */
export const WALK_FLAT_MAP = 10;

export class ElementWalk extends GuestAlgorithm {
  private readonly kind: number;
  private readonly step: 1 | -1;
  private readonly O: JSObject;
  private readonly len: number;
  /** Finds the ends of holes, which the walk leaves out; null: it visits every index. */
  private readonly holes: SparseIndices | null;
  private readonly call: GuestCall;
  private readonly target: JSObject | null;
  private readonly collected: Value[] | null;
  /** The next index of the target. */
  private to: number;
  /** The index and the element that the callback was called for last. */
  private k: number;
  private kValue: Value;
  private readonly needsInitialValue: boolean;

  /** `args` are those of the function: the callback, which is `func`, and its this value or the initial value. */
  constructor(
    kind: number,
    step: 1 | -1,
    O: JSObject,
    len: number,
    func: FunctionObject,
    args: readonly Value[],
    holes: SparseIndices | null,
    target: JSObject | null,
  ) {
    super();
    this.kind = kind;
    this.step = step;
    this.O = O;
    this.len = len;
    this.holes = holes;
    const argument = args.length > 1 ? args[1] : undefined;
    this.call = new GuestCall(func, kind === WALK_REDUCE ? undefined : argument, args);
    this.target = target;
    this.collected = kind === WALK_COLLECT ? [] : null;
    this.to = 0;
    this.k = step === 1 ? -1 : len;
    this.kValue = undefined;
    this.needsInitialValue = kind === WALK_REDUCE && args.length < 2;
    this.result = kind === WALK_REDUCE ? argument : target === null ? resultOfNothing(kind) : target;
  }

  override begin(agent: Agent): GuestStep | null {
    if (this.needsInitialValue) {
      if (!this.advance(agent)) throwTypeError(agent, 'Reduce of empty array with no initial value');
      this.result = this.kValue;
    }
    return this.next(agent);
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    return this.take(agent, value) ? this.next(agent) : null;
  }

  private next(agent: Agent): GuestStep | null {
    const { call } = this;
    if (!this.advance(agent)) {
      if (this.collected !== null) this.result = this.makeTypedArray(agent, this.collected);
      return null;
    }
    const { O, k, kValue } = this;
    call.args = this.kind === WALK_REDUCE ? [this.result, kValue, k, O] : [kValue, k, O];
    return call;
  }

  /** Goes on to the next element; false behind the last. */
  private advance(agent: Agent): boolean {
    const { O, len, step, holes } = this;
    for (let k = this.k + step; k >= 0 && k < len; ) {
      agent.chargeFuel(1);
      if (holes !== null && !hasIndex(agent, O, k)) {
        k = step === 1 ? holes.after(k) : holes.before(k);
        continue;
      }
      this.k = k;
      this.kValue = getIndex(agent, O, k);
      return true;
    }
    return false;
  }

  /** Takes what the callback gave; whether the walk goes on. */
  private take(agent: Agent, value: Value): boolean {
    const target = this.target as JSObject;
    switch (this.kind) {
      case WALK_FOR_EACH:
        return true;
      case WALK_EVERY:
        if (ToBoolean(value)) return true;
        this.result = false;
        return false;
      case WALK_SOME:
        if (!ToBoolean(value)) return true;
        this.result = true;
        return false;
      case WALK_FIND:
        if (!ToBoolean(value)) return true;
        this.result = this.kValue;
        return false;
      case WALK_FIND_INDEX:
        if (!ToBoolean(value)) return true;
        this.result = this.k;
        return false;
      case WALK_REDUCE:
        this.result = value;
        return true;
      case WALK_MAP:
        CreateDataPropertyOrThrow(agent, target, keyFromNumber(this.k), value);
        return true;
      case WALK_MAP_TYPED:
        (target as TypedArrayObject).setElement(agent, this.k, value);
        return true;
      case WALK_FILTER:
        if (ToBoolean(value)) {
          CreateDataPropertyOrThrow(agent, target, keyFromNumber(this.to++), this.kValue);
        }
        return true;
      case WALK_COLLECT:
        if (ToBoolean(value)) appendToList(agent, this.collected as Value[], this.kValue);
        return true;
      case WALK_FLAT_MAP:
        this.to = flattenElement(agent, target, value, this.to, 1);
        return true;
      default:
        return unreachable(this.kind as never);
    }
  }

  private makeTypedArray(agent: Agent, kept: readonly Value[]): TypedArrayObject {
    const A = TypedArraySpeciesCreate(agent, this.O as TypedArrayObject, [kept.length], 'write');
    agent.chargeFuel(kept.length >> 3);
    for (let n = 0; n < kept.length; n++) A.setElement(agent, n, kept[n]);
    return A;
  }
}

/** The result if no element changes it. */
function resultOfNothing(kind: number): Value {
  switch (kind) {
    case WALK_EVERY:
      return true;
    case WALK_SOME:
      return false;
    case WALK_FIND_INDEX:
      return -1;
    default:
      return undefined;
  }
}
