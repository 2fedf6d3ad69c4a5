// One module on our interpreter and on the host: results, traps, memory and globals after a series of calls.

import { Instance, Module, Store, Trap } from '../../engine/wasm/wasm.ts';
import { Random } from '../random.ts';

/** The host's namespace; the types of Node do not declare it. */
interface HostWebAssembly {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, HostExport>> };
  readonly RuntimeError: new () => Error;
}
type HostExport = ((...args: readonly unknown[]) => unknown) & {
  readonly value: unknown;
  readonly buffer: ArrayBuffer;
};
export const host = (globalThis as unknown as { WebAssembly: HostWebAssembly }).WebAssembly;

/** Beyond so much fuel the host is not asked: it has no bound. */
const FUEL = 300_000;
const CALLS = 12;

export type Verdict =
  | { readonly kind: 'same'; readonly calls: number; readonly traps: number }
  /** The module runs for too long. */
  | { readonly kind: 'long' }
  | { readonly kind: 'different'; readonly what: string };

/** The host's words for our codes of traps; where it has one for several, the code is looked for in each. */
const HOST_TRAPS: readonly (readonly [message: RegExp, codes: readonly string[]])[] = [
  [/^unreachable/, ['unreachable']],
  [/^(divide|remainder) by zero/, ['integer-divide-by-zero']],
  [/^divide result unrepresentable/, ['integer-overflow']],
  [/^float unrepresentable/, ['integer-overflow', 'invalid-conversion-to-integer']],
  [/^memory access out of bounds/, ['out-of-bounds-memory-access']],
  [
    /^(table (index is|access) out of bounds|table index is out of bounds)/,
    ['out-of-bounds-table-access', 'undefined-element'],
  ],
  [/^(element|data) segment out of bounds/, ['out-of-bounds-table-access', 'out-of-bounds-memory-access']],
  [/^null function or function signature mismatch/, ['uninitialized-element', 'indirect-call-type-mismatch']],
];

/** Runs a text module on both. A host error of ours is thrown on. */
export function compareModule(text: string, seed: number): Verdict {
  const store = new Store({ fuel: FUEL, stackSlots: 1 << 14, depth: 1000 });
  const module = new Module(text, { store });
  const bytes = module.toBytes();
  if (!host.validate(bytes)) return { kind: 'different', what: 'the host refuses the module' };
  const random = new Random(seed, 1);
  const ours = new Instance(module);
  const names = module.exports.filter(({ extern }) => extern.kind === 'func').map(({ name }) => name);
  const calls = Array.from({ length: CALLS }, () => {
    const name = random.pick(names);
    return { name, args: ours.func(name).type.params.map((type) => argument(type, random)) };
  });
  if (names.includes('flush')) calls.push({ name: 'flush', args: [] });
  const ourEnds = calls.map(({ name, args }) => endOf(() => ours.call(name, ...args)));
  if (store.fuel === 0) return { kind: 'long' };
  const theirs = new host.Instance(new host.Module(bytes)).exports;
  let traps = 0;
  for (const [i, { name, args }] of calls.entries()) {
    const theirEnd = endOf(() => theirs[name]?.(...args));
    const ourEnd = ourEnds[i] as End;
    if (ourEnd.trap !== null) traps++;
    if (!sameEnd(ourEnd, theirEnd))
      return {
        kind: 'different',
        what: `call ${i} ${name}(${args}): ours ${shown(ourEnd)}, host ${shown(theirEnd)}`,
      };
  }
  const memory = ours.memory('memory').bytes;
  if (Buffer.compare(memory, new Uint8Array(theirs.memory?.buffer as ArrayBuffer)) !== 0)
    return {
      kind: 'different',
      what: `memories differ at ${firstDifference(memory, theirs.memory?.buffer as ArrayBuffer)}`,
    };
  for (const { name, extern } of module.exports) {
    if (extern.kind !== 'global') continue;
    const [a, b] = [ours.global(name).value, theirs[name]?.value];
    if (!Object.is(a, b)) return { kind: 'different', what: `global ${name}: ours ${a}, host ${b}` };
  }
  return { kind: 'same', calls: calls.length, traps };
}

interface End {
  readonly value: unknown;
  readonly trap: string | null;
}

function endOf(action: () => unknown): End {
  try {
    return { value: action(), trap: null };
  } catch (error) {
    if (error instanceof Trap) return { value: null, trap: error.code };
    if (error instanceof host.RuntimeError) return { value: null, trap: error.message };
    throw error;
  }
}

function sameEnd(ours: End, theirs: End): boolean {
  if (ours.trap === null || theirs.trap === null)
    return ours.trap === theirs.trap && sameValue(ours.value, theirs.value);
  const row = HOST_TRAPS.find(([message]) => message.test(theirs.trap as string));
  return row?.[1].includes(ours.trap) === true;
}

/** Results are numbers, bigints and arrays of them; NaNs are equal, as their bits are not to be seen here. */
function sameValue(ours: unknown, theirs: unknown): boolean {
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return Object.is(ours, theirs);
  return ours.length === theirs.length && ours.every((each, i) => Object.is(each, theirs[i]));
}

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  31,
  255,
  65536,
  2 ** 31 - 1,
  -(2 ** 31),
  0.5,
  -1.5,
  1e20,
  Number.NaN,
  1 / 0,
];

function argument(type: string, random: Random): number | bigint {
  if (type === 'i64') {
    const high = random.below(2) === 0 ? BigInt(random.next()) << 32n : 0n;
    return BigInt.asIntN(64, high | BigInt(random.next() >>> random.below(32)));
  }
  if (type === 'i32') return random.below(2) === 0 ? random.below(300) - 20 : random.next() | 0;
  return random.pick(NUMBERS);
}

function shown({ value, trap }: End): string {
  return trap === null ? String(value) : `trap ${trap}`;
}

function firstDifference(memory: Uint8Array, buffer: ArrayBuffer): number {
  const theirs = new Uint8Array(buffer);
  return memory.findIndex((byte, i) => byte !== theirs[i]);
}
