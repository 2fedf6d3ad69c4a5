// Mutations of binary and text modules. Whatever they are, reader, parser and validator answer with a CompileError or a
// module, and what is valid runs without a host error; the host must not accept a binary that we refuse.

import {
  CompileError,
  Exception,
  Func,
  Instance,
  LinkError,
  Module,
  Store,
  Trap,
} from '../../engine/wasm/wasm.ts';
import { host } from '../../oracles/wasm/host.ts';
import type { Random } from '../random.ts';

const INTERESTING = [0, 1, 0x0b, 0x40, 0x60, 0x7f, 0x80, 0xff, 0xfc, 0xfd, 0xfb, 0x70, 0x6f];
const SNIPPETS = [
  '(',
  ')',
  '(module',
  ' nan',
  ' 0x',
  '"',
  ';;',
  '(;',
  ' -1',
  ' 99999999999',
  '$',
  ' i32',
  ' v128',
  'end',
  ' else',
  '(then',
  '(ref null 0)',
  '\\',
  '(@a',
  '(param',
  '(type 0)',
  '(rec',
  ' local.get 0',
];

export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = Uint8Array.from(bytes);
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(mutated.length);
    switch (random.below(5)) {
      case 0:
        mutated[at] = (mutated[at] as number) ^ (1 << random.below(8));
        break;
      case 1:
        mutated[at] = random.pick(INTERESTING);
        break;
      case 2:
        mutated = spliced(mutated, at, 1 + random.below(4), []);
        break;
      case 3:
        mutated = spliced(mutated, at, 0, [random.pick(INTERESTING)]);
        break;
      default: {
        const from = random.below(mutated.length);
        mutated = spliced(mutated, at, 0, [...mutated.subarray(from, from + 1 + random.below(16))]);
      }
    }
  }
  return mutated;
}

function spliced(
  bytes: Uint8Array,
  at: number,
  count: number,
  inserted: readonly number[],
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at + count)]);
}

export function mutateText(text: string, random: Random): string {
  let mutated = text;
  for (let count = 1 + random.below(3); count > 0; count--) {
    const at = random.below(mutated.length);
    const from = random.below(mutated.length);
    const inserted = random.pick([
      '',
      random.pick(SNIPPETS),
      String.fromCharCode(random.below(128)),
      mutated.slice(from, from + random.below(30)),
    ]);
    mutated = mutated.slice(0, at) + inserted + mutated.slice(at + random.below(6));
  }
  return mutated;
}

export type MutantEnd = 'refused' | 'not linked' | 'ran' | 'trapped' | 'accepted by the host only';

/** What becomes of a mutant. Errors that are not the library's are thrown on: they are what is looked for. */
export function tryMutant(source: string | Uint8Array): MutantEnd {
  const store = new Store({ fuel: 5_000, bytes: 2 ** 24, stackSlots: 1 << 12, depth: 200 });
  let module: Module;
  try {
    module = new Module(source, { store });
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    const isHostsOnly = typeof source !== 'string' && error.kind !== 'limit' && host.validate(source);
    return isHostsOnly ? 'accepted by the host only' : 'refused';
  }
  try {
    const instance = new Instance(module);
    for (const extern of instance.exports.values())
      if (extern instanceof Func && extern.type.params.every((type) => /^[if]\d+$/.test(type)))
        extern.call(...extern.type.params.map((type) => (type === 'i64' ? 3n : 3)));
    return 'ran';
  } catch (error) {
    if (error instanceof LinkError) return 'not linked';
    if (error instanceof Trap || error instanceof Exception) return 'trapped';
    throw error;
  }
}
