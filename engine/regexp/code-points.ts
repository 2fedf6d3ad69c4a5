// Code points of UTF-16 strings, by position.

/** Returns the code point that starts at `position`, or -1 at the end. */
export function codePointFrom(input: string, position: number): number {
  if (position >= input.length) return -1;
  const lead = input.charCodeAt(position);
  if ((lead & 0xfc00) === 0xd800 && position + 1 < input.length) {
    const trail = input.charCodeAt(position + 1);
    if ((trail & 0xfc00) === 0xdc00) return ((lead & 0x3ff) << 10) + (trail & 0x3ff) + 0x10000;
  }
  return lead;
}

/** Returns the code point that ends at `position`, or -1 at the start. */
export function codePointBefore(input: string, position: number): number {
  if (position <= 0) return -1;
  const trail = input.charCodeAt(position - 1);
  if ((trail & 0xfc00) === 0xdc00 && position > 1) {
    const lead = input.charCodeAt(position - 2);
    if ((lead & 0xfc00) === 0xd800) return ((lead & 0x3ff) << 10) + (trail & 0x3ff) + 0x10000;
  }
  return trail;
}

/** Returns whether the position lies between the surrogates of a pair. */
export function isInsidePair(input: string, position: number): boolean {
  return (
    position > 0 &&
    position < input.length &&
    (input.charCodeAt(position) & 0xfc00) === 0xdc00 &&
    (input.charCodeAt(position - 1) & 0xfc00) === 0xd800
  );
}
