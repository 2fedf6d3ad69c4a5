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
