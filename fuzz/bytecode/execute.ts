// What is done with bytes that may be anything: they are read and verified, and what passes runs on the VM under tight
// limits. Whatever it does, nothing of the host may show: no exception comes out, and no guest value is a host object.
import { inspect, JSObject, loadBytecode, Runtime, type Value } from '../../engine/engine.ts';

export const FUEL = 20_000;
const BYTES = 32_000_000;
const DEPTH = 400;
const FRAMES = 400;
/** Work that is not charged shows as time. */
const MAX_MS = 4_000;

export type Fate =
  | { readonly fate: 'not-decoded'; readonly code: string }
  | { readonly fate: 'refused'; readonly message: string }
  | { readonly fate: 'ran'; readonly end: string; readonly fuel: number };

/** Reads, verifies and runs; throws whatever is wrong with the engine. */
export function execute(bytes: Uint8Array): Fate {
  const started = performance.now();
  const loaded = loadBytecode(bytes);
  if (!loaded.ok) {
    checkTime(started, 'reading and verifying');
    const { code, message } = loaded.error;
    return code === 'unverified' ? { fate: 'refused', message } : { fate: 'not-decoded', code };
  }
  const { program } = loaded;
  const runtime = new Runtime({
    limits: { fuel: FUEL, bytes: BYTES, depth: DEPTH, frames: FRAMES },
    now: () => 1_000_000_000_000,
    random: () => 0.5,
    modules: {
      resolve: (specifier) => specifier,
      load: () => {
        throw new Error('there are no modules here');
      },
    },
  });
  const before = new Set(globalNames(runtime));
  const end = runtime.runProgram(program, './module.mjs');
  const jobs = runtime.runJobs();
  if ('value' in end) checkValue(end.value);
  for (const reason of runtime.takeUnhandledRejections()) checkValue(reason);
  for (const name of globalNames(runtime)) if (!before.has(name)) checkValue(globalValue(runtime, name));
  checkTime(started, 'running');
  return {
    fate: 'ran',
    end: end.kind === 'normal' ? jobs.kind : end.kind,
    fuel: FUEL - runtime.agent.remainingFuel,
  };
}

function checkTime(started: number, what: string): void {
  const ms = performance.now() - started;
  if (ms > MAX_MS) throw new Error(`${what} took ${Math.round(ms)} ms`);
}

/** Names of global bindings and properties. */
function globalNames({ realm }: Runtime): string[] {
  const names = realm.globalEnv.declarativeRecord.names();
  for (const key of realm.globalObject.shape.ownKeys()) if (typeof key === 'string') names.push(key);
  return names;
}

/** What a global name stands for, if that can be told without running code. */
function globalValue({ realm }: Runtime, name: string): Value {
  const { globalEnv, globalObject } = realm;
  const binding = globalEnv.declarativeRecord.bindingOf(name);
  if (binding !== undefined) return binding.initialized ? binding.value : undefined;
  return globalObject.OrdinaryGetOwnProperty(name)?.value;
}

/** Objects that are looked at for what they hold. */
const MAX_OBJECTS = 300;

/** Throws if the value, or one reachable from it by data properties, is none that a guest may have. */
function checkValue(root: Value): void {
  const seen = new Set<unknown>();
  const pending: Value[] = [root];
  while (pending.length > 0 && seen.size < MAX_OBJECTS) {
    const value = pending.pop();
    if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) continue;
    if (!(value instanceof JSObject)) throw new Error(`a guest has a host object: ${nameOf(value)}`);
    if (seen.has(value)) continue;
    seen.add(value);
    pending.push(...heldBy(value));
  }
  inspect(root);
}

/** Values of data properties and elements, without running code. */
function heldBy(object: JSObject): Value[] {
  const held: Value[] = [...((object as { readonly el?: readonly Value[] }).el ?? []).slice(0, MAX_OBJECTS)];
  for (const key of object.shape.ownKeys()) held.push(object.OrdinaryGetOwnProperty(key)?.value);
  return held;
}

function nameOf(value: object): string {
  return value.constructor?.name ?? 'without constructor';
}
