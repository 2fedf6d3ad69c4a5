// Template objects and the operands of tagged templates, https://tc39.es/ecma262/#sec-tagged-templates .
import type { Agent } from '../../runtime/agent.ts';
import { IsCallable } from '../../runtime/call.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { DefinePropertyOrThrow, SetIntegrityLevel } from '../../runtime/operations/object-operations.ts';
import { ATTRS_NONE, dataDescriptor } from '../../runtime/property-descriptor.ts';
import type { Value } from '../../runtime/value.ts';
import type { TaggedTemplate, TemplateLiteral } from '../../syntax/ast.gen.ts';
import { type Frame, TailCall } from '../frame.ts';
import { GetValue, thisValueForCall } from '../references.ts';
import { throwNotCallable } from './arguments.ts';
import { EvaluateExpression } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluateReference } from './targets.ts';

/** GetTemplateObject — https://tc39.es/ecma262/#sec-gettemplateobject */
function GetTemplateObject(agent: Agent, context: Frame, templateLiteral: TemplateLiteral): JSObject {
  const templateRegistry = context.realm.templateMap;
  const known = templateRegistry.get(templateLiteral);
  if (known !== undefined) return known;
  const cookedStrings: Value[] = [];
  const rawStrings: Value[] = [];
  for (const quasi of templateLiteral.quasis) {
    cookedStrings.push(quasi.cooked);
    rawStrings.push(quasi.raw);
  }
  const template = createArrayFrom(agent, cookedStrings);
  const rawObj = createArrayFrom(agent, rawStrings);
  SetIntegrityLevel(agent, rawObj, 'frozen');
  DefinePropertyOrThrow(agent, template, 'raw', dataDescriptor(rawObj, ATTRS_NONE));
  SetIntegrityLevel(agent, template, 'frozen');
  templateRegistry.set(templateLiteral, template);
  return template;
}

/** The call that a tagged template stands for, up to the call itself. */
export function* TemplateCall(agent: Agent, context: Frame, node: TaggedTemplate): Evaluation<TailCall> {
  const tagRef = yield* EvaluateReference(agent, context, node.tag);
  const tagFunc = GetValue(agent, tagRef);
  const argList: Value[] = [GetTemplateObject(agent, context, node.quasi)];
  const expressions = node.quasi.expressions;
  for (let i = 0; i < expressions.length; i++) {
    argList.push(yield* EvaluateExpression(agent, context, expressions[i]));
  }
  context.position = node.tag.start;
  if (!IsCallable(tagFunc)) throwNotCallable(agent, context, node.tag);
  return new TailCall(tagFunc, thisValueForCall(tagRef), argList);
}
