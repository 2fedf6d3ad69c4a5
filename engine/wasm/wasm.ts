// The WebAssembly engine as a library of its own, `kataan/wasm`: no JavaScript engine is loaded with it.
//
//   const module = new Module('(module (func (export "twice") (param i32) (result i32) …))');   text, or bytes
//   const instance = new Instance(module, { env: { log: (x) => console.log(x) } });
//   instance.call('twice', 21);                                                                 42, or a Trap is thrown
//
// Everything lives in a `Store`, which carries the bounds: fuel, bytes, depth. See library/ for the parts.

export { type FeatureName, type Features, featureRows, featuresWith } from './format/features.ts';
export { DEFAULT_MODULE_LIMITS, type ModuleLimits } from './format/limits.ts';
export { lineAndColumn, type ModuleErrorKind } from './format/module-error.ts';
export type { TraceFrame } from './interpret/run.ts';
export { type DumpOptions, dumpModule } from './library/dump.ts';
export { CompileError, LinkError, TRAP_CODES, Trap } from './library/errors.ts';
export {
  defaultStore,
  Exception,
  type Extern,
  Func,
  Global,
  type HostFunction,
  Memory,
  Run,
  type RunState,
  Store,
  Table,
  Tag,
} from './library/externs.ts';
export {
  type CompileOptions,
  type ExportDescriptor,
  type ImportDescriptor,
  type ImportNamespace,
  type Imports,
  type ImportValue,
  Instance,
  Module,
  type ModuleOptions,
  type ModuleSource,
  validate,
} from './library/module.ts';
export { spectestImports } from './library/spectest-imports.ts';
export type { StoreOptions } from './library/store.ts';
export type {
  ExternDescriptor,
  FuncTypeDescriptor,
  GlobalDescriptor,
  MemoryDescriptor,
  TableDescriptor,
  ValTypeName,
} from './library/type-names.ts';
export { parseValue, valueText } from './library/value-text.ts';
export type { Value } from './library/values.ts';
export { type CommandResult, runScript, type ScriptOptions } from './script/run-script.ts';
