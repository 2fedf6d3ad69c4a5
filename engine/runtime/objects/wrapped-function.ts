// Wrapped function exotic objects, https://tc39.es/proposal-shadowrealm/#sec-wrapped-function-exotic-objects : functions of one
// realm as the other side of a callable boundary sees them. Only primitives and functions pass, these wrapped again; what
// is thrown arrives as a TypeError of the caller's side.
import type { Realm } from '../realm.ts';
import type { Shape } from '../shape.ts';
import { FunctionObject } from './function.ts';
import type { HostCode } from './object.ts';

export class WrappedFunctionObject extends FunctionObject {
  readonly wrappedTargetFunction: FunctionObject;

  constructor(shape: Shape, code: HostCode, realm: Realm, wrappedTargetFunction: FunctionObject) {
    super(shape, code, false, realm);
    this.wrappedTargetFunction = wrappedTargetFunction;
  }
}

// Wrapping arguments and the call of the target take more of the host's stack than one unit stands for.
(WrappedFunctionObject.prototype as unknown as Record<string, unknown>).callDepth = 4;
