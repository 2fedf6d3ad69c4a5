// What a program's user sees of an error that nothing caught: where, the source line with a caret, the stack. Made
// without running guest code.
import { type InspectOptions, inspect } from './inspect.ts';
import { ErrorObject } from './runtime/objects/error.ts';
import type { Value } from './runtime/value.ts';
import { SourceText } from './syntax/source-text.ts';
import { excerptOf, type SyntaxErrorRecord } from './syntax/syntax-error.ts';

/** The report of an uncaught value, `label` before one that is no error; several lines without a final line feed. */
export function describeUncaught(value: Value, options: InspectOptions = {}, label = 'Uncaught'): string {
  if (!(value instanceof ErrorObject)) return `${label} ${inspect(value, options)}`;
  const frame = value.frames.find(({ source }) => source !== null);
  const text = inspect(value, options);
  if (frame === undefined || !(frame.source instanceof SourceText)) return text;
  const { source, offset } = frame;
  const { line, column } = source.positionAt(offset);
  return `${source.name}:${line}\n${indented(excerptOf(source.lineText(line), column - 1))}\n\n${text}`;
}

/** The report of a text that does not parse. */
export function describeSyntaxError(name: string, error: SyntaxErrorRecord): string {
  const { errorType, message, line, column, excerpt } = error;
  return `${name}:${line}\n${indented(excerpt)}\n\n${errorType}: ${message} (${name}:${line}:${column})`;
}

/** Indented, so that tools which look for `Name: message` at the start of a line are not misled by source text. */
function indented(excerpt: string): string {
  return `  ${excerpt.replaceAll('\n', '\n  ')}`;
}
