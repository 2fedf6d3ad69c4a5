// The module `spectest`, which scripts of the WebAssembly suite import from without defining it.
// https://github.com/WebAssembly/spec/tree/main/interpreter#spectest-host-module

import type { FuncType, SubType, ValType } from '../format/types.ts';
import { F32, F64, FUNCREF, I32, I64 } from '../format/types.ts';
import { numberText, readSlots } from '../library/values.ts';
import type { Extern } from '../runtime/instances.ts';
import { FuncInst, GlobalInst, TableInst } from '../runtime/instances.ts';
import { MemoryInst } from '../runtime/memory.ts';
import type { Store } from '../runtime/store.ts';

const PRINTS: readonly (readonly [name: string, params: readonly ValType[]])[] = [
  ['print', []],
  ['print_i32', [I32]],
  ['print_i64', [I64]],
  ['print_f32', [F32]],
  ['print_f64', [F64]],
  ['print_i32_f32', [I32, F32]],
  ['print_f64_f64', [F64, F64]],
];

/** Fresh exports of the module. */
export function spectest(store: Store, print: ((line: string) => void) | null): Map<string, Extern> {
  const exports = new Map<string, Extern>();
  for (const [name, params] of PRINTS) exports.set(name, printFunction(store, params, print));
  exports.set('global_i32', global(I32, [666]));
  exports.set('global_i64', global(I64, [666, 0]));
  exports.set('global_f32', global(F32, [0x4426_a666]));
  exports.set('global_f64', global(F64, [-0x3333_3333, 0x4084_d4cc]));
  exports.set('table', new TableInst({ min: 10n, max: 20n, is64: false, element: FUNCREF }, 10, null));
  exports.set('table64', new TableInst({ min: 10n, max: 20n, is64: true, element: FUNCREF }, 10, null));
  for (const isShared of [false, true])
    exports.set(
      isShared ? 'shared_memory' : 'memory',
      new MemoryInst({ min: 1n, max: 2n, is64: false, isShared, pageSizeLog2: 16 }, 2 ** 20),
    );
  return exports;
}

/** A function that prints what it is given, if anything is to be printed. */
function printFunction(
  store: Store,
  params: readonly ValType[],
  print: ((line: string) => void) | null,
): FuncInst {
  const comp: FuncType = { kind: 'func', params, results: [] };
  const type: SubType = { isFinal: true, supers: [], comp, describes: -1, descriptor: -1, position: 0 };
  const id = store.registry.enterGroup([type], 0, []);
  return new FuncInst(store.registry.get(id), null, null, (slots, base) => {
    if (print === null) return;
    // These types hold no references.
    const values = readSlots(slots, params, base).map(({ words }, i) =>
      numberText(words, params[i] as ValType),
    );
    print(values.join(' '));
  });
}

function global(type: ValType, words: readonly number[]): GlobalInst {
  const instance = new GlobalInst({ type, isMutable: false });
  instance.words.set(words);
  return instance;
}
