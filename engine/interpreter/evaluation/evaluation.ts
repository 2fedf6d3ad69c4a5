// The types of the suspendable evaluator. Every evaluator function of this folder is a host generator that
// yields a CoroutineState where guest code suspends and is resumed with a Resumption. The plain evaluator,
// generated beside it, has the same functions without suspension (plain-evaluation.ts).
import type { CoroutineState, ResumptionKind } from '../../runtime/objects/generator.ts';
import type { Value } from '../../runtime/value.ts';

export interface Resumption {
  readonly kind: ResumptionKind;
  readonly value: Value;
}

export type Evaluation<T> = Generator<CoroutineState, T, Resumption>;
