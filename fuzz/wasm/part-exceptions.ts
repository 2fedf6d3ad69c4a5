// Exceptions, new and legacy. Most are caught where they are thrown or by a caller; some reach the host.

import { F64, I32, I64, type ValType, valTypeText } from '../../engine/wasm/format/types.ts';
import type { Part, Writer } from './writer.ts';

const TAGS = '(tag $e) (tag $ei (param i32)) (tag $em (param i64 f64))';

function thrown(w: Writer, depth: number): string {
  switch (w.random.below(3)) {
    case 0:
      return '(throw $e)';
    case 1:
      return `(throw $ei ${w.expression(I32, depth - 2)})`;
    default:
      return `(throw $em ${w.expression(I64, depth - 2)} ${w.expression(F64, depth - 2)})`;
  }
}

/** Throws if an expression says so, which is not often. */
function mayThrow(w: Writer, depth: number): string {
  return `(if (i32.eqz (i32.and ${w.expression(I32, depth - 2)} (i32.const 3))) (then ${thrown(w, depth)}))`;
}

function body(w: Writer, depth: number): string {
  return `${w.statements(1, depth - 1)} ${mayThrow(w, depth)}`;
}

export const exceptions: Part = {
  needs: ['exceptions'],
  fields: () => TAGS,
  statement(w, depth) {
    const [out, handler] = [w.freshLabel(), w.freshLabel()];
    switch (w.random.below(5)) {
      case 0:
        return mayThrow(w, depth);
      case 1:
        return `(block ${out} (try_table (catch_all ${out}) ${body(w, depth)}))`;
      case 2:
        return `(block ${out} (throw_ref (block ${handler} (result exnref) (try_table (catch_all_ref ${handler}) ${body(w, depth)}) (br ${out}))))`;
      case 3: {
        if (!w.features.has('multiValue')) return mayThrow(w, depth);
        const rest = w.random.below(4) === 0 ? 'throw_ref' : 'drop drop';
        return `(block ${out} (block ${handler} (result i32 exnref) (try_table (catch_ref $ei ${handler}) (catch $e ${out}) ${body(w, depth)}) (br ${out})) ${rest})`;
      }
      default:
        return `(drop (block ${handler} (result i32) (try_table (catch $ei ${handler}) ${body(w, depth)}) (i32.const 3)))`;
    }
  },
  expression(w, type, depth) {
    const [out, handler] = [w.freshLabel(), w.freshLabel()];
    const text = valTypeText(type);
    const value = w.expression(type, depth - 1);
    if (type === I32 && w.random.below(2) === 0)
      return `(block ${handler} (result i32) (try_table (result i32) (catch $ei ${handler}) ${body(w, depth)} ${value}))`;
    if (type === I64 && w.features.has('multiValue') && w.random.below(2) === 0)
      return `(block (result i64) (block ${handler} (result i64 f64) (try_table (result i64 f64) (catch $em ${handler}) ${body(w, depth)} ${value} (f64.const 1))) drop)`;
    return `(block ${out} (result ${text}) (block ${handler} (try_table (result ${text}) (catch_all ${handler}) ${body(w, depth)} ${value}) (br ${out})) ${w.leaf(type)})`;
  },
};

/** The clauses of a `try` whose result is of some type, or that has none. */
function clauses(w: Writer, type: ValType | null, depth: number): string {
  const rest = (): string => (type === null ? w.statements(1, depth - 2) : w.leaf(type));
  const list: string[] = [];
  if (w.random.below(2) === 0) list.push(`(catch $ei ${type === I32 ? '' : `drop ${rest()}`})`);
  if (w.random.below(3) === 0) list.push(`(catch $em drop ${type === I64 ? '' : `drop ${rest()}`})`);
  if (list.length === 0 || w.random.below(2) === 0) list.push(`(catch_all ${rest()})`);
  return list.join(' ');
}

export const legacyExceptions: Part = {
  needs: ['legacyExceptions'],
  fields: (w) => (w.features.has('exceptions') ? '' : TAGS),
  statement(w, depth) {
    const label = w.freshLabel();
    switch (w.random.below(4)) {
      case 0:
        return mayThrow(w, depth);
      case 1:
        return `(try (do ${body(w, depth)}) ${clauses(w, null, depth)})`;
      case 2:
        return `(try ${label} (do ${body(w, depth)}) (catch_all (if ${w.expression(I32, depth - 2)} (then (rethrow ${label})))))`;
      default:
        // Label 1 is what is around the outer `try`.
        return `(try ${label} (do (try (do ${body(w, depth)}) (delegate ${w.random.pick([label, '0', '1'])}))) ${clauses(w, null, depth)})`;
    }
  },
  expression(w, type, depth) {
    return `(try (result ${valTypeText(type)}) (do ${body(w, depth)} ${w.expression(type, depth - 1)}) ${clauses(w, type, depth)})`;
  },
};
