// Static semantics of binding patterns that the parser and the scope analysis share.

import {
  type BindingIdentifier,
  type BindingTarget,
  KIND_ArrayBindingPattern,
  KIND_BindingIdentifier,
  KIND_ComputedPropertyName,
  KIND_ObjectBindingPattern,
} from './ast.gen.ts';

/** Calls `visit` with each BindingIdentifier of `target`, in source order (BoundNames). */
export function forEachBoundName(target: BindingTarget, visit: (name: BindingIdentifier) => void): void {
  switch (target.kind) {
    case KIND_BindingIdentifier:
      visit(target);
      return;
    case KIND_ObjectBindingPattern:
      for (const property of target.properties) forEachBoundName(property.target, visit);
      if (target.rest !== null) visit(target.rest);
      return;
    case KIND_ArrayBindingPattern:
      for (const element of target.elements) if (element !== null) forEachBoundName(element.target, visit);
      if (target.rest !== null) forEachBoundName(target.rest, visit);
      return;
  }
}

/** ContainsExpression — https://tc39.es/ecma262/#sec-static-semantics-containsexpression */
export function containsExpression(target: BindingTarget): boolean {
  switch (target.kind) {
    case KIND_BindingIdentifier:
      return false;
    case KIND_ObjectBindingPattern:
      return target.properties.some(
        (property) =>
          property.key.kind === KIND_ComputedPropertyName ||
          property.initializer !== null ||
          containsExpression(property.target),
      );
    case KIND_ArrayBindingPattern:
      return (
        target.elements.some(
          (element) =>
            element !== null && (element.initializer !== null || containsExpression(element.target)),
        ) ||
        (target.rest !== null && containsExpression(target.rest))
      );
  }
}
