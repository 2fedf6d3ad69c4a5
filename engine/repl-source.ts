// What a read-eval-print loop makes of a text typed into it: more lines are to come, or an error, or a script. A text
// with `await` or `import` at its top level becomes a script whose async function assigns to global variables.
import {
  type BindingDeclaration,
  KIND_ClassDeclaration,
  KIND_ExportClause,
  KIND_ExportDeclaration,
  KIND_ExportDefault,
  KIND_ExpressionStatement,
  KIND_FunctionDeclaration,
  KIND_ImportDeclaration,
  KIND_LexicalDeclaration,
  KIND_VariableStatement,
  type Module,
  type Script,
  type StatementListItem,
} from './syntax/ast.gen.ts';
import { forEachBoundName } from './syntax/bound-names.ts';
import { parseModule, parseScript } from './syntax/parse.ts';
import type { ModuleRequest } from './syntax/scope.ts';
import { SourceText } from './syntax/source-text.ts';
import type { SyntaxErrorRecord } from './syntax/syntax-error.ts';
import { TOKEN_TEXTS } from './syntax/tokens.gen.ts';

/** Words with a meaning in the grammar, for completion. */
export const KEYWORDS: readonly string[] = TOKEN_TEXTS.filter((text) => /^[a-z]{2,}$/.test(text));

export type ReplInput =
  /** A prefix of a program: ask for another line. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'error'; readonly error: SyntaxErrorRecord }
  | {
      readonly kind: 'script';
      readonly script: Script;
      /** Names that it declares in the global scope. */
      readonly names: readonly string[];
      /** Its value is a promise of an object whose `value` is the result. */
      readonly isAsync: boolean;
    };

const INCOMPLETE_CODES: readonly string[] = [
  'UnexpectedEnd',
  'ExpectedTokenAtEnd',
  'UnterminatedComment',
  'UnterminatedTemplate',
];

/** Parses what was typed; `name` is shown in messages. */
export function parseReplInput(text: string, name: string): ReplInput {
  if (/^\s*\{/.test(text) && !/;\s*$/.test(text)) {
    // An object literal rather than a block.
    const parenthesized = parseReplInput(`(${text.trim()}\n)`, name);
    if (parenthesized.kind === 'script') return parenthesized;
  }
  const mayBeModule = /\b(?:await|import)\b/.test(text);
  if (mayBeModule) {
    const module = parseModule(new SourceText(name, text));
    if (!module.ok && isIncomplete(module.error, text)) return { kind: 'incomplete' };
    if (module.ok && needsModule(module.node)) {
      if (module.node.body.some((item) => EXPORTS.includes(item.kind))) return parsed(text, name);
      const rewritten = parseScript(new SourceText(name, asAsyncFunction(module.node, text)));
      if (!rewritten.ok) return { kind: 'error', error: rewritten.error };
      return { kind: 'script', script: rewritten.node, names: declaredNames(rewritten.node), isAsync: true };
    }
    if (!module.ok) {
      const script = parsed(text, name);
      return script.kind === 'error' ? { kind: 'error', error: module.error } : script;
    }
  }
  return parsed(text, name);
}

const EXPORTS: readonly number[] = [KIND_ExportClause, KIND_ExportDeclaration, KIND_ExportDefault];

function parsed(text: string, name: string): ReplInput {
  const result = parseScript(new SourceText(name, text));
  if (result.ok)
    return { kind: 'script', script: result.node, names: declaredNames(result.node), isAsync: false };
  return isIncomplete(result.error, text) ? { kind: 'incomplete' } : { kind: 'error', error: result.error };
}

function isIncomplete(error: SyntaxErrorRecord, text: string): boolean {
  // A backslash at the end continues a string literal on the next line.
  if (error.code === 'UnterminatedString') return /\\\n?$/.test(text);
  return INCOMPLETE_CODES.includes(error.code);
}

function needsModule(module: Module): boolean {
  return module.hasTopLevelAwait || module.body.some(({ kind }) => kind === KIND_ImportDeclaration);
}

function declaredNames({ scope }: Script): string[] {
  const functions = scope.functions.map(({ name }) => name?.name ?? '');
  return [...new Set([...scope.lexicals.map(({ name }) => name), ...functions, ...scope.varNames])];
}

/**
 * `var …; (async () => { … })()`: declarations at the top level become assignments to the variables, imports become
 * dynamic, and the value of a last expression statement is returned.
 */
function asAsyncFunction(module: Module, text: string): string {
  const names: string[] = [];
  const before: string[] = [];
  const pieces: string[] = [];
  const bound = new Set<string>();
  for (const { moduleRequest, importName, localName } of module.entries.importEntries) {
    names.push(localName);
    bound.add(moduleRequest.specifier);
    const imported = importText(moduleRequest);
    before.push(
      `${localName} = ${importName === null ? imported : `(${imported})[${JSON.stringify(importName)}]`};`,
    );
  }
  let end = 0;
  const { body } = module;
  for (let i = 0; i < body.length; i++) {
    const item = body[i];
    pieces.push(text.slice(end, item.start));
    end = item.end;
    if (item.kind === KIND_ImportDeclaration) {
      if (!bound.has(item.specifier)) pieces.push(`await import(${JSON.stringify(item.specifier)});`);
    } else if (item.kind === KIND_ExpressionStatement && i === body.length - 1) {
      const expression = text.slice(item.expression.start, item.expression.end);
      pieces.push(`return { __proto__: null, value: (${expression}\n) };`);
    } else pieces.push(statementText(item as StatementListItem, text, names, before));
  }
  pieces.push(text.slice(end));
  const declaration = names.length === 0 ? '' : `var ${[...new Set(names)].join(', ')};`;
  return `${declaration}(async () => { ${before.join(' ')} ${pieces.join('')}\nreturn { __proto__: null, value: undefined } })()`;
}

/** A statement with its declarations as assignments. */
function statementText(item: StatementListItem, text: string, names: string[], before: string[]): string {
  const source = text.slice(item.start, item.end);
  switch (item.kind) {
    case KIND_VariableStatement:
    case KIND_LexicalDeclaration:
      return item.declarations.map((declaration) => assignmentText(declaration, text, names)).join(' ');
    case KIND_ClassDeclaration: {
      const name = item.name?.name ?? '';
      names.push(name);
      return `${name} = ${source};`;
    }
    case KIND_FunctionDeclaration: {
      const name = item.name?.name ?? '';
      names.push(name);
      before.push(`${name} = ${source};`);
      return '';
    }
    default:
      return source;
  }
}

function assignmentText(declaration: BindingDeclaration, text: string, names: string[]): string {
  forEachBoundName(declaration.target, ({ name }) => names.push(name));
  if (declaration.initializer === null)
    return `${text.slice(declaration.start, declaration.end)} = undefined;`;
  return `(${text.slice(declaration.start, declaration.end)});`;
}

function importText({ specifier, attributes, phase }: ModuleRequest): string {
  const keyword = phase === 'defer' ? 'import.defer' : 'import';
  if (attributes.length === 0) return `await ${keyword}(${JSON.stringify(specifier)})`;
  const properties = attributes.map(({ key, value }) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `await ${keyword}(${JSON.stringify(specifier)}, { with: { ${properties.join(', ')} } })`;
}
