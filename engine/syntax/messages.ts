// The wording of syntax errors, by code. A message takes at most one argument: a name or a token.

type Message = (argument: string) => string;

function fixed(text: string): Message {
  return () => text;
}

export const MESSAGES = {
  // Lexical.
  UnexpectedCharacter: (character) => `unexpected character ${JSON.stringify(character)}`,
  UnterminatedComment: fixed('comment is not closed'),
  UnterminatedString: fixed('string literal is not closed on its line'),
  UnterminatedTemplate: fixed('template literal is not closed'),
  UnterminatedRegExp: fixed('regular expression literal is not closed on its line'),
  InvalidHexEscape: fixed('\\x must be followed by two hexadecimal digits'),
  InvalidUnicodeEscape: fixed('malformed Unicode escape sequence'),
  InvalidNameEscape: fixed('the escape does not stand for a character allowed here in a name'),
  OctalInTemplate: fixed('octal escape sequences are not allowed in template literals'),
  InvalidNumber: fixed('digits are missing in a numeric literal'),
  InvalidSeparator: fixed('a numeric separator may only stand between two digits'),
  NameAfterNumber: fixed('a name or digit may not follow a numeric literal directly'),
  InvalidRegExpFlags: (flags) => `invalid regular expression flags ${JSON.stringify(flags)}`,
  InvalidRegExp: (problem) => `invalid regular expression: ${problem}`,

  // Grammar.
  UnexpectedEnd: fixed('unexpected end of input'),
  ExpectedTokenAtEnd: (token) => `unexpected end of input, expected '${token}'`,
  UnexpectedToken: (token) => `unexpected token '${token}'`,
  UnexpectedString: fixed('unexpected string literal'),
  UnexpectedNumber: fixed('unexpected numeric literal'),
  EscapedKeyword: (name) => `the keyword '${name}' must not be written with escapes`,
  EmptyParentheses: fixed("'()' is only allowed as the parameters of an arrow function"),
  UnexpectedRest: fixed('a rest element is only allowed in the parameters of an arrow function'),
  NestedTooDeeply: fixed('the source text nests too deeply'),
  NewlineAfterThrow: fixed("no line break is allowed between 'throw' and its expression"),
  MissingInitializer: fixed('the declaration needs an initializer'),
  DeclarationInBody: (keyword) => `a '${keyword}' declaration is not allowed as the body of a statement`,
  TryWithoutHandler: fixed("'try' needs a 'catch' or 'finally' clause"),
  DuplicateDefault: fixed("a switch statement may have only one 'default' clause"),
  ImportOutsideModule: fixed('import declarations may only stand at the top level of a module'),
  ImportMetaOutsideModule: fixed("'import.meta' is only allowed in modules"),
  NewSuperCall: fixed("'super()' cannot be called with 'new'"),
  NewImport: fixed("a dynamic import cannot be called with 'new'"),
  OptionalChainInNew: fixed("an optional chain is not allowed in the callee of 'new'"),
  TemplateInOptionalChain: fixed('a tagged template is not allowed in an optional chain'),
  UnaryBeforeExponent: fixed("the left operand of '**' must be parenthesized if it is a unary expression"),
  MixedCoalesce: fixed("'??' cannot be mixed with '&&' or '||' without parentheses"),
  PrivateNameAlone: (name) => `the private name '#${name}' is only an operand on the left of 'in'`,

  // Names.
  StrictReservedWord: (name) => `'${name}' is reserved in strict mode`,
  AwaitReserved: fixed("'await' is reserved here"),
  YieldReserved: fixed("'yield' is reserved here"),
  StrictEvalArguments: (name) => `'${name}' must not be bound or assigned to in strict mode`,
  LetInLexicalDeclaration: fixed("'let' is not allowed as a lexically bound name"),
  Redeclaration: (name) => `'${name}' has already been declared`,
  DuplicateParameter: (name) => `duplicate parameter name '${name}'`,
  UndeclaredPrivateName: (name) => `the private name '#${name}' is not declared in a class around it`,
  ArgumentsInClass: fixed("'arguments' is not allowed in a class field initializer or static block"),

  // Strict mode.
  StrictOctal: fixed('legacy octal literals and escape sequences are not allowed in strict mode'),
  StrictWith: fixed("'with' is not allowed in strict mode"),
  StrictDelete: fixed('a variable must not be deleted in strict mode'),
  UseStrictNonSimple: fixed("'use strict' is not allowed in a function whose parameter list is not simple"),

  // Assignment targets and patterns.
  InvalidAssignmentTarget: fixed('invalid assignment target'),
  OptionalChainTarget: fixed('an optional chain is not an assignment target'),
  InvalidDestructuringTarget: fixed('invalid destructuring target'),
  InvalidParameter: fixed('invalid parameter of an arrow function'),
  RestNotLast: fixed('a rest element must be the last one'),
  InitializerInLiteral: fixed("'=' is only allowed in an object literal that is a pattern"),
  DuplicateProto: fixed("an object literal may have only one '__proto__' value"),
  DeletePrivate: fixed('a private member must not be deleted'),

  // Functions and classes.
  YieldInParameters: fixed('a yield expression is not allowed in parameters'),
  AwaitInParameters: fixed('an await expression is not allowed in parameters'),
  GetterParameters: fixed('a getter must have no parameters'),
  SetterParameters: fixed('a setter must have exactly one parameter, which is no rest parameter'),
  UnexpectedNewTarget: fixed("'new.target' is only allowed in functions and class elements"),
  UnexpectedSuper: fixed("'super' is only allowed as the object of a property in methods and class elements"),
  UnexpectedSuperCall: fixed("'super()' is only allowed in constructors of derived classes"),
  DuplicateConstructor: fixed('a class may have only one constructor'),
  SpecialConstructor: fixed('a constructor must be neither a getter, a setter, a generator nor async'),
  PrivateConstructor: fixed("'#constructor' is not allowed as a private name"),
  StaticPrototype: fixed("a class must not have a static member named 'prototype'"),
  InvalidFieldName: (name) => `a field must not be named '${name}'`,
  DecoratedConstructor: fixed('decorators are not allowed on a constructor'),
  DecoratedStaticBlock: fixed('decorators are not allowed on a static block'),

  // Statements.
  ReturnOutsideFunction: fixed("'return' is only allowed in functions"),
  MisplacedBreak: fixed("'break' without a label is only allowed in loops and switch statements"),
  MisplacedContinue: fixed("'continue' is only allowed in loops"),
  UndefinedLabel: (label) => `undefined label '${label}'`,
  ContinueToNonLoop: (label) => `'continue' needs the label of a loop, which '${label}' is not`,
  DuplicateLabel: (label) => `label '${label}' has already been declared`,
  ForHeadInitializer: fixed('the variable of this loop must not have an initializer'),
  LetInForOf: fixed("the left side of 'for … of' must not begin with 'let'"),
  AsyncInForOf: fixed("the left side of 'for … of' must not be 'async'"),
  UsingInForIn: fixed("'using' is not allowed in 'for … in'"),
  MisplacedUsing: (keyword) => `a '${keyword}' declaration is not allowed here`,

  // Modules.
  DuplicateExport: (name) => `duplicate export of '${name}'`,
  UndeclaredExport: (name) => `the exported name '${name}' is not declared in the module`,
  StringLocalExport: fixed("a string can name a local export only behind 'as'"),
  ReservedLocalExport: (name) => `the reserved word '${name}' cannot be exported as a local name`,
  IllFormedExportName: fixed('a module export name must not contain a lone surrogate'),
  DuplicateAttribute: (key) => `duplicate import attribute '${key}'`,
} satisfies Readonly<Record<string, Message>>;

export type MessageCode = keyof typeof MESSAGES;
