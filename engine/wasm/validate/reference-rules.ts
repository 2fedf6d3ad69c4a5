// Typing of instructions about references, tables, structures and arrays: those whose types depend on the module.
// https://webassembly.github.io/spec/core/valid/instructions.html#reference-instructions

import { invalid, overLimit } from '../format/module-error.ts';
import * as op from '../format/opcodes.gen.ts';
import {
  asNonNull,
  asNullable,
  BOT_REF,
  EXNREF,
  type FieldType,
  type FuncType,
  HEAP_ANY,
  HEAP_EXTERN,
  heapOf,
  I32,
  isDefaultable,
  isExact,
  isNullable,
  isNumberOrVector,
  isPacked,
  isRef,
  refType,
  resultTypeText,
  unpacked,
  type ValType,
  valTypeText,
} from '../format/types.ts';
import type { Context } from './context.ts';
import { addressType, type OperandStack } from './operand-stack.ts';
import type { TypeId } from './type-registry.ts';

/** What a rule needs of the function it is in. */
export interface RuleState {
  readonly context: Context;
  readonly stack: OperandStack;
  readonly words: Int32Array;
  /** Of the instruction at hand. */
  readonly position: number;
  /** Pops the operands of a call that replaces this function's own, and `more` behind them. */
  tailCall(type: FuncType, more: readonly ValType[]): void;
}

/** The instruction at `words[at]`, which is none of those without references. */
export function validateReferenceInstruction(v: RuleState, number: number, at: number): void {
  const { stack, context, position } = v;
  const first = v.words[at + 1] as number;
  const second = v.words[at + 2] as number;
  switch (number) {
    case op.OP_throw_ref:
      stack.pop(EXNREF);
      stack.unreachable();
      return;
    case op.OP_call_ref:
    case op.OP_return_call_ref: {
      const type = context.funcType(first, position);
      const callee = refType(context.type(first, position), true);
      if (number === op.OP_return_call_ref) v.tailCall(type, [callee]);
      else {
        stack.popAll([...type.params, callee]);
        stack.pushAll(type.results);
      }
      return;
    }
    case op.OP_table_get: {
      const table = context.table(first, position);
      stack.pop(addressType(table));
      stack.push(table.element);
      return;
    }
    case op.OP_table_set: {
      const table = context.table(first, position);
      stack.popAll([addressType(table), table.element]);
      return;
    }
    case op.OP_table_size:
      stack.push(addressType(context.table(first, position)));
      return;
    case op.OP_table_grow: {
      const table = context.table(first, position);
      stack.popAll([table.element, addressType(table)]);
      stack.push(addressType(table));
      return;
    }
    case op.OP_table_fill: {
      const table = context.table(first, position);
      stack.popAll([addressType(table), table.element, addressType(table)]);
      return;
    }
    case op.OP_table_copy: {
      const target = context.table(first, position);
      const source = context.table(second, position);
      if (!context.registry.matchesRef(source.element, target.element))
        elementMismatch(position, source.element, target.element);
      const address = addressType(target) === I32 ? I32 : addressType(source);
      stack.popAll([addressType(target), addressType(source), address]);
      return;
    }
    case op.OP_table_init: {
      const table = context.table(second, position);
      const elem = context.elem(first, position);
      if (!context.registry.matchesRef(elem, table.element)) elementMismatch(position, elem, table.element);
      stack.popAll([addressType(table), I32, I32]);
      return;
    }
    case op.OP_ref_null:
      stack.push(context.valType(first, position));
      return;
    case op.OP_ref_func: {
      const { type, isExact: isExactFunc } = context.func(first, position);
      if (!context.declared.has(first)) invalid(position, 'undeclaredReference', String(first));
      stack.push(refType(type, false, isExactFunc && context.features.customDescriptors));
      return;
    }
    case op.OP_ref_is_null:
      stack.popRef();
      stack.push(I32);
      return;
    case op.OP_ref_as_non_null:
      stack.push(asNonNull(stack.popRef()));
      return;
    case op.OP_br_on_null: {
      const type = stack.popRef();
      const { labelTypes } = stack.label(first);
      stack.popAll(labelTypes);
      stack.pushAll(labelTypes);
      stack.push(asNonNull(type));
      return;
    }
    case op.OP_br_on_non_null: {
      const { labelTypes } = stack.label(first);
      const last = labelTypes[labelTypes.length - 1];
      if (last === undefined || !isRef(last))
        invalid(position, 'labelMismatch', 'instruction', 'reference type', resultTypeText(labelTypes));
      const rest = labelTypes.slice(0, -1);
      stack.popAll([...rest, asNullable(last)]);
      stack.pushAll(rest);
      return;
    }
    case op.OP_ref_test:
    case op.OP_ref_test_null: {
      stack.pop(topRef(v, context.valType(first, position)));
      stack.push(I32);
      return;
    }
    case op.OP_ref_cast:
    case op.OP_ref_cast_null: {
      const type = context.valType(first, position);
      stack.pop(topRef(v, type));
      stack.push(type);
      return;
    }
    case op.OP_ref_cast_desc_eq:
    case op.OP_ref_cast_desc_eq_null: {
      const type = context.valType(first, position);
      stack.popAll([topRef(v, type), descriptorOf(v, first, type)]);
      stack.push(type);
      return;
    }
    case op.OP_br_on_cast:
    case op.OP_br_on_cast_fail:
    case op.OP_br_on_cast_desc_eq:
    case op.OP_br_on_cast_desc_eq_fail:
      branchOnCast(v, number, at);
      return;
    case op.OP_ref_get_desc:
      getDescriptor(v, first);
      return;
    case op.OP_any_convert_extern:
      convert(v, HEAP_EXTERN, HEAP_ANY);
      return;
    case op.OP_extern_convert_any:
      convert(v, HEAP_ANY, HEAP_EXTERN);
      return;
    default:
      validateAggregate(v, number, at);
  }
}

function elementMismatch(position: number, source: ValType, target: ValType): never {
  invalid(
    position,
    'typeMismatch',
    `element type ${valTypeText(source)} does not match the table's element type ${valTypeText(target)}`,
  );
}

/** The nullable reference to the top of a type's hierarchy. */
function topRef({ context }: RuleState, type: ValType): ValType {
  return refType(context.registry.topOf(heapOf(type)), true);
}

function convert({ stack, position, context }: RuleState, from: number, to: number): void {
  const type = stack.popRef();
  const wanted = refType(from, isNullable(type));
  if (type !== BOT_REF && !context.registry.matchesRef(type, wanted))
    invalid(position, 'stackMismatch', resultTypeText([wanted]), resultTypeText([type]));
  stack.push(refType(to, isNullable(type)));
}

/** What is left of a type when a cast to another has failed. */
function difference(type: ValType, cast: ValType): ValType {
  return isNullable(cast) ? asNonNull(type) : type;
}

function branchOnCast(v: RuleState, number: number, at: number): void {
  const { stack, context, position } = v;
  const { registry, features } = context;
  const targetWord = v.words[at + 3] as number;
  const from = context.valType(v.words[at + 2] as number, position);
  const to = context.valType(targetWord, position);
  const isRelated = features.customDescriptors
    ? registry.topOf(heapOf(from)) === registry.topOf(heapOf(to))
    : registry.matchesRef(to, from);
  if (!isRelated)
    invalid(position, 'typeMismatch', `cast: type ${valTypeText(to)} does not match ${valTypeText(from)}`);
  const isFail = number === op.OP_br_on_cast_fail || number === op.OP_br_on_cast_desc_eq_fail;
  const rest = difference(from, to);
  const branched = isFail ? rest : to;
  const { labelTypes } = stack.label(v.words[at + 1] as number);
  const last = labelTypes[labelTypes.length - 1];
  if (last === undefined || !registry.matches(branched, last))
    invalid(position, 'labelMismatch', 'instruction', valTypeText(branched), resultTypeText(labelTypes));
  const others = labelTypes.slice(0, -1);
  const operands = [...others, from];
  if (number === op.OP_br_on_cast_desc_eq || number === op.OP_br_on_cast_desc_eq_fail)
    operands.push(descriptorOf(v, targetWord, to));
  stack.popAll(operands);
  stack.pushAll(others);
  stack.push(isFail ? to : rest);
}

/** The type of the descriptor operand of a cast to `type`, written as `word` in the module. */
function descriptorOf({ context, position }: RuleState, word: number, type: ValType): ValType {
  const heap = heapOf(type);
  const { descriptor } = heap >= 0 ? context.registry.get(heap) : { descriptor: -1 };
  if (descriptor < 0)
    invalid(position, 'typeHasNoDescriptor', heap >= 0 ? String(heapOf(word)) : heapName(type));
  return refType(descriptor, true, isExact(type));
}

function heapName(type: ValType): string {
  return valTypeText(asNonNull(type)).slice('(ref '.length, -1);
}

function getDescriptor({ stack, context, position }: RuleState, index: number): void {
  const id = context.type(index, position);
  const { descriptor } = context.registry.get(id);
  if (descriptor < 0) invalid(position, 'noDescriptor', String(index));
  const actual = stack.peek(0);
  const isExactly =
    !isRef(actual) || context.registry.matchesRef(asNonNull(actual), refType(id, false, true));
  stack.pop(refType(id, true, isExactly));
  stack.push(refType(descriptor, false, isExactly));
}

function validateAggregate(v: RuleState, number: number, at: number): void {
  const { stack, context, position } = v;
  const first = v.words[at + 1] as number;
  const second = v.words[at + 2] as number;
  const { registry } = context;
  switch (number) {
    case op.OP_struct_new:
    case op.OP_struct_new_default:
    case op.OP_struct_new_desc:
    case op.OP_struct_new_default_desc:
      newStructure(v, number, first);
      return;
    case op.OP_struct_get:
    case op.OP_struct_get_s:
    case op.OP_struct_get_u: {
      const { storage } = structField(v, first, second);
      if (isPacked(storage) === (number === op.OP_struct_get))
        invalid(position, 'fieldPacking', number === op.OP_struct_get ? 'packed' : 'unpacked');
      stack.pop(nullable(v, first));
      stack.push(unpacked(storage));
      return;
    }
    case op.OP_struct_set: {
      const { storage, isMutable } = structField(v, first, second);
      if (!isMutable) invalid(position, 'immutableField');
      stack.popAll([nullable(v, first), unpacked(storage)]);
      return;
    }
    case op.OP_array_new:
      stack.popAll([unpacked(context.arrayField(first, position).storage), I32]);
      stack.push(created(v, first));
      return;
    case op.OP_array_new_default:
      if (!isDefaultable(unpacked(context.arrayField(first, position).storage)))
        invalid(position, 'arrayNotDefaultable');
      stack.pop(I32);
      stack.push(created(v, first));
      return;
    case op.OP_array_new_fixed: {
      const type = unpacked(context.arrayField(first, position).storage);
      const { arrayNewFixedOperands } = context.limits;
      if (second >>> 0 > arrayNewFixedOperands)
        overLimit(position, 'operands of array.new_fixed', arrayNewFixedOperands);
      stack.popAll(new Array<ValType>(second).fill(type));
      stack.push(created(v, first));
      return;
    }
    case op.OP_array_new_data:
      numericArray(v, first, second);
      stack.popAll([I32, I32]);
      stack.push(created(v, first));
      return;
    case op.OP_array_new_elem:
      elementArray(v, first, second);
      stack.popAll([I32, I32]);
      stack.push(created(v, first));
      return;
    case op.OP_array_get:
    case op.OP_array_get_s:
    case op.OP_array_get_u: {
      const { storage } = context.arrayField(first, position);
      if (isPacked(storage) === (number === op.OP_array_get))
        invalid(position, 'arrayPacking', number === op.OP_array_get ? 'packed' : 'unpacked');
      stack.popAll([nullable(v, first), I32]);
      stack.push(unpacked(storage));
      return;
    }
    case op.OP_array_set:
      stack.popAll([nullable(v, first), I32, unpacked(mutableArray(v, first).storage)]);
      return;
    case op.OP_array_fill:
      stack.popAll([nullable(v, first), I32, unpacked(mutableArray(v, first).storage), I32]);
      return;
    case op.OP_array_copy: {
      const target = mutableArray(v, first);
      const source = context.arrayField(second, position);
      if (!registry.matches(source.storage, target.storage)) invalid(position, 'arrayTypes');
      stack.popAll([nullable(v, first), I32, nullable(v, second), I32, I32]);
      return;
    }
    case op.OP_array_init_data:
      mutableArray(v, first);
      numericArray(v, first, second);
      stack.popAll([nullable(v, first), I32, I32, I32]);
      return;
    case op.OP_array_init_elem:
      mutableArray(v, first);
      elementArray(v, first, second);
      stack.popAll([nullable(v, first), I32, I32, I32]);
  }
}

function nullable({ context, position }: RuleState, index: number): ValType {
  return refType(context.type(index, position), true);
}

/** The type of what an instruction has made: exactly the type it names. */
function created({ context, position }: RuleState, index: number): ValType {
  return refType(context.type(index, position), false, context.features.customDescriptors);
}

function structField({ context, position }: RuleState, index: number, field: number): FieldType {
  return (
    context.structFields(index, position)[field] ?? invalid(position, 'unknownField', String(field >>> 0))
  );
}

function mutableArray({ context, position }: RuleState, index: number): FieldType {
  const field = context.arrayField(index, position);
  if (!field.isMutable) invalid(position, 'immutableArray');
  return field;
}

/** An array that bytes of a data segment may fill. */
function numericArray({ context, position }: RuleState, index: number, data: number): void {
  const { storage } = context.arrayField(index, position);
  context.data(data, position);
  if (!isNumberOrVector(storage)) invalid(position, 'arrayNotNumeric');
}

function elementArray({ context, position }: RuleState, index: number, elem: number): void {
  const { storage } = context.arrayField(index, position);
  const type = context.elem(elem, position);
  if (!context.registry.matches(type, storage))
    invalid(
      position,
      'typeMismatch',
      `element segment's type ${valTypeText(type)} does not match array's field type ${valTypeText(storage)}`,
    );
}

function newStructure(v: RuleState, number: number, index: number): void {
  const { stack, context, position } = v;
  const fields = context.structFields(index, position);
  const isDefault = number === op.OP_struct_new_default || number === op.OP_struct_new_default_desc;
  const hasOperand = number === op.OP_struct_new_desc || number === op.OP_struct_new_default_desc;
  if (isDefault && !fields.every(({ storage }) => isDefaultable(unpacked(storage))))
    invalid(position, 'fieldNotDefaultable');
  const id: TypeId = context.type(index, position);
  const { descriptor } = context.registry.get(id);
  if (descriptor >= 0 && !hasOperand) invalid(position, 'needsDescriptor');
  if (descriptor < 0 && hasOperand) invalid(position, 'needsNoDescriptor');
  const operands = isDefault ? [] : fields.map(({ storage }) => unpacked(storage));
  if (descriptor >= 0) operands.push(refType(descriptor, true, true));
  stack.popAll(operands);
  stack.push(created(v, index));
}
