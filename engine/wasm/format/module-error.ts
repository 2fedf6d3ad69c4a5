// What is wrong with a module, as data. Readers and the validator throw it, always from a cold function;
// whoever calls them from outside turns it into what its world knows (a CompileError, a line on the terminal).

import type { FeatureName } from './features.ts';
import { type MessageCode, messages } from './messages.ts';

/**
 * `malformed`: the bytes or the text are no module. `invalid`: a module that breaks a rule of validation. `limit`: a
 * module that demands more than `ModuleLimits` allow.
 */
export type ModuleErrorKind = 'malformed' | 'invalid' | 'limit';

/** No host `Error`: it is never shown to a guest and needs no stack. */
export class ModuleError {
  readonly kind: ModuleErrorKind;
  readonly code: MessageCode;
  readonly args: readonly string[];
  /** Byte offset in a binary module, index of the UTF-16 unit in a text. */
  readonly position: number;

  constructor(kind: ModuleErrorKind, code: MessageCode, args: readonly string[], position: number) {
    this.kind = kind;
    this.code = code;
    this.args = args;
    this.position = position;
  }

  get message(): string {
    return messages[this.code]
      .replace(/\{(\d)\}/g, (_, i) => shortened(this.args[Number(i)] ?? ''))
      .trimEnd();
  }
}

const LONGEST_ARGUMENT = 200;

/** A word of a text may be as long as the text; a message is not. */
export function shortened(text: string): string {
  return text.length <= LONGEST_ARGUMENT ? text : `${text.slice(0, LONGEST_ARGUMENT)}…`;
}

export function malformed(position: number, code: MessageCode, ...args: string[]): never {
  throw new ModuleError('malformed', code, args, position);
}

export function invalid(position: number, code: MessageCode, ...args: string[]): never {
  throw new ModuleError('invalid', code, args, position);
}

/** What stands there would be well-formed with a feature that is off. `code` is the error of those who do not know it. */
export function needsFeature(position: number, code: MessageCode, what: string, feature: FeatureName): never {
  throw new ModuleError(
    'malformed',
    'featureRequired',
    [messages[code].replace('{0}', what), what, feature],
    position,
  );
}

export function overLimit(position: number, what: string, limit: number): never {
  throw new ModuleError('limit', 'limit', [what, String(limit)], position);
}

/** More bytes than the budget `name` of `ModuleLimits` grants. */
export function overBudget(position: number, what: string, name: string, bytes: number): never {
  throw new ModuleError('limit', 'budget', [what, String(bytes), name], position);
}

/** `line:column`, both from 1, of a position in a text; columns count UTF-16 units. */
export function lineAndColumn(text: string, position: number): string {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', start)) {
    line++;
    start = at + 1;
  }
  return `${line}:${position - start + 1}`;
}
