// WebAssembly.Module, and compiling: bytes become a module once, what they import and export is told by data.
// https://webassembly.github.io/spec/js-api/#modules

import { constructorSpec, type IntrinsicSpec, objectSpec, toStringTag } from '../../builtins/define.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { JSObject, OBJECT_BYTES } from '../../runtime/objects/object.ts';
import { createArrayBuffer } from '../../runtime/operations/array-buffer.ts';
import {
  CreateArrayFromList,
  CreateDataPropertyOrThrow,
  shapeFromConstructor,
} from '../../runtime/operations/object-operations.ts';
import { ToString } from '../../runtime/operations/type-conversion.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { decodeModule } from '../format/decode-module.ts';
import { DEFAULT_FEATURES } from '../format/features.ts';
import type { ExternKind } from '../format/module.ts';
import { ModuleError } from '../format/module-error.ts';
import { type ValidModule, validateModule } from '../validate/validate-module.ts';
import { stateOf } from './agent-state.ts';
import { type BuiltinImport, builtinImportsOf, type CompileOptions } from './builtin-imports.ts';
import { ModuleObject } from './objects.ts';
import { compileOptions, copyOfBytes, operation, requireArguments, requireNew } from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Bytes of a binary module that a unit of fuel pays for: they are read, validated, and compiled when they run. */
const MODULE_BYTES_PER_FUEL = 16;
/** Bytes that a byte of a module takes in memory, about, once it is decoded. */
const DECODED_BYTES_PER_BYTE = 12;

export interface CompiledModule {
  readonly valid: ValidModule;
  readonly builtins: readonly (BuiltinImport | null)[];
}

/**
 * Compile a WebAssembly module, and validate its builtins — https://webassembly.github.io/spec/js-api/#compile-a-webassembly-module
 * Takes over the bytes. A string instead: why they are no valid module.
 */
export function compileBytes(
  agent: Agent,
  bytes: Uint8Array,
  options: CompileOptions,
): CompiledModule | string {
  agent.chargeFuel(Math.ceil(bytes.length / MODULE_BYTES_PER_FUEL));
  agent.chargeBytes(bytes.length * DECODED_BYTES_PER_BYTE);
  const state = stateOf(agent);
  let valid: ValidModule;
  try {
    valid = validateModule(decodeModule(bytes), DEFAULT_FEATURES, state.store.registry);
  } catch (error) {
    if (error instanceof ModuleError) return `${error.message} @+${error.position}`;
    throw error;
  }
  valid.heapBytes = bytes.length * DECODED_BYTES_PER_BYTE;
  const builtins = builtinImportsOf(state, valid, options);
  return typeof builtins === 'string' ? builtins : { valid, builtins };
}

/** Construct a module object, of the running realm — https://webassembly.github.io/spec/js-api/#construct-a-webassembly-module-object */
export function createModuleObject(agent: Agent, { valid, builtins }: CompiledModule): ModuleObject {
  agent.chargeBytes(OBJECT_BYTES);
  const prototype = agent.realm.intrinsic('%WebAssembly.Module.prototype%');
  return new ModuleObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), valid, builtins);
}

/** What was compiled, or a throw of the CompileError that says why it could not be. */
export function requireCompiled(
  agent: Agent,
  compiled: CompiledModule | string,
  what: string,
): CompiledModule {
  if (typeof compiled !== 'string') return compiled;
  throw agent.createThrow('CompileError', `${what}: ${compiled}`);
}

/** WebAssembly.Module ( bytes [ , options ] ) — https://webassembly.github.io/spec/js-api/#dom-module-module */
function Module_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Module()';
  const target = requireNew(agent, newTarget, 'WebAssembly.Module');
  requireArguments(agent, what, args.length, 1);
  const bytes = copyOfBytes(agent, args[0], what);
  const options = compileOptions(agent, args[1], what);
  const { valid, builtins } = requireCompiled(agent, compileBytes(agent, bytes, options), what);
  const shape = shapeFromConstructor(agent, target, '%WebAssembly.Module.prototype%');
  return new ModuleObject(shape, valid, builtins);
}

/** A module as an argument. */
export function requireModule(agent: Agent, value: Value, what: string): ModuleObject {
  return value instanceof ModuleObject
    ? value
    : throwTypeError(agent, `${what}: the first argument must be a WebAssembly.Module`);
}

/** ImportExportKind — https://webassembly.github.io/spec/js-api/#enumdef-importexportkind */
const kindNames: Readonly<Record<ExternKind, string>> = {
  func: 'function',
  table: 'table',
  memory: 'memory',
  global: 'global',
  tag: 'tag',
};

/** An array of objects with these properties. */
function arrayOfRecords(agent: Agent, records: readonly Readonly<Record<string, string>>[]): Value {
  const { objectShape } = agent.realm;
  return CreateArrayFromList(
    agent,
    records.map((record) => {
      agent.chargeFuel(1);
      agent.chargeBytes(OBJECT_BYTES);
      const object = new JSObject(objectShape);
      for (const [key, value] of Object.entries(record)) CreateDataPropertyOrThrow(agent, object, key, value);
      return object;
    }),
  );
}

/** WebAssembly.Module.exports ( moduleObject ) — https://webassembly.github.io/spec/js-api/#dom-module-exports */
function Module_exports(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const { agent } = callee.realm;
  const { valid } = requireModule(agent, args[0], 'WebAssembly.Module.exports()');
  return arrayOfRecords(
    agent,
    valid.module.exports.map(({ name, kind }) => ({ name, kind: kindNames[kind] })),
  );
}

/** WebAssembly.Module.imports ( moduleObject ) — https://webassembly.github.io/spec/js-api/#dom-module-imports */
function Module_imports(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const { agent } = callee.realm;
  const { valid, builtins } = requireModule(agent, args[0], 'WebAssembly.Module.imports()');
  return arrayOfRecords(
    agent,
    valid.module.imports
      .filter((_, i) => builtins[i] === null)
      .map(({ module, name, desc }) => ({ module, name, kind: kindNames[desc.kind] })),
  );
}

/** WebAssembly.Module.customSections ( moduleObject, sectionName ) — https://webassembly.github.io/spec/js-api/#dom-module-customsections */
function Module_customSections(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Module.customSections()';
  requireArguments(agent, what, args.length, 2);
  const { valid } = requireModule(agent, args[0], what);
  const sectionName = ToString(agent, args[1]);
  const sections: Value[] = [];
  for (const { name, bytes } of valid.module.customs) {
    agent.chargeFuel(1);
    if (name !== sectionName) continue;
    const buffer = createArrayBuffer(agent, bytes.length);
    new Uint8Array(buffer.data as ArrayBuffer).set(bytes);
    sections.push(buffer);
  }
  return CreateArrayFromList(agent, sections);
}

export const moduleIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WebAssembly.Module%', 'Module', {
    length: 1,
    code: Module_constructor,
    prototype: '%WebAssembly.Module.prototype%',
    // https://webassembly.github.io/esm-integration/js-api/#modules
    parent: '%AbstractModuleSource%',
    rows: [
      operation('exports', 1, Module_exports),
      operation('imports', 1, Module_imports),
      operation('customSections', 2, Module_customSections),
    ],
  }),
  objectSpec('%WebAssembly.Module.prototype%', {
    parent: '%AbstractModuleSource.prototype%',
    constructorName: '%WebAssembly.Module%',
    rows: [toStringTag('WebAssembly.Module')],
  }),
];
