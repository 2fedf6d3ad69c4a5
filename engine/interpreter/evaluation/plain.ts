// What the suspendable evaluator knows of the plain one: when and how to hand a subtree over to it. The generator
// leaves out imports of this file.
export { SUSPENDABLE_FACTOR } from '../depth-costs.ts';
export {
  EvaluateExpression as EvaluateExpressionPlainly,
  EvaluateStatement as EvaluateStatementPlainly,
} from './dispatch.gen.ts';
export { suspends } from './suspension-analysis.ts';
