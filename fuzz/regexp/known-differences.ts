// Where a host is known to be wrong or of another Unicode version: such samples are not compared.

import type { Sample } from './generate.ts';

export interface KnownDifference {
  readonly reason: string;
  readonly applies: (sample: Sample) => boolean;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason:
      'V8 11.3 (Node 20) complements again when a complement is repeated, or before it folds case, with the flag v',
    applies: ({ pattern, flagText }) => flagText.includes('v') && pattern.includes('[^'),
  },
  {
    reason:
      'V8 11.3 dies of a segmentation fault on some back references beside a lookbehind, with the flags u and v',
    applies: ({ pattern, flagText }) => /[uv]/.test(flagText) && mixesLookbehind(pattern),
  },
  {
    reason:
      'V8 takes a lastIndex inside a surrogate pair as it stands for some patterns, with the flags u and v',
    applies: ({ text, flagText, lastIndex }) => /[uv]/.test(flagText) && isInsidePair(text, lastIndex),
  },
];

/** Whether a pattern has a back reference and a lookbehind. */
function mixesLookbehind(pattern: string): boolean {
  return /\\[1-9k]/.test(pattern) && /\(\?<[!=]/.test(pattern);
}

/** True where the position lies between the surrogates of a pair. */
export function isInsidePair(text: string, index: number): boolean {
  return index > 0 && index < text.length && (text.codePointAt(index - 1) as number) > 0xffff;
}

/** V8 finds the empty string between the surrogates of a pair, with the flags u and v; the order of code points allows no such start. */
export const SPLIT_PAIR = 'V8 finds an empty match inside a surrogate pair, with the flags u and v';

/** Whether a result of the host, as JSON, shows that difference: it holds halves of pairs that ours does not. */
export function splitsPair({ flagText, text }: Sample, own: string, host: string): boolean {
  return /[uv]/.test(flagText) && /[\ud800-\udbff][\udc00-\udfff]/.test(text) && halves(host) > halves(own);
}

function halves(json: string): number {
  return json.match(/\\ud[89a-f]/g)?.length ?? 0;
}
