// Module Source Objects, https://tc39.es/ecma262/#sec-module-source-objects : the class that no global names.
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import { ModuleSourceObject } from '../runtime/objects/module-source.ts';
import { SYMBOL_TO_STRING_TAG, type Value } from '../runtime/value.ts';
import { constructorSpec, getter, type IntrinsicSpec, objectSpec } from './define.ts';

type Builtin = BuiltinFunction<undefined>;

/** %AbstractModuleSource% ( ) — https://tc39.es/ecma262/#sec-%25abstractmodulesource%25-constructor */
function AbstractModuleSource(callee: Builtin): Value {
  return throwTypeError(callee.realm.agent, 'AbstractModuleSource cannot be called');
}

/** get %AbstractModuleSource%.prototype [ %Symbol.toStringTag% ] — https://tc39.es/ecma262/#sec-get-%25abstractmodulesource%25.prototype.@@tostringtag */
function get_AbstractModuleSource_prototype_toStringTag(_callee: Builtin, thisValue: Value): Value {
  return thisValue instanceof ModuleSourceObject ? thisValue.moduleSourceClassName : undefined;
}

export const abstractModuleSourceIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%AbstractModuleSource%', 'AbstractModuleSource', {
    length: 0,
    code: AbstractModuleSource,
    prototype: '%AbstractModuleSource.prototype%',
  }),
  objectSpec('%AbstractModuleSource.prototype%', {
    constructorName: '%AbstractModuleSource%',
    rows: [getter(SYMBOL_TO_STRING_TAG, get_AbstractModuleSource_prototype_toStringTag)],
  }),
];
