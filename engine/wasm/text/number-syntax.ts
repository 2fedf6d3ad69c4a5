// Which words are number literals. Written out instead of as patterns, because a host's patterns need stack for every
// repetition, and a literal may be as long as a text.
// https://webassembly.github.io/spec/core/text/values.html

export const NUMBER_NONE = 0;
/** Without a sign, with one, with a point or an exponent. */
export const NUMBER_NAT = 1;
export const NUMBER_INT = 2;
export const NUMBER_FLOAT = 3;

/** The kind of number that a word is, or NUMBER_NONE. */
export function numberKind(word: string): number {
  const sign = word.charCodeAt(0);
  const start = sign === 0x2b || sign === 0x2d ? 1 : 0;
  const isHex = word.startsWith('0x', start);
  const first = start + (isHex ? 2 : 0);
  let at = digitsEnd(word, first, isHex);
  if (at === first) return isHex ? NUMBER_NONE : specialKind(word.slice(start));
  if (at === word.length) return start === 0 ? NUMBER_NAT : NUMBER_INT;
  if (word[at] === '.') {
    at++;
    // The fraction may be missing, but not begin with an underscore.
    at = digitsEnd(word, at, isHex);
    if (at === word.length) return NUMBER_FLOAT;
  }
  const marker = word.charCodeAt(at) | 0x20;
  if (marker !== (isHex ? 0x70 : 0x65)) return NUMBER_NONE;
  at++;
  const exponentSign = word.charCodeAt(at);
  if (exponentSign === 0x2b || exponentSign === 0x2d) at++;
  const end = digitsEnd(word, at, false);
  return end > at && end === word.length ? NUMBER_FLOAT : NUMBER_NONE;
}

/** `inf`, `nan` and `nan:0x…`. */
function specialKind(word: string): number {
  if (word === 'inf' || word === 'nan') return NUMBER_FLOAT;
  if (!word.startsWith('nan:0x')) return NUMBER_NONE;
  const end = digitsEnd(word, 6, true);
  return end > 6 && end === word.length ? NUMBER_FLOAT : NUMBER_NONE;
}

/** The end of digits from `start` on, with single underscores between them. */
function digitsEnd(word: string, start: number, isHex: boolean): number {
  let end = start;
  for (let at = start; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (isDigit(code) || (isHex && isHexLetter(code))) end = at + 1;
    else if (code !== 0x5f || end !== at || at === start) break;
  }
  return end;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
function isHexLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
