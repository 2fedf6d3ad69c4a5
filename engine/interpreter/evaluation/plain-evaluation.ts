// The counterpart of evaluation.ts for the generated plain evaluator: an evaluation is its result.
export type { Resumption } from './evaluation.ts';

export type Evaluation<T> = T;
