// Changes to the bytes of a compiled program, of bytes, words and runs of words, with the length in the header and the
// digest set right afterwards, so that the change is met by what lies behind them.
import { sealBytecode } from '../../engine/engine.ts';
import type { Random } from '../random.ts';

const HEADER_BYTES = 24;
const LENGTH_OFFSET = 12;

const INTERESTING = [0, 1, 2, -1, 3, 4, 7, 16, 255, 256, 65_535, 65_536, 0x7fffffff, -0x80000000, 1 << 28];

/** A changed copy; `other` is another program, whose words may come in. */
export function mutateBytes(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let changed: Uint8Array = bytes.slice();
  for (let i = random.below(3); i >= 0; i--) changed = mutateOnce(random, changed, other);
  return sealed(changed);
}

/** The bytes with the right length and digest, as far as they are long enough to have them. */
export function sealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < HEADER_BYTES) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(LENGTH_OFFSET, bytes.length - HEADER_BYTES, bytes[5] !== 2);
  sealBytecode(bytes);
  return bytes;
}

function mutateOnce(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const wordCount = (bytes.length - HEADER_BYTES) >> 2;
  if (wordCount === 0) return bytes;
  const at = HEADER_BYTES + 4 * random.below(wordCount);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (random.below(11)) {
    case 0:
      bytes[HEADER_BYTES + random.below(bytes.length - HEADER_BYTES)] ^= 1 << random.below(8);
      return bytes;
    case 1:
      bytes[HEADER_BYTES + random.below(bytes.length - HEADER_BYTES)] = random.below(256);
      return bytes;
    case 2:
      view.setInt32(at, random.pick(INTERESTING), true);
      return bytes;
    case 3:
    case 4:
      // A number near the one that is there.
      view.setInt32(at, view.getInt32(at, true) + random.below(9) - 4, true);
      return bytes;
    case 5:
    case 6:
      // A word of another place.
      view.setInt32(at, view.getInt32(HEADER_BYTES + 4 * random.below(wordCount), true), true);
      return bytes;
    case 7:
      bytes.copyWithin(at, HEADER_BYTES + 4 * random.below(wordCount), bytes.length - 4 * random.below(8));
      return bytes;
    case 8:
      // Some words less.
      return joined(
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + 4 * (1 + random.below(3)))),
      );
    case 9: {
      // Some words more, which are there already or come from another program.
      const source = random.chance(0.5) ? bytes : other;
      const from = 4 * random.below(source.length >> 2);
      const run = source.subarray(from, from + 4 * (1 + random.below(4)));
      return joined(joined(bytes.subarray(0, at), run), bytes.subarray(at));
    }
    default:
      // The header itself.
      bytes[4 + random.below(8)] ^= 1 << random.below(8);
      return bytes;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
