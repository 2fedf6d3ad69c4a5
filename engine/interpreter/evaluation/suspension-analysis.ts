// Which nodes contain a suspension point of their own function: `yield`, `await`, `for await`, `await using`, or a
// `return` that awaits. Everything else in a suspendable body goes to the plain evaluator.
import {
  forEachChild,
  KIND_ArrowFunction,
  KIND_AwaitExpression,
  KIND_ForOfStatement,
  KIND_FunctionDeclaration,
  KIND_FunctionExpression,
  KIND_LexicalDeclaration,
  KIND_MethodFunction,
  KIND_ReturnStatement,
  KIND_YieldExpression,
  type Node,
} from '../../syntax/ast.gen.ts';

const suspending = new WeakSet<Node>();
const analysed = new WeakSet<object>();

/** True if evaluating `node` may suspend. Its function or module must have been analysed. */
export function suspends(node: Node): boolean {
  return suspending.has(node);
}

/**
 * Marks the suspending nodes among `roots` and what they contain. `key` stands for the function or module; a
 * second call with it does nothing. `returnAwaits`: the body of an async generator.
 */
export function analyseSuspension(key: object, roots: readonly Node[], returnAwaits: boolean): void {
  if (analysed.has(key)) return;
  analysed.add(key);
  // Parents come before children in the list, so that walking it backwards carries marks up. No host recursion.
  const nodes: Node[] = [];
  const parents: number[] = [];
  for (const root of roots) {
    nodes.push(root);
    parents.push(-1);
  }
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (isFunction(node)) continue;
    forEachChild(node, (child) => {
      nodes.push(child);
      parents.push(i);
    });
  }
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    if (isSuspensionPoint(node, returnAwaits)) suspending.add(node);
    if (parents[i] >= 0 && suspending.has(node)) suspending.add(nodes[parents[i]]);
  }
}

function isFunction(node: Node): boolean {
  return (
    node.kind === KIND_FunctionDeclaration ||
    node.kind === KIND_FunctionExpression ||
    node.kind === KIND_ArrowFunction ||
    node.kind === KIND_MethodFunction
  );
}

function isSuspensionPoint(node: Node, returnAwaits: boolean): boolean {
  switch (node.kind) {
    case KIND_YieldExpression:
    case KIND_AwaitExpression:
      return true;
    case KIND_ForOfStatement:
      return node.isAwait || isAwaitUsing(node.left);
    case KIND_LexicalDeclaration:
      return isAwaitUsing(node);
    case KIND_ReturnStatement:
      return returnAwaits && node.argument !== null;
    default:
      return false;
  }
}

function isAwaitUsing(node: Node): boolean {
  return node.kind === KIND_LexicalDeclaration && node.declarationKind === 'await using';
}
