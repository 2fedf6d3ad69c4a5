// WebAssembly.Table. https://webassembly.github.io/spec/js-api/#tables

import { constructorSpec, type IntrinsicSpec, objectSpec, toStringTag } from '../../builtins/define.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { Get, shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import type { Value } from '../../runtime/value.ts';
import { type TableType, type ValType, valTypeText } from '../format/types.ts';
import { TableInst } from '../runtime/instances.ts';
import { stateOf } from './agent-state.ts';
import { TableObject } from './objects.ts';
import type { WebAssemblyState } from './state.ts';
import { objectFor } from './state.ts';
import { tableKind } from './value-types.ts';
import { type Converted, defaultValue, fromReference, requireVisible, ToWebAssemblyValue } from './values.ts';
import {
  AddressValueToU64,
  addressLimits,
  attribute,
  operation,
  requireArguments,
  requiredDictionary,
  requireNew,
  U64ToAddressValue,
} from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

const ELEMENT_BYTES = 8;
/** Elements that a unit of fuel fills. */
const ELEMENTS_PER_FUEL = 64;

/** Create a table object from a table, one for each — https://webassembly.github.io/spec/js-api/#create-a-table-object */
export function tableObjectOf(state: WebAssemblyState, table: TableInst): JSObject {
  return objectFor(state, table, '%WebAssembly.Table.prototype%', TableObject);
}

function chargeElements(agent: Agent, count: number): void {
  agent.chargeBytes(ELEMENT_BYTES * count);
  agent.chargeFuel(Math.ceil(count / ELEMENTS_PER_FUEL));
}

/** The element that an argument means: the default where it is missing. */
function elementOf(state: WebAssemblyState, type: ValType, args: readonly Value[], at: number): Converted {
  if (args.length > at) return ToWebAssemblyValue(state, args[at], type);
  const initial = defaultValue(type);
  if (initial === null)
    throwTypeError(state.agent, `There is no default for elements of ${valTypeText(type)}`);
  return initial.value;
}

/** WebAssembly.Table ( descriptor [ , value ] ) — https://webassembly.github.io/spec/js-api/#dom-table-table */
function Table_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Table()';
  const target = requireNew(agent, newTarget, 'WebAssembly.Table');
  requireArguments(agent, what, args.length, 1);
  const descriptor = requiredDictionary(agent, args[0], `${what}: the descriptor`);
  const element = tableKind(agent, Get(agent, descriptor, 'element'), `${what}: 'element'`);
  const { is64, min, max } = addressLimits(agent, descriptor, what);
  if (max !== null && min > max) throwRangeError(agent, `${what}: 'initial' is more than 'maximum'`);
  const state = stateOf(agent);
  const most = state.store.limits.tableElements;
  if (min > BigInt(most)) throwRangeError(agent, `${what}: more elements than ${most}`);
  const shape = shapeFromConstructor(agent, target, '%WebAssembly.Table.prototype%');
  // Undefined stands for a value that is not given.
  const given = args[1] === undefined ? args.slice(0, 1) : args;
  const init = elementOf(state, element, given, 1);
  chargeElements(agent, Number(min));
  const type: TableType = { element, min, max, is64 };
  const table = new TableInst(type, Number(min), init);
  const object = new TableObject(shape, table);
  state.objects.set(table, object);
  return object;
}

function thisTable(agent: Agent, thisValue: Value, name: string): TableInst {
  return thisValue instanceof TableObject
    ? thisValue.table
    : throwTypeError(agent, `${name}: this is not a WebAssembly.Table`);
}

/** The index that an argument means, within the table. */
function indexOf(agent: Agent, { type, elements }: TableInst, value: Value, what: string): number {
  const index = AddressValueToU64(agent, value, type.is64, `${what}: the index`);
  if (index >= BigInt(elements.length)) throwRangeError(agent, `${what}: index ${index} is out of bounds`);
  return Number(index);
}

/** get WebAssembly.Table.prototype.length — https://webassembly.github.io/spec/js-api/#dom-table-length */
function get_Table_prototype_length(callee: Builtin, thisValue: Value): Value {
  const { elements, type } = thisTable(callee.realm.agent, thisValue, 'get WebAssembly.Table.length');
  return U64ToAddressValue(elements.length, type.is64);
}

/** WebAssembly.Table.prototype.get ( index ) — https://webassembly.github.io/spec/js-api/#dom-table-get */
function Table_prototype_get(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Table.get()';
  const state = stateOf(agent);
  const table = thisTable(agent, thisValue, what);
  requireArguments(agent, what, args.length, 1);
  const index = indexOf(agent, table, args[0], what);
  requireVisible(state, table.type.element, what);
  return fromReference(state, table.elements[index]);
}

/** WebAssembly.Table.prototype.set ( index [ , value ] ) — https://webassembly.github.io/spec/js-api/#dom-table-set */
function Table_prototype_set(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Table.set()';
  const state = stateOf(agent);
  const table = thisTable(agent, thisValue, what);
  requireArguments(agent, what, args.length, 1);
  const index = AddressValueToU64(agent, args[0], table.type.is64, `${what}: the index`);
  requireVisible(state, table.type.element, what);
  const element = elementOf(state, table.type.element, args, 1);
  if (index >= BigInt(table.elements.length))
    throwRangeError(agent, `${what}: index ${index} is out of bounds`);
  table.elements[Number(index)] = element;
  return undefined;
}

/** WebAssembly.Table.prototype.grow ( delta [ , value ] ) — https://webassembly.github.io/spec/js-api/#dom-table-grow */
function Table_prototype_grow(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Table.grow()';
  const state = stateOf(agent);
  const table = thisTable(agent, thisValue, what);
  requireArguments(agent, what, args.length, 1);
  const { is64 } = table.type;
  const delta = Number(AddressValueToU64(agent, args[0], is64, `${what}: the number of elements`));
  const init = elementOf(state, table.type.element, args, 1);
  const { tableElements } = state.store.limits;
  if (!table.mayGrow(delta, tableElements))
    throwRangeError(agent, `${what}: the table cannot grow by ${delta} elements`);
  chargeElements(agent, delta);
  return U64ToAddressValue(table.grow(delta, init, tableElements), is64);
}

export const tableIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WebAssembly.Table%', 'Table', {
    length: 1,
    code: Table_constructor,
    prototype: '%WebAssembly.Table.prototype%',
  }),
  objectSpec('%WebAssembly.Table.prototype%', {
    constructorName: '%WebAssembly.Table%',
    rows: [
      operation('grow', 1, Table_prototype_grow),
      operation('get', 1, Table_prototype_get),
      operation('set', 1, Table_prototype_set),
      attribute('length', get_Table_prototype_length),
      toStringTag('WebAssembly.Table'),
    ],
  }),
];
