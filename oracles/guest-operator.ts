// Runs a row of the operator table in a tier: one guest program, through the facade, that loops over the operands and
// keeps each result, or what was thrown. Operands and results are guest values, that is, host values as they are.
import { createArrayFrom, JSObject, Runtime, type TierName, type Value } from '../engine/engine.ts';
import type { OperatorRow } from '../engine/eval/operators.ts';
import type { Operands } from './operands.ts';

/** What an operation threw: the error's class, and its message where it is to be compared. */
export class Thrown {
  readonly errorName: string;
  readonly message: string;
  constructor(errorName: string, message: string) {
    this.errorName = errorName;
    this.message = message;
  }
}

/** The program of a row. `x` and `y` are variables, so that nothing can be folded. */
export function guestProgram(row: OperatorRow): string {
  return `(function () {
  for (let i = 0; i < xs.length; i++) {
    let x = xs[i], y = ys[i];
    try { results[i] = ${row.expression}; } catch (error) { results[i] = error; }
  }
})();`;
}

/** The result of the row on each pair of operands, in order. */
export function runInTier(tier: TierName, row: OperatorRow, operands: Operands): unknown[] {
  const runtime = new Runtime({ tier });
  const results = createArrayFrom(runtime.agent, []);
  runtime.defineGlobal('xs', createArrayFrom(runtime.agent, [...operands.xs]));
  runtime.defineGlobal('ys', createArrayFrom(runtime.agent, [...operands.ys]));
  runtime.defineGlobal('results', results);
  const program = guestProgram(row);
  const end = runtime.runScript(program, `${row.domain} ${row.expression}`);
  if (end.kind !== 'normal') throw new Error(`the program ended as '${end.kind}' in ${tier}:\n${program}`);
  return operands.xs.map((_, i) => hostResult(runtime, results.Get(runtime.agent, i, results)));
}

function hostResult(runtime: Runtime, value: Value): unknown {
  if (!(value instanceof JSObject)) return value;
  const { name, message } = runtime.describeError(value);
  return new Thrown(name, message);
}
