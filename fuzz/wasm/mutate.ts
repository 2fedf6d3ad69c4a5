// Mutations of binary and text modules. Whatever they are, reader, parser and validator answer with a CompileError or a
// module, and what is valid is printed and read back as the same and runs without a host error; the host must not accept a
// binary that we refuse.

import { instructionRows } from '../../engine/wasm/format/instructions.ts';
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

/** What V8 11.3 does not check. */
const HOSTS_OMISSION = 'atomic alignment must be natural';

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
  // What keeps the length gets further: sections and bodies say how long they are.
  const kinds = random.below(2) === 0 ? 2 : 5;
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(mutated.length);
    switch (random.below(kinds)) {
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

const WORDS = [
  ...instructionRows.map(({ name }) => name),
  ...[
    'i32',
    'i64',
    'f32',
    'f64',
    'v128',
    'funcref',
    'anyref',
    'exnref',
    'mut',
    'shared',
    'null',
    'i31',
    '0',
    '1',
    '-1',
  ],
];

/** Puts another word in the place of the next one. */
function replaceWord(text: string, at: number, random: Random): string {
  const from = text.slice(at).search(/[ (][a-z0-9]/);
  if (from < 0) return text;
  const start = at + from + 1;
  const length = /^[^ ()]*/.exec(text.slice(start, start + 100))?.[0].length ?? 0;
  return text.slice(0, start) + random.pick(WORDS) + text.slice(start + length);
}

export function mutateText(text: string, random: Random): string {
  let mutated = text;
  for (let count = 1 + random.below(3); count > 0; count--) {
    const at = random.below(mutated.length);
    if (random.below(2) === 0) {
      mutated = replaceWord(mutated, at, random);
      continue;
    }
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

export type MutantEnd =
  | 'malformed'
  | 'invalid'
  | 'over a limit'
  | 'not linked'
  | 'ran'
  | 'trapped'
  | 'accepted by the host only';

/** What becomes of a mutant. Errors that are not the library's are thrown on: they are what is looked for. */
export function tryMutant(source: string | Uint8Array): MutantEnd {
  const store = new Store({ fuel: 5_000, bytes: 2 ** 24, stackSlots: 1 << 12, depth: 200 });
  let module: Module;
  try {
    module = new Module(source, { store });
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    const isHostsOnly =
      typeof source !== 'string' &&
      error.kind !== 'limit' &&
      error.reason !== HOSTS_OMISSION &&
      host.validate(source);
    return isHostsOnly ? 'accepted by the host only' : error.kind === 'limit' ? 'over a limit' : error.kind;
  }
  checkNotations(module);
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

/**
 * A valid module is the same one after being printed and read, in either format, but for names: a text has no place for
 * two of the same name. Throws an Error if it is not.
 */
function checkNotations(module: Module): void {
  const bytes = bytesWithoutNames(module);
  const text = module.toText();
  const store = new Store();
  if (Buffer.compare(bytes, bytesWithoutNames(new Module(text, { store }))) !== 0)
    throw new Error('the module is another one after being printed and parsed');
  const again = new Module(module.toBytes(), { store });
  if (Buffer.compare(bytes, bytesWithoutNames(again)) !== 0 || again.toText() !== text)
    throw new Error('the module is another one after being encoded and decoded');
}

/** The bytes of a module up to its name section, which we write last. */
function bytesWithoutNames(module: Module): Uint8Array {
  const bytes = module.toBytes();
  for (let at = 8; at < bytes.length; ) {
    const start = at;
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (id === 0 && Buffer.from(bytes.subarray(at, at + 5)).toString('latin1') === '\x04name')
      return bytes.subarray(0, start);
    at += size;
  }
  return bytes;
}
