// The tokens: one row per kind. `ci/generate-tokens.mjs` derives `tokens.gen.ts` from it: the numbers, the
// texts, the tables that the lexer and parser index by kind.
//
// The order is part of the meaning: kinds from IDENTIFIER on are IdentifierNames; up to LAST_CONTEXTUAL
// they are identifiers everywhere; from there to LAST_STRICT_RESERVED only in sloppy code; YIELD and AWAIT
// depend on the context; the rest are ReservedWords.

export interface TokenRow {
  /** Constant name without its `T_`. */
  readonly name: string;
  /** Source text where it is fixed, else ''. */
  readonly text: string;
  /** Binding power of a binary operator, 0 for other tokens. */
  readonly precedence: number;
  /** Bit set of TOKEN_ flags below. */
  readonly flags: number;
}

/** The token is an AssignmentOperator. */
export const TOKEN_ASSIGNMENT = 1;
/** An expression may begin with the token. */
export const TOKEN_STARTS_EXPRESSION = 2;
/** The token is a prefix operator that yields a UnaryExpression. */
export const TOKEN_PREFIX = 4;

function row(name: string, text = '', precedence = 0, flags = 0): TokenRow {
  return { name, text, precedence, flags };
}
const starts = (name: string, text = '', precedence = 0, more = 0): TokenRow =>
  row(name, text, precedence, TOKEN_STARTS_EXPRESSION | more);
const assignment = (name: string, text: string): TokenRow => row(name, text, 0, TOKEN_ASSIGNMENT);

export const tokenRows: readonly TokenRow[] = [
  row('EOF'),
  // Punctuators.
  starts('LBRACE', '{'),
  row('RBRACE', '}'),
  starts('LPAREN', '('),
  row('RPAREN', ')'),
  starts('LBRACKET', '['),
  row('RBRACKET', ']'),
  row('DOT', '.'),
  row('ELLIPSIS', '...'),
  row('SEMICOLON', ';'),
  row('COMMA', ','),
  row('QUESTION', '?'),
  row('QUESTION_DOT', '?.'),
  row('COLON', ':'),
  row('ARROW', '=>'),
  starts('AT', '@'),
  assignment('ASSIGN', '='),
  assignment('ASSIGN_ADD', '+='),
  assignment('ASSIGN_SUB', '-='),
  assignment('ASSIGN_MUL', '*='),
  starts('ASSIGN_DIV', '/=', 0, TOKEN_ASSIGNMENT),
  assignment('ASSIGN_MOD', '%='),
  assignment('ASSIGN_EXP', '**='),
  assignment('ASSIGN_SHL', '<<='),
  assignment('ASSIGN_SAR', '>>='),
  assignment('ASSIGN_SHR', '>>>='),
  assignment('ASSIGN_AND', '&='),
  assignment('ASSIGN_OR', '|='),
  assignment('ASSIGN_XOR', '^='),
  assignment('ASSIGN_LOGICAL_AND', '&&='),
  assignment('ASSIGN_LOGICAL_OR', '||='),
  assignment('ASSIGN_COALESCE', '??='),
  row('COALESCE', '??', 1),
  row('LOGICAL_OR', '||', 1),
  row('LOGICAL_AND', '&&', 2),
  row('OR', '|', 3),
  row('XOR', '^', 4),
  row('AND', '&', 5),
  row('EQ', '==', 6),
  row('NE', '!=', 6),
  row('EQ_STRICT', '===', 6),
  row('NE_STRICT', '!==', 6),
  row('LT', '<', 7),
  row('GT', '>', 7),
  row('LE', '<=', 7),
  row('GE', '>=', 7),
  row('SHL', '<<', 8),
  row('SAR', '>>', 8),
  row('SHR', '>>>', 8),
  starts('ADD', '+', 9, TOKEN_PREFIX),
  starts('SUB', '-', 9, TOKEN_PREFIX),
  row('MUL', '*', 10),
  starts('DIV', '/', 10),
  row('MOD', '%', 10),
  row('EXP', '**', 11),
  starts('NOT', '!', 0, TOKEN_PREFIX),
  starts('BIT_NOT', '~', 0, TOKEN_PREFIX),
  starts('INCREMENT', '++'),
  starts('DECREMENT', '--'),
  // Literals.
  starts('NUMBER'),
  starts('BIGINT'),
  starts('STRING'),
  starts('BACKTICK', '`'),
  starts('REGEXP'),
  starts('PRIVATE_NAME'),
  // Names that are identifiers everywhere.
  starts('IDENTIFIER'),
  starts('ASYNC', 'async'),
  starts('OF', 'of'),
  starts('GET', 'get'),
  starts('SET', 'set'),
  starts('ACCESSOR', 'accessor'),
  starts('USING', 'using'),
  starts('AS', 'as'),
  starts('FROM', 'from'),
  starts('META', 'meta'),
  starts('TARGET', 'target'),
  starts('SOURCE', 'source'),
  starts('DEFER', 'defer'),
  starts('EVAL', 'eval'),
  starts('ARGUMENTS', 'arguments'),
  // Reserved in strict code.
  starts('IMPLEMENTS', 'implements'),
  starts('INTERFACE', 'interface'),
  starts('PACKAGE', 'package'),
  starts('PRIVATE', 'private'),
  starts('PROTECTED', 'protected'),
  starts('PUBLIC', 'public'),
  starts('STATIC', 'static'),
  starts('LET', 'let'),
  // Reserved by context.
  starts('YIELD', 'yield'),
  starts('AWAIT', 'await'),
  // A keyword of the two groups above or below, written with an escape; never a keyword to the grammar.
  starts('ESCAPED_KEYWORD'),
  // ReservedWords.
  row('BREAK', 'break'),
  row('CASE', 'case'),
  row('CATCH', 'catch'),
  starts('CLASS', 'class'),
  row('CONST', 'const'),
  row('CONTINUE', 'continue'),
  row('DEBUGGER', 'debugger'),
  row('DEFAULT', 'default'),
  starts('DELETE', 'delete', 0, TOKEN_PREFIX),
  row('DO', 'do'),
  row('ELSE', 'else'),
  row('ENUM', 'enum'),
  row('EXPORT', 'export'),
  row('EXTENDS', 'extends'),
  starts('FALSE', 'false'),
  row('FINALLY', 'finally'),
  row('FOR', 'for'),
  starts('FUNCTION', 'function'),
  row('IF', 'if'),
  starts('IMPORT', 'import'),
  row('IN', 'in', 7),
  row('INSTANCEOF', 'instanceof', 7),
  starts('NEW', 'new'),
  starts('NULL', 'null'),
  row('RETURN', 'return'),
  starts('SUPER', 'super'),
  row('SWITCH', 'switch'),
  starts('THIS', 'this'),
  row('THROW', 'throw'),
  starts('TRUE', 'true'),
  row('TRY', 'try'),
  starts('TYPEOF', 'typeof', 0, TOKEN_PREFIX),
  row('VAR', 'var'),
  starts('VOID', 'void', 0, TOKEN_PREFIX),
  row('WHILE', 'while'),
  row('WITH', 'with'),
];

/** Names given to positions in the order above: `LAST_CONTEXTUAL` and so on. */
export const tokenMarks: Readonly<Record<string, string>> = {
  LAST_CONTEXTUAL: 'ARGUMENTS',
  LAST_STRICT_RESERVED: 'LET',
  FIRST_RESERVED: 'BREAK',
};
