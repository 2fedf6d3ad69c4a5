// Suspension: generators, yield, await; disposal of resources, which may await. A suspended frame stays as it is, its pc
// at the instruction that waits; coroutine.ts gives that what it waits for.
import { CALL_ASYNC_GENERATOR } from '../../bytecode/unit.ts';
import type { Agent } from '../../runtime/agent.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import { AsyncGeneratorObject, GeneratorObject } from '../../runtime/objects/generator.ts';
import { promiseToAwait } from '../../runtime/operations/async-operations.ts';
import { AsyncGeneratorStart, GeneratorStart } from '../../runtime/operations/generator-operations.ts';
import { CreateIteratorResultObject } from '../../runtime/operations/iterator-operations.ts';
import { shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import {
  AddDisposableResource,
  callDisposeMethod,
  type DisposableResource,
  type DisposalCompletion,
  DisposeCapability,
  mergeDisposalError,
} from '../../runtime/operations/resource-operations.ts';
import type { Value } from '../../runtime/value.ts';
import { awaitFromCaller, leaveWithGenerator, suspendToCaller, yieldToCaller } from '../calling.ts';
import { VMCoroutine } from '../coroutine.ts';
import {
  END_ASYNC,
  END_GENERATOR,
  END_RESUMED,
  FRAME_AWAITING,
  FRAME_YIELDED,
  type VMFrame,
} from '../frame.ts';
import { FRAME_LEFT, type Handler } from '../handler.ts';

/** Suspends the running frame, which the runtime has resumed, for now. */
function suspend(agent: Agent, frame: VMFrame, status: number, value: Value): number {
  frame.status = status;
  if ((frame.ending & END_RESUMED) !== 0) return suspendToCaller(agent, frame, value);
  frame.result = value;
  return FRAME_LEFT;
}

const CreateGenerator: Handler = (agent, frame, _regs, _pc) => {
  const func = frame.func as FunctionObject;
  if (frame.unit.callKind === CALL_ASYNC_GENERATOR) {
    const asyncGenerator = new AsyncGeneratorObject(
      shapeFromConstructor(agent, func, '%AsyncGeneratorPrototype%'),
    );
    AsyncGeneratorStart(asyncGenerator, new VMCoroutine(frame));
    return leaveWithGenerator(agent, frame, asyncGenerator);
  }
  const generator = new GeneratorObject(shapeFromConstructor(agent, func, '%GeneratorPrototype%'));
  GeneratorStart(generator, new VMCoroutine(frame));
  return leaveWithGenerator(agent, frame, generator);
};

/** Suspends a generator or async generator with what it gives out. */
function yieldOut(agent: Agent, frame: VMFrame, value: Value): number {
  return (frame.ending & END_GENERATOR) === 0
    ? suspend(agent, frame, FRAME_YIELDED, value)
    : yieldToCaller(agent, frame, value);
}

const Yield: Handler = (agent, frame, regs, pc) =>
  yieldOut(agent, frame, CreateIteratorResultObject(agent, regs[frame.code[pc + 2]], false));

const YieldRaw: Handler = (agent, frame, regs, pc) => yieldOut(agent, frame, regs[frame.code[pc + 3]]);

const Await: Handler = (agent, frame, regs, pc) => {
  const promise = promiseToAwait(agent, regs[frame.code[pc + 2]]);
  return (frame.ending & END_ASYNC) === 0
    ? suspend(agent, frame, FRAME_AWAITING, promise)
    : awaitFromCaller(agent, frame, promise);
};

// ---- Disposal

/** DisposeResources on its way: https://tc39.es/proposal-explicit-resource-management/#sec-disposeresources */
class Disposal {
  private readonly stack: readonly DisposableResource[];
  private index: number;
  completion: DisposalCompletion;
  private needsAwait: boolean;
  private hasAwaited: boolean;

  constructor(stack: readonly DisposableResource[], completion: DisposalCompletion) {
    this.stack = stack;
    this.index = stack.length - 1;
    this.completion = completion;
    this.needsAwait = false;
    this.hasAwaited = false;
  }

  /** Disposes until something has to be awaited, which is given in a box, or all is done: null. */
  step(agent: Agent): { readonly value: Value } | null {
    while (this.index >= 0) {
      const resource = this.stack[this.index];
      if (resource.hint === 'sync-dispose' && this.needsAwait && !this.hasAwaited) {
        this.needsAwait = false;
        return { value: undefined };
      }
      this.index--;
      if (resource.disposeMethod === undefined) {
        // Only `await using` of null or undefined has no method.
        this.needsAwait = true;
        continue;
      }
      const { realm, depth } = agent;
      try {
        const value = callDisposeMethod(agent, resource);
        if (resource.hint === 'async-dispose') {
          this.hasAwaited = true;
          return { value };
        }
      } catch (thrown) {
        this.completion = mergeDisposalError(agent, this.completion, thrown);
        agent.realm = realm;
        agent.depth = depth;
      }
    }
    if (this.needsAwait && !this.hasAwaited) {
      this.needsAwait = false;
      return { value: undefined };
    }
    return null;
  }
}

function capabilityAt(regs: readonly Value[], register: number): DisposeCapability {
  return regs[register] as unknown as DisposeCapability;
}
function disposalAt(regs: readonly Value[], register: number): Disposal {
  return regs[register] as unknown as Disposal;
}

const NewDisposeCapability: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = new DisposeCapability() as unknown as Value;
  return pc + 2;
};
const AddDisposable: Handler = (agent, { code }, regs, pc) => {
  const hint = code[pc + 3] === 1 ? 'async-dispose' : 'sync-dispose';
  AddDisposableResource(agent, capabilityAt(regs, code[pc + 1]), regs[code[pc + 2]], hint);
  return pc + 4;
};
const BeginDisposal: Handler = (_agent, { code }, regs, pc) => {
  const capability = capabilityAt(regs, code[pc + 2]);
  const stack = capability.disposableResourceStack;
  capability.disposableResourceStack = [];
  const completion = regs[code[pc + 3]] === true ? new ThrowCompletion(regs[code[pc + 4]]) : null;
  regs[code[pc + 1]] = new Disposal(stack, completion) as unknown as Value;
  return pc + 5;
};
const DisposeStep: Handler = (agent, { code }, regs, pc) => {
  const awaited = disposalAt(regs, code[pc + 2]).step(agent);
  if (awaited === null) return pc + 4 + code[pc + 3];
  regs[code[pc + 1]] = awaited.value;
  return pc + 4;
};
const DisposeError: Handler = (agent, { code }, regs, pc) => {
  const disposal = disposalAt(regs, code[pc + 1]);
  const thrown = new ThrowCompletion(regs[code[pc + 2]]);
  disposal.completion = mergeDisposalError(agent, disposal.completion, thrown);
  return pc + 3;
};
const FinishDisposal: Handler = (_agent, { code }, regs, pc) => {
  const { completion } = disposalAt(regs, code[pc + 1]);
  if (completion !== null) throw completion;
  return pc + 2;
};

export const suspensionHandlers: Readonly<Record<string, Handler>> = {
  CreateGenerator,
  Yield,
  YieldRaw,
  Await,
  NewDisposeCapability,
  AddDisposable,
  BeginDisposal,
  DisposeStep,
  DisposeError,
  FinishDisposal,
};
