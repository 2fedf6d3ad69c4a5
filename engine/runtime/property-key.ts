// hot
// Property keys. Invariant relied on everywhere: a key that is an array index (0 … 2^32 - 2) is a host
// number, every other string key is a host string, symbols are symbols. No array index is ever a string
// key, so keys compare by identity and elements are found without parsing text.

export type PropertyKey = string | number | symbol;

/** 2^32 - 2, the largest array index. */
export const MAX_ARRAY_INDEX = 0xfffffffe;

/** The canonical key for a string. */
export function keyFromString(text: string): PropertyKey {
  const length = text.length;
  if (length === 0 || length > 10) return text;
  const first = text.charCodeAt(0);
  if (first < 0x30 || first > 0x39) return text;
  if (first === 0x30) return length === 1 ? 0 : text;
  let n = first - 0x30;
  for (let i = 1; i < length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return text;
    n = n * 10 + digit;
  }
  return n <= MAX_ARRAY_INDEX ? n : text;
}

/** The canonical key for ToString(n), where n is any Number. */
export function keyFromNumber(n: number): PropertyKey {
  if (n >= 0 && n <= MAX_ARRAY_INDEX && Math.floor(n) === n) return n === 0 ? 0 : n;
  return String(n);
}

/** The String or Symbol value a key stands for. */
export function keyToValue(key: PropertyKey): string | symbol {
  return typeof key === 'number' ? String(key) : key;
}

/** A key as it reads in messages: `name`, `0`, `Symbol(description)`. Long ones are cut. */
export function keyToDisplay(key: PropertyKey): string {
  if (typeof key === 'symbol') return symbolToDisplay(key);
  const text = String(key);
  return text.length > MAX_DISPLAY ? `${text.slice(0, MAX_DISPLAY - 3)}...` : text;
}

/** A symbol as it reads in messages: its descriptive string, which is cut when long. */
export function symbolToDisplay(symbol: symbol): string {
  const description = symbol.description ?? '';
  return description.length > MAX_DISPLAY
    ? `Symbol(${description.slice(0, MAX_DISPLAY - 3)}...)`
    : `Symbol(${description})`;
}

const MAX_DISPLAY = 200;
