// WebAssembly.Tag and WebAssembly.JSTag. https://webassembly.github.io/spec/js-api/#tags

import { constructorSpec, type IntrinsicSpec, objectSpec, toStringTag } from '../../builtins/define.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { GetIterator, IteratorToList } from '../../runtime/operations/iterator-operations.ts';
import { Get, shapeFromConstructor } from '../../runtime/operations/object-operations.ts';
import type { Value } from '../../runtime/value.ts';
import { TagInst } from '../runtime/instances.ts';
import { stateOf } from './agent-state.ts';
import { TagObject } from './objects.ts';
import type { WebAssemblyState } from './state.ts';
import { objectFor } from './state.ts';
import { ToValueType } from './value-types.ts';
import { requireArguments, requiredDictionary, requireNew } from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** As many parameters as functions may have. */
const MAX_PARAMETERS = 1000;

/** Create a Tag object from a tag, one for each — https://webassembly.github.io/spec/js-api/#create-a-tag-object */
export function tagObjectOf(state: WebAssemblyState, tag: TagInst): JSObject {
  return objectFor(state, tag, '%WebAssembly.Tag.prototype%', TagObject);
}

/** WebAssembly.Tag ( type ) — https://webassembly.github.io/spec/js-api/#dom-tag-tag */
function Tag_constructor(callee: Builtin, _thisValue: Value, newTarget: NewTarget, ...args: Value[]): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Tag()';
  const target = requireNew(agent, newTarget, 'WebAssembly.Tag');
  requireArguments(agent, what, args.length, 1);
  const type = requiredDictionary(agent, args[0], `${what}: the type`);
  const given = Get(agent, type, 'parameters');
  if (typeof given !== 'object' || given === null)
    throwTypeError(agent, `${what}: 'parameters' must be iterable`);
  const parameters = IteratorToList(agent, GetIterator(agent, given));
  if (parameters.length > MAX_PARAMETERS)
    throwTypeError(agent, `${what}: more parameters than ${MAX_PARAMETERS}`);
  const params = parameters.map((each) => ToValueType(agent, each, `${what}: a parameter`));
  const shape = shapeFromConstructor(agent, target, '%WebAssembly.Tag.prototype%');
  const state = stateOf(agent);
  const tag = new TagInst(state.funcType({ kind: 'func', params, results: [] }));
  const object = new TagObject(shape, tag);
  state.objects.set(tag, object);
  return object;
}

export const tagIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WebAssembly.Tag%', 'Tag', {
    length: 1,
    code: Tag_constructor,
    prototype: '%WebAssembly.Tag.prototype%',
  }),
  objectSpec('%WebAssembly.Tag.prototype%', {
    constructorName: '%WebAssembly.Tag%',
    rows: [toStringTag('WebAssembly.Tag')],
  }),
];
