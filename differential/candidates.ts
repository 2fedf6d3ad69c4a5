// Smaller versions of a program, as edits of its text that the syntax tree proposes: items out of lists, statements replaced by
// what is inside them, expressions by a part of them or by a literal, optional parts left out, literals made shorter. From
// coarse to fine. Nothing is promised of a candidate: whether it parses and still shows what is wanted, the
// caller finds out.

import {
  type Argument,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  forEachChild,
  KIND_ArrayAssignmentPattern,
  KIND_ArrayBindingPattern,
  KIND_ArrayLiteral,
  KIND_ArrowFunction,
  KIND_AssignmentElement,
  KIND_AssignmentExpression,
  KIND_AssignmentProperty,
  KIND_AwaitExpression,
  KIND_BigIntLiteral,
  KIND_BinaryExpression,
  KIND_BindingDeclaration,
  KIND_BindingElement,
  KIND_BindingProperty,
  KIND_Block,
  KIND_BooleanLiteral,
  KIND_CallExpression,
  KIND_ClassDeclaration,
  KIND_ClassExpression,
  KIND_ClassStaticBlock,
  KIND_ComputedMember,
  KIND_ConditionalExpression,
  KIND_DoWhileStatement,
  KIND_ExportDeclaration,
  KIND_ExportDefault,
  KIND_ExpressionStatement,
  KIND_ForInStatement,
  KIND_ForOfStatement,
  KIND_ForStatement,
  KIND_FunctionDeclaration,
  KIND_FunctionExpression,
  KIND_IdentifierReference,
  KIND_IfStatement,
  KIND_ImportCall,
  KIND_LabelledStatement,
  KIND_LexicalDeclaration,
  KIND_LogicalExpression,
  KIND_MethodFunction,
  KIND_Module,
  KIND_NewExpression,
  KIND_NullLiteral,
  KIND_NumericLiteral,
  KIND_ObjectAssignmentPattern,
  KIND_ObjectBindingPattern,
  KIND_ObjectLiteral,
  KIND_OptionalChain,
  KIND_ParenthesizedExpression,
  KIND_PrivateInExpression,
  KIND_PrivateMember,
  KIND_PropertyDefinition,
  KIND_RegularExpressionLiteral,
  KIND_ReturnStatement,
  KIND_Script,
  KIND_SequenceExpression,
  KIND_SpreadElement,
  KIND_StaticMember,
  KIND_StringLiteral,
  KIND_SuperCall,
  KIND_SuperComputedMember,
  KIND_SwitchStatement,
  KIND_TaggedTemplate,
  KIND_TemplateLiteral,
  KIND_ThrowStatement,
  KIND_TryStatement,
  KIND_UnaryExpression,
  KIND_UpdateExpression,
  KIND_VariableStatement,
  KIND_WhileStatement,
  KIND_WithStatement,
  KIND_YieldExpression,
  type Node,
  type SwitchStatement,
  type TemplateLiteral,
  type TryStatement,
} from '../engine/syntax/ast.gen.ts';

/** Replaces text from `start` to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The text with the edit made. */
export function applyEdit(source: string, { start, end, text }: Edit): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** Edits that make the program smaller, those that take most first. */
export function candidates(root: Node, source: string): Edit[] {
  // Without recursion: a tree may be deeper than the host's stack.
  const nodes: Node[] = [root];
  for (let at = 0; at < nodes.length; at++) forEachChild(nodes[at], (child) => nodes.push(child));
  const out = new Candidates(source, atomsOf(nodes, source));
  for (const node of nodes) out.ofNode(node);
  const gain = ({ start, end, text }: Edit): number => end - start - text.length;
  return out.edits.sort((a, b) => gain(b) - gain(a));
}

const LONGEST_ATOM = 6;
const MOST_ATOMS = 6;

/** Short literals of the program: what is computed on long ways to them can often be replaced by them. */
function atomsOf(nodes: readonly Node[], source: string): string[] {
  const atoms = new Set<string>();
  for (const node of nodes) {
    const inner =
      node.kind === KIND_UnaryExpression && node.operator === '-' ? (node.argument as Node) : node;
    if (
      inner.kind === KIND_NumericLiteral ||
      inner.kind === KIND_BigIntLiteral ||
      inner.kind === KIND_StringLiteral
    ) {
      const text = source.slice(node.start, node.end);
      if (text.length <= LONGEST_ATOM && text !== '0' && text !== "''") atoms.add(text);
    }
  }
  return [...atoms].sort().slice(0, MOST_ATOMS);
}

class Candidates {
  readonly edits: Edit[] = [];
  private readonly source: string;
  private readonly atoms: readonly string[];

  constructor(source: string, atoms: readonly string[]) {
    this.source = source;
    this.atoms = atoms;
  }

  ofNode(node: Node): void {
    switch (node.kind) {
      case KIND_Script:
      case KIND_Module:
        this.dropStatements(node.body);
        break;
      case KIND_Block:
        this.dropStatements(node.body);
        this.replaceByBody(node, node.body);
        break;
      case KIND_FunctionDeclaration:
      case KIND_FunctionExpression:
      case KIND_ArrowFunction:
      case KIND_MethodFunction:
        this.ofFunction(node);
        break;
      case KIND_ClassDeclaration:
      case KIND_ClassExpression:
        this.ofClass(node);
        break;
      case KIND_ClassStaticBlock:
        this.dropStatements(node.value.body);
        break;
      case KIND_VariableStatement:
      case KIND_LexicalDeclaration:
        if (node.declarations.length > 1) this.dropItems(node.declarations);
        break;
      case KIND_ExpressionStatement:
        this.ofFunctionStatement(node, node.expression);
        break;
      case KIND_IfStatement:
        this.replace(node, [node.consequent, ...present(node.alternate), node.test]);
        if (node.alternate !== null) this.drop({ start: node.consequent.end, end: node.end });
        break;
      case KIND_DoWhileStatement:
      case KIND_WhileStatement:
        this.replace(node, [node.body, node.test]);
        break;
      case KIND_ForStatement:
        this.replace(node, [node.body, ...present(node.init)]);
        for (const part of [node.test, node.update]) if (part !== null) this.drop(part);
        break;
      case KIND_ForInStatement:
      case KIND_ForOfStatement:
        this.replace(node, [node.body, node.right]);
        break;
      case KIND_WithStatement:
        this.replace(node, [node.body, node.object]);
        break;
      case KIND_LabelledStatement:
        this.replace(node, [node.body]);
        break;
      case KIND_SwitchStatement:
        this.ofSwitch(node);
        break;
      case KIND_TryStatement:
        this.ofTry(node);
        break;
      case KIND_ReturnStatement:
        if (node.argument !== null) {
          this.drop({ start: node.start + 'return'.length, end: node.argument.end });
          this.replace(node, [node.argument]);
        }
        break;
      case KIND_ThrowStatement:
        this.replace(node, [node.argument]);
        break;
      case KIND_ExportDeclaration:
      case KIND_ExportDefault:
        this.replace(node, [node.declaration]);
        break;
      case KIND_BindingDeclaration:
      case KIND_BindingElement:
      case KIND_BindingProperty:
      case KIND_AssignmentElement:
      case KIND_AssignmentProperty:
        if (node.initializer !== null) this.drop({ start: node.target.end, end: node.initializer.end });
        if (node.target.kind === KIND_ObjectBindingPattern || node.target.kind === KIND_ArrayBindingPattern) {
          this.push(node.target, 'x');
        }
        break;
      case KIND_ObjectBindingPattern:
      case KIND_ObjectAssignmentPattern:
        this.dropItems([...node.properties, ...present(node.rest)]);
        break;
      case KIND_ArrayBindingPattern:
      case KIND_ArrayAssignmentPattern:
        this.dropItems([
          ...(node.elements as readonly (Node | null)[]).flatMap(present),
          ...present<Node>(node.rest),
        ]);
        break;
      default:
        this.ofExpression(node);
    }
  }

  private ofExpression(node: Node): void {
    switch (node.kind) {
      case KIND_NumericLiteral:
        this.shorten(node, node.value < 1 || node.value === 1 ? ['0'] : ['0', '1', '2']);
        break;
      case KIND_BigIntLiteral:
        this.shorten(node, ['0n', '1n']);
        break;
      case KIND_StringLiteral:
        this.shorten(node, ["''", this.halfLiteral(node)]);
        break;
      case KIND_RegularExpressionLiteral:
        this.shorten(node, ['/a/']);
        break;
      case KIND_NullLiteral:
      case KIND_BooleanLiteral:
        this.shorten(node, ['0']);
        break;
      case KIND_IdentifierReference:
        this.shorten(node, ['0']);
        break;
      case KIND_TemplateLiteral:
        this.ofTemplate(node);
        break;
      case KIND_TaggedTemplate:
        this.expression(node, [node.tag, node.quasi]);
        break;
      case KIND_ArrayLiteral:
        this.expression(node, node.elements.flatMap(present).map(withoutSpread));
        this.shorten(node, ['[]']);
        this.dropItems(node.elements.flatMap(present));
        break;
      case KIND_ObjectLiteral:
        this.shorten(node, ['{}']);
        this.expression(
          node,
          node.properties.flatMap((member) =>
            member.kind === KIND_PropertyDefinition ? [member.value] : [],
          ),
        );
        this.dropItems(node.properties);
        break;
      case KIND_ParenthesizedExpression:
        this.expression(node, [node.expression]);
        break;
      case KIND_StaticMember:
      case KIND_PrivateMember:
        this.expression(node, [node.object]);
        break;
      case KIND_ComputedMember:
        this.expression(node, [node.object, node.property]);
        break;
      case KIND_SpreadElement:
        this.expression(node, [node.argument]);
        break;
      case KIND_SuperComputedMember:
        this.expression(node, [node.property]);
        break;
      case KIND_CallExpression:
      case KIND_NewExpression:
        this.expression(node, [node.callee, ...node.args.map(withoutSpread)]);
        this.ofCallee(node as CallExpression);
        this.dropItems(node.args);
        break;
      case KIND_SuperCall:
        this.dropItems(node.args);
        break;
      case KIND_OptionalChain: {
        this.expression(node, []);
        const mark = this.source.indexOf('?.', node.start);
        if (mark !== -1 && mark < node.end) {
          const isName = !/[([]/.test(this.source[mark + 2]);
          this.push({ start: mark, end: mark + 2 }, isName ? '.' : '');
        }
        break;
      }
      case KIND_ImportCall:
        this.expression(node, [node.specifier]);
        break;
      case KIND_UnaryExpression:
      case KIND_UpdateExpression:
      case KIND_AwaitExpression:
        this.expression(node, [node.argument as Node]);
        break;
      case KIND_YieldExpression:
        this.expression(node, present(node.argument));
        break;
      case KIND_BinaryExpression:
      case KIND_LogicalExpression:
        this.expression(node, [node.left, node.right]);
        break;
      case KIND_PrivateInExpression:
        this.expression(node, [node.right]);
        break;
      case KIND_ConditionalExpression:
        this.expression(node, [node.consequent, node.alternate, node.test]);
        break;
      case KIND_AssignmentExpression:
        this.expression(node, [node.value, node.target]);
        break;
      case KIND_SequenceExpression:
        this.expression(node, node.expressions);
        this.dropItems(node.expressions);
        break;
      default:
    }
  }

  // ---- Statements and declarations

  private ofFunction(node: FunctionNode): void {
    const isMethod = node.kind === KIND_MethodFunction;
    if (node.kind === KIND_FunctionExpression || node.kind === KIND_ArrowFunction) {
      const short = node.isAsync || node.isGenerator ? '0' : '()=>{}';
      this.shorten(node, ['0', short]);
      if (node.conciseBody !== null) this.expression(node, [node.conciseBody]);
    }
    if (node.kind === KIND_FunctionDeclaration) this.replaceByBody(node, node.body);
    this.dropStatements(node.body);
    this.dropItems([...node.parameters, ...present(node.rest)]);
    if (node.name !== null && node.kind === KIND_FunctionExpression) this.drop(node.name);
    const head = this.source.slice(node.start, bodyStart(node));
    if (node.isAsync && !isMethod) this.dropWord(node.start, head, /^async\s/);
    if (node.isGenerator && !isMethod) this.dropWord(node.start, head, /\*/);
  }

  private ofClass(node: ClassNode): void {
    if (node.kind === KIND_ClassExpression) this.shorten(node, ['0', 'class{}']);
    const members = [...node.elements, ...present(node.classConstructor)].sort((a, b) => a.start - b.start);
    this.dropStatements(members);
    if (node.heritage !== null) {
      const nameEnd = node.name?.end ?? node.start + 'class'.length;
      this.drop({ start: nameEnd, end: node.heritage.end });
      this.shorten(node.heritage, ['Map', 'Object']);
    }
    for (const member of node.elements) {
      const text = this.source.slice(member.start, member.end);
      this.dropWord(member.start, text, /^static\s+(?!\{)/);
      this.dropWord(member.start, text, /^(?:static\s+)?(async)\s/);
      this.dropWord(member.start, text, /^(?:static\s+)?(?:async\s+)?(\*)/);
    }
  }

  private ofSwitch(node: SwitchStatement): void {
    for (const { body } of node.cases) if (body.length > 0) this.replaceByBody(node, body);
    this.replace(node, [node.discriminant]);
    this.dropStatements(node.cases);
    for (const each of node.cases) this.dropStatements(each.body);
  }

  private ofTry(node: TryStatement): void {
    for (const block of [node.block, ...present(node.handler?.body ?? null), ...present(node.finalizer)]) {
      this.replaceByBody(node, block.body);
    }
    if (node.handler !== null && node.finalizer !== null) {
      this.drop(node.handler);
      this.drop({ start: node.handler.end, end: node.end });
    }
    const parameter = node.handler?.parameter ?? null;
    if (parameter !== null) {
      const open = this.source.lastIndexOf('(', parameter.start);
      const close = this.source.indexOf(')', parameter.end);
      this.drop({ start: open, end: close + 1 });
    }
  }

  // ---- Expressions

  /** In place of an expression: each of its parts, then a literal. */
  private expression(node: Range, parts: readonly Node[]): void {
    this.replace(node, parts);
    this.shorten(node, ['0', "''", ...this.atoms]);
  }

  private ofTemplate(node: TemplateLiteral): void {
    this.expression(node, node.expressions);
    for (const quasi of node.quasis) if (quasi.raw !== '') this.drop(quasi);
    for (const expression of node.expressions) {
      const open = this.source.lastIndexOf('${', expression.start);
      const close = this.source.indexOf('}', expression.end);
      if (open !== -1 && close !== -1) this.drop({ start: open, end: close + 1 });
    }
  }

  /** A function that nothing calls, by what is inside. */
  private ofFunctionStatement(statement: Range, expression: Node): void {
    let inner: Node = expression;
    while (inner.kind === KIND_ParenthesizedExpression) inner = inner.expression;
    if (inner.kind === KIND_ArrowFunction && inner.conciseBody !== null) {
      this.replace(statement, [inner.conciseBody]);
    } else if (inner.kind === KIND_ArrowFunction || inner.kind === KIND_FunctionExpression) {
      this.replaceByBody(statement, inner.body);
    }
  }

  /** `(() => { … })()` and `(function () { … })()` by what is inside. */
  private ofCallee({ callee, ...call }: CallExpression): void {
    let inner: Node = callee;
    while (inner.kind === KIND_ParenthesizedExpression) inner = inner.expression;
    if (inner.kind === KIND_ArrowFunction && inner.conciseBody !== null)
      this.replace(call, [inner.conciseBody]);
    else if (inner.kind === KIND_ArrowFunction || inner.kind === KIND_FunctionExpression) {
      this.replaceByBody(call, inner.body);
    }
  }

  private halfLiteral(node: Range): string {
    const text = this.source.slice(node.start, node.end);
    const quote = text[0];
    return quote + text.slice(1, 1 + ((text.length - 2) >> 1)) + quote;
  }

  // ---- Edits

  private push({ start, end }: Range, text: string): void {
    if (this.source.slice(start, end) !== text) this.edits.push({ start, end, text });
  }

  private drop(range: Range): void {
    this.push(range, '');
  }

  /** Only replacements that are shorter, or as short and smaller in order: reduction must come to an end. */
  private shorten(node: Range, texts: readonly string[]): void {
    const old = this.source.slice(node.start, node.end);
    for (const text of texts) {
      if (text.length < old.length || (text.length === old.length && text < old)) this.push(node, text);
    }
  }

  private replace(node: Range, parts: readonly Range[]): void {
    for (const part of parts) {
      const text = this.source.slice(part.start, part.end);
      if (text.length < node.end - node.start) this.push(node, text);
    }
  }

  private replaceByBody(node: Range, body: readonly Range[]): void {
    if (body.length === 0) this.drop(node);
    else this.replace(node, [{ start: body[0].start, end: body[body.length - 1].end }]);
  }

  /** Runs of a list's items, from half of them to one. */
  private runs(items: readonly Range[], take: (from: number, to: number) => void): void {
    for (let size = items.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < items.length; from += size) {
        const to = Math.min(from + size, items.length);
        take(from, to);
      }
    }
  }

  private dropStatements(items: readonly Range[]): void {
    this.runs(items, (from, to) => this.drop({ start: items[from].start, end: items[to - 1].end }));
  }

  /** Items with commas between them, in source order. */
  private dropItems(items: readonly Range[]): void {
    this.runs(items, (from, to) => {
      if (to < items.length) this.drop({ start: items[from].start, end: items[to].start });
      else if (from > 0) this.drop({ start: items[from - 1].end, end: items[to - 1].end });
      else this.drop({ start: items[0].start, end: items[to - 1].end });
    });
  }

  /** What a pattern, or its first group, finds in the text that starts at `start`. */
  private dropWord(start: number, text: string, pattern: RegExp): void {
    const match = pattern.exec(text);
    if (match === null) return;
    const word = match[1] ?? match[0];
    const at = start + match.index + match[0].lastIndexOf(word);
    this.drop({ start: at, end: at + word.length });
  }
}

function present<T>(node: T | null): T[] {
  return node === null ? [] : [node];
}

function withoutSpread(node: Argument): Node {
  return node.kind === KIND_SpreadElement ? node.argument : node;
}

function bodyStart(node: FunctionNode): number {
  return node.conciseBody?.start ?? node.body[0]?.start ?? node.end;
}
