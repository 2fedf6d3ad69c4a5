// The opcodes of the register form. Hot ones come first and have dense numbers, because the hot core is a switch over
// them; the others are handler functions in a table. Instructions of numbers and vectors and accesses to memory are
// register opcodes of the same name, derived from the instruction table; an access to memory 0 with 32-bit addresses
// has one more in a shorter form. Operands are words:
//
//   d a b c    slots of the frame: destination and operands
//   k          a constant word, a lane, an index of the module
//   t          a pc
//
// Structures and arrays: `_ref` of references, `32` of what is one word; others are told the storage type or its words.
//
// References are under the same slot numbers in another array; `_ref` opcodes move those.

import { identifierOf, instructionRows } from '../format/instructions.ts';

export interface RegisterRow {
  readonly name: string;
  readonly operands: string;
}

function rows(text: string): RegisterRow[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name, ...operands] = line.trim().split(/\s+/);
      return { name: name as string, operands: operands.join(' ') };
    });
}

/** Cases of the hot core, in its order. */
const hotRows = rows(`
  move32 d a
  move64 d a
  const32 d k
  charge
  jump t
  jump_if a t
  jump_unless a t
  jump_i32_eq a b t
  jump_i32_ne a b t
  jump_i32_lt_s a b t
  jump_i32_lt_u a b t
  jump_i32_ge_s a b t
  jump_i32_ge_u a b t
  jump_i32_eq_k a k t
  jump_i32_ne_k a k t
  jump_i32_lt_s_k a k t
  jump_i32_lt_u_k a k t
  jump_i32_ge_s_k a k t
  jump_i32_ge_u_k a k t
  i32_add d a b
  i32_sub d a b
  i32_mul d a b
  i32_and d a b
  i32_or d a b
  i32_xor d a b
  i32_shl d a b
  i32_shr_s d a b
  i32_shr_u d a b
  i32_add_k d a k
  i32_and_k d a k
  i32_shl_k d a k
  i32_shr_u_k d a k
  i32_load d a k
  i32_store a b k
  i32_load8_u d a k
  i32_store8 a b k
  f64_add d a b
  f64_sub d a b
  f64_mul d a b
  i64_add d a b
  i64_sub d a b
  i64_mul d a b
  i64_and d a b
  i64_or d a b
  i64_xor d a b
  f32_add d a b
  f32_sub d a b
  f32_mul d a b
  f64_div d a b
  jump_f64_lt a b t
  jump_f64_not_lt a b t
  jump_f64_le a b t
  jump_f64_not_le a b t
  jump_f32_lt a b t
  jump_f32_not_lt a b t
  jump_f32_le a b t
  jump_f32_not_le a b t
  jump_table a k
  i32_rotl d a b
  i32_rotr d a b
  i32_load16_u d a k
  i64_load d a k
  i64_store a b k
  select32 d a b c
  global_get32 d k
  global_set32 a k
  const64 d k k
  return
  call k d
`);

/** Hand-written handlers. */
const coldRows = rows(`
  const128 d k k k k
  move128 d a
  move_ref d a
  null_ref d
  unreachable
  jump_if_null a t
  jump_unless_null a t
  jump_f64_eq a b t
  jump_f64_ne a b t
  jump_f32_eq a b t
  jump_f32_ne a b t
  jump_i64_eq a b t
  jump_i64_ne a b t
  jump_i64_lt_s a b t
  jump_i64_ge_s a b t
  jump_i64_lt_u a b t
  jump_i64_ge_u a b t
  call_indirect k k a d
  call_ref a d
  return_call k d k
  return_call_indirect k k a d k
  return_call_ref a d k
  select64 d a b c
  select128 d a b c
  select_ref d a b c
  global_get64 d k
  global_get128 d k
  global_get_ref d k
  global_set64 a k
  global_set128 a k
  global_set_ref a k
  table_get d a k
  table_set a b k
  table_size d k
  table_grow d a b k
  table_fill a b c k
  table_copy a b c k k
  table_init a b c k k
  elem_drop k
  memory_size d k
  memory_grow d a k
  memory_fill a b c k
  memory_copy a b c k k
  memory_init a b c k k
  data_drop k
  ref_func d k
  ref_is_null d a
  ref_as_non_null a
  ref_eq d a b
  ref_i31 d a
  i31_get_s d a
  i31_get_u d a
  ref_test d a k
  ref_cast a k
  ref_cast_desc a b k
  jump_if_cast a k t
  jump_unless_cast a k t
  jump_if_cast_desc a b k t
  jump_unless_cast_desc a b k t
  ref_get_desc d a
  struct_new d a k
  struct_new_default d k
  struct_new_desc d a k
  struct_new_default_desc d a k
  struct_get d a k k
  struct_get32 d a k
  struct_get_ref d a k
  struct_get_s d a k k
  struct_set a b k k
  struct_set32 a b k
  struct_set_ref a b k
  array_new d a b k
  array_new_default d a k
  array_new_fixed d a k k
  array_new_data d a b k k
  array_new_elem d a b k k
  array_get d a b k
  array_get32 d a b k
  array_get_ref d a b
  array_set a b c k
  array_set32 a b c
  array_set_ref a b c
  array_len d a
  array_fill a k
  array_copy a k
  array_init_data a k k
  array_init_elem a k k
  throw a k
  throw_ref a
  i64_add128 d d a a a a
  i64_sub128 d d a a a a
  i64_mul_wide_s d d a b
  i64_mul_wide_u d d a b
  atomic_notify d a b k k k
  atomic_wait32 d a b c k k k
  atomic_wait64 d a b c k k k
`);

/** Of a derived opcode: the instruction it is, and in which form. */
export interface DerivedOp {
  readonly name: string;
  readonly instruction: number;
  readonly form: 'numeric' | 'short' | 'long';
}

/** Accesses to floats move bits as those to integers do, and are the same opcodes. */
export const accessAliases: ReadonlyMap<string, string> = new Map([
  ['f32_load', 'i32_load'],
  ['f64_load', 'i64_load'],
  ['f32_store', 'i32_store'],
  ['f64_store', 'i64_store'],
]);

const handWritten = new Set([...hotRows, ...coldRows].map((row) => row.name));

/** Instructions that are opcodes by themselves. */
export const derivedOps: readonly DerivedOp[] = instructionRows.flatMap((row, instruction): DerivedOp[] => {
  const name = identifierOf(row);
  if (row.params === null || name.startsWith('memory_atomic')) return [];
  switch (row.immediates) {
    case 'none':
    case 'lane':
    case 'shuffle':
      return row.results.length === 1 &&
        !name.includes('31') &&
        row.feature !== 'gc' &&
        !handWritten.has(name)
        ? [{ name, instruction, form: 'numeric' }]
        : [];
    case 'memarg':
    case 'memargLane': {
      if (accessAliases.has(name)) return [];
      const long: DerivedOp = { name: `${name}_any`, instruction, form: 'long' };
      return handWritten.has(name) ? [long] : [{ name, instruction, form: 'short' }, long];
    }
    default:
      return [];
  }
});

/** All opcodes by number. */
export const registerOpNames: readonly string[] = [
  ...hotRows.map((row) => row.name),
  ...coldRows.map((row) => row.name),
  ...derivedOps.map((op) => op.name),
];

/** Opcodes that are not derived, by number. */
export const registerRows: readonly RegisterRow[] = [...hotRows, ...coldRows];
