// Whether code can keep an environment alive beyond its own evaluation: it makes functions or classes, or runs a
// direct eval. Asked once per node.
import {
  type ForStatement,
  forEachChild,
  KIND_ArrowFunction,
  KIND_ClassDeclaration,
  KIND_ClassExpression,
  KIND_FunctionDeclaration,
  KIND_FunctionExpression,
  KIND_MethodFunction,
  type Node,
} from '../syntax/ast.gen.ts';

const answers = new WeakMap<ForStatement, boolean>();

/** True if a closure may capture the environments of the loop. */
export function mayCaptureLoopEnvironment(node: ForStatement): boolean {
  let answer = answers.get(node);
  if (answer === undefined) {
    answer = node.scope.containsDirectEval || containsClosure(node);
    answers.set(node, answer);
  }
  return answer;
}

function containsClosure(root: Node): boolean {
  const pending: Node[] = [root];
  let found = false;
  while (pending.length > 0 && !found) {
    const node = pending.pop() as Node;
    switch (node.kind) {
      case KIND_FunctionDeclaration:
      case KIND_FunctionExpression:
      case KIND_ArrowFunction:
      case KIND_MethodFunction:
      case KIND_ClassDeclaration:
      case KIND_ClassExpression:
        found = true;
        break;
      default:
        forEachChild(node, (child) => {
          pending.push(child);
        });
    }
  }
  return found;
}
