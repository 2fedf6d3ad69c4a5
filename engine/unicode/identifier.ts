// Membership in ID_Start and ID_Continue for the lexer: one bit a code point up to U+1FFFF, made on the
// first question about a character that is not ASCII; the few members beyond are found by binary search.

import { type CodePointSet, setContains } from './code-point-set.ts';
import { codePointsOfBinaryProperty } from './properties.ts';

const BITMAP_LIMIT = 0x20000;

interface Membership {
  readonly bits: Int32Array;
  readonly set: CodePointSet;
}

let idStart: Membership | null = null;
let idContinue: Membership | null = null;

/** Returns whether `codePoint` has the Unicode property ID_Start (which `$` and `_` do not have). */
export function isIDStart(codePoint: number): boolean {
  if (idStart === null) idStart = membership('ID_Start');
  return isMember(idStart, codePoint);
}

/** Returns whether `codePoint` has the Unicode property ID_Continue (which `$`, ZWNJ and ZWJ do not have). */
export function isIDContinue(codePoint: number): boolean {
  if (idContinue === null) idContinue = membership('ID_Continue');
  return isMember(idContinue, codePoint);
}

/** IdentifierStartChar — https://tc39.es/ecma262/#prod-IdentifierStartChar */
export function isIdentifierStartChar(codePoint: number): boolean {
  if (codePoint < 0x80) {
    return (
      (codePoint >= 0x61 && codePoint <= 0x7a) ||
      (codePoint >= 0x41 && codePoint <= 0x5a) ||
      codePoint === 0x24 ||
      codePoint === 0x5f
    );
  }
  return isIDStart(codePoint);
}

/** IdentifierPartChar — https://tc39.es/ecma262/#prod-IdentifierPartChar */
export function isIdentifierPartChar(codePoint: number): boolean {
  if (codePoint < 0x80) return isIdentifierStartChar(codePoint) || (codePoint >= 0x30 && codePoint <= 0x39);
  return isIDContinue(codePoint) || codePoint === 0x200c || codePoint === 0x200d;
}

function isMember(membership: Membership, codePoint: number): boolean {
  if (codePoint < BITMAP_LIMIT) return ((membership.bits[codePoint >>> 5] >>> (codePoint & 31)) & 1) === 1;
  return setContains(membership.set, codePoint);
}

function membership(property: string): Membership {
  const set = codePointsOfBinaryProperty(property);
  const bits = new Int32Array(BITMAP_LIMIT >>> 5);
  for (let i = 0; i < set.length; i += 2) {
    const end = Math.min(set[i + 1], BITMAP_LIMIT);
    for (let codePoint = set[i]; codePoint < end; codePoint++) bits[codePoint >>> 5] |= 1 << (codePoint & 31);
  }
  return { bits, set };
}
