// The host-defined `$262` object and `print` of Test262's INTERPRETING.md, for the conformance driver and
// `kataan --test262`.
import type { ModuleHost, Runtime } from './engine.ts';
import { ThrowCompletion } from './runtime/completion.ts';
import { ArrayBufferObject } from './runtime/objects/array-buffer.ts';
import { type HostCode, JSObject } from './runtime/objects/object.ts';
import { DetachArrayBuffer } from './runtime/operations/array-buffer.ts';
import { ToString } from './runtime/operations/type-conversion.ts';
import type { Realm } from './runtime/realm.ts';
import { rootShape, SHAPE_KIND_EXOTIC, type Shape } from './runtime/shape.ts';
import type { Value } from './runtime/value.ts';
import type { Test262Agents } from './test262-agents.ts';

/** An object with [[IsHTMLDDA]], https://tc39.es/ecma262/#sec-IsHTMLDDA-internal-slot : callable, returns null. */
class HTMLDDAObject extends JSObject {
  override readonly isHTMLDDA = true;
  override readonly code: HostCode;
  override readonly realm: Realm;
  constructor(shape: Shape, realm: Realm) {
    super(shape);
    this.code = returnNull;
    this.realm = realm;
  }
}

function returnNull(): Value {
  return null;
}

/** The specifier that means a module with a source, and its name. */
const MODULE_SOURCE = '<module source>';

/** A module host that also has the module `<module source>`. */
export function withModuleSource(modules: ModuleHost): ModuleHost {
  return {
    resolve: (specifier, referrer) =>
      specifier === MODULE_SOURCE ? specifier : modules.resolve(specifier, referrer),
    load: (name) => modules.load(name),
    loadBytes(name) {
      if (modules.loadBytes === undefined) throw new Error('this module host has no bytes');
      return modules.loadBytes(name);
    },
    sourceClassName: (name) =>
      name === MODULE_SOURCE ? 'Test262Module' : (modules.sourceClassName?.(name) ?? null),
  };
}

/** Defines `$262` and, if `print` is given, `print` in the realm; `$262.agent` if `agents` are given. Returns `$262`. */
export function installTest262(
  runtime: Runtime,
  realm: Realm,
  print: ((line: string) => void) | null,
  agents: Test262Agents | null = null,
): JSObject {
  const { agent } = runtime;
  const $262 = runtime.createObject(realm);
  const define = (name: string, length: number, implementation: (args: readonly Value[]) => Value): void => {
    runtime.setProperty($262, name, runtime.createFunction(name, length, implementation, realm));
  };
  define('createRealm', 0, () => installTest262(runtime, runtime.createRealm(), print, agents));
  define('evalScript', 1, ([text]) => {
    const completion = runtime.runScript(ToString(agent, text), '<evalScript>', realm);
    switch (completion.kind) {
      case 'normal':
        return completion.value;
      case 'throw':
        throw new ThrowCompletion(completion.value);
      case 'parse-error':
        throw agent.createThrow(completion.error.errorType, completion.error.message);
      case 'limit':
        return agent.chargeFuel(Number.POSITIVE_INFINITY) as undefined;
    }
  });
  define('detachArrayBuffer', 1, ([buffer, key]) => {
    if (!(buffer instanceof ArrayBufferObject) || buffer.isShared)
      throw agent.createThrow('TypeError', 'detachArrayBuffer needs an ArrayBuffer');
    DetachArrayBuffer(agent, buffer, key);
    return null;
  });
  define('gc', 0, () => {
    runtime.collectGarbage();
    return undefined;
  });
  runtime.setProperty($262, 'global', realm.globalObject);
  runtime.setProperty($262, 'AbstractModuleSource', realm.intrinsic('%AbstractModuleSource%'));
  const shape = rootShape(agent, realm.functionPrototype, SHAPE_KIND_EXOTIC);
  runtime.setProperty($262, 'IsHTMLDDA', new HTMLDDAObject(shape, realm));
  runtime.defineGlobal('$262', $262, realm);
  agents?.install(runtime, $262);
  if (print !== null) {
    runtime.defineFunction(
      'print',
      1,
      ([value]) => {
        print(ToString(agent, value));
        return undefined;
      },
      realm,
    );
  }
  return $262;
}
