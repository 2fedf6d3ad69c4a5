// Ends as lines of an Outcome. What an engine leaves open is open in its line: `<a|b>` is one of these, `<…>` is anything.
// Only engines that tell less than ours (the host) have such lines; `agrees` says whether a line of ours fits one.

import { F32, F64, isRef, V128, type ValType, valTypeText } from '../format/types.ts';
import type { RawValue } from '../interpret/instantiate.ts';
import { numberText } from '../library/values.ts';
import type { CallEnd, InstantiateEnd, Refused, Taken, WasmEngine } from './engine.ts';

/** Anything. */
export const OPEN = '<…>';

/** `types` are those of the results. */
export function endText(
  engine: WasmEngine,
  end: CallEnd | InstantiateEnd | Refused | Taken,
  types: readonly ValType[] = [],
): string {
  switch (end.kind) {
    case 'values':
      return end.values.map((value, i) => valueText(engine, value, types[i] as ValType)).join(', ');
    case 'instance':
      return 'instance';
    case 'trap':
      return `trap: ${end.message}${end.frames}`;
    case 'exception':
      return 'an exception that nobody caught';
    case 'link':
      return `link error: ${end.message}`;
    case 'refused':
      return end.errorKind === null ? `${OPEN} module: ${OPEN}` : `${end.errorKind} module: ${end.message}`;
    case 'taken':
      return 'a module that is taken';
    case 'out-of-fuel':
      return 'out of fuel';
    case 'unknown':
      return OPEN;
  }
}

/** A value with all its bits and its type. A NaN shows whether it is quiet, then its bits. */
export function valueText(engine: WasmEngine, { words, ref }: RawValue, type: ValType): string {
  if (isRef(type)) return `${engine.referenceText(ref)} : ref`;
  const numbers = words.slice(0, type === V128 ? 4 : type === F64 ? 2 : words.length);
  const nan = type === F32 ? nanText(numbers.slice(0, 1)) : type === F64 ? nanText(numbers) : null;
  if (nan !== null) return `${nan} : ${valTypeText(type)}`;
  if (type !== V128) return numberText(numbers, type);
  // A word that may be a NaN or the upper half of one is written as such.
  return `i32x4 ${numbers.map((word) => nanText([word]) ?? hex(word)).join(' ')} : v128`;
}

/** Words, low first, as a NaN; null if they are none. */
function nanText(words: readonly number[]): string | null {
  const high = words[words.length - 1] as number;
  const [exponent, quiet] = words.length === 1 ? [0x7f80_0000, 0x0040_0000] : [0x7ff0_0000, 0x0008_0000];
  const fraction = high & ~exponent & 0x7fff_ffff;
  if ((high & exponent) !== exponent || (fraction === 0 && (words.length === 1 || words[0] === 0)))
    return null;
  const bits = [...words].reverse().map(hex).join('_');
  return (high & quiet) === 0 ? `signaling nan ${bits}` : `quiet nan ${bits}`;
}

function hex(word: number): string {
  return `0x${(word >>> 0).toString(16).padStart(8, '0')}`;
}

/** Which NaN an operation gives, the specification leaves open: the bits of quiet ones, made so. */
export function withOpenNaNs(line: string): string {
  return line.replace(/quiet nan [0-9a-fx_]+/g, `quiet nan ${OPEN}`);
}

/** Of a message that is open as a whole, what it may be; `OPEN` itself stands for anything. */
export function alternatives(message: string): readonly string[] {
  return message !== OPEN && /^<.*>$/.test(message) ? message.slice(1, -1).split('|') : [message];
}

const OPEN_PART = /<([^<>]*)>/g;

/** Whether a line says the same as one that leaves parts open. Two lines without such parts must be equal. */
export function agrees(line: string, withOpenParts: string): boolean {
  if (line === withOpenParts) return true;
  if (!withOpenParts.includes('<')) return false;
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  let pattern = '';
  let end = 0;
  for (const match of withOpenParts.matchAll(OPEN_PART)) {
    const alternatives = match[0] === OPEN ? '[^]*' : (match[1] as string).split('|').map(escape).join('|');
    pattern += `${escape(withOpenParts.slice(end, match.index))}(?:${alternatives})`;
    end = match.index + match[0].length;
  }
  return new RegExp(`^${pattern}${escape(withOpenParts.slice(end))}$`).test(line);
}
