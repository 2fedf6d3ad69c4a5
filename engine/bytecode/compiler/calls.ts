// Calls, `new`, super calls, optional chains, tagged templates, import() and the meta properties,
// https://tc39.es/ecma262/#sec-left-hand-side-expressions .
import {
  type Argument,
  type CallExpression,
  type Expression,
  type ImportCall,
  KIND_CallExpression,
  KIND_ComputedMember,
  KIND_ConditionalExpression,
  KIND_IdentifierReference,
  KIND_ImportCall,
  KIND_ImportMeta,
  KIND_LogicalExpression,
  KIND_NewExpression,
  KIND_NewTarget,
  KIND_OptionalChain,
  KIND_PrivateMember,
  KIND_SequenceExpression,
  KIND_SpreadElement,
  KIND_StaticMember,
  KIND_SuperCall,
  KIND_SuperComputedMember,
  KIND_SuperStaticMember,
  KIND_TaggedTemplate,
  type NewExpression,
  type OptionalChain,
  type SuperCall,
  type TaggedTemplate,
} from '../../syntax/ast.gen.ts';
import { SPINE_TEXT, spineCuts } from '../../syntax/spine.ts';
import { Label } from '../writer.ts';
import { isDynamic, resolutionOf } from './bindings.ts';
import {
  compileBranch,
  compileEffect,
  compileOperand,
  compileOperandBefore,
  compileToTemporary,
  type ExpressionRow,
  unparenthesized,
} from './dispatch.ts';
import { compileReturn } from './exits.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { compileTarget, loadTarget } from './targets.ts';

/** What is called, and its this value. */
interface Callee {
  readonly callee: number;
  readonly thisValue: number;
  /** Source offset of the call in stack traces. */
  readonly position: number;
}

function hasSpread(args: readonly Argument[]): boolean {
  return (
    args.length > MAX_REGISTER_ARGUMENTS || args.some((argument) => argument.kind === KIND_SpreadElement)
  );
}

/** Longer argument lists go through a list. */
const MAX_REGISTER_ARGUMENTS = 64;

/** The arguments in registers in a row; the first. */
function compileArguments(c: FunctionCompiler, args: readonly Argument[]): number {
  const first = c.writer.mark();
  for (const argument of args) compileToTemporary(c, argument as Expression);
  return first;
}

/** The arguments in a list. */
function compileArgumentList(c: FunctionCompiler, args: readonly Argument[]): number {
  const { emit, writer } = c;
  const list = writer.newRegister();
  emit.newList(list);
  for (const argument of args) {
    const mark = writer.mark();
    if (argument.kind === KIND_SpreadElement) {
      const iterable = compileOperand(c, argument.argument);
      writer.at(argument.start);
      emit.listAppendIterated(list, iterable);
    } else emit.listAppend(list, compileOperand(c, argument));
    writer.release(mark);
  }
  return list;
}

/** Evaluates the callee of a call up to its value and this value. */
function compileCallee(c: FunctionCompiler, expression: Expression, args: readonly Argument[]): Callee {
  const { emit, writer } = c;
  const node = unparenthesized(expression);
  switch (node.kind) {
    case KIND_IdentifierReference: {
      const resolution = resolutionOf(c, node);
      if (!isDynamic(resolution)) {
        const callee = compileOperandBefore(c, node, ...args);
        return { callee, thisValue: writer.constantRegister(undefined), position: node.start };
      }
      const callee = writer.newRegister();
      const thisValue = writer.newRegister();
      writer.at(node.start);
      emit.loadNameForCall(
        callee,
        thisValue,
        c.environmentRegister,
        writer.constant(node.name),
        Number(c.strict),
      );
      return { callee, thisValue, position: node.start };
    }
    case KIND_StaticMember:
    case KIND_ComputedMember: {
      const target = compileTarget(c, node, ...args);
      const callee = writer.newRegister();
      loadTarget(c, target, callee);
      const thisValue = 'object' in target ? target.object : -1;
      const position = node.kind === KIND_StaticMember ? node.end - node.name.length : node.start;
      return { callee, thisValue, position };
    }
    case KIND_PrivateMember: {
      const target = compileTarget(c, node, ...args);
      const callee = writer.newRegister();
      loadTarget(c, target, callee);
      return { callee, thisValue: 'object' in target ? target.object : -1, position: node.start };
    }
    case KIND_SuperStaticMember:
    case KIND_SuperComputedMember: {
      const target = compileTarget(c, node, ...args);
      const callee = writer.newRegister();
      loadTarget(c, target, callee);
      return { callee, thisValue: 'thisValue' in target ? target.thisValue : -1, position: node.start };
    }
    case KIND_OptionalChain: {
      const exit = new Label();
      const end = new Label();
      const callee = writer.newRegister();
      const thisValue = writer.newRegister();
      const reference = compileChainReference(c, node.expression, exit, args);
      emit.move(callee, reference.callee);
      emit.move(thisValue, reference.thisValue);
      emit.jump(end);
      writer.bind(exit);
      emit.loadUndefined(callee);
      emit.loadUndefined(thisValue);
      writer.bind(end);
      return { callee, thisValue, position: node.start };
    }
    default: {
      const callee = compileOperandBefore(c, node, ...args);
      return { callee, thisValue: writer.constantRegister(undefined), position: node.start };
    }
  }
}

/** Notes the callee of the call that follows, for messages: without parentheses around it, but for `new`. */
function noteCallee(c: FunctionCompiler, callee: Expression): void {
  const node = unparenthesized(callee);
  c.writer.callee(node.start, node.end);
}

function isEvalCall(node: CallExpression): boolean {
  const callee = unparenthesized(node.callee);
  return !node.optional && callee.kind === KIND_IdentifierReference && callee.name === 'eval';
}

function compileCall(c: FunctionCompiler, node: CallExpression, dst: number): void {
  emitCall(c, compileCallee(c, node.callee, node.args), node, dst);
}

function emitCall(
  c: FunctionCompiler,
  { callee, thisValue, position }: Callee,
  node: CallExpression,
  dst: number,
): void {
  const { emit, writer } = c;
  const isEval = isEvalCall(node);
  if (hasSpread(node.args)) {
    const list = compileArgumentList(c, node.args);
    writer.at(isEval ? node.start : position);
    noteCallee(c, node.callee);
    if (isEval)
      emit.callEvalSpread(dst, callee, list, c.environmentRegister, c.privateEnvironment, Number(c.strict));
    else emit.callSpread(dst, callee, thisValue, list);
    return;
  }
  const first = compileArguments(c, node.args);
  writer.at(isEval ? node.start : position);
  noteCallee(c, node.callee);
  const count = node.args.length;
  if (isEval)
    emit.callEval(dst, callee, first, count, c.environmentRegister, c.privateEnvironment, Number(c.strict));
  else emit.call(dst, callee, thisValue, first, count, writer.ic());
}

function compileNew(c: FunctionCompiler, node: NewExpression, dst: number): void {
  const { emit, writer } = c;
  const callee = compileOperandBefore(c, node.callee, ...node.args);
  if (hasSpread(node.args)) {
    const list = compileArgumentList(c, node.args);
    writer.at(node.start);
    noteCallee(c, node.callee);
    emit.newSpread(dst, callee, list);
    return;
  }
  const first = compileArguments(c, node.args);
  writer.at(node.start);
  noteCallee(c, node.callee);
  emit.new(dst, callee, first, node.args.length, writer.ic());
}

function compileSuperCall(c: FunctionCompiler, node: SuperCall, dst: number): void {
  const { emit, writer } = c;
  const environment = c.environmentRegister;
  const newTarget = writer.newRegister();
  emit.loadNewTargetBinding(newTarget, environment);
  const callee = writer.newRegister();
  emit.getSuperConstructor(callee, environment);
  const result = writer.newRegister();
  if (hasSpread(node.args)) {
    const list = compileArgumentList(c, node.args);
    writer.at(node.start);
    emit.superCallSpread(result, callee, newTarget, list);
  } else {
    const first = compileArguments(c, node.args);
    writer.at(node.start);
    emit.superCall(result, callee, newTarget, first, node.args.length);
  }
  emit.bindThis(environment, result);
  emit.move(dst, result);
}

// ---- Optional chains, https://tc39.es/ecma262/#sec-optional-chains

/** What the chain refers to: its value with the this value of a call. Jumps to `exit` where it is cut short. */
function compileChainReference(
  c: FunctionCompiler,
  node: Expression,
  exit: Label,
  later: readonly Argument[],
): Callee {
  compileInnerLinksOfChain(c, node, exit);
  return chainReference(c, node, exit, later);
}

/** As compileInnerLinks does outside of chains. */
function compileInnerLinksOfChain(c: FunctionCompiler, node: Expression, exit: Label): void {
  if (node.end - node.start <= SPINE_TEXT) return;
  const cuts = spineCuts(node, null);
  if (cuts.length === 0) return;
  const { emit, writer } = c;
  const dst = writer.newRegister();
  for (let i = cuts.length - 1; i >= 0; i--) {
    const mark = writer.mark();
    emit.move(dst, chainReference(c, cuts[i], exit, []).callee);
    c.putSpine(cuts[i], dst);
    writer.release(mark);
  }
}

function chainReference(
  c: FunctionCompiler,
  node: Expression,
  exit: Label,
  later: readonly Argument[],
): Callee {
  const { emit, writer } = c;
  const none = writer.constantRegister(undefined);
  if (node === c.pendingSpine) return { callee: c.takeSpine(), thisValue: none, position: node.start };
  switch (node.kind) {
    case KIND_StaticMember: {
      const object = chainBase(c, node.object, node.optional, exit, later);
      const value = writer.newRegister();
      writer.at(node.end - node.name.length);
      emit.getNamed(value, object, writer.constant(node.name), writer.ic());
      return { callee: value, thisValue: object, position: node.end - node.name.length };
    }
    case KIND_ComputedMember: {
      const object = chainBase(c, node.object, node.optional, exit, later);
      const key = compileOperand(c, node.property);
      const value = writer.newRegister();
      writer.at(node.property.start);
      emit.getElement(value, object, key, writer.ic());
      return { callee: value, thisValue: object, position: node.start };
    }
    case KIND_PrivateMember: {
      const object = chainBase(c, node.object, node.optional, exit, later);
      const name = writer.newRegister();
      const value = writer.newRegister();
      writer.at(node.name.start);
      emit.resolvePrivate(name, c.privateEnvironment, writer.constant(node.name.name));
      emit.getPrivate(value, object, name, writer.ic());
      return { callee: value, thisValue: object, position: node.start };
    }
    case KIND_CallExpression: {
      c.enterNode();
      const reference = isChainLink(node.callee)
        ? chainReference(c, node.callee, exit, node.args)
        : compileCallee(c, node.callee, node.args);
      c.leaveNode();
      if (node.optional) emit.jumpIfNullish(reference.callee, exit);
      const value = writer.newRegister();
      emitCall(c, reference, node, value);
      return { callee: value, thisValue: none, position: node.start };
    }
    default:
      return compileCallee(c, node, later);
  }
}

function isChainLink(node: Expression): boolean {
  switch (node.kind) {
    case KIND_StaticMember:
    case KIND_ComputedMember:
    case KIND_PrivateMember:
    case KIND_CallExpression:
      return true;
    default:
      return false;
  }
}

/** The value in front of a link. */
function chainBase(
  c: FunctionCompiler,
  object: Expression,
  optional: boolean,
  exit: Label,
  later: readonly Argument[],
): number {
  c.enterNode();
  // The value has to last while the rest of the chain is evaluated.
  const base = isChainLink(object)
    ? chainReference(c, object, exit, later).callee
    : compileToTemporary(c, object);
  c.leaveNode();
  if (optional) c.emit.jumpIfNullish(base, exit);
  return base;
}

/** An optional chain as a value, or as the operand of `delete`. */
export function compileChain(
  c: FunctionCompiler,
  node: OptionalChain,
  { deleteInto, position }: { readonly deleteInto: number; readonly position: number },
): void {
  const { emit, writer } = c;
  const exit = new Label();
  const end = new Label();
  const link = node.expression;
  const strict = Number(c.strict);
  compileInnerLinksOfChain(c, link, exit);
  if (link.kind === KIND_StaticMember) {
    const object = chainBase(c, link.object, link.optional, exit, []);
    writer.at(position);
    emit.deleteNamed(deleteInto, object, writer.constant(link.name), strict);
  } else if (link.kind === KIND_ComputedMember) {
    const object = chainBase(c, link.object, link.optional, exit, []);
    const key = compileOperand(c, link.property);
    writer.at(position);
    emit.deleteElement(deleteInto, object, key, strict);
  } else {
    chainReference(c, link, exit, []);
    emit.move(deleteInto, writer.constantRegister(true));
  }
  emit.jump(end);
  writer.bind(exit);
  emit.move(deleteInto, writer.constantRegister(true));
  writer.bind(end);
}

function compileOptionalChain(c: FunctionCompiler, node: OptionalChain, dst: number): void {
  const { emit, writer } = c;
  const exit = new Label();
  const end = new Label();
  const { callee } = compileChainReference(c, node.expression, exit, []);
  emit.move(dst, callee);
  emit.jump(end);
  writer.bind(exit);
  emit.loadUndefined(dst);
  writer.bind(end);
}

// ---- Templates, import, meta properties

/** Callee and arguments of a tagged template. */
function compileTemplateCall(
  c: FunctionCompiler,
  node: TaggedTemplate,
): Callee & { readonly first: number; readonly count: number } {
  const { emit, writer } = c;
  const { quasis, expressions } = node.quasi;
  const reference = compileCallee(c, node.tag, expressions);
  const first = writer.newRegister();
  const template = writer.constant({
    constantKind: 'template',
    cooked: quasis.map((quasi) => quasi.cooked),
    raw: quasis.map((quasi) => quasi.raw),
  });
  emit.getTemplateObject(first, template);
  for (const expression of expressions) compileToTemporary(c, expression);
  writer.at(node.tag.start);
  noteCallee(c, node.tag);
  return { ...reference, first, count: expressions.length + 1 };
}

function compileTaggedTemplate(c: FunctionCompiler, node: TaggedTemplate, dst: number): void {
  const { callee, thisValue, first, count } = compileTemplateCall(c, node);
  c.emit.call(dst, callee, thisValue, first, count, c.writer.ic());
}

function compileNewTarget(c: FunctionCompiler, _node: Expression, dst: number): void {
  if (c.unit.unitKind === 'function' && !c.unit.isArrow) c.emit.loadNewTarget(dst);
  else c.emit.loadNewTargetBinding(dst, c.environmentRegister);
}

function compileImportMeta(c: FunctionCompiler, _node: Expression, dst: number): void {
  c.emit.importMeta(dst);
}

const PHASES = ['evaluation', 'source', 'defer'] as const;

function compileImportCall(c: FunctionCompiler, node: ImportCall, dst: number): void {
  const specifier = compileOperandBefore(c, node.specifier, node.options);
  const options = node.options === null ? -1 : compileOperand(c, node.options);
  c.writer.at(node.start);
  c.emit.importCall(dst, specifier, options, PHASES.indexOf(node.phase));
}

// ---- Tail calls

/** `return` of an expression; calls in tail position take the place of the frame. */
export function compileReturnOf(c: FunctionCompiler, expression: Expression): void {
  const { emit, writer } = c;
  const mark = writer.mark();
  const node = unparenthesized(expression);
  if (!c.tailCallsAllowed) {
    compileReturn(c, compileOperand(c, node));
    writer.release(mark);
    return;
  }
  switch (node.kind) {
    case KIND_ConditionalExpression: {
      let current: Expression = node;
      while (current.kind === KIND_ConditionalExpression) {
        const otherwise = new Label();
        compileBranch(c, current.test, otherwise, false);
        compileReturnOf(c, current.consequent);
        writer.bind(otherwise);
        current = unparenthesized(current.alternate);
      }
      compileReturnOf(c, current);
      break;
    }
    case KIND_SequenceExpression: {
      const last = node.expressions.length - 1;
      for (let i = 0; i < last; i++) compileEffect(c, node.expressions[i]);
      compileReturnOf(c, node.expressions[last]);
      break;
    }
    case KIND_LogicalExpression: {
      const value = compileToTemporary(c, node.left);
      const decided = new Label();
      if (node.operator === '&&') emit.jumpIfFalse(value, decided);
      else if (node.operator === '||') emit.jumpIfTrue(value, decided);
      else emit.jumpIfNotNullish(value, decided);
      compileReturnOf(c, node.right);
      writer.bind(decided);
      emit.return(value);
      break;
    }
    case KIND_CallExpression: {
      if (isEvalCall(node)) {
        compileEvalInTailPosition(c, node);
        break;
      }
      const { callee, thisValue, position } = compileCallee(c, node.callee, node.args);
      if (hasSpread(node.args)) {
        const list = compileArgumentList(c, node.args);
        writer.at(position);
        noteCallee(c, node.callee);
        emit.tailCallSpread(callee, thisValue, list);
      } else {
        const first = compileArguments(c, node.args);
        writer.at(position);
        noteCallee(c, node.callee);
        emit.tailCall(callee, thisValue, first, node.args.length);
      }
      break;
    }
    case KIND_TaggedTemplate: {
      const { callee, thisValue, first, count } = compileTemplateCall(c, node);
      emit.tailCall(callee, thisValue, first, count);
      break;
    }
    default:
      emit.return(compileOperand(c, node));
  }
  writer.release(mark);
}

/** A call of something named `eval`: an eval, or a tail call of another function of that name. */
function compileEvalInTailPosition(c: FunctionCompiler, node: CallExpression): void {
  const { emit, writer } = c;
  const { callee, thisValue, position } = compileCallee(c, node.callee, node.args);
  const list = compileArgumentList(c, node.args);
  const isEval = writer.newRegister();
  const isCall = new Label();
  emit.isEval(isEval, callee);
  emit.jumpIfFalse(isEval, isCall);
  writer.at(node.start);
  emit.callEvalSpread(isEval, callee, list, c.environmentRegister, c.privateEnvironment, Number(c.strict));
  emit.return(isEval);
  writer.bind(isCall);
  writer.at(position);
  noteCallee(c, node.callee);
  emit.tailCallSpread(callee, thisValue, list);
}

export const callRows: readonly ExpressionRow[] = [
  [KIND_CallExpression, compileCall],
  [KIND_NewExpression, compileNew],
  [KIND_SuperCall, compileSuperCall],
  [KIND_TaggedTemplate, compileTaggedTemplate],
  [KIND_OptionalChain, compileOptionalChain],
  [KIND_NewTarget, compileNewTarget],
  [KIND_ImportMeta, compileImportMeta],
  [KIND_ImportCall, compileImportCall],
];
