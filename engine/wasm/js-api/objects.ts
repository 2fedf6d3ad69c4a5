// The guest objects of the WebAssembly namespace, each with the internal slots that the specification gives it. Instances
// of the WebAssembly engine lie in fields; the engine knows nothing of the objects but the listener of a memory.
// https://webassembly.github.io/spec/js-api/

import type { Agent } from '../../runtime/agent.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { ArrayBufferObject } from '../../runtime/objects/array-buffer.ts';
import { ErrorObject } from '../../runtime/objects/error.ts';
import { ModuleSourceObject } from '../../runtime/objects/module-source.ts';
import { defineExotic, EXOTIC_ALL, JSObject } from '../../runtime/objects/object.ts';
import type { PropertyDescriptor } from '../../runtime/property-descriptor.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import type { Shape } from '../../runtime/shape.ts';
import type { StackFrame } from '../../runtime/stack-trace.ts';
import type { Value } from '../../runtime/value.ts';
import type { ExnInst, GlobalInst, TableInst, TagInst } from '../runtime/instances.ts';
import type { MemoryInst, MemoryListener } from '../runtime/memory.ts';
import type { WasmArray, WasmStruct } from '../runtime/references.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import type { BuiltinImport } from './builtin-imports.ts';

/** https://webassembly.github.io/spec/js-api/#modules */
export class ModuleObject extends ModuleSourceObject {
  readonly valid: ValidModule;
  /** By index of the import, what the compile options provide; null for what has to be imported. */
  readonly builtins: readonly (BuiltinImport | null)[];

  constructor(shape: Shape, valid: ValidModule, builtins: readonly (BuiltinImport | null)[]) {
    super(shape, 'WebAssembly.Module');
    this.valid = valid;
    this.builtins = builtins;
  }
}

/** https://webassembly.github.io/spec/js-api/#instances */
export class InstanceObject extends JSObject {
  readonly exportsObject: JSObject;

  constructor(shape: Shape, exportsObject: JSObject) {
    super(shape);
    this.exportsObject = exportsObject;
  }
}

/** https://webassembly.github.io/spec/js-api/#memories */
export class MemoryObject extends JSObject implements MemoryListener {
  readonly memory: MemoryInst;
  /** [[BufferObject]]; null until somebody asks for it. */
  bufferObject: ArrayBufferObject | null;

  constructor(shape: Shape, memory: MemoryInst) {
    super(shape);
    this.memory = memory;
    this.bufferObject = null;
    memory.listener = this;
  }

  /** RefreshTheMemoryBuffer — https://webassembly.github.io/spec/js-api/#refresh-the-memory-buffer */
  memoryGrew(memory: MemoryInst): void {
    const buffer = this.bufferObject;
    // A resizable buffer has grown with its bytes.
    if (buffer === null || !buffer.isFixedLength) return;
    this.bufferObject = null;
    if (memory.type.isShared) return;
    buffer.data = null;
    this.shape.agent.detachEpoch++;
  }
}

/** https://webassembly.github.io/spec/js-api/#tables */
export class TableObject extends JSObject {
  readonly table: TableInst;

  constructor(shape: Shape, table: TableInst) {
    super(shape);
    this.table = table;
  }
}

/** https://webassembly.github.io/spec/js-api/#globals */
export class GlobalObject extends JSObject {
  readonly global: GlobalInst;

  constructor(shape: Shape, global: GlobalInst) {
    super(shape);
    this.global = global;
  }
}

/** https://webassembly.github.io/spec/js-api/#tags */
export class TagObject extends JSObject {
  readonly tag: TagInst;

  constructor(shape: Shape, tag: TagInst) {
    super(shape);
    this.tag = tag;
  }
}

/** https://webassembly.github.io/spec/js-api/#exceptions */
export class ExceptionObject extends JSObject {
  readonly exception: ExnInst;

  constructor(shape: Shape, exception: ExnInst) {
    super(shape);
    this.exception = exception;
  }
}

/** The RuntimeError of a trap, which no module catches. */
export class TrapError extends ErrorObject {
  readonly isTrap: true;

  constructor(shape: Shape, frames: readonly StackFrame[]) {
    super(shape, frames);
    this.isTrap = true;
  }
}

/** An Exported GC Object: opaque to JavaScript. https://webassembly.github.io/spec/js-api/#gc-exotic-objects */
export class GcObject extends JSObject {
  readonly reference: WasmStruct | WasmArray;

  constructor(shape: Shape, reference: WasmStruct | WasmArray) {
    super(shape);
    this.reference = reference;
  }

  override GetPrototypeOf(_agent: Agent): null {
    return null;
  }
  override SetPrototypeOf(_agent: Agent, _V: JSObject | null): boolean {
    return false;
  }
  override IsExtensible(_agent: Agent): boolean {
    return false;
  }
  override PreventExtensions(_agent: Agent): boolean {
    return false;
  }
  override GetOwnProperty(_agent: Agent, _P: PropertyKey): PropertyDescriptor | undefined {
    return undefined;
  }
  override DefineOwnProperty(_agent: Agent, _P: PropertyKey, _Desc: PropertyDescriptor): boolean {
    return false;
  }
  override HasProperty(_agent: Agent, _P: PropertyKey): boolean {
    return false;
  }
  override Get(_agent: Agent, _P: PropertyKey, _Receiver: Value): Value {
    return undefined;
  }
  override Set(agent: Agent, _P: PropertyKey, _V: Value, _Receiver: Value): boolean {
    return throwTypeError(agent, 'WebAssembly objects are opaque');
  }
  override Delete(agent: Agent, _P: PropertyKey): boolean {
    return throwTypeError(agent, 'WebAssembly objects are opaque');
  }
  override OwnPropertyKeys(_agent: Agent): PropertyKey[] {
    return [];
  }
}
defineExotic(GcObject, EXOTIC_ALL);
