// Valid modules from a seed, as text. Numeric instructions, loads and stores come from the instruction table. Everything a
// module does is the same on every engine: a NaN whose bits the specification leaves open is made the canonical one
// before anything can look at them. Calls go to functions with higher indices and loops count down, so modules end.

import { EVAL, instructionRows } from '../../engine/wasm/format/instructions.ts';
import { F32, F64, I32, I64, V128, type ValType, valTypeText } from '../../engine/wasm/format/types.ts';
import type { FeatureName } from '../../engine/wasm/wasm.ts';
import { Random } from '../random.ts';

/** Features that modules may use beside the first version. */
export const GENERATED_FEATURES: readonly FeatureName[] = [
  'signExtension',
  'saturatingConversion',
  'multiValue',
  'bulkMemory',
  'referenceTypes',
  'simd',
];

type Row = (typeof instructionRows)[number];

interface Signature {
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

const ADDRESS_MASK = 0x1_ffff;
const FUNCTIONS = 4;
const LEAVES = 3;
const GLOBALS_PER_TYPE = 2;
const INTS = [0, 1, 2, -1, 7, 31, 32, 63, 64, 127, 128, 255, 65535, 65536, 0x7fff_ffff, -0x8000_0000];
const FLOATS = [
  '0',
  '-0',
  '1',
  '-1',
  '0.5',
  '1.5',
  '-2.5',
  '1e10',
  '-1e20',
  '3e38',
  '1e-40',
  'inf',
  '-inf',
  'nan',
  '2147483648',
  '4294967296',
  '9223372036854775808',
];

/** The text of a module. The same seed and features, the same module. */
export function generateModule(seed: number, features: ReadonlySet<FeatureName>): string {
  return new Generator(new Random(seed), features).module();
}

/** Instructions of a table's kind by the type of their result. */
interface Palette {
  readonly numeric: ReadonlyMap<ValType, readonly Row[]>;
  readonly loads: ReadonlyMap<ValType, readonly Row[]>;
  readonly stores: readonly Row[];
}

const palettes = new Map<string, Palette>();

function paletteOf(features: ReadonlySet<FeatureName>): Palette {
  const key = [...features].sort().join();
  let palette = palettes.get(key);
  if (palette === undefined) {
    const rows = instructionRows.filter(({ feature }) => feature === 'mvp' || features.has(feature));
    const byResult = (list: readonly Row[]): Map<ValType, Row[]> => {
      const map = new Map<ValType, Row[]>();
      for (const row of list)
        map.set(row.results[0] as ValType, [...(map.get(row.results[0] as ValType) ?? []), row]);
      return map;
    };
    const accesses = rows.filter(({ align, params }) => align >= 0 && params !== null);
    palette = {
      numeric: byResult(rows.filter(({ flags, results }) => (flags & EVAL) !== 0 && results.length === 1)),
      loads: byResult(accesses.filter(({ results }) => results.length === 1)),
      stores: accesses.filter(({ results }) => results.length === 0),
    };
    palettes.set(key, palette);
  }
  return palette;
}

class Generator {
  private readonly random: Random;
  private readonly features: ReadonlySet<FeatureName>;
  private readonly palette: Palette;
  private readonly types: readonly ValType[];
  private readonly signatures: Signature[] = [];
  /** Of the function that is being written. */
  private index = 0;
  private locals: ValType[] = [];
  private results: readonly ValType[] = [];
  private loops = 0;
  private counters = 0;
  private labels: { readonly name: string; readonly types: readonly ValType[] }[] = [];
  private labelCount = 0;

  constructor(random: Random, features: ReadonlySet<FeatureName>) {
    this.random = random;
    this.features = features;
    this.palette = paletteOf(features);
    this.types = features.has('simd') ? [I32, I64, F32, F64, V128] : [I32, I64, F32, F64];
  }

  module(): string {
    const { random } = this;
    for (let i = 0; i < FUNCTIONS + LEAVES; i++) this.signatures.push(this.signature());
    const functions = this.signatures.map((signature, i) => this.function(signature, i));
    const globals = this.types.flatMap((type) =>
      Array.from({ length: GLOBALS_PER_TYPE }, (_, i) => {
        const name = `${valTypeText(type)}_${i}`;
        const shown = type === V128 ? '' : ` (export "g_${name}")`;
        return `(global $${name}${shown} (mut ${valTypeText(type)}) ${this.constant(type)})`;
      }),
    );
    const flush = this.features.has('simd')
      ? `(func (export "flush") ${[0, 1].map((i) => `(v128.store (i32.const ${16 * i}) (global.get $v128_${i}))`).join(' ')})`
      : '';
    const leaves = Array.from({ length: 6 }, () => `$f${FUNCTIONS + random.below(LEAVES)}`);
    return `(module
(memory (export "memory") 1 ${1 + random.below(3)})
(table $t (export "table") 10 12 funcref)
(elem (i32.const 1) ${leaves.join(' ')})
${this.features.has('bulkMemory') ? `(elem $passive func ${leaves.slice(0, 3).join(' ')})` : ''}
(data (i32.const ${random.below(200)}) "${this.bytes()}")
${this.features.has('bulkMemory') ? `(data $bytes "${this.bytes()}")` : ''}
${globals.join('\n')}
(func $c32 (param f32) (result f32)
  (select (local.get 0) (f32.const nan) (f32.eq (local.get 0) (local.get 0))))
(func $c64 (param f64) (result f64)
  (select (local.get 0) (f64.const nan) (f64.eq (local.get 0) (local.get 0))))
${this.features.has('simd') ? VECTOR_CANONICAL : ''}
${flush}
${functions.join('\n')})
`;
  }

  private signature(): Signature {
    const { random, features } = this;
    const isMulti = features.has('multiValue');
    const count = isMulti && random.below(4) === 0 ? 2 + random.below(2) : random.below(5) === 0 ? 0 : 1;
    // Vectors cannot cross the host's interface.
    const scalars = [I32, I64, F32, F64];
    return {
      params: Array.from({ length: random.below(4) }, () => random.pick(scalars)),
      results: Array.from({ length: count }, () => random.pick(scalars)),
    };
  }

  private function({ params, results }: Signature, index: number): string {
    const { random } = this;
    this.index = index;
    const own = Array.from({ length: 2 + random.below(4) }, () => random.pick(this.types));
    this.locals = [...params, ...own];
    this.results = results;
    this.counters = 0;
    this.labels = [];
    const body = this.statements(2 + random.below(5), 3);
    const last = results.map((type) => this.expression(type, 3));
    const counters = ' i32'.repeat(this.counters);
    const locals = own.map((type) => ` ${valTypeText(type)}`).join('');
    const header = `${params.map((type) => ` ${valTypeText(type)}`).join('')}`;
    return `(func $f${index} (export "f${index}") (param${header}) (result${results.map((type) => ` ${valTypeText(type)}`).join('')}) (local${locals}${counters})
${body}
${last.join('\n')})`;
  }

  private statements(count: number, depth: number): string {
    return Array.from({ length: count }, () => this.statement(depth)).join('\n');
  }

  private statement(depth: number): string {
    const { random, features } = this;
    switch (random.below(depth > 0 ? 14 : 5)) {
      case 0:
      case 1: {
        const local = random.below(this.locals.length);
        return `(local.set ${local} ${this.expression(this.locals[local] as ValType, depth)})`;
      }
      case 2: {
        const type = random.pick(this.types);
        return `(global.set $${valTypeText(type)}_${random.below(GLOBALS_PER_TYPE)} ${this.expression(type, depth)})`;
      }
      case 3: {
        const row = random.pick(this.palette.stores);
        const value = this.expression(row.params?.[1] as ValType, depth - 1);
        return `(${row.name}${this.memarg()}${this.lane(row)} ${this.address(depth - 1)} ${value})`;
      }
      case 4:
        return `(drop ${this.expression(random.pick(this.types), depth)})`;
      case 5:
        return `(if ${this.expression(I32, depth - 1)} (then ${this.statements(2, depth - 1)}) (else ${this.statements(1, depth - 1)}))`;
      case 6:
        return this.block([], (inner) => this.statements(2 + random.below(2), inner), depth);
      case 7:
        return this.loop(depth);
      case 8:
        return this.branch(depth);
      case 9:
        return features.has('bulkMemory') ? this.bulk(depth) : `(drop (memory.grow (i32.const 1)))`;
      case 10:
        return features.has('referenceTypes') ? this.tableStatement(depth) : '(nop)';
      case 11:
        return this.callStatement(depth);
      case 12:
        // Rare ends: a trap, an early return.
        if (random.below(12) === 0) return `(if ${this.expression(I32, depth - 1)} (then (unreachable)))`;
        return `(if ${this.expression(I32, depth - 1)} (then (return ${this.results.map((type) => this.expression(type, depth - 2)).join(' ')})))`;
      default:
        return `(drop (memory.grow (i32.and ${this.expression(I32, depth - 1)} (i32.const 1))))`;
    }
  }

  private block(types: readonly ValType[], body: (depth: number) => string, depth: number): string {
    const name = `$l${this.labelCount++}`;
    this.labels.push({ name, types });
    const text = body(depth - 1);
    this.labels.pop();
    return `(block ${name} (result${types.map((type) => ` ${valTypeText(type)}`).join('')}) ${text})`;
  }

  private loop(depth: number): string {
    if (this.loops >= 2) return '(nop)';
    this.loops++;
    const counter = this.locals.length + this.counters++;
    const name = `$l${this.labelCount++}`;
    const body = this.statements(2, depth - 1);
    this.loops--;
    return `(local.set ${counter} (i32.const ${1 + this.random.below(6)}))
(loop ${name} ${body}
  (local.set ${counter} (i32.sub (local.get ${counter}) (i32.const 1)))
  (br_if ${name} (local.get ${counter})))`;
  }

  private branch(depth: number): string {
    const empty = this.labels.filter(({ types }) => types.length === 0).map(({ name }) => name);
    if (empty.length === 0) return '(nop)';
    const { random } = this;
    const target = random.pick(empty);
    if (random.below(2) === 0) return `(br_if ${target} ${this.expression(I32, depth - 1)})`;
    const targets = Array.from({ length: 1 + random.below(4) }, () => random.pick(empty));
    return `(br_table ${targets.join(' ')} ${target} ${this.expression(I32, depth - 1)})`;
  }

  private bulk(depth: number): string {
    const { random } = this;
    const small = (): string => `(i32.and ${this.expression(I32, depth - 2)} (i32.const 63))`;
    switch (random.below(4)) {
      case 0:
        return `(memory.fill ${this.address(depth - 1)} ${this.expression(I32, depth - 2)} ${small()})`;
      case 1:
        return `(memory.copy ${this.address(depth - 1)} ${this.address(depth - 1)} ${small()})`;
      case 2:
        return `(memory.init $bytes ${this.address(depth - 1)} (i32.const ${random.below(4)}) (i32.const ${random.below(8)}))`;
      default:
        return random.below(4) === 0
          ? '(data.drop $bytes)'
          : `(table.init $passive (i32.const ${random.below(9)}) (i32.const 0) (i32.const ${random.below(4)}))`;
    }
  }

  private tableStatement(depth: number): string {
    const { random } = this;
    const ref =
      random.below(3) === 0 ? '(ref.null func)' : `(ref.func $f${FUNCTIONS + random.below(LEAVES)})`;
    const index = `(i32.and ${this.expression(I32, depth - 1)} (i32.const ${random.below(8) === 0 ? 15 : 7}))`;
    switch (random.below(4)) {
      case 0:
        return `(table.set $t ${index} ${ref})`;
      case 1:
        return `(drop (table.grow $t ${ref} (i32.const 1)))`;
      case 2:
        return `(table.fill $t ${index} ${ref} (i32.const ${random.below(3)}))`;
      default:
        return `(table.copy $t $t ${index} (i32.const 1) (i32.const ${random.below(3)}))`;
    }
  }

  private callStatement(depth: number): string {
    const callee = this.callee(() => true);
    if (callee === null) return '(nop)';
    return `${this.call(callee, depth)} ${this.signatures[callee]?.results.map(() => '(drop)').join(' ')}`.replaceAll(
      '(drop)',
      'drop',
    );
  }

  private callee(isFit: (signature: Signature) => boolean): number | null {
    // Leaves call nobody, so that tables can hold them; in loops calls would multiply.
    if (this.index >= FUNCTIONS || this.loops > 1) return null;
    const fit = this.signatures.flatMap((each, i) => (i > this.index && isFit(each) ? [i] : []));
    return fit.length === 0 ? null : this.random.pick(fit);
  }

  private call(callee: number, depth: number): string {
    const { params, results } = this.signatures[callee] as Signature;
    const args = params.map((type) => this.expression(type, depth - 1)).join(' ');
    if (callee < FUNCTIONS || this.random.below(2) === 0) return `(call $f${callee} ${args})`;
    const type = `(param${params.map((each) => ` ${valTypeText(each)}`).join('')}) (result${results.map((each) => ` ${valTypeText(each)}`).join('')})`;
    // Most often an element of some type, sometimes none.
    return `(call_indirect $t ${type} ${args} (i32.and ${this.expression(I32, depth - 2)} (i32.const ${this.random.below(6) === 0 ? 15 : 7})))`;
  }

  private expression(type: ValType, depth: number): string {
    const { random } = this;
    if (depth <= 0 || random.below(8) === 0) return this.leaf(type);
    switch (random.below(12)) {
      case 0: {
        const row = random.pick(this.palette.loads.get(type) as readonly Row[]);
        const rest = row.params?.length === 2 ? this.expression(V128, depth - 1) : '';
        return `(${row.name}${this.memarg()}${this.lane(row)} ${this.address(depth - 1)} ${rest})`;
      }
      case 1:
        return `(if (result ${valTypeText(type)}) ${this.expression(I32, depth - 1)} (then ${this.expression(type, depth - 1)}) (else ${this.expression(type, depth - 1)}))`;
      case 2:
        return `(select ${this.expression(type, depth - 1)} ${this.expression(type, depth - 1)} ${this.expression(I32, depth - 1)})`;
      case 3: {
        const local = this.locals.lastIndexOf(type);
        return local < 0 ? this.leaf(type) : `(local.tee ${local} ${this.expression(type, depth - 1)})`;
      }
      case 4:
        return this.block(
          [type],
          (inner) => {
            const name = this.labels.at(-1)?.name;
            return `(drop (br_if ${name} ${this.expression(type, inner)} ${this.expression(I32, inner)})) ${this.expression(type, inner)}`;
          },
          depth,
        );
      case 5: {
        const callee = this.callee(({ results }) => results.length === 1 && results[0] === type);
        if (callee !== null) return this.call(callee, depth);
        return this.numeric(type, depth);
      }
      case 6:
        if (type === I32)
          return random.pick([
            '(memory.size)',
            ...(this.features.has('referenceTypes')
              ? ['(table.size $t)', '(ref.is_null (table.get $t (i32.const 3)))']
              : []),
          ]);
        return this.numeric(type, depth);
      default:
        return this.numeric(type, depth);
    }
  }

  private numeric(type: ValType, depth: number): string {
    const row = this.random.pick(this.palette.numeric.get(type) as readonly Row[]);
    const operands = (row.params as readonly ValType[]).map((each) => this.expression(each, depth - 1));
    const text = `(${row.name}${this.lane(row)} ${operands.join(' ')})`;
    const canonical = canonicalizerOf(row, type);
    return canonical === null ? text : `(call $${canonical} ${text})`;
  }

  private leaf(type: ValType): string {
    const { random } = this;
    const locals = this.locals.flatMap((each, i) => (each === type ? [i] : []));
    if (locals.length > 0 && random.below(2) === 0) return `(local.get ${random.pick(locals)})`;
    if (random.below(3) === 0) return `(global.get $${valTypeText(type)}_${random.below(GLOBALS_PER_TYPE)})`;
    return this.constant(type);
  }

  private constant(type: ValType): string {
    const { random } = this;
    const int = (): number => (random.below(2) === 0 ? random.pick(INTS) : random.next() | 0);
    switch (type) {
      case I32:
        return `(i32.const ${int()})`;
      case I64:
        return `(i64.const ${random.below(3) === 0 ? BigInt.asIntN(64, (BigInt(int()) << 32n) + BigInt(int())) : int()})`;
      case V128:
        return `(v128.const i32x4 ${int()} ${int()} ${int()} ${int()})`;
      default:
        return `(${valTypeText(type)}.const ${random.pick(FLOATS)})`;
    }
  }

  /** An address that is in bounds nearly always. */
  private address(depth: number): string {
    const mask = this.random.below(20) === 0 ? ADDRESS_MASK : 0xfff;
    return `(i32.and ${this.expression(I32, depth - 1)} (i32.const ${mask}))`;
  }

  private memarg(): string {
    return this.random.below(2) === 0 ? '' : ` offset=${this.random.below(40)}`;
  }

  private lane({ name, immediates }: Row): string {
    const { random } = this;
    if (immediates === 'shuffle') return ` ${Array.from({ length: 16 }, () => random.below(32)).join(' ')}`;
    if (immediates !== 'lane' && immediates !== 'memargLane') return '';
    const bits = /(?:load|store)(\d+)_lane/.exec(name)?.[1];
    const lanes = bits === undefined ? Number(/x(\d+)/.exec(name)?.[1]) : 128 / Number(bits);
    return ` ${random.below(lanes)}`;
  }

  private bytes(): string {
    return Array.from({ length: 8 }, () => `\\${this.random.below(256).toString(16).padStart(2, '0')}`).join(
      '',
    );
  }
}

const VECTOR_CANONICAL = `(func $cv32 (param v128) (result v128)
  (v128.bitselect (local.get 0) (v128.const f32x4 nan nan nan nan) (f32x4.eq (local.get 0) (local.get 0))))
(func $cv64 (param v128) (result v128)
  (v128.bitselect (local.get 0) (v128.const f64x2 nan nan) (f64x2.eq (local.get 0) (local.get 0))))`;

/** Operations on floats that say what bits a NaN has. */
const EXACT =
  /\.(abs|neg|copysign|reinterpret_\w+|splat|replace_lane|extract_lane\w*|eq|ne|lt|gt|le|ge|pmin|pmax)$/;

function canonicalizerOf({ name }: Row, type: ValType): string | null {
  if (EXACT.test(name)) return null;
  if (type === F32) return 'c32';
  if (type === F64) return 'c64';
  if (name.startsWith('f32x4.')) return 'cv32';
  return name.startsWith('f64x2.') ? 'cv64' : null;
}
