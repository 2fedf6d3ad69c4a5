// How the inspector shows an error: the stack as it was taken, under the class that the error really is, without what its
// cause says already.
import { colored } from './inspect-layout.ts';
import { prefixOf } from './inspect-names.ts';
import { inheritsFrom, peekOwnProperty, peekProperty, peekValue } from './peek.ts';
import { ArrayObject } from './runtime/objects/array.ts';
import { ErrorObject } from './runtime/objects/error.ts';
import { JSObject } from './runtime/objects/object.ts';
import type { PropertyKey } from './runtime/property-key.ts';
import { errorHeader, formatFrames } from './runtime/stack-trace.ts';

export interface ErrorOptions {
  readonly showHidden: boolean;
  readonly colors: boolean;
  /** Columns in front of each line but the first. */
  readonly indentation: number;
}

/** An error, or an object that inherits from Error.prototype. */
export function isErrorLike(O: JSObject): boolean {
  return O instanceof ErrorObject || inheritsFrom(O, O.shape.agent.realm.intrinsic('%Error.prototype%'));
}

/** The stack, with the class it really is; removes what it says from `keys` and adds `cause` and `errors`. */
export function errorBase(
  O: JSObject,
  constructor: string | null,
  tag: string,
  keys: PropertyKey[],
  options: ErrorOptions,
): string {
  let stack = stackOf(O);
  if (!options.showHidden) {
    for (const name of ['name', 'message', 'stack']) {
      const at = keys.indexOf(name);
      if (at === -1) continue;
      const value = peekValue(O, name);
      if (typeof value !== 'string' || stack.includes(value)) keys.splice(at, 1);
    }
  }
  if (peekProperty(O, 'cause') !== undefined && !keys.includes('cause')) keys.push('cause');
  if (peekValue(O, 'errors') instanceof ArrayObject && !keys.includes('errors')) keys.push('errors');

  stack = withClassName(stack, O, constructor, tag);
  const message = peekValue(O, 'message');
  const messageAt = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  const framesAt = stack.indexOf('\n    at', messageAt <= 0 ? 0 : messageAt + (message as string).length);
  if (framesAt === -1) stack = `[${stack}]`;
  else {
    const frames = shortenedFrames(O, stack.slice(framesAt + 1).split('\n'), options);
    stack = `${stack.slice(0, framesAt)}\n${frames.join('\n')}`;
  }
  const { indentation } = options;
  return indentation === 0 ? stack : stack.replaceAll('\n', `\n${' '.repeat(indentation)}`);
}

/** Leaves out frames that the error shares with its cause. */
function shortenedFrames(O: JSObject, frames: string[], { colors }: ErrorOptions): string[] {
  const cause = peekValue(O, 'cause');
  if (!(cause instanceof JSObject) || !isErrorLike(cause)) return frames;
  const causeStack = stackOf(cause);
  const causeAt = causeStack.indexOf('\n    at');
  if (causeAt === -1) return frames;
  const causeFrames = causeStack.slice(causeAt + 1).split('\n');
  const firsts = new Map<string, number>();
  causeFrames.forEach((frame, index) => {
    if (!firsts.has(frame)) firsts.set(frame, index);
  });
  for (let start = 0; start + 3 < frames.length; start++) {
    const at = firsts.get(frames[start]);
    if (at === undefined) continue;
    let common = 0;
    while (start + common < frames.length && frames[start + common] === causeFrames[at + common]) common++;
    if (common <= 3) continue;
    const note = `    ... ${common - 2} lines matching cause stack trace ...`;
    return [
      ...frames.slice(0, start + 1),
      colors ? colored(note, 'undefined') : note,
      ...frames.slice(start + common - 1),
    ];
  }
  return frames;
}

/** The text of `stack`: an own data property, else what the accessor would give. */
function stackOf(O: JSObject): string {
  const own = peekOwnProperty(O, 'stack');
  if (own !== undefined && typeof own.value === 'string' && own.value !== '') return own.value;
  return O instanceof ErrorObject ? errorHeader(O) + formatFrames(O.frames) : errorHeader(O);
}

/** A stack that begins with the name of the class, where the name an error inherits does not say it. */
function withClassName(stack: string, O: JSObject, constructor: string | null, tag: string): string {
  const nameValue = peekValue(O, 'name');
  let name = typeof nameValue === 'string' ? nameValue : 'Error';
  const next = stack[name.length];
  const isRegular =
    name.endsWith('Error') && stack.startsWith(name) && (next === undefined || next === ':' || next === '\n');
  if (constructor !== null && !isRegular) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const start =
      /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    name = start === null ? '' : start[1];
    fallback = name === '' ? 'Error' : name;
  }
  const className = prefixOf(constructor, tag, fallback, '').slice(0, -1);
  if (className === name) return stack;
  if (!className.includes(name)) return `${className} [${name}]${stack.slice(name.length)}`;
  return name === '' ? `${className}: ${stack}` : className + stack.slice(name.length);
}
