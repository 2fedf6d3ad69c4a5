// DisposableStack and AsyncDisposableStack objects, https://tc39.es/proposal-explicit-resource-management/ .
import type { Agent } from '../runtime/agent.ts';
import { Call1, IsCallable } from '../runtime/call.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { guestValueOf, throwReferenceError, throwTypeError } from '../runtime/errors.ts';
import { SingleCall } from '../runtime/guest-work.ts';
import {
  type BuiltinFunction,
  CreateBuiltinFunction,
  type FunctionObject,
} from '../runtime/objects/function.ts';
import {
  COROUTINE_AWAITING,
  COROUTINE_RETURNED,
  type Coroutine,
  type CoroutineState,
  type ResumptionKind,
} from '../runtime/objects/generator.ts';
import { JSObject, type PendingWork } from '../runtime/objects/object.ts';
import { AsyncFunctionStart, promiseToAwait } from '../runtime/operations/async-operations.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { NewPromiseCapability } from '../runtime/operations/promise-operations.ts';
import {
  AddDisposableResource,
  callDisposeMethod,
  type DisposableResource,
  type DisposalCompletion,
  DisposeCapability,
  type DisposeHint,
  mergeDisposalError,
  ResourceDisposal,
} from '../runtime/operations/resource-operations.ts';
import type { IntrinsicName } from '../runtime/realm.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../runtime/shape.ts';
import { SYMBOL_ASYNC_DISPOSE, SYMBOL_DISPOSE, type Value } from '../runtime/value.ts';
import {
  alias,
  constructorSpec,
  getter,
  type IntrinsicSpec,
  type MethodRow,
  method,
  objectSpec,
  type Row,
  toStringTag,
  workingClosure,
  workingMethod,
} from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Both kinds of stack; `hint` is the brand: [[DisposableState]] or [[AsyncDisposableState]]. */
export class DisposableStackObject extends JSObject {
  readonly hint: DisposeHint;
  disposed: boolean;
  disposeCapability: DisposeCapability;
  constructor(shape: Shape, hint: DisposeHint) {
    super(shape);
    this.hint = hint;
    this.disposed = false;
    this.disposeCapability = new DisposeCapability();
  }
  override className(): string {
    return this.hint === 'sync-dispose' ? 'DisposableStack' : 'AsyncDisposableStack';
  }
}

/** What differs between the two classes. */
interface StackKind {
  readonly name: string;
  readonly hint: DisposeHint;
  readonly prototype: IntrinsicName;
}
const SYNC: StackKind = {
  name: 'DisposableStack',
  hint: 'sync-dispose',
  prototype: '%DisposableStack.prototype%',
};
const ASYNC: StackKind = {
  name: 'AsyncDisposableStack',
  hint: 'async-dispose',
  prototype: '%AsyncDisposableStack.prototype%',
};

function thisStack(agent: Agent, kind: StackKind, thisValue: Value): DisposableStackObject {
  if (thisValue instanceof DisposableStackObject && thisValue.hint === kind.hint) return thisValue;
  return throwTypeError(
    agent,
    `${kind.name} method called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** The stack, which must not be disposed. */
function pendingStack(agent: Agent, kind: StackKind, thisValue: Value): DisposableStackObject {
  const stack = thisStack(agent, kind, thisValue);
  if (stack.disposed) throwReferenceError(agent, `${kind.name} has already been disposed`);
  return stack;
}

interface AdoptCaptures {
  readonly value: Value;
  readonly onDispose: FunctionObject;
}

/** The closure of `adopt`: calls onDispose with the adopted value. */
const adopted = workingClosure('', 0, (callee: BuiltinFunction<AdoptCaptures>) => {
  const { value, onDispose } = callee.captures;
  return new SingleCall(onDispose, undefined, [value]);
});

/** DisposableStack ( ), AsyncDisposableStack ( ) — https://tc39.es/proposal-explicit-resource-management/#sec-disposablestack */
function construct(kind: StackKind, callee: Builtin, newTarget: NewTarget): Value {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, `Constructor ${kind.name} requires 'new'`);
  return new DisposableStackObject(shapeFromConstructor(agent, newTarget, kind.prototype), kind.hint);
}

/** The methods that both classes have: adopt, defer, disposed, move, use. */
function commonRows(kind: StackKind): { readonly before: readonly Row[]; readonly after: readonly Row[] } {
  /** DisposableStack.prototype.adopt ( value, onDispose ) — https://tc39.es/proposal-explicit-resource-management/#sec-disposablestack.prototype.adopt */
  const adopt: MethodRow = method(
    'adopt',
    2,
    (callee: Builtin, thisValue: Value, _newTarget: NewTarget, value: Value, onDispose: Value): Value => {
      const agent = callee.realm.agent;
      const stack = pendingStack(agent, kind, thisValue);
      if (!IsCallable(onDispose)) throwTypeError(agent, `${describeForMessage(onDispose)} is not a function`);
      const F = CreateBuiltinFunction(agent, adopted, { value, onDispose });
      AddDisposableResource(agent, stack.disposeCapability, undefined, kind.hint, F);
      return value;
    },
  );
  /** DisposableStack.prototype.defer ( onDispose ) — https://tc39.es/proposal-explicit-resource-management/#sec-disposablestack.prototype.defer */
  const defer = method(
    'defer',
    1,
    (callee: Builtin, thisValue: Value, _newTarget: NewTarget, onDispose: Value): Value => {
      const agent = callee.realm.agent;
      const stack = pendingStack(agent, kind, thisValue);
      if (!IsCallable(onDispose)) throwTypeError(agent, `${describeForMessage(onDispose)} is not a function`);
      AddDisposableResource(agent, stack.disposeCapability, undefined, kind.hint, onDispose);
      return undefined;
    },
  );
  /** get DisposableStack.prototype.disposed — https://tc39.es/proposal-explicit-resource-management/#sec-get-disposablestack.prototype.disposed */
  const disposed = getter(
    'disposed',
    (callee: Builtin, thisValue: Value): Value => thisStack(callee.realm.agent, kind, thisValue).disposed,
  );
  /** DisposableStack.prototype.move ( ) — https://tc39.es/proposal-explicit-resource-management/#sec-disposablestack.prototype.move */
  const move = method('move', 0, (callee: Builtin, thisValue: Value): Value => {
    const agent = callee.realm.agent;
    const stack = pendingStack(agent, kind, thisValue);
    const prototype = callee.realm.intrinsic(kind.prototype);
    agent.chargeBytes(112);
    const newStack = new DisposableStackObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), kind.hint);
    newStack.disposeCapability = stack.disposeCapability;
    stack.disposeCapability = new DisposeCapability();
    stack.disposed = true;
    return newStack;
  });
  /** DisposableStack.prototype.use ( value ) — https://tc39.es/proposal-explicit-resource-management/#sec-disposablestack.prototype.use */
  const use = method(
    'use',
    1,
    (callee: Builtin, thisValue: Value, _newTarget: NewTarget, value: Value): Value => {
      const agent = callee.realm.agent;
      const stack = pendingStack(agent, kind, thisValue);
      AddDisposableResource(agent, stack.disposeCapability, value, kind.hint);
      return value;
    },
  );
  return { before: [adopt, defer], after: [disposed, move, use] };
}

/** DisposableStack.prototype.dispose ( ) — https://tc39.es/proposal-explicit-resource-management/#sec-disposablestack.prototype.dispose */
function DisposableStack_prototype_dispose(callee: Builtin, thisValue: Value): PendingWork {
  const agent = callee.realm.agent;
  const stack = thisStack(agent, SYNC, thisValue);
  if (stack.disposed) return { work: null, result: undefined };
  stack.disposed = true;
  return new ResourceDisposal(stack.disposeCapability, null);
}

/** DisposeResources with awaits, as a coroutine with its position in fields. */
class DisposeCoroutine implements Coroutine {
  value: Value = undefined;
  private readonly stack: readonly DisposableResource[];
  private next: number;
  private completion: DisposalCompletion = null;
  private needsAwait = false;
  private hasAwaited = false;

  constructor(disposeCapability: DisposeCapability) {
    this.stack = disposeCapability.disposableResourceStack;
    disposeCapability.disposableResourceStack = [];
    this.next = this.stack.length - 1;
  }

  resume(agent: Agent, kind: ResumptionKind, value: Value): CoroutineState {
    if (kind === 'throw')
      this.completion = mergeDisposalError(agent, this.completion, new ThrowCompletion(value));
    while (this.next >= 0) {
      const resource = this.stack[this.next--];
      if (resource.disposeMethod === undefined) {
        this.needsAwait = true;
        continue;
      }
      try {
        const result = callDisposeMethod(agent, resource);
        this.hasAwaited = true;
        this.value = promiseToAwait(agent, result);
        return COROUTINE_AWAITING;
      } catch (thrown) {
        this.completion = mergeDisposalError(agent, this.completion, thrown);
      }
    }
    if (this.needsAwait && !this.hasAwaited) {
      this.needsAwait = false;
      this.value = promiseToAwait(agent, undefined);
      return COROUTINE_AWAITING;
    }
    if (this.completion !== null) throw this.completion;
    this.value = undefined;
    return COROUTINE_RETURNED;
  }
}

/** AsyncDisposableStack.prototype.disposeAsync ( ) — https://tc39.es/proposal-explicit-resource-management/#sec-asyncdisposablestack.prototype.disposeAsync */
function AsyncDisposableStack_prototype_disposeAsync(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const promiseCapability = NewPromiseCapability(agent, callee.realm.intrinsic('%Promise%'));
  let stack: DisposableStackObject;
  try {
    stack = thisStack(agent, ASYNC, thisValue);
  } catch (thrown) {
    Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
    return promiseCapability.promise;
  }
  if (stack.disposed) {
    Call1(agent, promiseCapability.resolve, undefined, undefined);
    return promiseCapability.promise;
  }
  stack.disposed = true;
  AsyncFunctionStart(agent, promiseCapability, new DisposeCoroutine(stack.disposeCapability));
  return promiseCapability.promise;
}

const syncRows = commonRows(SYNC);
const asyncRows = commonRows(ASYNC);

export const disposableStackIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%DisposableStack%', 'DisposableStack', {
    length: 0,
    code: (callee: Builtin, _thisValue: Value, newTarget: NewTarget) => construct(SYNC, callee, newTarget),
    prototype: SYNC.prototype,
  }),
  objectSpec(SYNC.prototype, {
    constructorName: '%DisposableStack%',
    rows: [
      ...syncRows.before,
      workingMethod('dispose', 0, DisposableStack_prototype_dispose),
      ...syncRows.after,
      alias(SYMBOL_DISPOSE, 'dispose'),
      toStringTag('DisposableStack'),
    ],
  }),
  constructorSpec('%AsyncDisposableStack%', 'AsyncDisposableStack', {
    length: 0,
    code: (callee: Builtin, _thisValue: Value, newTarget: NewTarget) => construct(ASYNC, callee, newTarget),
    prototype: ASYNC.prototype,
  }),
  objectSpec(ASYNC.prototype, {
    constructorName: '%AsyncDisposableStack%',
    rows: [
      ...asyncRows.before,
      method('disposeAsync', 0, AsyncDisposableStack_prototype_disposeAsync),
      ...asyncRows.after,
      alias(SYMBOL_ASYNC_DISPOSE, 'disposeAsync'),
      toStringTag('AsyncDisposableStack'),
    ],
  }),
];
