// Iterator.zip and Iterator.zipKeyed, https://tc39.es/proposal-joint-iteration/ .
import type { Agent } from '../../runtime/agent.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { GuestCall, GuestStep } from '../../runtime/guest-work.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import {
  GetIterator,
  GetIteratorFlattenable,
  IteratorClose,
  IteratorCloseAllAndThrow,
  type IteratorRecord,
  IteratorStepValue,
  requireResultObject,
  resultUnlessDone,
  valueUnlessDone,
} from '../../runtime/operations/iterator-operations.ts';
import { CreateDataPropertyOrThrow } from '../../runtime/operations/object-operations.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import { callOfNext, createIteratorHelper, HelperAlgorithm } from './helper-object.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;
type Mode = 'shortest' | 'longest' | 'strict';

interface ZipOptions {
  readonly mode: Mode;
  /** The option as given, an object or undefined. */
  readonly padding: JSObject | undefined;
}

/** The steps that zip and zipKeyed begin with: receiver of the elements, and options in their order. */
function zipArguments(
  agent: Agent,
  iterables: Value,
  options: Value,
): { readonly iterables: JSObject; readonly options: ZipOptions } {
  if (typeof iterables !== 'object' || iterables === null) {
    throwTypeError(agent, `${describeForMessage(iterables)} is not an object`);
  }
  if (options === undefined) return { iterables, options: { mode: 'shortest', padding: undefined } };
  if (typeof options !== 'object' || options === null) {
    throwTypeError(agent, `options must be an object, not ${describeForMessage(options)}`);
  }
  const mode = options.Get(agent, 'mode', options);
  if (mode !== undefined && mode !== 'shortest' && mode !== 'longest' && mode !== 'strict') {
    throwTypeError(agent, `${describeForMessage(mode)} is not a valid mode`);
  }
  if (mode !== 'longest') return { iterables, options: { mode: mode ?? 'shortest', padding: undefined } };
  const padding = options.Get(agent, 'padding', options);
  if (padding !== undefined && (typeof padding !== 'object' || padding === null)) {
    throwTypeError(agent, `padding must be an object, not ${describeForMessage(padding)}`);
  }
  return { iterables, options: { mode, padding } };
}

/** Iterator.zip ( iterables [ , options ] ) — https://tc39.es/proposal-joint-iteration/#sec-iterator.zip */
export function Iterator_zip(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  iterablesArg: Value,
  optionsArg: Value,
): Value {
  const agent = callee.realm.agent;
  const { iterables, options } = zipArguments(agent, iterablesArg, optionsArg);
  const iters: IteratorRecord[] = [];
  const inputIter = GetIterator(agent, iterables);
  for (;;) {
    agent.chargeFuel(1);
    let next: Value;
    try {
      next = IteratorStepValue(agent, inputIter);
    } catch (thrown) {
      IteratorCloseAllAndThrow(agent, iters, thrown);
    }
    if (inputIter.done) break;
    try {
      iters.push(GetIteratorFlattenable(agent, next, 'reject-primitives'));
    } catch (thrown) {
      IteratorCloseAllAndThrow(agent, [inputIter, ...iters], thrown);
    }
  }
  let padding: Value[] = [];
  if (options.padding !== undefined) {
    try {
      padding = takePadding(agent, options.padding, iters.length);
    } catch (thrown) {
      IteratorCloseAllAndThrow(agent, iters, thrown);
    }
  }
  return IteratorZip(agent, iters, options.mode, padding, null);
}

/** The first `count` elements of an iterable, as far as it has them. */
function takePadding(agent: Agent, paddingOption: JSObject, count: number): Value[] {
  const padding: Value[] = [];
  const paddingIter = GetIterator(agent, paddingOption);
  while (padding.length < count) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, paddingIter);
    if (paddingIter.done) return padding;
    padding.push(next);
  }
  IteratorClose(agent, paddingIter);
  return padding;
}

/** Iterator.zipKeyed ( iterables [ , options ] ) — https://tc39.es/proposal-joint-iteration/#sec-iterator.zipkeyed */
export function Iterator_zipKeyed(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  iterablesArg: Value,
  optionsArg: Value,
): Value {
  const agent = callee.realm.agent;
  const { iterables, options } = zipArguments(agent, iterablesArg, optionsArg);
  const allKeys = iterables.OwnPropertyKeys(agent);
  const iters: IteratorRecord[] = [];
  const keys: PropertyKey[] = [];
  const padding: Value[] = [];
  try {
    for (const key of allKeys) {
      agent.chargeFuel(1);
      const desc = iterables.GetOwnProperty(agent, key);
      if (desc === undefined || desc.enumerable !== true) continue;
      const value = iterables.Get(agent, key, iterables);
      if (value === undefined) continue;
      keys.push(key);
      iters.push(GetIteratorFlattenable(agent, value, 'reject-primitives'));
    }
    if (options.padding !== undefined) {
      for (const key of keys) padding.push(options.padding.Get(agent, key, options.padding));
    }
  } catch (thrown) {
    IteratorCloseAllAndThrow(agent, iters, thrown);
  }
  return IteratorZip(agent, iters, options.mode, padding, keys);
}

/** IteratorZip ( iters, mode, padding, finishResults ) — https://tc39.es/proposal-joint-iteration/#sec-iteratorzip */
function IteratorZip(
  agent: Agent,
  iters: IteratorRecord[],
  mode: Mode,
  padding: readonly Value[],
  keys: readonly PropertyKey[] | null,
): JSObject {
  return createIteratorHelper(agent, new ZipHelper(iters, mode, padding, keys));
}

class ZipHelper extends HelperAlgorithm {
  /** Null where an iterator has ended in mode "longest". */
  private readonly iters: (IteratorRecord | null)[];
  /** The calls of their next methods, once made. */
  private readonly nextCalls: GuestCall[];
  /** Those of `iters` that are not done; also [[UnderlyingIterators]]. */
  private openIters: readonly IteratorRecord[];
  private readonly mode: Mode;
  private readonly padding: readonly Value[];
  /** The keys of the result objects; null for arrays. */
  private readonly keys: readonly PropertyKey[] | null;
  private results: Value[];
  /** The index of the iterator that is asked. */
  private index: number;
  /** The first iterator is done in mode "strict": the others are asked only whether they are, too. */
  private isEnding: boolean;

  constructor(
    iters: IteratorRecord[],
    mode: Mode,
    padding: readonly Value[],
    keys: readonly PropertyKey[] | null,
  ) {
    super();
    this.iters = iters;
    this.nextCalls = [];
    this.openIters = iters.slice();
    this.mode = mode;
    this.padding = padding;
    this.keys = keys;
    this.results = [];
    this.index = 0;
    this.isEnding = false;
  }

  protected override resume(agent: Agent): GuestStep | null {
    if (this.iters.length === 0) return this.end(agent);
    this.results = [];
    this.index = 0;
    return this.ask(agent);
  }

  /** Asks the iterator at the index, or the first behind it that has not ended. */
  private ask(agent: Agent): GuestStep | null {
    const { iters, nextCalls, padding, results } = this;
    for (; this.index < iters.length; this.index++) {
      const { index } = this;
      const iter = iters[index];
      if (iter !== null) {
        agent.chargeFuel(1);
        nextCalls[index] ??= callOfNext(agent, iter);
        return nextCalls[index];
      }
      results.push(padding[index]);
    }
    return this.isEnding ? this.end(agent) : this.yield(agent, this.finishResults(agent));
  }

  protected override received(agent: Agent, given: Value): GuestStep | null {
    const iter = this.iters[this.index] as IteratorRecord;
    const result = requireResultObject(agent, iter, given);
    if (this.isEnding) {
      if (resultUnlessDone(agent, iter, result) !== null) return this.closeUnequal(agent);
      this.removeOpen(iter);
    } else {
      const value = valueUnlessDone(agent, iter, result);
      if (iter.done) {
        this.removeOpen(iter);
        if (!this.goesOnWithout(this.index)) return this.endShort(agent);
      } else this.results.push(value);
    }
    this.index++;
    return this.ask(agent);
  }

  /** The iterator at the index is done; whether the others are asked. */
  private goesOnWithout(index: number): boolean {
    if (this.mode === 'longest') {
      this.iters[index] = null;
      this.results.push(this.padding[index]);
      return this.openIters.length > 0;
    }
    this.isEnding = this.mode === 'strict' && index === 0;
    return this.isEnding;
  }

  private endShort(agent: Agent): GuestStep | null {
    if (this.mode === 'strict') return this.closeUnequal(agent);
    return this.closeAll(agent, this.openIters);
  }

  private closeUnequal(agent: Agent): GuestStep | null {
    const error = agent.createThrow(
      'TypeError',
      'Iterators passed to Iterator.zip with mode "strict" differ in length',
    );
    return this.closeAll(agent, this.openIters, error);
  }

  /** What an iterator throws closes the others. */
  protected override failed(agent: Agent, value: Value): GuestStep | null {
    this.removeOpen(this.iters[this.index] as IteratorRecord);
    return this.closeAll(agent, this.openIters, new ThrowCompletion(value));
  }

  protected override underlying(): readonly IteratorRecord[] {
    return this.openIters;
  }

  private removeOpen(iter: IteratorRecord): void {
    this.openIters = this.openIters.filter((open) => open !== iter);
  }

  private finishResults(agent: Agent): JSObject {
    const { keys, results } = this;
    if (keys === null) return createArrayFrom(agent, results);
    const obj = OrdinaryObjectCreate(agent, null);
    for (let i = 0; i < results.length; i++) CreateDataPropertyOrThrow(agent, obj, keys[i], results[i]);
    return obj;
  }
}
