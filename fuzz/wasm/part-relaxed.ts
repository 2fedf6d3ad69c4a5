// Relaxed vector instructions, with operands for which the specification leaves no choice.

import { V128 } from '../../engine/wasm/format/types.ts';
import type { Part, Writer } from './writer.ts';

const LANES = [
  ['i8x16', 'i8x16.eq'],
  ['i16x8', 'i16x8.eq'],
  ['i32x4', 'i32x4.eq'],
  ['i64x2', 'i64x2.eq'],
] as const;

function masked(vector: string, word: string): string {
  return `(v128.and ${vector} (v128.const i32x4 ${word} ${word} ${word} ${word}))`;
}

/** Positive numbers, exact in either width, none of them 0. */
function smallFloats(vector: string, shape: 'f32x4' | 'f64x2'): string {
  const ints = `(v128.or ${masked(vector, '0xff')} (v128.const i32x4 1 1 1 1))`;
  return shape === 'f32x4' ? `(f32x4.convert_i32x4_s ${ints})` : `(f64x2.convert_low_i32x4_s ${ints})`;
}

function expression(w: Writer, depth: number): string {
  const { random } = w;
  const vector = (): string => w.expression(V128, depth - 1);
  const shape = random.pick(['f32x4', 'f64x2'] as const);
  const sign = random.pick(['s', 'u']);
  switch (random.below(7)) {
    case 0:
      return `(i8x16.relaxed_swizzle ${vector()} ${masked(vector(), '0x0f0f0f0f')})`;
    case 1:
      return `(i32x4.relaxed_trunc_f32x4_${sign} ${smallFloats(vector(), 'f32x4')})`;
    case 2:
      return `(i32x4.relaxed_trunc_f64x2_${sign}_zero ${smallFloats(vector(), 'f64x2')})`;
    case 3: {
      const operands = [vector(), vector(), vector()].map((each) => smallFloats(each, shape));
      return `(${shape}.${random.pick(['relaxed_madd', 'relaxed_nmadd'])} ${operands.join(' ')})`;
    }
    case 4: {
      const [name, equal] = random.pick(LANES);
      return `(${name}.relaxed_laneselect ${vector()} ${vector()} (${equal} ${vector()} ${vector()}))`;
    }
    case 5:
      return `(${shape}.${random.pick(['relaxed_min', 'relaxed_max'])} ${smallFloats(vector(), shape)} ${smallFloats(vector(), shape)})`;
    default:
      return random.pick([
        () => `(i16x8.relaxed_q15mulr_s ${vector()} ${masked(vector(), '0x7fff7fff')})`,
        () => `(i16x8.relaxed_dot_i8x16_i7x16_s ${vector()} ${masked(vector(), '0x7f7f7f7f')})`,
        () =>
          `(i32x4.relaxed_dot_i8x16_i7x16_add_s ${vector()} ${masked(vector(), '0x7f7f7f7f')} ${vector()})`,
      ])();
  }
}

export const relaxed: Part = {
  needs: ['relaxedSimd', 'simd'],
  expression: (w, type, depth) => (type === V128 ? expression(w, depth) : null),
};
