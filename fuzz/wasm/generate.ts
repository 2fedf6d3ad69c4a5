// Valid modules from a seed, as text. Numeric instructions, loads and stores come from the instruction table, what belongs
// to one proposal alone from the parts (part-….ts). Everything a module does is the same on every engine: a NaN whose bits
// the specification leaves open is made the canonical one before anything can look at them. Calls go to functions with
// higher indices and loops count down, so modules end.

import { EVAL, instructionRows } from '../../engine/wasm/format/instructions.ts';
import { F32, F64, I32, I64, V128, type ValType, valTypeText } from '../../engine/wasm/format/types.ts';
import type { FeatureName } from '../../engine/wasm/wasm.ts';
import { Random } from '../random.ts';
import { atomics } from './part-atomics.ts';
import { functionReferences, tailCalls } from './part-calls.ts';
import { exceptions, legacyExceptions } from './part-exceptions.ts';
import { gc } from './part-gc.ts';
import { relaxed } from './part-relaxed.ts';
import type { MemoryShape, Part, Signature, Writer } from './writer.ts';

/** Features that modules may use beside the first version. */
export const GENERATED_FEATURES: readonly FeatureName[] = [
  'signExtension',
  'saturatingConversion',
  'multiValue',
  'bulkMemory',
  'referenceTypes',
  'simd',
  'tailCalls',
  'legacyExceptions',
  'threads',
  'extendedConst',
  'exceptions',
  'functionReferences',
  'gc',
  'memory64',
  'multiMemory',
  'relaxedSimd',
];

/** Those that the oldest Node we support knows: its host must accept modules that use no others. */
export const OLD_FEATURES: readonly FeatureName[] = GENERATED_FEATURES.slice(
  0,
  1 + GENERATED_FEATURES.indexOf('threads'),
);

/** The features of the module of a seed: half of the modules use old ones only, so that any host can run them. */
export function featuresOfSeed(seed: number, allowed: readonly FeatureName[]): ReadonlySet<FeatureName> {
  const random = new Random(seed, 3);
  const isOld = random.below(2) === 0;
  return new Set(
    allowed.filter((name) =>
      isOld ? OLD_FEATURES.includes(name) && random.below(8) > 0 : random.below(3) > 0,
    ),
  );
}

type Row = (typeof instructionRows)[number];

const ADDRESS_MASK = 0x1_ffff;
const FUNCTIONS = 4;
const LEAVES = 3;
const GLOBALS_PER_TYPE = 2;
const isLeaf = (func: number): boolean => func >= FUNCTIONS;

const PARTS: readonly Part[] = [
  tailCalls(isLeaf),
  functionReferences(FUNCTIONS, isLeaf),
  exceptions,
  legacyExceptions,
  gc,
  atomics,
  relaxed,
];
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
    // Relaxed and atomic instructions have parts of their own.
    const rows = instructionRows.filter(
      ({ feature }) =>
        feature === 'mvp' || (features.has(feature) && feature !== 'relaxedSimd' && feature !== 'threads'),
    );
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

class Generator implements Writer {
  readonly random: Random;
  readonly features: ReadonlySet<FeatureName>;
  readonly types: readonly ValType[];
  readonly signatures: Signature[] = [];
  readonly memories: readonly MemoryShape[];
  readonly isShared: boolean;
  results: readonly ValType[] = [];
  private readonly palette: Palette;
  private readonly parts: readonly Part[];
  /** Of the function that is being written. */
  private index = 0;
  private locals: ValType[] = [];
  private loops = 0;
  private counters = 0;
  private labels: { readonly name: string; readonly types: readonly ValType[] }[] = [];
  private labelCount = 0;

  constructor(random: Random, features: ReadonlySet<FeatureName>) {
    this.random = random;
    this.features = features;
    this.palette = paletteOf(features);
    this.types = features.has('simd') ? [I32, I64, F32, F64, V128] : [I32, I64, F32, F64];
    this.parts = PARTS.filter(({ needs }) => needs.every((name) => features.has(name)));
    const count = features.has('multiMemory') ? 1 + random.below(3) : 1;
    this.memories = Array.from({ length: count }, (_, i) => ({
      name: features.has('multiMemory') ? `$m${i}` : '',
      address: features.has('memory64') && random.below(2) === 0 ? I64 : I32,
    }));
    this.isShared = features.has('threads') && random.below(2) === 0;
  }

  module(): string {
    const { random } = this;
    for (let i = 0; i < FUNCTIONS + LEAVES; i++) this.signatures.push(this.signature());
    const functions = this.signatures.map((signature, i) => this.function(signature, i));
    const globals = this.types.flatMap((type) =>
      Array.from({ length: GLOBALS_PER_TYPE }, (_, i) => {
        const name = `${valTypeText(type)}_${i}`;
        const shown = type === V128 ? '' : ` (export "g_${name}")`;
        return `(global $${name}${shown} (mut ${valTypeText(type)}) ${this.initial(type)})`;
      }),
    );
    const first = this.memories[0] as MemoryShape;
    const at = (address: number): string => this.constantAddress(first, address);
    const flush = this.features.has('simd')
      ? `(func (export "flush") ${[0, 1].map((i) => `(v128.store ${at(16 * i)} (global.get $v128_${i}))`).join(' ')})`
      : '';
    const leaves = Array.from({ length: 6 }, () => `$f${FUNCTIONS + random.below(LEAVES)}`);
    const isBulk = this.features.has('bulkMemory');
    return `(module
${this.memories.map((memory, i) => this.memoryField(memory, i)).join('\n')}
(table $t (export "table") 10 12 funcref)
(elem (i32.const 1) ${leaves.join(' ')})
${this.hasWideTable ? `(table $w i64 6 9 funcref) (elem (table $w) (i64.const 1) func ${leaves.slice(0, 4).join(' ')})` : ''}
${isBulk ? `(elem $passive func ${leaves.slice(0, 3).join(' ')})` : ''}
(data ${this.offset(first)} "${this.bytes()}")
${isBulk ? `(data $bytes "${this.bytes()}")` : ''}
${globals.join('\n')}
${this.parts.map((part) => part.fields?.(this) ?? '').join('\n')}
(func $c32 (param f32) (result f32)
  (select (local.get 0) (f32.const nan) (f32.eq (local.get 0) (local.get 0))))
(func $c64 (param f64) (result f64)
  (select (local.get 0) (f64.const nan) (f64.eq (local.get 0) (local.get 0))))
${this.features.has('simd') ? VECTOR_CANONICAL : ''}
${flush}
${functions.join('\n')})
`;
  }

  private get hasWideTable(): boolean {
    return (
      this.features.has('memory64') && this.features.has('referenceTypes') && this.features.has('bulkMemory')
    );
  }

  private memoryField({ name, address }: MemoryShape, index: number): string {
    const type = address === I64 ? ' i64' : '';
    const shared = this.isShared ? ' shared' : '';
    return `(memory ${name} (export "memory${index === 0 ? '' : index}")${type} 1 ${1 + this.random.below(3)}${shared})`;
  }

  private constantAddress({ address }: MemoryShape, value: number): string {
    return `(${valTypeText(address)}.const ${value})`;
  }

  /** Where the first bytes of a memory are initialized. */
  private offset(memory: MemoryShape): string {
    const { random } = this;
    const at = (): string => this.constantAddress(memory, random.below(100));
    return this.features.has('extendedConst') ? `(${valTypeText(memory.address)}.add ${at()} ${at()})` : at();
  }

  /** The initial value of a global. */
  private initial(type: ValType): string {
    if (!this.features.has('extendedConst') || (type !== I32 && type !== I64)) return this.constant(type);
    const name = valTypeText(type);
    const operand = (depth: number): string =>
      depth === 0 || this.random.below(2) === 0
        ? this.constant(type)
        : `(${name}.${this.random.pick(['add', 'sub', 'mul'])} ${operand(depth - 1)} ${operand(depth - 1)})`;
    return operand(3);
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
    return `(func $f${index} (export "f${index}") (param${header}) (result${results.map((type) => ` ${valTypeText(type)}`).join('')}) (local${locals}${counters}) ${this.parts.map((part) => part.locals?.(this) ?? '').join(' ')}
${body}
${last.join('\n')})`;
  }

  statements(count: number, depth: number): string {
    return Array.from({ length: count }, () => this.statement(depth)).join('\n');
  }

  private statement(depth: number): string {
    const { random, features } = this;
    if (depth > 0 && this.parts.length > 0 && random.below(3) === 0) {
      const text = random.pick(this.parts).statement?.(this, depth) ?? null;
      if (text !== null) return text;
    }
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
        const memory = random.pick(this.memories);
        const value = this.expression(row.params?.[1] as ValType, depth - 1);
        return `(${row.name} ${this.memarg(memory)}${this.lane(row)} ${this.address(memory, depth - 1)} ${value})`;
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
        return features.has('bulkMemory') ? this.bulk(depth) : this.grow(depth);
      case 10:
        return features.has('referenceTypes') ? this.tableStatement(depth) : '(nop)';
      case 11:
        return this.callStatement(depth);
      case 12:
        // Rare ends: a trap, an early return.
        if (random.below(12) === 0) return `(if ${this.expression(I32, depth - 1)} (then (unreachable)))`;
        return `(if ${this.expression(I32, depth - 1)} (then (return ${this.results.map((type) => this.expression(type, depth - 2)).join(' ')})))`;
      default:
        return this.grow(depth);
    }
  }

  private grow(depth: number): string {
    const { name, address } = this.random.pick(this.memories);
    const type = valTypeText(address);
    return `(drop (memory.grow ${name} (${type}.and ${this.expression(address, depth - 1)} (${type}.const 1))))`;
  }

  freshLabel(): string {
    return `$l${this.labelCount++}`;
  }

  private block(types: readonly ValType[], body: (depth: number) => string, depth: number): string {
    const name = this.freshLabel();
    this.labels.push({ name, types });
    const text = body(depth - 1);
    this.labels.pop();
    return `(block ${name} (result${types.map((type) => ` ${valTypeText(type)}`).join('')}) ${text})`;
  }

  private loop(depth: number): string {
    if (this.loops >= 2) return '(nop)';
    this.loops++;
    const counter = this.locals.length + this.counters++;
    const name = this.freshLabel();
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
    const [memory, source] = [random.pick(this.memories), random.pick(this.memories)];
    const small = (address: ValType): string =>
      `(${valTypeText(address)}.and ${this.expression(address, depth - 2)} (${valTypeText(address)}.const 63))`;
    const at = this.address(memory, depth - 1);
    switch (random.below(4)) {
      case 0:
        return `(memory.fill ${memory.name} ${at} ${this.expression(I32, depth - 2)} ${small(memory.address)})`;
      case 1: {
        const length = memory.address === I64 ? source.address : I32;
        return `(memory.copy ${memory.name} ${source.name} ${at} ${this.address(source, depth - 1)} ${small(length)})`;
      }
      case 2:
        return `(memory.init ${memory.name} $bytes ${at} (i32.const ${random.below(4)}) (i32.const ${random.below(8)}))`;
      default:
        return random.below(4) === 0
          ? '(data.drop $bytes)'
          : `(table.init ${this.features.has('referenceTypes') ? '$t' : ''} $passive (i32.const ${random.below(9)}) (i32.const 0) (i32.const ${random.below(4)}))`;
    }
  }

  private tableStatement(depth: number): string {
    const { random } = this;
    const ref =
      random.below(3) === 0 ? '(ref.null func)' : `(ref.func $f${FUNCTIONS + random.below(LEAVES)})`;
    const index = `(i32.and ${this.expression(I32, depth - 1)} (i32.const ${random.below(8) === 0 ? 15 : 7}))`;
    if (this.hasWideTable && random.below(3) === 0) {
      const wide = `(i64.and ${this.expression(I64, depth - 1)} (i64.const ${random.below(8) === 0 ? 15 : 5}))`;
      return random.pick([
        () => `(table.set $w ${wide} ${ref})`,
        () => `(drop (table.grow $w ${ref} (i64.const 1)))`,
        () => `(table.fill $w ${wide} ${ref} (i64.const ${random.below(3)}))`,
        () => `(table.copy $w $t ${wide} ${index} (i32.const ${random.below(3)}))`,
        () => `(table.init $w $passive ${wide} (i32.const 0) (i32.const ${random.below(3)}))`,
      ])();
    }
    switch (random.below(this.features.has('bulkMemory') ? 4 : 3)) {
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

  callee(isFit: (signature: Signature) => boolean): number | null {
    // Leaves call nobody, so that tables can hold them; in loops calls would multiply.
    if (this.index >= FUNCTIONS || this.loops > 1) return null;
    const fit = this.signatures.flatMap((each, i) => (i > this.index && isFit(each) ? [i] : []));
    return fit.length === 0 ? null : this.random.pick(fit);
  }

  args(callee: number, depth: number): string {
    const { params } = this.signatures[callee] as Signature;
    return params.map((type) => this.expression(type, depth - 1)).join(' ');
  }

  private call(callee: number, depth: number): string {
    const { params, results } = this.signatures[callee] as Signature;
    const args = this.args(callee, depth);
    if (callee < FUNCTIONS || this.random.below(2) === 0) return `(call $f${callee} ${args})`;
    const type = `(param${params.map((each) => ` ${valTypeText(each)}`).join('')}) (result${results.map((each) => ` ${valTypeText(each)}`).join('')})`;
    if (this.hasWideTable && this.random.below(3) === 0)
      return `(call_indirect $w ${type} ${args} (i64.and ${this.expression(I64, depth - 2)} (i64.const 3)))`;
    // Most often an element of some type, sometimes none.
    return `(call_indirect ${this.features.has('referenceTypes') ? '$t' : ''} ${type} ${args} (i32.and ${this.expression(I32, depth - 2)} (i32.const ${this.random.below(6) === 0 ? 15 : 7})))`;
  }

  expression(type: ValType, depth: number): string {
    const { random } = this;
    if (depth <= 0 || random.below(8) === 0) return this.leaf(type);
    if (this.parts.length > 0 && random.below(4) === 0) {
      const text = random.pick(this.parts).expression?.(this, type, depth) ?? null;
      if (text !== null) return text;
    }
    switch (random.below(12)) {
      case 0: {
        const row = random.pick(this.palette.loads.get(type) as readonly Row[]);
        const rest = row.params?.length === 2 ? this.expression(V128, depth - 1) : '';
        const memory = random.pick(this.memories);
        return `(${row.name} ${this.memarg(memory)}${this.lane(row)} ${this.address(memory, depth - 1)} ${rest})`;
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
        return this.size(type) ?? this.numeric(type, depth);
      default:
        return this.numeric(type, depth);
    }
  }

  /** The size of a memory or table, or something about a table, if there is one of that type. */
  private size(type: ValType): string | null {
    const { random } = this;
    const memory = random.pick(this.memories);
    if (type === memory.address && random.below(2) === 0) return `(memory.size ${memory.name})`;
    if (type === I64 && this.hasWideTable) return '(table.size $w)';
    if (type !== I32 || !this.features.has('referenceTypes')) return null;
    return random.pick([
      '(table.size $t)',
      '(ref.is_null (table.get $t (i32.const 3)))',
      ...(this.hasWideTable ? ['(ref.is_null (table.get $w (i64.const 3)))'] : []),
    ]);
  }

  private numeric(type: ValType, depth: number): string {
    const row = this.random.pick(this.palette.numeric.get(type) as readonly Row[]);
    const operands = (row.params as readonly ValType[]).map((each) => this.expression(each, depth - 1));
    const text = `(${row.name}${this.lane(row)} ${operands.join(' ')})`;
    const canonical = canonicalizerOf(row, type);
    return canonical === null ? text : `(call $${canonical} ${text})`;
  }

  leaf(type: ValType): string {
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

  address({ address }: MemoryShape, depth: number, align = 1): string {
    const mask = this.random.below(20) === 0 ? ADDRESS_MASK : 0xfff;
    const type = valTypeText(address);
    return `(${type}.and ${this.expression(address, depth - 1)} (${type}.const ${mask & -align}))`;
  }

  private memarg({ name }: MemoryShape): string {
    return this.random.below(2) === 0 ? name : `${name} offset=${this.random.below(40)}`;
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
