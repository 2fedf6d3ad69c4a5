// The facade for the folders outside engine/ that compare and reduce: tiers and executors, and what modules and scripts are
// made of. Users of the library have wasm.ts.

export type { Outcome } from '../base/executor.ts';
export {
  type CallEnd,
  type EngineExtern,
  type EngineFunc,
  type EngineGlobal,
  type EngineMemory,
  type EngineOptions,
  type EngineTable,
  type EngineTag,
  type InstantiateEnd,
  type Refused,
  type Taken,
  UNKNOWN,
  type Unknown,
  type WasmEngine,
} from './executor/engine.ts';
export {
  makeWasmExecutor,
  type WasmExecuteOptions,
  type WasmExecutor,
  type WasmInput,
  type WasmTier,
  wasmExecutors,
  wasmTiers,
} from './executor/executors.ts';
export { agrees, OPEN, withOpenNaNs } from './executor/outcome-text.ts';
export { type Code, CodeBuilder } from './format/code.ts';
export { decodeModule } from './format/decode-module.ts';
export { encodeModule } from './format/encode-module.ts';
export { DEFAULT_FEATURES, type Features } from './format/features.ts';
export { emptyModule, type Module } from './format/module.ts';
export { ModuleError } from './format/module-error.ts';
export * as op from './format/opcodes.gen.ts';
export type { RawValue } from './interpret/instantiate.ts';
export { type CommandResult, lostScript, runScriptOn } from './script/run-script.ts';
export { HostValue } from './script/script-values.ts';
export { parseModule } from './text/module-parser.ts';
export { printModule } from './text/print-module.ts';
export { type Command, type ModuleSource, moduleOfSource } from './text/script.ts';
export { parseScript } from './text/script-parser.ts';
export { TypeRegistry } from './validate/type-registry.ts';
export { type ValidModule, validateModule } from './validate/validate-module.ts';
