// WeakRef instances, https://tc39.es/ecma262/#sec-properties-of-weak-ref-instances .
import type { Shape } from '../shape.ts';
import type { WeakTarget } from '../weak-target.ts';
import { JSObject } from './object.ts';

export class WeakRefObject extends JSObject {
  readonly weakRefTarget: WeakTarget;

  constructor(shape: Shape, weakRefTarget: WeakTarget) {
    super(shape);
    this.weakRefTarget = weakRefTarget;
  }

  override className(): string {
    return 'WeakRef';
  }
}
