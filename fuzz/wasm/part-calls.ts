// Tail calls and typed function references. Functions in references are leaves, which call nobody.

import { I32, type ValType, valTypeText } from '../../engine/wasm/format/types.ts';
import type { Part, Signature, Writer } from './writer.ts';

function sameTypes(a: readonly ValType[], b: readonly ValType[]): boolean {
  return a.join() === b.join();
}

/** Calls a function in the place of the one at hand, now and then. */
function rarely(w: Writer, depth: number, call: string): string {
  return `(if (i32.eqz (i32.and ${w.expression(I32, depth - 2)} (i32.const 3))) (then ${call}))`;
}

function funcType({ params, results }: Signature): string {
  const list = (types: readonly ValType[]): string => types.map((type) => ` ${valTypeText(type)}`).join('');
  return `(param${list(params)}) (result${list(results)})`;
}

export function tailCalls(isLeaf: (func: number) => boolean): Part {
  return {
    needs: ['tailCalls'],
    statement(w, depth) {
      const callee = w.callee(({ results }) => sameTypes(results, w.results));
      if (callee === null) return null;
      if (!isLeaf(callee) || w.random.below(2) === 0)
        return rarely(w, depth, `(return_call $f${callee} ${w.args(callee, depth - 1)})`);
      const signature = w.signatures[callee] as Signature;
      const index = `(i32.and ${w.expression(I32, depth - 2)} (i32.const 7))`;
      return rarely(
        w,
        depth,
        `(return_call_indirect $t ${funcType(signature)} ${w.args(callee, depth - 1)} ${index})`,
      );
    },
  };
}

/** `leaf` is the function that references of locals and globals are of the type of. */
export function functionReferences(leaf: number, isLeaf: (func: number) => boolean): Part {
  const type = `$sig${leaf}`;
  const reference = (w: Writer): string => {
    switch (w.random.below(4)) {
      case 0:
        return '(local.get $rf)';
      case 1:
        return '(global.get $gf)';
      default:
        return `(ref.func $f${leaf})`;
    }
  };
  return {
    needs: ['functionReferences'],
    fields: (w) =>
      [
        ...w.signatures.flatMap((signature, i) =>
          isLeaf(i) ? [`(type $sig${i} (func ${funcType(signature)}))`] : [],
        ),
        `(global $gf (mut (ref null ${type})) ${w.random.below(2) === 0 ? `(ref.null ${type})` : `(ref.func $f${leaf})`})`,
        `(table $tf 3 (ref null ${type}) (ref.func $f${leaf}))`,
        `(table $tn 2 (ref ${type}) (ref.func $f${leaf}))`,
      ].join('\n'),
    locals: () => `(local $rf (ref null ${type}))`,
    statement(w, depth) {
      const label = w.freshLabel();
      switch (w.random.below(6)) {
        case 0:
          return `(local.set $rf ${reference(w)})`;
        case 1:
          return `(global.set $gf ${reference(w)})`;
        case 2:
          return `(block ${label} (drop (br_on_null ${label} ${reference(w)})) ${w.statements(1, depth - 1)})`;
        case 3:
          return `(drop (block ${label} (result (ref ${type})) (br_on_non_null ${label} ${reference(w)}) ${w.statements(1, depth - 1)} (ref.func $f${leaf})))`;
        case 4:
          return `(table.set $tf (i32.and ${w.expression(I32, depth - 2)} (i32.const 1)) ${reference(w)})`;
        default: {
          if (!w.features.has('tailCalls')) return `(table.set $tn (i32.const 1) (ref.func $f${leaf}))`;
          const callee = w.callee(({ results }) => sameTypes(results, w.results));
          if (callee === null || !isLeaf(callee)) return null;
          return rarely(
            w,
            depth,
            `(return_call_ref $sig${callee} ${w.args(callee, depth - 1)} (ref.func $f${callee}))`,
          );
        }
      }
    },
    expression(w, wanted, depth) {
      if (wanted === I32 && w.random.below(4) === 0) return `(ref.is_null ${reference(w)})`;
      const callee = w.callee(({ results }) => results.length === 1 && results[0] === wanted);
      if (callee === null || !isLeaf(callee)) return null;
      const args = w.args(callee, depth - 1);
      if (callee !== leaf) return `(call_ref $sig${callee} ${args} (ref.func $f${callee}))`;
      const target = w.random.pick([
        reference(w),
        `(ref.as_non_null ${reference(w)})`,
        '(table.get $tf (i32.const 1))',
        '(table.get $tn (i32.const 0))',
      ]);
      return `(call_ref ${type} ${args} ${target})`;
    },
  };
}
