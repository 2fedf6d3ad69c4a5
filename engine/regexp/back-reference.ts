// What a back reference matches: the text of a capture again, exactly or without regard to case.
// https://tc39.es/ecma262/#sec-backreference-matcher

import { simpleCaseFold, uppercaseCanonicalize } from '../unicode/case-mapping.ts';
import { codePointBefore, codePointFrom } from './code-points.ts';

/** Returns the position after the same text as `from`…`to`, or -1 if it is not there. */
export function matchBackReference(
  input: string,
  position: number,
  from: number,
  to: number,
  ignoreCase: boolean,
  backward: boolean,
  unicode: boolean,
): number {
  if (!unicode) {
    const length = to - from;
    const start = backward ? position - length : position;
    if (start < 0 || start + length > input.length) return -1;
    for (let i = 0; i < length; i++) {
      const a = input.charCodeAt(from + i);
      const b = input.charCodeAt(start + i);
      if (a !== b && !(ignoreCase && uppercaseCanonicalize(a) === uppercaseCanonicalize(b))) return -1;
    }
    return backward ? start : start + length;
  }
  let captured = backward ? to : from;
  while (captured !== (backward ? from : to)) {
    const a = backward ? codePointBefore(input, captured) : codePointFrom(input, captured);
    const b = backward ? codePointBefore(input, position) : codePointFrom(input, position);
    if (a !== b && (b < 0 || !ignoreCase || simpleCaseFold(a) !== simpleCaseFold(b))) return -1;
    captured += (a > 0xffff ? 2 : 1) * (backward ? -1 : 1);
    position += (b > 0xffff ? 2 : 1) * (backward ? -1 : 1);
  }
  return position;
}
