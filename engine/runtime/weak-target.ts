// A place that holds an object or symbol of the guest without keeping it alive. Where the host's collector decides what is
// dead, it holds a host WeakRef; where only we do (deterministic mode), it holds the value itself, which walks of the heap
// do not follow, and `clear` lets it go.
import { type HeapOrigin, markHeapLeaf, setHeapOrigin } from '../base/heap-leaf.ts';
import type { JSObject } from './objects/object.ts';

/** A value for which CanBeHeldWeakly is true. */
export type WeakValue = JSObject | symbol;

export class WeakTarget implements HeapOrigin {
  private held: WeakValue | WeakRef<WeakValue> | undefined;

  constructor(value: WeakValue, hostReclaims: boolean) {
    this.held = hostReclaims ? new WeakRef(value) : value;
  }

  /** The value; undefined once it is gone. */
  get(): WeakValue | undefined {
    return this.held instanceof WeakRef ? this.held.deref() : this.held;
  }

  /** With the host's record of it. */
  get heapBytes(): number {
    return 180;
  }

  /** What is in memory for its sake. */
  get inMemory(): object {
    return this.held instanceof WeakRef ? this : [this.held];
  }

  clear(): void {
    this.held = undefined;
  }
}

markHeapLeaf(WeakTarget);
// What it holds itself it keeps in memory, though not alive.
setHeapOrigin(WeakTarget, (target) => target.inMemory);
