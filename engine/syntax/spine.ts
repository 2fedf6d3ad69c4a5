// Spines: members, calls, `new` and tagged templates nest to the left, a link around a link, and a text may have a
// hundred thousand of them in a row (`a.b().c…`, `new new A()()`). Who evaluates or compiles a node along with what is in
// it takes a long spine in pieces, from the inside out: `spineCuts` says where, and the value of a piece stands for its
// node when the next one is done. Nesting is bounded by SPINE_PIECE then, whatever the text.
import {
  type Expression,
  KIND_CallExpression,
  KIND_ComputedMember,
  KIND_NAMES,
  KIND_NewExpression,
  KIND_ParenthesizedExpression,
  KIND_PrivateMember,
  KIND_StaticMember,
  KIND_TaggedTemplate,
} from './ast.gen.ts';

/** Links of a piece, at least; one more where the next place to cut is a link further. */
const SPINE_PIECE = 24;

/** A node whose text is not longer has no spine to cut, and is no cut itself: a link is two characters or more. */
export const SPINE_TEXT = 2 * SPINE_PIECE;

/** By node kind: 1 for what is a link of a spine. */
export const IS_LINK: Uint8Array = new Uint8Array(KIND_NAMES.length);
for (const kind of [
  KIND_StaticMember,
  KIND_ComputedMember,
  KIND_PrivateMember,
  KIND_CallExpression,
  KIND_NewExpression,
  KIND_TaggedTemplate,
]) {
  IS_LINK[kind] = 1;
}

/** What the outermost link of an expression is applied to; null if it is no link. */
function baseOf(node: Expression): Expression | null {
  switch (node.kind) {
    case KIND_StaticMember:
    case KIND_ComputedMember:
    case KIND_PrivateMember:
      return node.object;
    case KIND_CallExpression:
    case KIND_NewExpression:
      return node.callee;
    case KIND_TaggedTemplate:
      return node.tag;
    default:
      return null;
  }
}

/** Whether nothing but the value of `base` matters to the link around it: no call asks for the object of a member. */
function takesValue(link: Expression, base: Expression): boolean {
  if (link.kind !== KIND_CallExpression && link.kind !== KIND_TaggedTemplate) return true;
  return (
    base.kind !== KIND_StaticMember && base.kind !== KIND_ComputedMember && base.kind !== KIND_PrivateMember
  );
}

/**
 * The links inside of `node` to evaluate before it, from the outermost to the innermost; none if its spine is short.
 * `done` is a link that has been evaluated: the spine ends there.
 */
export function spineCuts(node: Expression, done: Expression | null): readonly Expression[] {
  let link = node;
  let length = 0;
  let cuts: Expression[] | null = null;
  for (;;) {
    let base = baseOf(link);
    if (base === null) break;
    while (base.kind === KIND_ParenthesizedExpression) base = base.expression;
    if (base === done || baseOf(base) === null) break;
    if (base.end - base.start <= SPINE_TEXT) break;
    if (++length >= SPINE_PIECE && takesValue(link, base)) {
      if (cuts === null) cuts = [];
      cuts.push(base);
      length = 0;
    }
    link = base;
  }
  return cuts ?? NONE;
}

const NONE: readonly Expression[] = [];
