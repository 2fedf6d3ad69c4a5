// Sets of code points (or code units) as sorted boundary lists: [from0, to0, from1, to1, …] with `from`
// inclusive and `to` exclusive, strictly increasing, so that equal sets have equal lists. Set operations
// are one sweep over two lists. The lists are immutable once made.

/** A set of code points: strictly increasing half-open boundaries, an even number of them. */
export type CodePointSet = Int32Array;

/** One more than the greatest code point. */
export const CODE_POINT_LIMIT = 0x110000;

export const EMPTY_SET: CodePointSet = new Int32Array(0);

/** Every code point. */
export const ALL_CODE_POINTS: CodePointSet = Int32Array.of(0, CODE_POINT_LIMIT);

/** Every UTF-16 code unit. */
export const ALL_CODE_UNITS: CodePointSet = Int32Array.of(0, 0x10000);

/** Returns whether `set` holds `codePoint`, by binary search. */
export function setContains(set: CodePointSet, codePoint: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (set[middle] <= codePoint) low = middle + 1;
    else high = middle;
  }
  return (low & 1) === 1;
}

/** Returns the number of members. */
export function setSize(set: CodePointSet): number {
  let size = 0;
  for (let i = 0; i < set.length; i += 2) size += set[i + 1] - set[i];
  return size;
}

/** Returns the set of the given inclusive ranges `[from0, last0, from1, last1, …]`, in any order, overlapping or not. */
export function setFromRanges(ranges: readonly number[]): CodePointSet {
  if (ranges.length === 2) return Int32Array.of(ranges[0], ranges[1] + 1);
  const order: number[] = [];
  for (let i = 0; i < ranges.length; i += 2) order.push(i);
  order.sort((a, b) => ranges[a] - ranges[b]);
  const boundaries: number[] = [];
  for (const i of order) {
    const from = ranges[i];
    const to = ranges[i + 1] + 1;
    const top = boundaries.length - 1;
    if (top >= 0 && from <= boundaries[top]) {
      if (to > boundaries[top]) boundaries[top] = to;
    } else {
      boundaries.push(from, to);
    }
  }
  return Int32Array.from(boundaries);
}

/** Returns the set of the given members, in any order. */
export function setFromMembers(members: readonly number[]): CodePointSet {
  const ranges: number[] = [];
  for (const member of members) ranges.push(member, member);
  return ranges.length === 0 ? EMPTY_SET : setFromRanges(ranges);
}

// Truth tables over (in a, in b): bit 0 = neither, 1 = b only, 2 = a only, 3 = both.
const UNION = 0b1110;
const INTERSECTION = 0b1000;
const DIFFERENCE = 0b0100;
const SYMMETRIC_DIFFERENCE = 0b0110;

export function setUnion(a: CodePointSet, b: CodePointSet): CodePointSet {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return combine(a, b, UNION);
}

export function setIntersection(a: CodePointSet, b: CodePointSet): CodePointSet {
  return combine(a, b, INTERSECTION);
}

/** Returns the members of `a` that are not in `b`. */
export function setDifference(a: CodePointSet, b: CodePointSet): CodePointSet {
  return b.length === 0 ? a : combine(a, b, DIFFERENCE);
}

export function setSymmetricDifference(a: CodePointSet, b: CodePointSet): CodePointSet {
  return combine(a, b, SYMMETRIC_DIFFERENCE);
}

/** Returns the union of many sets, without making every partial union when the sets are small. */
export function setUnionOf(sets: readonly CodePointSet[]): CodePointSet {
  if (sets.length === 0) return EMPTY_SET;
  if (sets.length === 1) return sets[0];
  const ranges: number[] = [];
  for (const set of sets) {
    for (let i = 0; i < set.length; i += 2) ranges.push(set[i], set[i + 1] - 1);
  }
  return ranges.length === 0 ? EMPTY_SET : setFromRanges(ranges);
}

function combine(a: CodePointSet, b: CodePointSet, truthTable: number): CodePointSet {
  const boundaries: number[] = [];
  let i = 0;
  let j = 0;
  let inside = 0;
  while (i < a.length || j < b.length) {
    const nextA = i < a.length ? a[i] : CODE_POINT_LIMIT + 1;
    const nextB = j < b.length ? b[j] : CODE_POINT_LIMIT + 1;
    const boundary = Math.min(nextA, nextB);
    if (nextA === boundary) i++;
    if (nextB === boundary) j++;
    const now = (truthTable >> (((i & 1) << 1) | (j & 1))) & 1;
    if (now !== inside) {
      boundaries.push(boundary);
      inside = now;
    }
  }
  return Int32Array.from(boundaries);
}
