// EvaluateImportCall, https://tc39.es/ecma262/#sec-evaluate-import-call , once its operands are evaluated.
import type { Agent } from '../agent.ts';
import { Call1 } from '../call.ts';
import { DynamicImportState } from '../dynamic-import.ts';
import { guestValueOf, throwTypeError } from '../errors.ts';
import type { ExecutionContext } from '../execution-context.ts';
import {
  AllImportAttributesSupported,
  HostLoadImportedModule,
  type ImportAttributeRecord,
  type ModulePhase,
  type ModuleReferrer,
} from '../modules.ts';
import type { ArrayObject } from '../objects/array.ts';
import type { ScriptOrModule } from '../objects/function.ts';
import { JSObject } from '../objects/object.ts';
import type { Value } from '../value.ts';
import { EnumerableOwnProperties, Get } from './object-operations.ts';
import { NewPromiseCapability } from './promise-operations.ts';
import { ToString } from './type-conversion.ts';

/** GetActiveScriptOrModule ( ) — https://tc39.es/ecma262/#sec-getactivescriptormodule */
export function GetActiveScriptOrModule(context: ExecutionContext | null): ScriptOrModule | null {
  for (let ec: ExecutionContext | null = context; ec !== null; ec = ec.caller) {
    if (ec.scriptOrModule !== null) return ec.scriptOrModule;
  }
  return null;
}

/** EvaluateImportCall from step 7: the promise of a dynamic import. */
export function startImportCall(
  agent: Agent,
  context: ExecutionContext,
  specifier: Value,
  options: Value,
  phase: ModulePhase,
): Value {
  const referrer = (GetActiveScriptOrModule(context) ?? agent.realm) as ModuleReferrer;
  const promiseCapability = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
  let specifierString: string;
  let attributes: readonly ImportAttributeRecord[];
  try {
    specifierString = ToString(agent, specifier);
    attributes = attributesFrom(agent, options);
  } catch (thrown) {
    Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
    return promiseCapability.promise;
  }
  const moduleRequest = { specifier: specifierString, attributes, phase };
  HostLoadImportedModule(agent, referrer, moduleRequest, new DynamicImportState(promiseCapability, phase));
  return promiseCapability.promise;
}

/** Step 10: the `with` option, sorted by key. */
function attributesFrom(agent: Agent, options: Value): readonly ImportAttributeRecord[] {
  if (options === undefined) return [];
  if (!(options instanceof JSObject))
    throwTypeError(agent, 'The second argument of import() must be an object');
  const attributesObj = Get(agent, options, 'with');
  if (attributesObj === undefined) return [];
  if (!(attributesObj instanceof JSObject)) throwTypeError(agent, "The 'with' option must be an object");
  const attributes: ImportAttributeRecord[] = [];
  for (const entry of EnumerableOwnProperties(agent, attributesObj, 'key+value')) {
    const [key, value] = (entry as ArrayObject).el;
    if (typeof value !== 'string') throwTypeError(agent, 'Import attribute values must be strings');
    attributes.push({ key: key as string, value });
  }
  if (!AllImportAttributesSupported(attributes)) throwTypeError(agent, 'Import attribute is not supported');
  return attributes.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
