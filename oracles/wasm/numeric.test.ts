// The agreement test of the numeric and vector instructions: one generated module for each row of the
// instruction table, run by our interpreter and by the host's WebAssembly on boundary and random operands. Operands and
// results go through memory, so that every bit counts; of NaNs the class that the specification allows. Rows that the
// host does not know are skipped, and counted. See ../README.md.
import { afterAll, describe, expect, test } from 'vitest';
import {
  EVAL,
  type InstructionRow,
  identifierOf,
  instructionRows,
} from '../../engine/wasm/format/instructions.ts';
import { F32, F64, V128, type ValType, valTypeText } from '../../engine/wasm/format/types.ts';
import { Instance, Module, Store, Trap } from '../../engine/wasm/wasm.ts';
import { boundaries, Random, randomBits } from './operands.ts';
import { isRelaxedResult } from './relaxed.ts';

const ROUNDS = 400;
/** Of boundary operands; a random choice where there are more. */
const MOST_PAIRS = 800;
const SHOWN_DIFFERENCES = 3;
const seed = Number(process.env.ORACLES_SEED ?? Date.now() % 2 ** 31);
console.log(`oracles: seed ${seed}; ORACLES_SEED=${seed} npx vitest run oracles/wasm repeats this run`);

/** The host's namespace; the types of Node do not declare it. */
interface HostWebAssembly {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: { readonly f: () => void; readonly m: { readonly buffer: ArrayBuffer } };
  };
}
const host = (globalThis as unknown as { WebAssembly: HostWebAssembly }).WebAssembly;

const features = { wideArithmetic: true };
const rows = instructionRows.filter((row) => (row.flags & EVAL) !== 0);
const unknown: string[] = [];

/** Runs the function that a row was made into, on the bytes of its operands. The result's bytes, or null for a trap. */
type Run = (operands: Uint8Array) => Uint8Array | null;

describe('the host agrees with the interpreter', () => {
  for (const row of rows) {
    const immediates =
      row.immediates === 'lane' ? lanesOf(row) : row.immediates === 'shuffle' ? SHUFFLES : [''];
    test(identifierOf(row), () => {
      const random = new Random(seed);
      for (const immediate of immediates) {
        const store = new Store({ stackSlots: 1024 });
        const module = new Module(program(row, immediate), { features, store });
        const bytes = module.toBytes();
        if (!host.validate(bytes)) {
          unknown.push(row.name);
          return;
        }
        const differences = compare(row, hostRun(bytes), ownRun(module), random);
        expect(differences, immediate).toEqual([]);
      }
    });
  }
});

afterAll(() => {
  console.log(`oracles: the host does not know ${unknown.length} of ${rows.length} instructions`);
});

const SHUFFLES = ['0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31', '15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0'];

/** The first and the last lane. */
function lanesOf(row: InstructionRow): string[] {
  const count = Number(/x(\d+)/.exec(row.name)?.[1]);
  return ['0', String(count - 1)];
}

/** A module whose function reads operands from 16, 32, … and writes results to 0, 8, …. */
function program(row: InstructionRow, immediate: string): string {
  const params = row.params as readonly ValType[];
  const operands = params.map((type, i) => `(${valTypeText(type)}.load (i32.const ${16 * (i + 1)}))`);
  const results = row.results.map((type) => valTypeText(type));
  const locals = results.map((type, i) => `(local $r${i} ${type})`);
  const sets = results.map((_, i) => `(local.set $r${results.length - 1 - i})`);
  const stores = results.map((type, i) => `(${type}.store (i32.const ${8 * i}) (local.get $r${i}))`);
  return `(module (memory (export "m") 1) (func (export "f") ${locals.join(' ')}
    ${operands.join(' ')} ${row.name} ${immediate} ${sets.join(' ')} ${stores.join(' ')}))`;
}

function hostRun(bytes: Uint8Array): Run {
  const { f, m } = new host.Instance(new host.Module(bytes)).exports;
  return (operands) => {
    const memory = new Uint8Array(m.buffer);
    memory.fill(0, 0, 16);
    memory.set(operands, 16);
    try {
      f();
    } catch (error) {
      // A trap is the only error that the function can raise.
      expect(String(error)).toContain('RuntimeError');
      return null;
    }
    return memory.slice(0, 16);
  };
}

function ownRun(module: Module): Run {
  const instance = new Instance(module);
  const memory = instance.memory('m').bytes;
  const f = instance.func('f');
  return (operands) => {
    memory.fill(0, 0, 16);
    memory.set(operands, 16);
    try {
      f.call();
    } catch (error) {
      if (error instanceof Trap) return null;
      throw error;
    }
    return memory.slice(0, 16);
  };
}

function compare(row: InstructionRow, expected: Run, actual: Run, random: Random): string[] {
  const params = row.params as readonly ValType[];
  const differences: string[] = [];
  const check = (operands: Uint8Array): void => {
    const theirs = expected(operands);
    const ours = actual(operands);
    if (isPermitted(row, operands, theirs, ours) || differences.length >= SHOWN_DIFFERENCES) return;
    differences.push(`${hex(operands)}: host ${theirs && hex(theirs)}, ours ${ours && hex(ours)}`);
  };
  const lists = params.map(boundaries);
  const [first = [], second = [new Uint8Array(16)]] = lists;
  const pairs = first.flatMap((a) => second.map((b) => [a, b] as const));
  for (let i = 0; i < Math.min(pairs.length, MOST_PAIRS); i++) {
    const [a, b] = pairs.length <= MOST_PAIRS ? (pairs[i] as (typeof pairs)[number]) : random.choice(pairs);
    const operands = new Uint8Array(16 * params.length);
    operands.set(a);
    if (params.length > 1) operands.set(b, 16);
    for (let j = 2; j < params.length; j++) operands.set(random.choice(lists[j] as Uint8Array[]), 16 * j);
    check(operands);
  }
  for (let round = 0; round < ROUNDS; round++) check(randomBits(params.length, random));
  return differences;
}

/** The results are the same, or, of a relaxed instruction, both are such as the specification lets an engine choose. */
function isPermitted(
  row: InstructionRow,
  operands: Uint8Array,
  theirs: Uint8Array | null,
  ours: Uint8Array | null,
): boolean {
  if (theirs === null || ours === null || row.feature !== 'relaxedSimd') return isSame(row, theirs, ours);
  return (
    isRelaxedResult(row.name, operands, ours) === true && isRelaxedResult(row.name, operands, theirs) === true
  );
}

function isSame(row: InstructionRow, theirs: Uint8Array | null, ours: Uint8Array | null): boolean {
  if (theirs === null || ours === null) return theirs === ours;
  const [type] = row.results;
  const lane = type === V128 ? row.name.slice(0, 5) : type === F32 ? 'f32x4' : type === F64 ? 'f64x2' : '';
  const size = lane === 'f32x4' ? 4 : lane === 'f64x2' ? 8 : 1;
  for (let at = 0; at < 16; at += size) {
    const a = theirs.subarray(at, at + size);
    const b = ours.subarray(at, at + size);
    if (hex(a) !== hex(b) && !(isArithmeticNaN(a) && isArithmeticNaN(b))) return false;
  }
  return true;
}

/** Whether bytes are a quiet NaN of 4 or 8 bytes. */
function isArithmeticNaN(bytes: Uint8Array): boolean {
  const top = ((bytes[bytes.length - 1] as number) << 8) | (bytes[bytes.length - 2] as number);
  if (bytes.length === 4) return (top & 0x7fc0) === 0x7fc0;
  return bytes.length === 8 && (top & 0x7ff8) === 0x7ff8;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
