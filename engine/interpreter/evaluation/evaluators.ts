// All evaluator functions in the dispatch tables. Called once by interpreter.ts.
import { callRows } from './calls.ts';
import { classExpressionRows, classStatementRows, NamedEvaluation } from './classes.ts';
import { installEvaluators } from './dispatch.ts';
import { loopRows } from './loops.ts';
import { operatorRows } from './operators.ts';
import { primaryRows } from './primary.ts';
import { statementRows } from './statements.ts';

export function installAllEvaluators(): void {
  installEvaluators(
    [...primaryRows, ...callRows, ...operatorRows, ...classExpressionRows],
    [...statementRows, ...loopRows, ...classStatementRows],
    NamedEvaluation,
  );
}
