// Instances that ask for as much as they may: what each gives, as words.

import type { Instance, Module, Store } from '../../wasm/wasm.ts';

/** The classes of the library. */
export interface Library {
  readonly Module: typeof Module;
  readonly Instance: typeof Instance;
  readonly Store: typeof Store;
}

export const hostileInstances: Readonly<Record<string, (library: Library) => string>> = {
  largestTable({ Module, Instance }) {
    const module = new Module('(table (export "t") 10000000 funcref)');
    return String(new Instance(module).table('t').type.min);
  },
  tableOverLimit({ Module, Instance }) {
    return String(new Instance(new Module('(table 10000001 funcref)')));
  },
  manyLargeTables({ Module, Instance }) {
    return String(new Instance(new Module('(table 10000000 funcref)'.repeat(1000))));
  },
  growingTables({ Module, Instance }) {
    const tables = Array.from({ length: 200 }, (_, i) => `(table $t${i} 0 funcref)`).join('');
    const grows = Array.from(
      { length: 200 },
      (_, i) =>
        `(local.set 0 (i32.add (local.get 0) (table.grow $t${i} (ref.null func) (i32.const 9000000))))`,
    ).join('');
    const instance = new Instance(
      new Module(`${tables}(func (export "f") (result i32) (local i32) ${grows} (local.get 0))`),
    );
    return String(instance.call('f'));
  },
  manyMemories({ Module, Instance }) {
    return String(new Instance(new Module('(memory 65536)'.repeat(100))));
  },
  memory64({ Module, Instance }) {
    return String(new Instance(new Module('(memory i64 0x1000000000000)')));
  },
  growingMemory({ Module, Instance }) {
    const text = `(memory 0) (func (export "f") (param i32) (result i32) (memory.grow (local.get 0)))`;
    const instance = new Instance(new Module(text));
    return [65537, -1, 65536, 1].map((pages) => String(instance.call('f', pages))).join();
  },
  largeArrays({ Module, Instance }) {
    const text = `(type $a (array (mut v128)))
      (func (export "f") (param i32) (drop (array.new_default $a (local.get 0))))`;
    const instance = new Instance(new Module(text));
    return [-1, 0x1000_0000, 0x0fff_ffff]
      .map((length) => {
        try {
          instance.call('f', length);
          return 'done';
        } catch (error) {
          return String((error as Error).message);
        }
      })
      .join();
  },
  segmentsOfElements({ Module, Instance }) {
    // The elements of all segments are made before the first is dropped.
    const elements = '(ref.null func)'.repeat(100_000);
    const instance = new Instance(new Module(`(elem funcref ${elements})`.repeat(5)));
    return String(instance.exports.size);
  },
  manyGlobals({ Module, Instance }) {
    return String(new Instance(new Module('(global (mut i32) (i32.const 0))'.repeat(50_000))).exports.size);
  },
  manyImports({ Module, Instance }) {
    const module = new Module('(import "a" "b" (func))'.repeat(100_000));
    return `${new Instance(module, { a: { b: () => {} } }).exports.size} ${module.imports.length}`;
  },
  printedData({ Module }) {
    const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 11, 0x86, 0x80, 0x80, 0x32, 1, 1, 0x80, 0x80, 0x80, 0x32];
    const bytes = new Uint8Array(head.length + 0x32 * 2 ** 21);
    bytes.set(head);
    return String(new Module(bytes).toText().length);
  },
  printedBlocks({ Module }) {
    const depth = 15_000;
    const module = new Module(
      `(func ${'block '.repeat(depth)}${'nop '.repeat(200_000)}${'end '.repeat(depth)})`,
    );
    return String(module.toText().length < 1e8);
  },
  manyExports({ Module, Instance }) {
    const exports = Array.from({ length: 100_000 }, (_, i) => `(export "${i}" (func 0))`).join('');
    const module = new Module(`(import "a" "b" (func))${exports}`);
    return `${new Instance(module, { a: { b: () => {} } }).exports.size} ${module.exports.length}`;
  },
};
