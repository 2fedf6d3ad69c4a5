import { describe, expect, test } from 'vitest';
import { WASM_TRAP_ALLOCATION, WASM_TRAP_FUEL, WASM_TRAP_STACK } from '../../eval/wasm-traps.ts';
import { I32 } from '../format/types.ts';
import { FuncInst, type ModuleInst } from '../runtime/instances.ts';
import { Store, type StoreLimits } from '../runtime/store.ts';
import { parseModule } from '../text/module-parser.ts';
import { validateModule } from '../validate/validate-module.ts';
import { call, instantiate, type RawValue, readResults, writeArguments } from './instantiate.ts';
import { Machine } from './machine.ts';
import { invoke, resume, WasmTrapStop } from './run.ts';

function setUp(text: string, limits: Partial<StoreLimits> = {}): { machine: Machine; instance: ModuleInst } {
  const store = new Store({ stackSlots: 1 << 14, ...limits });
  const machine = new Machine(store);
  const valid = validateModule(parseModule(text), undefined, store.registry);
  return { machine, instance: instantiate(machine, valid, () => undefined) };
}

const i32 = (value: number): RawValue => ({ words: [value], ref: null });

function run(text: string, ...args: number[]): number | undefined {
  const { machine, instance } = setUp(text);
  const func = instance.exports.get('f') as FuncInst;
  return call(machine, func, args.map(i32))[0]?.words[0];
}

const FACTORIAL = `(func $f (export "f") (param i32) (result i32)
  (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
    (else (i32.mul (local.get 0) (call $f (i32.sub (local.get 0) (i32.const 1)))))))`;

const SUM = `(func (export "f") (param i32) (result i32) (local $sum i32)
  (block $done (loop $again
    (br_if $done (i32.eqz (local.get 0)))
    (local.set $sum (i32.add (local.get $sum) (local.get 0)))
    (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
    (br $again)))
  (local.get $sum))`;

const programs: readonly [name: string, text: string, args: number[], result: number][] = [
  ['recursion', FACTORIAL, [10], 3628800],
  ['a loop', SUM, [100], 5050],
  [
    'a local keeps its old value for who has read it',
    '(func (export "f") (param i32) (result i32) (local.get 0) (local.set 0 (i32.const 5)) (i32.sub (local.get 0)))',
    [3],
    -2,
  ],
  [
    'an operand below a block survives what the block does to its local',
    '(func (export "f") (param i32) (result i32) (local.get 0) (block (local.set 0 (i32.const 9))) (i32.add (local.get 0)))',
    [1],
    10,
  ],
  [
    'results that are parameters in another order',
    '(func $swap (param i32 i32) (result i32 i32) (local.get 1) (local.get 0)) (func (export "f") (result i32) (call $swap (i32.const 7) (i32.const 3)) i32.sub)',
    [],
    -4,
  ],
  [
    'a branch with a value over others',
    '(func (export "f") (result i32) (block (result i32) (i32.const 1) (i32.const 2) (i32.const 3) (br 0)))',
    [],
    3,
  ],
  [
    'br_if keeps what it does not take',
    '(func (export "f") (param i32) (result i32) (block (result i32) (i32.const 4) (i32.const 8) (br_if 0 (local.get 0)) (i32.add)))',
    [0],
    12,
  ],
  [
    'br_table',
    '(func (export "f") (param i32) (result i32) (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 10))) (return (i32.const 20))) (i32.const 30))',
    [1],
    20,
  ],
  [
    'an exception caught two frames out',
    '(tag $e (param i32)) (func $t (param i32) (throw $e (local.get 0))) (func $m (call $t (i32.const 42))) (func (export "f") (result i32) (block $h (result i32) (try_table (catch $e $h) (call $m)) (i32.const 0)))',
    [],
    42,
  ],
  [
    'a tail call',
    '(func $f (export "f") (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (return (i32.const 6)))) (return_call $f (i32.sub (local.get 0) (i32.const 1))))',
    [100000],
    6,
  ],
  [
    'comparison with a constant',
    '(func (export "f") (param i32) (result i32) (if (result i32) (i32.lt_u (local.get 0) (i32.const -1)) (then (i32.const 1)) (else (i32.const 2))))',
    [-1],
    2,
  ],
];
for (const [name, text, args, result] of programs) test(name, () => expect(run(text, ...args)).toBe(result));

/** What calling `f` throws. */
function trapOf(machine: Machine, instance: ModuleInst, ...args: RawValue[]): WasmTrapStop {
  try {
    call(machine, instance.exports.get('f') as FuncInst, args);
  } catch (error) {
    if (error instanceof WasmTrapStop) return error;
    throw error;
  }
  throw new Error('no trap');
}

describe('limits', () => {
  test('endless recursion exhausts the call stack, not the host', () => {
    const { machine, instance } = setUp('(func $f (export "f") (call $f))');
    expect(trapOf(machine, instance).trap).toBe(WASM_TRAP_STACK);
    expect(machine.depth).toBe(0);
  });

  test('an endless loop runs out of fuel', () => {
    const { machine, instance } = setUp('(func (export "f") (loop (br 0)))', { fuel: 1000 });
    expect(trapOf(machine, instance).trap).toBe(WASM_TRAP_FUEL);
  });

  test('a run goes on where it ran out of fuel, at every fuel point', () => {
    for (const text of [SUM, FACTORIAL]) {
      const { machine, instance } = setUp(text, { fuel: 1 });
      const func = instance.exports.get('f') as FuncInst;
      writeArguments(machine, func, [i32(9)], 0);
      let pauses = 0;
      for (let outcome = invoke(machine, func, 0); outcome !== 'done'; outcome = resume(machine)) {
        pauses++;
        machine.fuelBudget = 1;
        machine.refuel();
      }
      expect(pauses).toBeGreaterThan(5);
      expect(readResults(machine, func, 0)[0]?.words[0]).toBe(text === SUM ? 45 : 362880);
    }
  });

  test('allocation asks the embedder for bytes', () => {
    const text = `(type $a (array (mut i64))) (func (export "f") (param i32) (result i32)
      (array.len (array.new_default $a (local.get 0))))`;
    const { machine, instance } = setUp(text);
    let granted = 1000;
    machine.store.chargeBytes = (bytes) => {
      granted -= bytes;
      return granted >= 0;
    };
    expect(call(machine, instance.exports.get('f') as FuncInst, [i32(10)])[0]?.words[0]).toBe(10);
    expect(trapOf(machine, instance, i32(100)).trap).toBe(WASM_TRAP_ALLOCATION);
  });

  test('memory grows up to what the embedder grants', () => {
    const { machine, instance } = setUp(
      '(memory 1) (func (export "f") (result i32) (memory.grow (i32.const 2)) (memory.grow (i32.const 1)) i32.add)',
      { memoryBytes: 3 * 65536 },
    );
    expect(call(machine, instance.exports.get('f') as FuncInst, [])[0]?.words[0]).toBe(0);
  });
});

test('a trap has a trace with names and positions', () => {
  const text = '(module $m (func $inner unreachable) (func $outer (export "f") (call $inner)))';
  const { machine, instance } = setUp(text);
  const { message, trace } = trapOf(machine, instance);
  expect(message).toBe('unreachable');
  expect(trace).toEqual([
    { funcidx: 0, name: 'inner', module: 'm', position: text.indexOf('unreachable') },
    { funcidx: 1, name: 'outer', module: 'm', position: text.indexOf('(call') },
  ]);
});

test('what a function of the host throws passes through, and the machine is ready again', () => {
  const store = new Store();
  const machine = new Machine(store);
  const valid = validateModule(
    parseModule(
      '(import "h" "f" (func $h)) (func (export "f") (call $h)) (func (export "g") (result i32) (i32.const 3))',
    ),
    undefined,
    store.registry,
  );
  const type = store.registry.get(valid.context.types[0] as number);
  const host = new FuncInst(type, null, null, () => {
    throw new RangeError('from the host');
  });
  const instance = instantiate(machine, valid, () => host);
  expect(() => call(machine, instance.exports.get('f') as FuncInst, [])).toThrow('from the host');
  expect(call(machine, instance.exports.get('g') as FuncInst, [])[0]?.words[0]).toBe(3);
  expect([machine.depth, machine.nesting]).toEqual([0, 0]);
});

test('functions of the host may call back', () => {
  const store = new Store();
  const machine = new Machine(store);
  const valid = validateModule(
    parseModule(`(import "h" "f" (func $h (param i32) (result i32)))
      (func $d (export "d") (param i32) (result i32)
        (if (result i32) (local.get 0) (then (i32.add (i32.const 1) (call $h (local.get 0)))) (else (i32.const 0))))`),
    undefined,
    store.registry,
  );
  const type = store.registry.get(valid.context.types[0] as number);
  const host: FuncInst = new FuncInst(type, null, null, ({ lanes }, base) => {
    const argument = (lanes.i32[2 * base] as number) - 1;
    const [result] = call(machine, instance.exports.get('d') as FuncInst, [i32(argument)]);
    lanes.i32[2 * base] = result?.words[0] as number;
  });
  const instance: ModuleInst = instantiate(machine, valid, () => host);
  expect(call(machine, instance.exports.get('d') as FuncInst, [i32(50)])[0]?.words[0]).toBe(50);
  expect(type.comp).toMatchObject({ params: [I32] });
  expect(
    trapOf(
      machine,
      { ...instance, exports: new Map([['f', instance.exports.get('d')]]) } as ModuleInst,
      i32(-1),
    ).trap,
  ).toBe(WASM_TRAP_STACK);
});
