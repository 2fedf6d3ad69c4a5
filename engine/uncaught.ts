// What a program's user sees of an error that nothing caught: where, the source line with a caret, the stack. Made
// without running guest code.
import { type InspectOptions, inspect } from './inspect.ts';
import { withoutCharges } from './peek.ts';
import { ErrorObject } from './runtime/objects/error.ts';
import { JSObject } from './runtime/objects/object.ts';
import { errorHeader, formatFrames, ownDataString } from './runtime/stack-trace.ts';
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

/**
 * Name, message and stack of a thrown value without running guest code. The name is that of the value's
 * constructor; primitives have their type as name.
 */
export function describeError(value: Value): {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
} {
  if (typeof value !== 'object' || value === null) {
    const text = typeof value === 'string' ? value : inspect(value).replace(/(\d)n$/, '$1');
    return { name: value === null ? 'null' : typeof value, message: text, stack: text };
  }
  return withoutCharges(value.shape.agent, () => describeObject(value));
}

function describeObject(value: JSObject): {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
} {
  const message = ownDataString(value, 'message');
  const name = ownDataString(value, 'name') || constructorName(value);
  const header =
    value instanceof ErrorObject ? errorHeader(value) : `${name}${message === '' ? '' : `: ${message}`}`;
  return {
    name,
    message,
    // An own property, as Error.captureStackTrace makes it, hides the accessor.
    stack:
      ownDataString(value, 'stack') ||
      (value instanceof ErrorObject ? header + formatFrames(value.frames) : header),
  };
}

/** `value.constructor.name` by data properties only; '' if there is none. */
export function constructorName(value: Value): string {
  if (typeof value !== 'object' || value === null) return '';
  for (let o: JSObject | null = value; o !== null; o = o.shape.proto) {
    const desc = o.OrdinaryGetOwnProperty('constructor');
    if (desc === undefined) continue;
    return desc.hasValue && desc.value instanceof JSObject ? ownDataString(desc.value, 'name') : '';
  }
  return '';
}
