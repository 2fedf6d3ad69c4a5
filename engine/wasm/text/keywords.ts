// The keywords of the text format and of scripts besides instruction names. A word that is none of them is an unknown
// operator; one that stands in the wrong place is an unexpected token.

import { opsOfName } from '../format/instruction-lookup.ts';
import { heapTypeRows } from '../format/types.ts';

const keywords = new Set(
  `i8 i16 i32 i64 f32 f64 v128 i8x16 i16x8 i32x4 i64x2 f32x4 f64x2 ref null mut field struct array sub final rec
  func type param result local global table memory tag elem data declare offset item import export module binary
  quote start then do shared pagesize exact describes descriptor
  definition instance register invoke get assert_return assert_trap assert_exception assert_exhaustion
  assert_malformed assert_invalid assert_unlinkable assert_malformed_custom assert_invalid_custom
  script input output either ref.extern ref.host ref.struct ref.array ref.exn nan:canonical nan:arithmetic
  catch_ref catch_all_ref thread wait catch catch_all`.split(/\s+/),
);
for (const [, name, reference] of heapTypeRows) {
  keywords.add(name);
  keywords.add(reference);
}

export function isKnownKeyword(word: string): boolean {
  return keywords.has(word) || opsOfName(word) !== undefined || /^(?:offset|align)=/.test(word);
}
