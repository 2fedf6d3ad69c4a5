// A suspended evaluation of the tree-walker: the frame and the host generator that evaluates in it (the exception
// that ARCHITECTURE.md, rule 7 makes for this tier).
import type { Agent } from '../runtime/agent.ts';
import {
  COROUTINE_RETURNED,
  type Coroutine,
  type CoroutineState,
  type ResumptionKind,
} from '../runtime/objects/generator.ts';
import type { Value } from '../runtime/value.ts';
import { RESUME_DEPTH } from './depth-costs.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import type { Frame } from './frame.ts';

/** About what a suspended evaluation takes, and each evaluator that is suspended in it. */
const COROUTINE_BYTES = 2048;
const EVALUATOR_BYTES = 256;

export class InterpretedCoroutine implements Coroutine {
  value: Value;
  private readonly context: Frame;
  private readonly evaluation: Evaluation<Value>;
  /** Depth of nested evaluators that are suspended; the host goes through all of them at each resumption. */
  private nesting: number;

  /** Charged: an evaluation that is suspended is no longer bounded by the limits of nesting. */
  constructor(context: Frame, evaluation: Evaluation<Value>) {
    context.realm.agent.chargeBytes(COROUTINE_BYTES);
    this.value = undefined;
    this.context = context;
    this.evaluation = evaluation;
    this.nesting = 0;
  }

  resume(agent: Agent, kind: ResumptionKind, value: Value): CoroutineState {
    const context = this.context;
    const { context: caller, realm, depth } = agent;
    agent.depth = depth + this.nesting + RESUME_DEPTH;
    if (agent.depth > agent.limits.depth) {
      agent.depth = depth;
      agent.throwStackOverflow();
    }
    context.depthBase = depth;
    context.caller = caller;
    agent.context = context;
    agent.realm = context.realm;
    try {
      const result = this.evaluation.next({ kind, value });
      if (result.done === true) {
        this.value = result.value;
        return COROUTINE_RETURNED;
      }
      const nesting = agent.depth - depth - RESUME_DEPTH;
      if (nesting > this.nesting) agent.chargeBytes((nesting - this.nesting) * EVALUATOR_BYTES);
      this.nesting = nesting;
      this.value = context.suspendedValue;
      context.suspendedValue = undefined;
      return result.value;
    } finally {
      context.caller = null;
      agent.context = caller;
      agent.realm = realm;
      agent.depth = depth;
    }
  }
}
