// The AST: one row per kind, named after the grammar production it stands for.
// `ci/generate-ast.mjs` derives from it `ast.gen.ts`: kind numbers, one class per kind (so that every
// node of a kind has one host hidden class), the unions below and the child visitor.
//
// A field is `name: Type`. A field whose type names a kind or a union is a child, visited in the order
// written, which is source order; a field marked `=` is data. Every node has `kind`, `start` and `end`
// (UTF-16 offsets into the source text) in front of its own fields.

export interface AstRow {
  readonly name: string;
  readonly fields: readonly string[];
}

function row(name: string, ...fields: string[]): AstRow {
  return { name, fields };
}

// What all functions share. `source` gives Function.prototype.toString its text. `parameters` holds the
// formals without the rest parameter; a concise arrow body is an Expression and `body` is empty.
const functionFields = [
  'name: BindingIdentifier | null',
  'parameters: BindingElement[]',
  'rest: BindingTarget | null',
  'body: StatementListItem[]',
  'conciseBody: Expression | null',
  '= isAsync: boolean',
  '= isGenerator: boolean',
  '= strict: boolean',
  '= info: FunctionInfo',
];

export const astRows: readonly AstRow[] = [
  // Goals.
  row('Script', 'body: StatementListItem[]', '= strict: boolean', '= scope: Scope', '= source: SourceText'),
  row(
    'Module',
    'body: ModuleItem[]',
    '= scope: Scope',
    '= source: SourceText',
    '= hasTopLevelAwait: boolean',
    '= entries: ModuleEntries',
  ),

  // Names. `PropertyKeyNode`s: a LiteralPropertyName holds a canonical property key (array indices are numbers).
  row('IdentifierReference', '= name: string'),
  row('BindingIdentifier', '= name: string'),
  row('LiteralPropertyName', '= value: string | number'),
  row('ComputedPropertyName', 'expression: Expression'),
  row('PrivateIdentifier', '= name: string'),

  // Primary expressions.
  row('ThisExpression'),
  row('NullLiteral'),
  row('BooleanLiteral', '= value: boolean'),
  row('NumericLiteral', '= value: number'),
  row('BigIntLiteral', '= value: bigint'),
  row('StringLiteral', '= value: string'),
  row('RegularExpressionLiteral', '= pattern: string', '= flags: string'),
  row('TemplateLiteral', 'quasis: TemplateElement[]', 'expressions: Expression[]'),
  row('TemplateElement', '= cooked: string | undefined', '= raw: string'),
  row('TaggedTemplate', 'tag: Expression', 'quasi: TemplateLiteral'),
  row('ArrayLiteral', 'elements: (Expression | SpreadElement | null)[]'),
  row('SpreadElement', 'argument: Expression'),
  row('ObjectLiteral', 'properties: ObjectLiteralMember[]'),
  // `{ key: value }`; isProtoSetter is the `__proto__: v` form of Annex B.3.1.
  row('PropertyDefinition', 'key: PropertyKeyNode', 'value: Expression', '= isProtoSetter: boolean'),
  row('ShorthandProperty', 'reference: IdentifierReference'),
  row('SpreadProperty', 'argument: Expression'),
  row('ParenthesizedExpression', 'expression: Expression'),

  // Functions and classes. MethodFunction is the function of a method, accessor, constructor, field
  // initializer or static block; info.functionKind says which.
  row('FunctionDeclaration', ...functionFields),
  row('FunctionExpression', ...functionFields),
  row('ArrowFunction', ...functionFields),
  row('MethodFunction', ...functionFields),
  row(
    'ClassDeclaration',
    'decorators: Decorator[]',
    'name: BindingIdentifier | null',
    'heritage: Expression | null',
    'classConstructor: MethodDefinition | null',
    'elements: ClassElement[]',
    '= scope: Scope',
    '= source: SourceText',
  ),
  row(
    'ClassExpression',
    'decorators: Decorator[]',
    'name: BindingIdentifier | null',
    'heritage: Expression | null',
    'classConstructor: MethodDefinition | null',
    'elements: ClassElement[]',
    '= scope: Scope',
    '= source: SourceText',
  ),
  row('Decorator', 'expression: Expression'),
  // methodKind: 'method' | 'get' | 'set' | 'constructor'. Also a member of object literals (isStatic false, no decorators).
  row(
    'MethodDefinition',
    'decorators: Decorator[]',
    'key: PropertyKeyNode',
    'value: MethodFunction',
    '= methodKind: MethodKind',
    '= isStatic: boolean',
  ),
  // initializer is a MethodFunction whose conciseBody is the initializer expression.
  row(
    'FieldDefinition',
    'decorators: Decorator[]',
    'key: PropertyKeyNode',
    'initializer: MethodFunction | null',
    '= isStatic: boolean',
    '= isAccessor: boolean',
  ),
  row('ClassStaticBlock', 'value: MethodFunction'),

  // Member access, calls. `optional` marks the link that follows `?.`; the whole chain is inside one OptionalChain.
  row('StaticMember', 'object: Expression', '= name: string', '= optional: boolean'),
  row('ComputedMember', 'object: Expression', 'property: Expression', '= optional: boolean'),
  row('PrivateMember', 'object: Expression', 'name: PrivateIdentifier', '= optional: boolean'),
  row('SuperStaticMember', '= name: string'),
  row('SuperComputedMember', 'property: Expression'),
  row('CallExpression', 'callee: Expression', 'args: Argument[]', '= optional: boolean'),
  row('SuperCall', 'args: Argument[]'),
  row('NewExpression', 'callee: Expression', 'args: Argument[]'),
  row('OptionalChain', 'expression: Expression'),
  row('NewTarget'),
  row('ImportMeta'),
  row('ImportCall', 'specifier: Expression', 'options: Expression | null', '= phase: ImportPhase'),

  // Operators.
  row('UnaryExpression', 'argument: Expression', '= operator: UnaryOperator'),
  row('UpdateExpression', 'argument: SimpleTarget', '= operator: "++" | "--"', '= prefix: boolean'),
  row('BinaryExpression', 'left: Expression', 'right: Expression', '= operator: BinaryOperator'),
  row('LogicalExpression', 'left: Expression', 'right: Expression', '= operator: "&&" | "||" | "??"'),
  row('PrivateInExpression', 'name: PrivateIdentifier', 'right: Expression'),
  row('ConditionalExpression', 'test: Expression', 'consequent: Expression', 'alternate: Expression'),
  // operator '=' may have a pattern as its target; all others a SimpleTarget.
  row(
    'AssignmentExpression',
    'target: AssignmentTarget',
    'value: Expression',
    '= operator: AssignmentOperator',
  ),
  row('SequenceExpression', 'expressions: Expression[]'),
  row('YieldExpression', 'argument: Expression | null', '= delegate: boolean'),
  row('AwaitExpression', 'argument: Expression'),

  // Patterns. A BindingElement is also a formal parameter.
  row('ObjectBindingPattern', 'properties: BindingProperty[]', 'rest: BindingIdentifier | null'),
  row('ArrayBindingPattern', 'elements: (BindingElement | null)[]', 'rest: BindingTarget | null'),
  row('BindingProperty', 'key: PropertyKeyNode', 'target: BindingTarget', 'initializer: Expression | null'),
  row('BindingElement', 'target: BindingTarget', 'initializer: Expression | null'),
  row('ObjectAssignmentPattern', 'properties: AssignmentProperty[]', 'rest: AssignmentTarget | null'),
  row('ArrayAssignmentPattern', 'elements: (AssignmentElement | null)[]', 'rest: AssignmentTarget | null'),
  row(
    'AssignmentProperty',
    'key: PropertyKeyNode',
    'target: AssignmentTarget',
    'initializer: Expression | null',
  ),
  row('AssignmentElement', 'target: AssignmentTarget', 'initializer: Expression | null'),

  // Statements.
  row('Block', 'body: StatementListItem[]', '= scope: Scope'),
  row('VariableStatement', 'declarations: BindingDeclaration[]'),
  row('LexicalDeclaration', 'declarations: BindingDeclaration[]', '= declarationKind: LexicalKind'),
  row('BindingDeclaration', 'target: BindingTarget', 'initializer: Expression | null'),
  row('EmptyStatement'),
  row('ExpressionStatement', 'expression: Expression'),
  row('IfStatement', 'test: Expression', 'consequent: Statement', 'alternate: Statement | null'),
  row('DoWhileStatement', 'body: Statement', 'test: Expression'),
  row('WhileStatement', 'test: Expression', 'body: Statement'),
  // scope holds the let/const names of init (empty when init is not a LexicalDeclaration).
  row(
    'ForStatement',
    'init: VariableStatement | LexicalDeclaration | Expression | null',
    'test: Expression | null',
    'update: Expression | null',
    'body: Statement',
    '= scope: Scope',
  ),
  // left is an assignment target, or a declaration with exactly one BindingDeclaration (with an initializer only in Annex B for-in).
  row(
    'ForInStatement',
    'left: VariableStatement | LexicalDeclaration | AssignmentTarget',
    'right: Expression',
    'body: Statement',
    '= scope: Scope',
  ),
  row(
    'ForOfStatement',
    'left: VariableStatement | LexicalDeclaration | AssignmentTarget',
    'right: Expression',
    'body: Statement',
    '= scope: Scope',
    '= isAwait: boolean',
  ),
  row('ContinueStatement', '= label: string | null'),
  row('BreakStatement', '= label: string | null'),
  row('ReturnStatement', 'argument: Expression | null'),
  // scope (kind 'with', no names) is the parent of the scopes in the body.
  row('WithStatement', 'object: Expression', 'body: Statement', '= scope: Scope'),
  row('SwitchStatement', 'discriminant: Expression', 'cases: SwitchCase[]', '= scope: Scope'),
  row('SwitchCase', 'test: Expression | null', 'body: StatementListItem[]'),
  row('LabelledStatement', 'body: Statement', '= label: string'),
  row('ThrowStatement', 'argument: Expression'),
  row('TryStatement', 'block: Block', 'handler: CatchClause | null', 'finalizer: Block | null'),
  // scope holds the names bound by the parameter; the Block has its own.
  row('CatchClause', 'parameter: BindingTarget | null', 'body: Block', '= scope: Scope'),
  row('DebuggerStatement'),

  // Module items. The linking data is in Module.entries; these nodes keep what evaluation needs.
  row('ImportDeclaration', '= specifier: string'),
  // `export { … }`, `export * from`, `export { … } from`: nothing to evaluate.
  row('ExportClause'),
  // `export var/let/const/function/class …`
  row(
    'ExportDeclaration',
    'declaration: VariableStatement | LexicalDeclaration | FunctionDeclaration | ClassDeclaration',
  ),
  // `export default …`; a function or class declaration without a name binds *default*.
  row('ExportDefault', 'declaration: FunctionDeclaration | ClassDeclaration | Expression'),
];

/** Unions used in field types above and by everyone who handles the AST. */
export const astUnions: Readonly<Record<string, readonly string[]>> = {
  Literal: ['NullLiteral', 'BooleanLiteral', 'NumericLiteral', 'BigIntLiteral', 'StringLiteral'],
  FunctionNode: ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunction', 'MethodFunction'],
  ClassNode: ['ClassDeclaration', 'ClassExpression'],
  PropertyKeyNode: ['LiteralPropertyName', 'ComputedPropertyName', 'PrivateIdentifier'],
  ObjectLiteralMember: ['PropertyDefinition', 'ShorthandProperty', 'SpreadProperty', 'MethodDefinition'],
  ClassElement: ['MethodDefinition', 'FieldDefinition', 'ClassStaticBlock'],
  BindingTarget: ['BindingIdentifier', 'ObjectBindingPattern', 'ArrayBindingPattern'],
  // A parenthesized simple target stays inside its ParenthesizedExpression. CallExpression only in sloppy
  // code, where Annex B makes `f() = 1` a ReferenceError at run time.
  SimpleTarget: [
    'IdentifierReference',
    'StaticMember',
    'ComputedMember',
    'PrivateMember',
    'SuperStaticMember',
    'SuperComputedMember',
    'ParenthesizedExpression',
    'CallExpression',
  ],
  AssignmentTarget: ['SimpleTarget', 'ObjectAssignmentPattern', 'ArrayAssignmentPattern'],
  Argument: ['Expression', 'SpreadElement'],
  Expression: [
    'IdentifierReference',
    'ThisExpression',
    'Literal',
    'RegularExpressionLiteral',
    'TemplateLiteral',
    'TaggedTemplate',
    'ArrayLiteral',
    'ObjectLiteral',
    'ParenthesizedExpression',
    'FunctionExpression',
    'ArrowFunction',
    'ClassExpression',
    'StaticMember',
    'ComputedMember',
    'PrivateMember',
    'SuperStaticMember',
    'SuperComputedMember',
    'CallExpression',
    'SuperCall',
    'NewExpression',
    'OptionalChain',
    'NewTarget',
    'ImportMeta',
    'ImportCall',
    'UnaryExpression',
    'UpdateExpression',
    'BinaryExpression',
    'LogicalExpression',
    'PrivateInExpression',
    'ConditionalExpression',
    'AssignmentExpression',
    'SequenceExpression',
    'YieldExpression',
    'AwaitExpression',
  ],
  Statement: [
    'Block',
    'VariableStatement',
    'EmptyStatement',
    'ExpressionStatement',
    'IfStatement',
    'DoWhileStatement',
    'WhileStatement',
    'ForStatement',
    'ForInStatement',
    'ForOfStatement',
    'ContinueStatement',
    'BreakStatement',
    'ReturnStatement',
    'WithStatement',
    'SwitchStatement',
    'LabelledStatement',
    'ThrowStatement',
    'TryStatement',
    'DebuggerStatement',
    // Annex B: a function as the body of `if` or behind a label.
    'FunctionDeclaration',
  ],
  StatementListItem: ['Statement', 'LexicalDeclaration', 'ClassDeclaration'],
  ModuleItem: [
    'StatementListItem',
    'ImportDeclaration',
    'ExportClause',
    'ExportDeclaration',
    'ExportDefault',
  ],
};
