// Iterator.zip and Iterator.zipKeyed, https://tc39.es/proposal-joint-iteration/ .
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import {
  GetIterator,
  GetIteratorFlattenable,
  IteratorClose,
  IteratorCloseAll,
  IteratorCloseAllAndThrow,
  type IteratorRecord,
  IteratorStep,
  IteratorStepValue,
} from '../../runtime/operations/iterator-operations.ts';
import { CreateDataPropertyOrThrow } from '../../runtime/operations/object-operations.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import { createIteratorHelper, HELPER_DONE, type HelperKind, type StepResult } from './helper-object.ts';

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

interface ZipData {
  /** Null where an iterator has ended in mode "longest". */
  readonly iters: (IteratorRecord | null)[];
  /** Those of `iters` that are not done; also [[UnderlyingIterators]]. */
  openIters: IteratorRecord[];
  readonly mode: Mode;
  readonly padding: readonly Value[];
  /** The keys of the result objects; null for arrays. */
  readonly keys: readonly PropertyKey[] | null;
}

/** IteratorZip ( iters, mode, padding, finishResults ) — https://tc39.es/proposal-joint-iteration/#sec-iteratorzip */
function IteratorZip(
  agent: Agent,
  iters: IteratorRecord[],
  mode: Mode,
  padding: readonly Value[],
  keys: readonly PropertyKey[] | null,
): JSObject {
  return createIteratorHelper(agent, zipKind, { iters, openIters: iters.slice(), mode, padding, keys });
}

const zipKind: HelperKind<ZipData> = {
  name: 'zip',
  step: stepZip,
  close(agent, data) {
    IteratorCloseAll(agent, data.openIters);
  },
};

function removeOpen(data: ZipData, iter: IteratorRecord): void {
  data.openIters = data.openIters.filter((open) => open !== iter);
}

/** IteratorStep or IteratorStepValue on one of the iterators; closes the others if it throws. */
function stepOne<Result>(
  agent: Agent,
  data: ZipData,
  iter: IteratorRecord,
  step: (agent: Agent, iter: IteratorRecord) => Result,
): Result {
  agent.chargeFuel(1);
  try {
    const result = step(agent, iter);
    if (iter.done) removeOpen(data, iter);
    return result;
  } catch (thrown) {
    removeOpen(data, iter);
    return IteratorCloseAllAndThrow(agent, data.openIters, thrown);
  }
}

function stepZip(agent: Agent, data: ZipData): StepResult {
  const { iters, mode, padding } = data;
  if (iters.length === 0) return HELPER_DONE;
  const results: Value[] = [];
  for (let i = 0; i < iters.length; i++) {
    const iter = iters[i];
    let result: Value = padding[i];
    if (iter !== null) {
      const value = stepOne(agent, data, iter, IteratorStepValue);
      if (!iter.done) result = value;
      else if (mode === 'longest') {
        if (data.openIters.length === 0) return HELPER_DONE;
        iters[i] = null;
      } else {
        if (mode === 'strict') requireAllDone(agent, data, i);
        IteratorCloseAll(agent, data.openIters);
        return HELPER_DONE;
      }
    }
    results.push(result);
  }
  return finishResults(agent, data, results);
}

/** In mode "strict" the iterator at `ended` is done: so must be all others, which are asked in order if it is the first. */
function requireAllDone(agent: Agent, data: ZipData, ended: number): void {
  let allDone = ended === 0;
  for (let k = 1; allDone && k < data.iters.length; k++) {
    const iter = data.iters[k] as IteratorRecord;
    stepOne(agent, data, iter, IteratorStep);
    allDone = iter.done;
  }
  if (allDone) return;
  const error = agent.createThrow(
    'TypeError',
    'Iterators passed to Iterator.zip with mode "strict" differ in length',
  );
  IteratorCloseAllAndThrow(agent, data.openIters, error);
}

function finishResults(agent: Agent, data: ZipData, results: Value[]): JSObject {
  if (data.keys === null) return createArrayFrom(agent, results);
  const obj = OrdinaryObjectCreate(agent, null);
  for (let i = 0; i < results.length; i++) CreateDataPropertyOrThrow(agent, obj, data.keys[i], results[i]);
  return obj;
}
