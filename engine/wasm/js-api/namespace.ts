// The WebAssembly namespace: validate, compile, instantiate. What the specification does in parallel is a job of its own
// here: the promise settles once the running code is done. https://webassembly.github.io/spec/js-api/#webassembly-namespace

import { type IntrinsicSpec, intrinsicValue, objectSpec, toStringTag } from '../../builtins/define.ts';
import type { Agent } from '../../runtime/agent.ts';
import { guestValueOf } from '../../runtime/errors.ts';
import type { JobKind } from '../../runtime/jobs.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { JSObject, OBJECT_BYTES } from '../../runtime/objects/object.ts';
import type { PromiseObject } from '../../runtime/objects/promise.ts';
import { CreateDataPropertyOrThrow } from '../../runtime/operations/object-operations.ts';
import { createPromise, RejectPromise, resolvePromise } from '../../runtime/operations/promise-operations.ts';
import type { Value } from '../../runtime/value.ts';
import type { Extern } from '../runtime/instances.ts';
import { stateOf } from './agent-state.ts';
import type { CompileOptions } from './builtin-imports.ts';
import { instantiateModule, readImports } from './instance.ts';
import { compileBytes, createModuleObject, requireCompiled } from './module.ts';
import { ModuleObject } from './objects.ts';
import { ResponseBytes } from './response.ts';
import { tagObjectOf } from './tag.ts';
import { attribute, compileOptions, copyOfBytes, operation, requireArguments } from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** What an operation that gives a promise has been asked for. */
interface CompilationJob {
  readonly promise: PromiseObject;
  readonly bytes: Uint8Array;
  readonly options: CompileOptions;
  /** What to instantiate the module with; null: it is only compiled. */
  readonly imports: { readonly importObject: Value } | null;
  readonly what: string;
}

interface InstantiationJob {
  readonly promise: PromiseObject;
  readonly module: ModuleObject;
  readonly imports: readonly Extern[];
}

/** Settles a promise with what a computation gives or throws. */
function settle(agent: Agent, promise: PromiseObject, compute: () => Value): void {
  let value: Value;
  try {
    value = compute();
  } catch (thrown) {
    RejectPromise(agent, promise, guestValueOf(agent, thrown));
    return;
  }
  resolvePromise(agent, promise, value);
}

/** Asynchronously compile a module, and instantiate a promise of one — https://webassembly.github.io/spec/js-api/#asynchronously-compile-a-webassembly-module */
const compilationJob: JobKind<CompilationJob> = {
  kind: 'wasm-compile',
  run(agent, { promise, bytes, options, imports, what }) {
    settle(agent, promise, () => {
      const module = createModuleObject(
        agent,
        requireCompiled(agent, compileBytes(agent, bytes, options), what),
      );
      if (imports === null) return module;
      const externs = readImports(agent, module, imports.importObject);
      const instance = instantiateModule(agent, module, externs, null);
      agent.chargeBytes(OBJECT_BYTES);
      const result = new JSObject(agent.realm.objectShape);
      CreateDataPropertyOrThrow(agent, result, 'module', module);
      CreateDataPropertyOrThrow(agent, result, 'instance', instance);
      return result;
    });
  },
};

/** Asynchronously instantiate a module — https://webassembly.github.io/spec/js-api/#asynchronously-instantiate-a-webassembly-module */
const instantiationJob: JobKind<InstantiationJob> = {
  kind: 'wasm-instantiate',
  run(agent, { promise, module, imports }) {
    settle(agent, promise, () => instantiateModule(agent, module, imports, null));
  },
};

/** A promise that `begin` is to settle, now or by a job; what `begin` throws rejects it. */
function promised(agent: Agent, begin: (promise: PromiseObject) => void): PromiseObject {
  const promise = createPromise(agent);
  try {
    begin(promise);
  } catch (thrown) {
    RejectPromise(agent, promise, guestValueOf(agent, thrown));
  }
  return promise;
}

/** WebAssembly.validate ( bytes [ , options ] ) — https://webassembly.github.io/spec/js-api/#dom-webassembly-validate */
function validate(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.validate()';
  requireArguments(agent, what, args.length, 1);
  const bytes = copyOfBytes(agent, args[0], what);
  const options = compileOptions(agent, args[1], what);
  return typeof compileBytes(agent, bytes, options) !== 'string';
}

/** WebAssembly.compile ( bytes [ , options ] ) — https://webassembly.github.io/spec/js-api/#dom-webassembly-compile */
function compile(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.compile()';
  return promised(agent, (promise) => {
    requireArguments(agent, what, args.length, 1);
    const bytes = copyOfBytes(agent, args[0], what);
    const options = compileOptions(agent, args[1], what);
    agent.enqueueJob(compilationJob, { promise, bytes, options, imports: null, what }, callee.realm);
  });
}

/** WebAssembly.instantiate ( bytes or module [ , importObject [ , options ] ] ) — https://webassembly.github.io/spec/js-api/#dom-webassembly-instantiate */
function instantiate(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, ...args: Value[]): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.instantiate()';
  return promised(agent, (promise) => {
    requireArguments(agent, what, args.length, 1);
    const [source, importObject] = args;
    if (source instanceof ModuleObject) {
      const imports = readImports(agent, source, importObject);
      agent.enqueueJob(instantiationJob, { promise, module: source, imports }, callee.realm);
      return;
    }
    const bytes = copyOfBytes(agent, source, what);
    const options = compileOptions(agent, args[2], what);
    agent.enqueueJob(
      compilationJob,
      { promise, bytes, options, imports: { importObject }, what },
      callee.realm,
    );
  });
}

/** WebAssembly.compileStreaming ( source [ , options ] ) — https://webassembly.github.io/spec/web-api/#dom-webassembly-compilestreaming */
function compileStreaming(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  return streamed(callee.realm.agent, args, args[1], null, 'WebAssembly.compileStreaming()');
}

/** WebAssembly.instantiateStreaming ( source [ , importObject [ , options ] ] ) — https://webassembly.github.io/spec/web-api/#dom-webassembly-instantiatestreaming */
function instantiateStreaming(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const imports = { importObject: args[1] };
  return streamed(callee.realm.agent, args, args[2], imports, 'WebAssembly.instantiateStreaming()');
}

/** Compiles what a response brings, and instantiates it if imports are given. */
function streamed(
  agent: Agent,
  args: readonly Value[],
  givenOptions: Value,
  imports: CompilationJob['imports'],
  what: string,
): Value {
  return promised(agent, (promise) => {
    requireArguments(agent, what, args.length, 1);
    const options = compileOptions(agent, givenOptions, what);
    const job = { promise, options, imports, what };
    new ResponseBytes(promise, what, runCompilation, job).begin(agent, args[0]);
  });
}

function runCompilation(agent: Agent, bytes: Uint8Array, job: Omit<CompilationJob, 'bytes'>): void {
  compilationJob.run(agent, { ...job, bytes });
}

/** get WebAssembly.JSTag — https://webassembly.github.io/spec/js-api/#dom-webassembly-jstag */
function get_JSTag(callee: Builtin): Value {
  const { agent } = callee.realm;
  const state = stateOf(agent);
  return tagObjectOf(state, state.jsTag);
}

export const namespaceIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%WebAssembly%', {
    rows: [
      operation('validate', 1, validate),
      operation('compile', 1, compile),
      operation('instantiate', 1, instantiate),
      operation('compileStreaming', 1, compileStreaming),
      operation('instantiateStreaming', 1, instantiateStreaming),
      intrinsicValue('Module', '%WebAssembly.Module%'),
      intrinsicValue('Instance', '%WebAssembly.Instance%'),
      intrinsicValue('Memory', '%WebAssembly.Memory%'),
      intrinsicValue('Table', '%WebAssembly.Table%'),
      intrinsicValue('Global', '%WebAssembly.Global%'),
      intrinsicValue('Tag', '%WebAssembly.Tag%'),
      intrinsicValue('Exception', '%WebAssembly.Exception%'),
      intrinsicValue('CompileError', '%CompileError%'),
      intrinsicValue('LinkError', '%LinkError%'),
      intrinsicValue('RuntimeError', '%RuntimeError%'),
      attribute('JSTag', get_JSTag),
      toStringTag('WebAssembly'),
    ],
  }),
];
