// Structures, arrays, i31 and casts between them. References are seldom null where that would trap.

import { F32, F64, I32, I64, V128, type ValType, valTypeText } from '../../engine/wasm/format/types.ts';
import type { Part, Writer } from './writer.ts';

const COMMON_FIELDS =
  '(field $i (mut i32)) (field $b (mut i8)) (field $h (mut i16)) (field $l (mut i64)) (field $d (mut f64)) (field $n (mut (ref null $s)))';

interface ArrayShape {
  readonly name: string;
  readonly element: ValType;
  /** How its elements are written in the type. */
  readonly storage: string;
}

const ARRAYS: readonly ArrayShape[] = [
  { name: '$ab', element: I32, storage: 'i8' },
  { name: '$ah', element: I32, storage: 'i16' },
  { name: '$ai', element: I32, storage: 'i32' },
  { name: '$al', element: I64, storage: 'i64' },
  { name: '$ag', element: F32, storage: 'f32' },
  { name: '$ad', element: F64, storage: 'f64' },
];
const VECTORS: ArrayShape = { name: '$av', element: V128, storage: 'v128' };
const LENGTH = 5;

function arraysOf(w: Writer): readonly ArrayShape[] {
  return w.features.has('simd') ? [...ARRAYS, VECTORS] : ARRAYS;
}

function isPacked({ storage }: ArrayShape): boolean {
  return storage === 'i8' || storage === 'i16';
}

function structNew(w: Writer, depth: number): string {
  if (depth <= 0 || w.random.below(4) === 0) return '(struct.new_default $s)';
  const value = (type: ValType): string => w.expression(type, depth - 2);
  const fields = `${value(I32)} ${value(I32)} ${value(I32)} ${value(I64)} ${value(F64)}`;
  const next = w.random.below(3) === 0 ? '(ref.null $s)' : '(local.get $ls)';
  if (w.random.below(3) > 0) return `(struct.new $s ${fields} ${next})`;
  return `(struct.new $u ${fields} ${next} ${value(F32)} (local.get $lany))`;
}

/** A reference to a structure that is null only now and then. */
function struct(w: Writer, depth: number): string {
  switch (w.random.below(8)) {
    case 0:
    case 1:
      return structNew(w, depth);
    case 2:
      return `(local.tee $ls ${structNew(w, depth)})`;
    case 3:
      return w.random.below(3) === 0
        ? '(struct.get $s $n (local.tee $ls (struct.new_default $s)))'
        : '(global.get $gs)';
    case 4:
      return w.random.below(3) === 0 ? '(local.get $ls)' : structNew(w, depth);
    case 5: {
      const label = w.freshLabel();
      return `(block ${label} (result (ref $s)) (drop (br_on_cast ${label} anyref (ref $s) ${any(w, depth - 1)})) ${structNew(w, depth - 1)})`;
    }
    default:
      return `(if (result (ref null $s)) (ref.is_null (local.get $ls)) (then ${structNew(w, depth - 1)}) (else (local.get $ls)))`;
  }
}

function arrayNew(w: Writer, shape: ArrayShape, depth: number): string {
  const { name, element } = shape;
  const value = (): string => w.expression(element, depth - 2);
  switch (w.random.below(isPacked(shape) || element === I64 ? 4 : 3)) {
    case 0:
      return `(array.new ${name} ${value()} (i32.const ${LENGTH}))`;
    case 1:
      return `(array.new_default ${name} (i32.const ${w.random.below(8) === 0 ? w.random.below(3) : LENGTH}))`;
    case 2:
      return `(array.new_fixed ${name} ${LENGTH} ${Array.from({ length: LENGTH }, value).join(' ')})`;
    default:
      return `(array.new_data ${name} $gd (i32.const ${w.random.below(4)}) (i32.const ${1 + w.random.below(5)}))`;
  }
}

function array(w: Writer, shape: ArrayShape, depth: number): string {
  if (shape.name !== '$ai' || w.random.below(2) === 0) return arrayNew(w, shape, depth);
  if (w.random.below(3) === 0) return `(local.tee $lai ${arrayNew(w, shape, depth)})`;
  return `(if (result (ref null $ai)) (ref.is_null (local.get $lai)) (then ${arrayNew(w, shape, depth)}) (else (local.get $lai)))`;
}

function any(w: Writer, depth: number): string {
  switch (w.random.below(depth <= 0 ? 3 : 8)) {
    case 0:
      return `(ref.i31 ${w.leaf(I32)})`;
    case 1:
      return '(local.get $lany)';
    case 2:
      return '(global.get $ga)';
    case 3:
      return arrayNew(w, w.random.pick(arraysOf(w)), depth - 1);
    case 4:
      return `(any.convert_extern (extern.convert_any ${any(w, depth - 1)}))`;
    case 5:
      return `(array.get $ar (array.new_elem $ar $ge (i32.const 0) (i32.const 3)) (i32.const ${w.random.below(3)}))`;
    case 6:
      return `(select (result anyref) ${any(w, depth - 1)} ${any(w, depth - 1)} ${w.expression(I32, depth - 2)})`;
    default:
      return structNew(w, depth - 1);
  }
}

function eq(w: Writer, depth: number): string {
  return w.random.pick([
    () => `(ref.i31 ${w.expression(I32, depth - 1)})`,
    () => '(local.get $ls)',
    () => '(local.get $lai)',
    () => '(ref.null eq)',
    () => structNew(w, depth - 1),
  ])();
}

function index(w: Writer, depth: number): string {
  return `(i32.and ${w.expression(I32, depth - 2)} (i32.const ${w.random.below(10) === 0 ? 7 : 3}))`;
}

const HEAPS = ['$s', '$u', '$ai', 'i31', 'struct', 'array', 'eq', 'none', 'any'];

/** An expression of the type from a reference. */
function access(w: Writer, type: ValType, depth: number): string {
  const shapes = arraysOf(w).filter(({ element }) => element === type);
  if (shapes.length > 0 && w.random.below(2) === 0) {
    const shape = w.random.pick(shapes);
    const suffix = isPacked(shape) ? w.random.pick(['_s', '_u']) : '';
    return `(array.get${suffix} ${shape.name} ${array(w, shape, depth - 1)} ${index(w, depth)})`;
  }
  switch (type) {
    case I32:
      return w.random.pick([
        () => `(struct.get $s $i ${struct(w, depth - 1)})`,
        () =>
          `(struct.get_${w.random.pick(['s', 'u'])} $s ${w.random.pick(['$b', '$h'])} ${struct(w, depth - 1)})`,
        () => `(array.len ${array(w, w.random.pick(arraysOf(w)), depth - 1)})`,
        () => `(ref.test (ref ${w.random.pick(['', 'null '])}${w.random.pick(HEAPS)}) ${any(w, depth - 1)})`,
        () => `(ref.eq ${eq(w, depth - 1)} ${eq(w, depth - 1)})`,
        () => `(i31.get_${w.random.pick(['s', 'u'])} (ref.i31 ${w.expression(I32, depth - 1)}))`,
        () => `(ref.is_null ${any(w, depth - 1)})`,
      ])();
    case I64:
      return `(struct.get $s $l ${struct(w, depth - 1)})`;
    case F64:
      return `(struct.get $s $d ${struct(w, depth - 1)})`;
    case F32: {
      const label = w.freshLabel();
      return `(struct.get $u $x (block ${label} (result (ref $u)) (drop (br_on_cast ${label} (ref null $s) (ref $u) ${struct(w, depth - 1)})) (struct.new_default $u)))`;
    }
    default:
      return w.leaf(type);
  }
}

function statement(w: Writer, depth: number): string {
  const shape = w.random.pick(arraysOf(w));
  const value = (type: ValType): string => w.expression(type, depth - 1);
  switch (w.random.below(12)) {
    case 0: {
      const [field, type] = w.random.pick([
        ['$i', I32],
        ['$b', I32],
        ['$h', I32],
        ['$l', I64],
        ['$d', F64],
      ] as const);
      return `(struct.set $s ${field} ${struct(w, depth - 1)} ${value(type)})`;
    }
    case 1:
      return `(struct.set $s $n ${struct(w, depth - 1)} ${struct(w, depth - 1)})`;
    case 2:
      return `(local.set $ls ${struct(w, depth)})`;
    case 3:
      return `(local.set $lany ${any(w, depth)})`;
    case 4:
      return `(global.set $gs ${struct(w, depth)})`;
    case 5:
      return `(global.set $ga ${any(w, depth)})`;
    case 6:
      return `(array.set ${shape.name} ${array(w, shape, depth - 1)} ${index(w, depth)} ${value(shape.element)})`;
    case 7:
      return `(array.fill ${shape.name} ${array(w, shape, depth - 1)} (i32.const ${w.random.below(2)}) ${value(shape.element)} (i32.const ${w.random.below(4)}))`;
    case 8:
      return `(array.copy ${shape.name} ${shape.name} ${array(w, shape, depth - 1)} ${index(w, depth)} ${array(w, shape, depth - 1)} (i32.const 1) (i32.const ${w.random.below(3)}))`;
    case 9:
      if (shape.element === V128)
        return `(array.init_elem $ar $ge (array.new_default $ar (i32.const 4)) ${index(w, depth)} (i32.const 0) (i32.const 1))`;
      return `(array.init_data ${shape.name} $gd ${array(w, shape, depth - 1)} (i32.const ${w.random.below(2)}) (i32.const ${w.random.below(4)}) (i32.const ${w.random.below(3)}))`;
    case 10: {
      const label = w.freshLabel();
      const heap = w.random.pick(['$s', 'i31', 'array']);
      return `(drop (block ${label} (result anyref) (br_on_cast_fail ${label} anyref (ref ${heap}) ${any(w, depth - 1)}) drop ${w.statements(1, depth - 1)} (ref.null none)))`;
    }
    default:
      return w.random.below(6) === 0
        ? `(drop (ref.cast (ref ${w.random.pick(HEAPS)}) ${any(w, depth - 1)}))`
        : `(local.set $lai ${array(w, ARRAYS[2] as ArrayShape, depth)})`;
  }
}

export const gc: Part = {
  needs: ['gc', 'functionReferences', 'referenceTypes', 'bulkMemory'],
  fields: (w) =>
    [
      `(rec (type $s (sub (struct ${COMMON_FIELDS}))) (type $u (sub $s (struct ${COMMON_FIELDS} (field $x (mut f32)) (field $r (mut anyref))))))`,
      ...arraysOf(w).map(({ name, storage }) => `(type ${name} (array (mut ${storage})))`),
      '(type $ar (array (mut anyref)))',
      '(global $gs (mut (ref null $s)) (struct.new_default $s))',
      `(global $gi (ref i31) (ref.i31 (i32.const ${w.random.below(100)})))`,
      '(global $ga (mut anyref) (global.get $gi))',
      `(data $gd "${Array.from({ length: 64 }, () => `\\${w.random.below(256).toString(16).padStart(2, '0')}`).join('')}")`,
      '(elem $ge anyref (item (ref.i31 (i32.const 1))) (item (ref.null none)) (item (array.new_default $ai (i32.const 2))))',
    ].join('\n'),
  locals: () => '(local $ls (ref null $s)) (local $lai (ref null $ai)) (local $lany anyref)',
  statement,
  expression: (w, type, depth) =>
    valTypeText(type) === 'v128' && !w.features.has('simd') ? null : access(w, type, depth),
};
