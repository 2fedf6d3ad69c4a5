// Source text to AST: the entry points of the front end. Each returns the node or, as data, the first early
// error; none throws for what the text contains.

import type { FunctionExpression, Module, Script } from './ast.gen.ts';
import type { HtmlLikeComments } from './lexer.ts';
import {
  CTX_AWAIT,
  CTX_MODULE,
  CTX_NEW_TARGET,
  CTX_NO_ARGUMENTS,
  CTX_RETURN,
  CTX_STRICT,
  CTX_SUPER_CALL,
  CTX_SUPER_PROPERTY,
  CTX_YIELD,
} from './parser/context.ts';
import { Parser } from './parser/parser.ts';
import { DEFAULT_STACK_BYTES } from './parser/stack-costs.ts';
import type { ScopeKind } from './scope.ts';
import { SourceText } from './source-text.ts';
import { makeSyntaxError, ParseAbort, type SyntaxErrorRecord } from './syntax-error.ts';

export type ParseResult<T> =
  | { readonly ok: true; readonly node: T }
  | { readonly ok: false; readonly error: SyntaxErrorRecord };

export interface ParseOptions {
  /**
   * How much of the host's stack the parser may use before it refuses the text, with a RangeError record, as
   * nested too deeply; DEFAULT_STACK_BYTES if absent. A caller that runs deep in the stack passes less.
   */
  readonly stackBytes?: number;
}

export interface ScriptOptions extends ParseOptions {
  /** The text is strict mode code from its start. */
  readonly strict?: boolean;
}

/** What PerformEval knows of the code around a direct eval; all false and null for an indirect one. */
export interface EvalContext extends ParseOptions {
  readonly strict: boolean;
  /** `new.target` is allowed. */
  readonly inFunction: boolean;
  /** `super.x` is allowed. */
  readonly inMethod: boolean;
  /** `super()` is allowed. */
  readonly inDerivedConstructor: boolean;
  /** `arguments` is an error. */
  readonly inClassFieldInitializer: boolean;
  /** The private names that are visible, without their `#`. */
  readonly privateNames: readonly string[] | null;
}

/** What surrounds an indirect eval: nothing. */
export const NO_SURROUNDINGS: EvalContext = {
  strict: false,
  inFunction: false,
  inMethod: false,
  inDerivedConstructor: false,
  inClassFieldInitializer: false,
  privateNames: null,
};

export type DynamicFunctionKind = 'normal' | 'generator' | 'async' | 'asyncGenerator';

/** ParseScript — https://tc39.es/ecma262/#sec-parse-script */
export function parseScript(source: SourceText, options: ScriptOptions = {}): ParseResult<Script> {
  const context = options.strict === true ? CTX_STRICT : 0;
  return attempt(source, () => makeParser(source, 'allowed', 'script', context, options).parseScriptGoal());
}

/** ParseModule — https://tc39.es/ecma262/#sec-parsemodule */
export function parseModule(source: SourceText, options: ParseOptions = {}): ParseResult<Module> {
  const context = CTX_STRICT | CTX_MODULE | CTX_AWAIT;
  return attempt(source, () => makeParser(source, 'forbidden', 'module', context, options).parseModuleGoal());
}

/** The parsing of PerformEval; the Script's scope is of kind 'eval'. https://tc39.es/ecma262/#sec-performeval */
export function parseEval(source: SourceText, context: EvalContext): ParseResult<Script> {
  const bits =
    (context.strict ? CTX_STRICT : 0) |
    (context.inFunction ? CTX_NEW_TARGET : 0) |
    (context.inMethod ? CTX_SUPER_PROPERTY : 0) |
    (context.inDerivedConstructor ? CTX_SUPER_CALL : 0) |
    (context.inClassFieldInitializer ? CTX_NO_ARGUMENTS : 0);
  return attempt(source, () => {
    const parser = makeParser(source, 'allowed', 'eval', bits, context);
    if (context.privateNames !== null) parser.declareOuterPrivateNames(context.privateNames);
    return parser.parseScriptGoal();
  });
}

const DYNAMIC_PREFIX: Readonly<Record<DynamicFunctionKind, string>> = {
  normal: 'function',
  generator: 'function*',
  async: 'async function',
  asyncGenerator: 'async function*',
};

/**
 * The parsing of CreateDynamicFunction: the parameters and the body alone, then both in the assembled text,
 * which is the source of the node. Such a function has no binding of its own name, so the node's `name` is
 * null, though its text says `anonymous`. https://tc39.es/ecma262/#sec-createdynamicfunction
 */
export function parseDynamicFunction(
  kind: DynamicFunctionKind,
  parameters: string,
  body: string,
  sourceName: string,
  options: ParseOptions = {},
): ParseResult<FunctionExpression> {
  const isAsync = kind === 'async' || kind === 'asyncGenerator';
  const isGenerator = kind === 'generator' || kind === 'asyncGenerator';
  const bits = CTX_NEW_TARGET | (isAsync ? CTX_AWAIT : 0) | (isGenerator ? CTX_YIELD : 0);
  const bodyText = `\n${body}\n`;
  const text = `${DYNAMIC_PREFIX[kind]} anonymous(${parameters}\n) {${bodyText}}`;
  if (parameters !== '') {
    const source = new SourceText(sourceName, parameters);
    const alone = attempt(source, () =>
      makeParser(source, 'allowed', 'function', bits, options).parseParametersGoal(),
    );
    if (!alone.ok) return alone;
  }
  const bodySource = new SourceText(sourceName, bodyText);
  const bodyAlone = attempt(bodySource, () =>
    makeParser(bodySource, 'allowed', 'function', bits | CTX_RETURN, options).parseFunctionBodyGoal(),
  );
  if (!bodyAlone.ok) return bodyAlone;
  const source = new SourceText(sourceName, text);
  return attempt(source, () => {
    const node = makeParser(source, 'allowed', 'script', 0, options).parseFunctionExpressionGoal(isAsync);
    node.name = null;
    return node;
  });
}

function makeParser(
  source: SourceText,
  html: HtmlLikeComments,
  scopeKind: ScopeKind,
  context: number,
  options: ParseOptions,
): Parser {
  return new Parser(source, html, scopeKind, context, options.stackBytes ?? DEFAULT_STACK_BYTES);
}

function attempt<T>(source: SourceText, parse: () => T): ParseResult<T> {
  try {
    return { ok: true, node: parse() };
  } catch (error) {
    if (!(error instanceof ParseAbort)) throw error;
    return { ok: false, error: makeSyntaxError(source, error.code, error.offset, error.argument) };
  }
}
