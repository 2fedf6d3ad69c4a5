// Error objects: the [[ErrorData]] brand and the frames of `stack`. `message` and `cause` are ordinary properties.
import type { Shape } from '../shape.ts';
import type { StackFrame } from '../stack-trace.ts';
import { JSObject } from './object.ts';

export class ErrorObject extends JSObject {
  /** Captured at construction; see stack-trace.ts. */
  frames: readonly StackFrame[];

  constructor(shape: Shape, frames: readonly StackFrame[]) {
    super(shape);
    this.frames = frames;
  }

  override className(): string {
    return 'Error';
  }
}
