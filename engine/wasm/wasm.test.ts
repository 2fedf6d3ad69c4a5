// The library kataan/wasm from outside.
import { describe, expect, test } from 'vitest';
import {
  CompileError,
  Exception,
  Func,
  featuresWith,
  Global,
  Instance,
  LinkError,
  Memory,
  Module,
  runScript,
  Store,
  Table,
  Tag,
  TRAP_CODES,
  Trap,
  validate,
} from './wasm.ts';

const instanceOf = (text: string, imports = {}, store = new Store()): Instance =>
  new Instance(new Module(text, { store }), imports);

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('modules', () => {
  const text = `(module $lib
    (import "env" "f" (func (param i32) (result f64)))
    (import "env" "g" (global i64))
    (memory (export "mem") 1 2)
    (table (export "tab") 3 funcref)
    (global (export "count") (mut i32) (i32.const 7))
    (tag (export "tag") (param i32))
    (export "f" (func 0))
    (@custom "note" "abc"))`;

  test('describe themselves', () => {
    const module = new Module(text);
    expect(module.name).toBe('lib');
    expect(module.imports).toEqual([
      { module: 'env', name: 'f', extern: { kind: 'func', type: { params: ['i32'], results: ['f64'] } } },
      { module: 'env', name: 'g', extern: { kind: 'global', type: { type: 'i64', isMutable: false } } },
    ]);
    expect(module.exports.map(({ name, extern }) => `${name}:${extern.kind}`)).toEqual([
      'mem:memory',
      'tab:table',
      'count:global',
      'tag:tag',
      'f:func',
    ]);
    expect(module.exports[0]?.extern.type).toEqual({
      min: 1n,
      max: 2n,
      is64: false,
      isShared: false,
      pageSizeBytes: 65536,
    });
    expect(module.customSections('note')).toEqual([new Uint8Array([97, 98, 99])]);
    expect(module.customSections('other')).toEqual([]);
  });

  test('go through bytes and text', () => {
    const module = new Module(text);
    const again = new Module(module.toBytes());
    expect(new Module(again.toText()).toBytes()).toEqual(module.toBytes());
    expect(new Module(module.toBytes().buffer).name).toBe('lib');
  });

  test('that are wrong say where', () => {
    const malformed = validate('(module\n  (func (i33.add)))');
    expect(malformed).toBeInstanceOf(CompileError);
    expect(malformed?.kind).toBe('malformed');
    expect(malformed?.lineColumn).toBe('2:10');
    const invalid = validate('(module (func (result i32) (i64.const 1)))');
    expect(invalid?.message).toMatch(/^invalid module: type mismatch.* \(1:\d+\)$/);
    expect(validate(new Uint8Array([0, 97, 115, 109, 9, 0, 0, 0]))?.message).toMatch(/\(byte \d+\)$/);
    expect(validate('(module)')).toBeNull();
    expect(() => validate(7 as never)).toThrow('not the number 7');
    expect(() => new Module('(module (memory 1) (memory 1))', { features: { multiMemory: false } })).toThrow(
      'multiple memories',
    );
    expect(validate('(module (type (func)) (type (func)))', { limits: { types: 1 } })?.kind).toBe('limit');
  });
});

describe('calls', () => {
  test('take and give values of the host', () => {
    const store = new Store();
    const instance = instanceOf(
      `(module
        (func (export "all") (param i32 i64 f32 f64 v128 externref) (result externref v128 f64 f32 i64 i32)
          local.get 5 local.get 4 local.get 3 local.get 2 local.get 1 local.get 0)
        (func (export "none"))
        (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))`,
      {},
      store,
    );
    const host = { any: 'thing' };
    expect(instance.call('all', 2 ** 31, -1n, 0.1, -0, 1n << 100n, host)).toEqual([
      host,
      1n << 100n,
      -0,
      Math.fround(0.1),
      -1n,
      -(2 ** 31),
    ]);
    expect(instance.call('none')).toBeUndefined();
    expect(instance.call('twice', 21)).toBe(42);
    expect(instance.func('twice').type).toEqual({ params: ['i32'], results: ['i32'] });
    expect(() => instance.call('twice', 1n)).toThrow('argument 1: i32 needs a number, not the bigint 1');
    expect(() => instance.call('twice')).toThrow('takes 1 arguments, not 0');
    expect(() => instance.call('thrice')).toThrow("no function 'thrice'; it exports 'all', 'none', 'twice'");
    expect(() => instance.memory('twice')).toThrow("no memory 'twice'");
  });

  test('keep the bits of NaNs where bits are asked for', () => {
    const instance = instanceOf(
      '(module (func (export "f") (param f32 f64) (result f64 f32) local.get 1 local.get 0))',
    );
    expect(instance.func('f').callBits(0x7fa0_0001n, 0xfff0_0000_0000_0001n)).toEqual([
      0xfff0_0000_0000_0001n,
      0x7fa0_0001n,
    ]);
    expect(instance.func('f').callBits(Number.NaN, 1)).toEqual([0x3ff0_0000_0000_0000n, 0x7fc0_0000n]);
  });

  test('reach functions of the host, which may call back', () => {
    const calls: unknown[] = [];
    const instance: Instance = instanceOf(
      `(module
        (import "env" "pair" (func $pair (param i32) (result i64 f32)))
        (import "env" "back" (func $back (param i32) (result i32)))
        (func (export "pair") (param i32) (result i64 f32) (call $pair (local.get 0)))
        (func (export "down") (param i32) (result i32)
          (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 100))
            (else (i32.add (i32.const 1) (call $back (i32.sub (local.get 0) (i32.const 1))))))))`,
      {
        env: {
          pair: (n: number) => {
            calls.push(n);
            return n === 9 ? 5 : [BigInt(n), n / 2];
          },
          back: (n: number) => instance.call('down', n),
        },
      },
    );
    expect(instance.call('pair', 3)).toEqual([3n, 1.5]);
    expect(instance.call('down', 10)).toBe(110);
    expect(() => instance.call('pair', 9)).toThrow('a function of the host with 2 results gave the number 5');
    expect(calls).toEqual([3, 9]);
    expect(() => instance.call('down', 10_000)).toThrow('call stack exhausted');
    expect(instance.call('down', 2)).toBe(102);
  });

  test('functions as references are the same object each time', () => {
    const store = new Store();
    const instance = instanceOf(
      `(module (func $f (export "f") (result i32) (i32.const 5))
        (table (export "t") 2 funcref) (elem (i32.const 0) $f)
        (func (export "self") (result funcref) (ref.func $f))
        (func (export "call") (param i32) (result i32) (call_indirect (result i32) (local.get 0))))`,
      {},
      store,
    );
    const f = instance.func('f');
    expect(instance.call('self')).toBe(f);
    expect(instance.table('t').get(0)).toBe(f);
    const six = Func.ofHost({ params: [], results: ['i32'] }, () => 6, store);
    instance.table('t').set(1, six);
    expect(instance.call('call', 1)).toBe(6);
    expect(() => instance.table('t').set(1, 5)).toThrow('funcref cannot be the number 5');
    expect(() => instance.table('t').get(2)).toThrow(Trap);
    expect(() =>
      instance.table('t').set(
        0,
        Func.ofHost({ params: [], results: [] }, () => {}),
      ),
    ).toThrow('another store');
  });
});

describe('errors', () => {
  const text = `(module $m
    (import "env" "fail" (func $fail))
    (func $inner (param i32) (drop (i32.div_s (i32.const 1) (local.get 0))))
    (func $outer (export "outer") (param i32) (call $inner (local.get 0)))
    (func (export "fail") (call $fail)))`;

  test('traps carry a code and the stack', () => {
    const instance = instanceOf(text, { env: { fail: () => {} } });
    const trap = thrownBy(() => instance.call('outer', 0)) as Trap;
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.code).toBe('integer-divide-by-zero');
    expect(trap.wasmStack.map(({ name }) => name)).toEqual(['inner', 'outer']);
    expect(trap.describe()).toMatch(/^trap: integer divide by zero\n {4}at m\.\$inner \(0x[0-9a-f]+\)\n/);
    expect(TRAP_CODES).toContain('out-of-bounds-memory-access');
    expect(instance.call('outer', 1)).toBeUndefined();
  });

  test('of functions of the host pass through modules', () => {
    const error = new RangeError('mine');
    const instance = instanceOf(text, {
      env: {
        fail: () => {
          throw error;
        },
      },
    });
    expect(thrownBy(() => instance.call('fail'))).toBe(error);
    expect(instance.call('outer', 1)).toBeUndefined();
  });

  test('exceptions cross both ways', () => {
    const store = new Store();
    const tag = Tag.create(['i32', 'externref'], store);
    const thrown = new Exception(tag, [4, 'carried']);
    const instance = instanceOf(
      `(module
        (import "env" "tag" (tag $t (param i32 externref)))
        (import "env" "raise" (func $raise))
        (func (export "catch") (result i32 externref)
          (block $caught (result i32 externref)
            (try_table (catch $t $caught) (call $raise))
            (i32.const 0) (ref.null extern)))
        (func (export "pass") (call $raise))
        (func (export "throw") (param i32) (throw $t (local.get 0) (ref.null extern))))`,
      {
        env: {
          tag,
          raise: () => {
            throw thrown;
          },
        },
      },
      store,
    );
    expect(instance.call('catch')).toEqual([4, 'carried']);
    expect(thrownBy(() => instance.call('pass'))).toBe(thrown);
    const other = thrownBy(() => instance.call('throw', 9)) as Exception;
    expect(other).toBeInstanceOf(Exception);
    expect(other.tag).toBe(tag);
    expect(other.values).toEqual([9, null]);
    expect(() => new Exception(tag, [1])).toThrow('carries 2 values, not 1');
  });

  test('of linking name the import', () => {
    const module = new Module(text);
    expect(() => new Instance(module)).toThrow(LinkError);
    expect(() => new Instance(module, { env: {} })).toThrow('unknown import "env" "fail"');
    expect(() => new Instance(module, { env: { fail: 7 } })).toThrow('is to be a func, not the number 7');
    const elsewhere = Func.ofHost({ params: [], results: [] }, () => {}, new Store());
    expect(() => new Instance(module, { env: { fail: elsewhere } })).toThrow('belongs to another store');
    const wrong = Func.ofHost({ params: ['i32'], results: [] }, () => {});
    expect(() => new Instance(module, { env: { fail: wrong } })).toThrow('incompatible import type');
    expect(() => new Instance(new Module('(module (import "a" "g" (global i64)))'), { a: { g: 5 } })).toThrow(
      'import "a" "g": the value of the global: i64 needs a bigint',
    );
  });
});

describe('externs of the host', () => {
  test('memories, tables and globals are shared with instances', () => {
    const store = new Store();
    const memory = Memory.create({ min: 1, max: 3 }, store);
    const global = Global.create({ type: 'i64', isMutable: true }, 5n, store);
    const table = Table.create({ element: 'externref', min: 2 }, 'init', store);
    const instance = instanceOf(
      `(module
        (import "e" "m" (memory 1)) (import "e" "g" (global $g (mut i64)))
        (import "e" "t" (table $t 1 externref)) (import "e" "k" (global $k i32))
        (export "m" (memory 0))
        (func (export "grow") (result i32) (memory.grow (i32.const 1)))
        (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
        (func (export "step") (global.set $g (i64.add (global.get $g) (i64.extend_i32_s (global.get $k)))))
        (func (export "first") (result externref) (table.get $t (i32.const 0))))`,
      { e: { m: memory, g: global, t: table, k: 3 } },
      store,
    );
    memory.bytes[7] = 99;
    expect(instance.call('load', 7)).toBe(99);
    expect(instance.call('grow')).toBe(1);
    expect([memory.pages, memory.bytes.length, memory.bytes[7]]).toEqual([2, 131072, 99]);
    expect([memory.grow(1), memory.grow(1), memory.type.min]).toEqual([2, -1, 3n]);
    expect(instance.memory('m')).toBe(memory);
    instance.call('step');
    expect([global.value, global.bits]).toEqual([8n, 8n]);
    global.value = -1n;
    expect(global.bits).toBe(0xffff_ffff_ffff_ffffn);
    expect(instance.call('first')).toBe('init');
    expect([table.grow(1, 'new'), table.length, table.get(2)]).toEqual([2, 3, 'new']);
    const fixed = Global.create({ type: 'i32', isMutable: false }, 1, store);
    expect(() => {
      fixed.value = 2;
    }).toThrow('immutable');
    expect(() => Global.create({ type: 'i128', isMutable: false }, 1)).toThrow("no value type 'i128'");
    expect(() => Memory.create({ min: 2, max: 1 })).toThrow('cannot have at most 1');
  });

  test('an instance is imported from by another', () => {
    const store = new Store();
    const lib = instanceOf('(module (func (export "one") (result i32) (i32.const 1)))', {}, store);
    const user = instanceOf(
      '(module (import "lib" "one" (func (result i32))) (export "one" (func 0)))',
      { lib },
      store,
    );
    expect(user.func('one')).toBe(lib.func('one'));
    expect(user.call('one')).toBe(1);
  });
});

test('a 32-bit offset is not read together with what another expression left beside it', () => {
  const instance = instanceOf(`(module (memory (export "m") 1) (table (export "t") 4 funcref) (func $f)
    (global i64 (i64.sub (i64.const -1) (i64.const 5)))
    (data (i32.add (i32.const 1) (i32.const 2)) "abc")
    (elem (i32.add (i32.const 1) (i32.const 2)) $f))`);
  expect([...instance.memory('m').bytes.subarray(3, 6)]).toEqual([97, 98, 99]);
  expect(instance.table('t').get(3)).not.toBeNull();
});

describe('bounds', () => {
  const loops = `(module
    (import "env" "call" (func $call))
    (func (export "count") (param $n i32) (result i32) (local $i i32)
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $n))))
      (local.get $i))
    (func $deep (export "deep") (param i32) (result i32)
      (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
        (else (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))))
    (func (export "callsHost") (param $n i32)
      (loop $again
        (call $call)
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $again (local.get $n)))))`;

  test('fuel ends a run, and more of it lets the next one go', () => {
    const store = new Store({ fuel: 1000 });
    const instance = instanceOf(loops, { env: { call: () => {} } }, store);
    expect(instance.call('count', 900)).toBe(900);
    expect(store.fuel).toBeLessThan(101);
    expect((thrownBy(() => instance.call('count', 900)) as Trap).code).toBe('out-of-fuel');
    expect(store.fuel).toBe(0);
    store.addFuel(10_000);
    expect(instance.call('count', 900)).toBe(900);
  });

  test('depth and bytes', () => {
    const store = new Store({ depth: 100, bytes: 200_000 });
    const instance = instanceOf(loops, { env: { call: () => {} } }, store);
    expect(instance.call('deep', 50)).toBe(50);
    expect((thrownBy(() => instance.call('deep', 200)) as Trap).code).toBe('call-stack-exhausted');
    expect(Memory.create({ min: 2 }, store).grow(2)).toBe(-1);
    expect((thrownBy(() => Memory.create({ min: 2 }, store)) as Trap).code).toBe('allocation-size-too-large');
    expect(() => new Store({ fuel: -1 })).toThrow('option fuel of a store is a natural number');
  });

  test('a run in slices pauses, goes on, and lets others run meanwhile', () => {
    const store = new Store();
    const instance: Instance = instanceOf(loops, { env: { call: () => instance.call('count', 50) } }, store);
    const run = instance.func('count').start(1000);
    let slices = 0;
    let end = run.step(100);
    while (end.kind === 'paused') {
      slices++;
      expect(instance.call('count', 10)).toBe(10);
      end = run.step(100);
    }
    expect(end).toEqual({ kind: 'done', value: 1000 });
    expect(run.step(1)).toBe(end);
    expect(slices).toBeGreaterThanOrEqual(9);
    expect(slices).toBeLessThanOrEqual(11);
    // Calls of the host into the module are paid for by the slice first.
    const nested = instance.func('callsHost').start(20);
    let steps = 1;
    while (nested.step(100).kind === 'paused') steps++;
    expect(steps).toBeGreaterThanOrEqual(9);
    const cancelled = instance.func('count').start(1000);
    expect(cancelled.step(10).kind).toBe('paused');
    cancelled.cancel();
    expect(() => cancelled.step(10)).toThrow('the run is over');
    expect(() => run.step(0)).toThrow('positive whole number');
  });

  test('bulk work that a slice does not cover is paid for by the store', () => {
    const store = new Store({ fuel: 2000 });
    const text = `(module (memory 1) (func (export "fill")
      (memory.fill (i32.const 0) (i32.const 7) (i32.const 65536))))`;
    const module = new Module(text, { store });
    const { fuel } = store;
    const whole = new Instance(module);
    whole.call('fill');
    const cost = fuel - store.fuel;
    expect(cost).toBeGreaterThan(100);
    const run = whole.func('fill').start();
    while (run.step(7).kind !== 'done');
    expect(store.fuel).toBe(fuel - 2 * cost);
    expect(() => {
      for (let i = 0; i < 20; i++) {
        const poor = whole.func('fill').start();
        while (poor.step(7).kind !== 'done');
      }
    }).toThrow('out of fuel');
  });

  test('bulk work that costs more than its slice takes from the store, and a run in slices costs what a whole one does', () => {
    const text = `(module (memory 1)
      (func $tail (param i32) (result i32)
        (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
        (return_call $tail (i32.sub (local.get 0) (i32.const 1))))
      (func (export "fill") (memory.fill (i32.const 0) (i32.const 5) (i32.const 65536)))
      (func (export "tail") (result i32) (return_call $tail (i32.const 20))))`;
    for (const name of ['fill', 'tail']) {
      const whole = new Store({ fuel: 5000 });
      const expected = instanceOf(text, {}, whole).call(name);
      for (const units of [1, 2, 3, 10]) {
        const store = new Store({ fuel: 5000 });
        const run = instanceOf(text, {}, store).func(name).start();
        let end = run.step(units);
        while (end.kind === 'paused') end = run.step(units);
        expect(end).toEqual({ kind: 'done', value: expected });
        expect(store.fuel).toBe(whole.fuel);
      }
      expect(whole.fuel).toBeLessThan(4980);
    }
    const poor = new Store({ fuel: 10 });
    const run = instanceOf(text, {}, poor).func('fill').start();
    expect(
      (
        thrownBy(() => {
          while (run.step(3).kind === 'paused');
        }) as Trap
      ).code,
    ).toBe('out-of-fuel');
  });

  test('a run in slices ends with the fuel of the store', () => {
    const store = new Store({ fuel: 250 });
    const instance = instanceOf(loops, { env: { call: () => {} } }, store);
    const run = instance.func('count').start(1000);
    expect([run.step(100).kind, run.step(100).kind]).toEqual(['paused', 'paused']);
    expect((thrownBy(() => run.step(100)) as Trap).code).toBe('out-of-fuel');
    expect(() => run.step(100)).toThrow('the run is over');
  });
});

test('scripts run with the imports of the suite', () => {
  const lines: string[] = [];
  const results = runScript(
    `(module (import "spectest" "print_i32_f32" (func $p (param i32 f32)))
      (func (export "f") (result i32) (call $p (i32.const 3) (f32.const 1.5)) (i32.const 4)))
     (assert_return (invoke "f") (i32.const 4))
     (assert_return (invoke "f") (i32.const 5))`,
    featuresWith({}),
    { print: (line) => lines.push(line) },
  );
  expect(results.map(({ failure }) => failure === null)).toEqual([true, true, false]);
  expect(lines).toEqual(['3 : i32 1.5 : f32', '3 : i32 1.5 : f32']);
});
