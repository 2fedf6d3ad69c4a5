// Error objects: the [[ErrorData]] brand and what `stack` shows. `message` and `cause` are ordinary properties.
import type { Shape } from '../shape.ts';
import type { StackFrame } from '../stack-trace.ts';
import type { Value } from '../value.ts';
import { JSObject } from './object.ts';

export class ErrorObject extends JSObject {
  /** Captured at construction; see stack-trace.ts. */
  frames: readonly StackFrame[];
  /** `Name: message` as it was when the error was made: the first line of `stack`. */
  header: string;
  /** What Error.prepareStackTrace made of the frames when `stack` was first read. */
  preparedStack: { readonly value: Value } | null;

  constructor(shape: Shape, frames: readonly StackFrame[]) {
    super(shape);
    this.frames = frames;
    this.header = '';
    this.preparedStack = null;
  }

  override className(): string {
    return 'Error';
  }
}
