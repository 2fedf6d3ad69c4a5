// Which host classes hold no reference to a guest's object or symbol. Code and its descriptions (syntax trees, code units)
// hang on every function; walks of the guest's heap (runtime/heap/) stop there. Caches are marked too: what only a cache
// remembers is not kept alive by it.

const MARK = 'isHeapLeaf';

/** Marks classes: instances, and all they refer to, are of no interest to walks of the heap. Called beside the class. */
export function markHeapLeaf(...classes: readonly { readonly prototype: object }[]): void {
  for (const { prototype } of classes) Object.defineProperty(prototype, MARK, { value: true });
}

/** Whether objects with this host prototype are marked. */
export function isHeapLeaf(prototype: object): boolean {
  return (prototype as { readonly [MARK]?: boolean })[MARK] === true;
}

const ORIGIN = 'heapOrigin';

/** What takes an amount of the heap that its fields do not tell. */
export interface HeapOrigin {
  /** Of itself and all that was made of it, estimated. */
  readonly heapBytes: number;
}

/** Says what walks that measure the heap count for the instances of a marked class: what they were made of, or what they hold. */
export function setHeapOrigin<T extends object>(
  classOf: { readonly prototype: T },
  originOf: (thing: T) => object,
): void {
  Object.defineProperty(classOf.prototype, ORIGIN, { value: originOf });
}

/** What to count for a thing; null if it says nothing. */
export function heapOriginOf(thing: object): object | null {
  const originOf = (thing as { readonly [ORIGIN]?: (thing: object) => object })[ORIGIN];
  return originOf === undefined ? null : originOf(thing);
}

/** What all the code of a source text of that length takes: the text, syntax trees or bytecode, feedback. */
export function sourceTextBytes(length: number): number {
  return 2000 + 60 * length;
}
