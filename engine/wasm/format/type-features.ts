// Which proposal a type came with. Both readers ask here, so that a flag that is off refuses the same types in either
// format.

import type { FeatureName, Features } from './features.ts';
import {
  HEAP_EXN,
  HEAP_EXTERN,
  HEAP_FUNC,
  HEAP_NOEXN,
  heapOf,
  isExact,
  isNullable,
  isRef,
  V128,
  type ValType,
} from './types.ts';

/** The feature that a value type needs and that is off; null if there is none. */
export function featureMissingFor(type: ValType, features: Features): FeatureName | null {
  if (!isRef(type)) return type === V128 && !features.simd ? 'simd' : null;
  if (isExact(type) && !features.customDescriptors) return 'customDescriptors';
  const heap = heapOf(type);
  if ((heap >= 0 || !isNullable(type)) && !hasTypedReferences(features)) return 'functionReferences';
  if (heap >= 0) return null;
  const feature = featureOfHeap(heap);
  return features[feature] ? null : feature;
}

function featureOfHeap(heap: number): FeatureName {
  switch (heap) {
    case HEAP_FUNC:
    case HEAP_EXTERN:
      return 'referenceTypes';
    case HEAP_EXN:
    case HEAP_NOEXN:
      return 'exceptions';
    default:
      return 'gc';
  }
}

/** Types `(ref null? …)` belong to two proposals, one of which is built on the other. */
export function hasTypedReferences(features: Features): boolean {
  return features.functionReferences || features.gc;
}

/** Tags belong to both kinds of exceptions. */
export function hasTags(features: Features): boolean {
  return features.exceptions || features.legacyExceptions;
}

/** Segments have been of more than one kind since either of two proposals. */
export function hasSegmentKinds(features: Features): boolean {
  return features.bulkMemory || features.referenceTypes;
}
