// Decoder of the number lists in the *.gen.ts files: five bits a letter, least significant first, the
// sixth bit says that another letter follows. The encoder is ci/generate-unicode.mjs.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

let digitOfLetter: Uint8Array | null = null;

/** Returns the non-negative integers written in `text`, which must come from the generator. */
export function decodeNumbers(text: string): number[] {
  if (digitOfLetter === null) {
    digitOfLetter = new Uint8Array(128);
    for (let i = 0; i < ALPHABET.length; i++) digitOfLetter[ALPHABET.charCodeAt(i)] = i;
  }
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digitOfLetter[text.charCodeAt(i)];
    value |= (digit & 31) << shift;
    if (digit >= 32) {
      shift += 5;
    } else {
      numbers.push(value);
      value = 0;
      shift = 0;
    }
  }
  return numbers;
}

/** Undoes the sign coding 0, -1, 1, -2, … as 0, 1, 2, 3, …. */
export function unzigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}
