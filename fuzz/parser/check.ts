// What must hold of every parse: positions make sense, and the same text gives the same answer.

import {
  dumpAst,
  type ParseResult,
  type SyntaxErrorRecord,
  type Token,
  tokenize,
} from '../../engine/engine.ts';
import { CHILD_FIELDS, KIND_NAMES, type Node } from '../../engine/syntax/ast.gen.ts';
import { Finding } from '../target.ts';

export function checkError(error: SyntaxErrorRecord, text: string): void {
  const { offset, line, column, message, excerpt } = error;
  if (!(offset >= 0 && offset <= text.length)) throw new Finding(`error at ${offset} of ${text.length}`);
  const before = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  // The position between the two characters of one line terminator belongs to the line before.
  const isInsideTerminator = text[offset - 1] === '\r' && text[offset] === '\n';
  const expected = isInsideTerminator ? null : `${before.length}:${before[before.length - 1].length + 1}`;
  if (expected !== null && expected !== `${line}:${column}`)
    throw new Finding(`error at ${line}:${column} that is at ${expected}`);
  if (message === '' || message.includes('undefined is'))
    throw new Finding(`message ${JSON.stringify(message)}`);
  if (!/\n[ \t]*\^$/.test(excerpt)) throw new Finding(`excerpt ${JSON.stringify(excerpt)}`);
}

/** Every node lies in its parent, and those of a list in order. */
export function checkTree(root: Node, text: string): void {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { start, end, kind } = node;
    if (!(start >= 0 && start <= end && end <= text.length))
      throw new Finding(`${KIND_NAMES[kind]} from ${start} to ${end} of ${text.length}`);
    for (const field of CHILD_FIELDS[kind]) {
      const value = (node as unknown as Readonly<Record<string, unknown>>)[field];
      const children = (Array.isArray(value) ? value : [value]).filter(isNode);
      // The decorators of a class element stand before it.
      let previousEnd = field === 'decorators' ? 0 : start;
      for (const child of children) {
        if (child.start < previousEnd || child.end > end) {
          const place = `${field} of ${KIND_NAMES[kind]} ${start}-${end}`;
          throw new Finding(
            `${KIND_NAMES[child.kind]} ${child.start}-${child.end} is outside or too early: ${place}`,
          );
        }
        previousEnd = child.end;
        pending.push(child);
      }
    }
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'number'
  );
}

/** Tokens follow one another, with nothing but white space between them. */
export function checkTokens(text: string, isModule: boolean): Token[] {
  const tokens = tokenize(text, { module: isModule });
  let position = 0;
  for (const { start, end, category } of tokens) {
    if (!(start >= position && end > start && end <= text.length))
      throw new Finding(`token ${category} at ${start}-${end} behind ${position}, of ${text.length}`);
    checkGap(text, position, start);
    position = end;
  }
  checkGap(text, position, text.length);
  return tokens;
}

function checkGap(text: string, from: number, to: number): void {
  const gap = text.slice(from, to);
  if (/\S/.test(gap)) throw new Finding(`${JSON.stringify(gap)} at ${from} is in no token`);
}

/**
 * The tokens printed with space between all of them, which changes no program; null where the token list, which guesses what
 * a slash begins, did not guess what the parser read.
 */
export function printedApart(text: string, tokens: readonly Token[], root: Node): string | null {
  if (!hasSameRegExps(tokens, root)) return null;
  let printed = '';
  let position = 0;
  let isInTemplate = false;
  for (const { start, end, category } of tokens) {
    if (category === 'error') return null;
    const gap = text.slice(position, start);
    // A template's `${` and `}` are ends of its pieces.
    if (position > 0) printed += /[\n\r\u2028\u2029]/.test(gap) ? '\n' : ' ';
    else printed += gap;
    printed += text.slice(start, end);
    position = end;
    isInTemplate = category === 'template';
  }
  return isInTemplate ? printed : printed + text.slice(position);
}

function hasSameRegExps(tokens: readonly Token[], root: Node): boolean {
  const ofTokens = tokens
    .filter(({ category }) => category === 'regexp')
    .map(({ start, end }) => `${start}-${end}`);
  const ofTree: string[] = [];
  const lines = dumpAst(root).matchAll(/(?:^|\s)RegularExpressionLiteral (\d+-\d+)/gm);
  for (const [, span] of lines) ofTree.push(span);
  return ofTokens.join() === ofTree.join();
}

/** The tree without its positions. */
export function shapeOf(root: Node): string {
  return dumpAst(root).replace(/ \d+-\d+|"text(?:Start|End)":\d+/g, '');
}

/** Parses twice; the answers must be the same. */
export function parseTwice<T extends Node>(parse: () => ParseResult<T>): ParseResult<T> {
  const [first, second] = [parse(), parse()];
  const show = (result: ParseResult<T>): string =>
    result.ok ? dumpAst(result.node) : JSON.stringify(result.error);
  if (show(first) !== show(second)) throw new Finding('a second parse gives something else');
  return first;
}
