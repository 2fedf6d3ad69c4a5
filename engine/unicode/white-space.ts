// ECMAScript's WhiteSpace and LineTerminator. Space_Separator comes from the Unicode tables, so that no
// host's String.prototype.trim has a say.

import { type CodePointSet, setContains, setFromMembers, setUnion } from './code-point-set.ts';
import { codePointsOfCategory } from './properties.ts';

/** LineTerminator: LF, CR, LS, PS — https://tc39.es/ecma262/#prod-LineTerminator */
export const LINE_TERMINATORS: CodePointSet = setFromMembers([0x0a, 0x0d, 0x2028, 0x2029]);

let whiteSpaceSet: CodePointSet | null = null;

/** Returns the set of WhiteSpace code points — https://tc39.es/ecma262/#prod-WhiteSpace */
export function whiteSpaceCodePoints(): CodePointSet {
  if (whiteSpaceSet === null) {
    whiteSpaceSet = setUnion(setFromMembers([0x09, 0x0b, 0x0c, 0xfeff]), codePointsOfCategory('Zs'));
  }
  return whiteSpaceSet;
}

/** Returns whether `codePoint` is WhiteSpace; line terminators are not. */
export function isWhiteSpace(codePoint: number): boolean {
  if (codePoint < 0x80)
    return codePoint === 0x20 || codePoint === 0x09 || codePoint === 0x0b || codePoint === 0x0c;
  return setContains(whiteSpaceCodePoints(), codePoint);
}

/** Returns whether `codePoint` is a LineTerminator. */
export function isLineTerminator(codePoint: number): boolean {
  return codePoint === 0x0a || codePoint === 0x0d || codePoint === 0x2028 || codePoint === 0x2029;
}
