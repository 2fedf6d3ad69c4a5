// Text and JSON dumps of tokens and syntax trees, for `kataan --dump tokens|ast`. Generic over the generated
// field tables; without recursion, because a tree may be deeper than the host's stack.

import { CHILD_FIELDS, DATA_FIELDS, KIND_NAMES, type Node } from './ast.gen.ts';
import { type Token, type TokenizeOptions, tokenize } from './tokenizer.ts';

// ------------------------------------------------------------------ tokens

/** One line per token or comment: offsets, category, kind, text. */
export function dumpTokens(text: string, options: TokenizeOptions = {}): string {
  const lines = tokenize(text, options).map(
    ({ category, kind, start, end }) =>
      `${start}-${end} ${kind === '' ? category : `${category} ${kind}`} ${JSON.stringify(text.slice(start, end))}`,
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** The tokens as JSON text: an array of `{ category, kind, start, end, text }`. */
export function tokensToJson(text: string, options: TokenizeOptions = {}): string {
  const tokens = tokenize(text, options).map((token: Token) => ({
    ...token,
    text: text.slice(token.start, token.end),
  }));
  return JSON.stringify(tokens);
}

// ------------------------------------------------------------------ trees

/** Past this many levels the text dump writes the level as a number instead of indenting further. */
const MAX_INDENTED_LEVEL = 40;

/** What is still to be written: a string as it is, or a node. */
type Piece = string | { readonly node: Node; readonly level: number; readonly label: string };

/**
 * The tree as text, a line per node: `field: Kind start-end name=value …`, children indented below. Facts about
 * scopes and functions are shortened to names.
 */
export function dumpAst(root: Node): string {
  const lines: string[] = [];
  const pending: Piece[] = [{ node: root, level: 0, label: '' }];
  while (pending.length > 0) {
    const piece = pending.pop() as Piece;
    if (typeof piece === 'string') {
      lines.push(piece);
      continue;
    }
    const { node, level, label } = piece;
    lines.push(
      `${indentOf(level)}${label}${KIND_NAMES[node.kind]} ${node.start}-${node.end}${dataText(node)}`,
    );
    const children: Piece[] = [];
    for (const field of CHILD_FIELDS[node.kind]) {
      const value = fieldOf(node, field);
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) {
          const child: unknown = value[i];
          const childLabel = `${field}[${i}]: `;
          if (isNode(child)) children.push({ node: child, level: level + 1, label: childLabel });
          else children.push(`${indentOf(level + 1)}${childLabel}hole`);
        }
      } else if (isNode(value)) children.push({ node: value, level: level + 1, label: `${field}: ` });
    }
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i]);
  }
  return `${lines.join('\n')}\n`;
}

/** The tree as JSON text: `{ "kind", "start", "end", fields… }`; BigInts as strings with an `n`. */
export function astToJson(root: Node): string {
  const out: string[] = [];
  const pending: (string | Node)[] = [root];
  while (pending.length > 0) {
    const piece = pending.pop() as string | Node;
    if (typeof piece === 'string') {
      out.push(piece);
      continue;
    }
    const parts: (string | Node)[] = [
      `{"kind":"${KIND_NAMES[piece.kind]}","start":${piece.start},"end":${piece.end}`,
    ];
    for (const field of DATA_FIELDS[piece.kind]) {
      const value = plainData(fieldOf(piece, field));
      if (value !== undefined) parts.push(`,${JSON.stringify(field)}:${JSON.stringify(value)}`);
    }
    for (const field of CHILD_FIELDS[piece.kind]) {
      const value = fieldOf(piece, field);
      parts.push(`,${JSON.stringify(field)}:`);
      if (Array.isArray(value)) {
        parts.push('[');
        for (let i = 0; i < value.length; i++) {
          const child: unknown = value[i];
          if (i > 0) parts.push(',');
          parts.push(isNode(child) ? child : 'null');
        }
        parts.push(']');
      } else parts.push(isNode(value) ? value : 'null');
    }
    parts.push('}');
    for (let i = parts.length - 1; i >= 0; i--) pending.push(parts[i]);
  }
  return out.join('');
}

function indentOf(level: number): string {
  if (level <= MAX_INDENTED_LEVEL) return '  '.repeat(level);
  return `${'  '.repeat(MAX_INDENTED_LEVEL)}(${level}) `;
}

function fieldOf(node: Node, field: string): unknown {
  return (node as unknown as Readonly<Record<string, unknown>>)[field];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'number';
}

function dataText(node: Node): string {
  let text = '';
  for (const field of DATA_FIELDS[node.kind]) {
    const value = plainData(fieldOf(node, field));
    if (value !== undefined) text += ` ${field}=${JSON.stringify(value)}`;
  }
  return text;
}

/** A data field as plain JSON values; undefined leaves the field out. */
function plainData(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  if ('text' in record) return undefined;
  if ('varNames' in record) return scopeSummary(record);
  if ('functionKind' in record) return functionSummary(record);
  return value;
}

function scopeSummary(scope: Readonly<Record<string, unknown>>): unknown {
  const summary: Record<string, unknown> = { kind: scope.kind };
  const names = (list: unknown): string[] =>
    (list as { name: string | { name: string } | null }[]).map(({ name }) =>
      name === null ? '*default*' : typeof name === 'string' ? name : name.name,
    );
  const varNames = scope.varNames as string[];
  if (varNames.length > 0) summary.varNames = varNames;
  for (const field of ['functions', 'lexicals', 'annexBFunctions']) {
    const list = names(scope[field]);
    if (list.length > 0) summary[field] = list;
  }
  if (scope.containsDirectEval === true) summary.containsDirectEval = true;
  return summary;
}

function functionSummary(info: Readonly<Record<string, unknown>>): unknown {
  const summary: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(info)) {
    if (field === 'source') continue;
    summary[field] = field === 'scope' ? scopeSummary(value as Readonly<Record<string, unknown>>) : value;
  }
  return summary;
}
