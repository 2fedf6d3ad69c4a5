// ShadowRealm Objects, https://tc39.es/proposal-shadowrealm/#sec-shadowrealm-objects : a realm of its own behind a callable boundary.
import type { Agent } from '../runtime/agent.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { DynamicImportState } from '../runtime/dynamic-import.ts';
import { SetRealmGlobalObject } from '../runtime/environments.ts';
import { guestValueOf, throwTypeError } from '../runtime/errors.ts';
import { HostLoadImportedModule, type ModuleReferrer } from '../runtime/modules.ts';
import { type BuiltinFunction, builtinClosure, CreateBuiltinFunction } from '../runtime/objects/function.ts';
import { JSObject } from '../runtime/objects/object.ts';
import type { PromiseObject } from '../runtime/objects/promise.ts';
import { CreateTypeErrorCopy, GetWrappedValue } from '../runtime/operations/callable-boundary.ts';
import { Get, HasOwnProperty, shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { NewPromiseCapability, PerformPromiseThen } from '../runtime/operations/promise-operations.ts';
import { ToString } from '../runtime/operations/type-conversion.ts';
import { keyFromString } from '../runtime/property-key.ts';
import type { LoadedModuleRequest, Realm } from '../runtime/realm.ts';
import type { Shape } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** What a realm is charged: its objects before any of them is touched. */
const REALM_BYTES = 16_384;
const REALM_FUEL = 200;

/** What code evaluated in a ShadowRealm belongs to, so that its imports are made in its realm. */
interface ShadowRealmScript {
  readonly realm: Realm;
  readonly hostDefined: null;
  readonly loadedModules: LoadedModuleRequest[];
}

class ShadowRealmObject extends JSObject {
  /** [[ShadowRealm]]. */
  readonly shadowRealm: Realm;
  readonly script: ShadowRealmScript;

  constructor(shape: Shape, shadowRealm: Realm) {
    super(shape);
    this.shadowRealm = shadowRealm;
    this.script = { realm: shadowRealm, hostDefined: null, loadedModules: [] };
  }

  override className(): string {
    return 'ShadowRealm';
  }
}

/** ShadowRealm ( ) — https://tc39.es/proposal-shadowrealm/#sec-shadowrealm */
function ShadowRealm_constructor(callee: Builtin, _thisValue: Value, newTarget: NewTarget): Value {
  const { realm } = callee;
  const { agent } = realm;
  if (newTarget === undefined) throwTypeError(agent, "Constructor ShadowRealm requires 'new'");
  const shape = shapeFromConstructor(agent, newTarget, '%ShadowRealm.prototype%');
  agent.chargeFuel(REALM_FUEL);
  agent.chargeBytes(REALM_BYTES);
  const shadowRealm = realm.createSibling();
  SetRealmGlobalObject(shadowRealm);
  return new ShadowRealmObject(shape, shadowRealm);
}

/** ValidateShadowRealmObject ( O ) — https://tc39.es/proposal-shadowrealm/#sec-validateshadowrealmobject */
function ValidateShadowRealmObject(agent: Agent, O: Value): ShadowRealmObject {
  if (O instanceof ShadowRealmObject) return O;
  return throwTypeError(agent, `${describeForMessage(O)} is not a ShadowRealm`);
}

/** ShadowRealm.prototype.evaluate ( sourceText ) — https://tc39.es/proposal-shadowrealm/#sec-shadowrealm.prototype.evaluate */
function ShadowRealm_prototype_evaluate(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  sourceText: Value,
): Value {
  const callerRealm = callee.realm;
  const { agent } = callerRealm;
  const O = ValidateShadowRealmObject(agent, thisValue);
  if (typeof sourceText !== 'string') throwTypeError(agent, 'evaluate needs a string of source text');
  return PerformShadowRealmEval(agent, sourceText, callerRealm, O);
}

/** PerformShadowRealmEval ( sourceText, callerRealm, evalRealm ) — https://tc39.es/proposal-shadowrealm/#sec-performshadowrealmeval */
function PerformShadowRealmEval(
  agent: Agent,
  sourceText: string,
  callerRealm: Realm,
  { shadowRealm, script }: ShadowRealmObject,
): Value {
  const code = agent.codeRunner.prepareShadowRealmEval(agent, sourceText, shadowRealm, script);
  let result: Value;
  try {
    result = code.run(agent);
  } catch (thrown) {
    throw CreateTypeErrorCopy(agent, callerRealm, guestValueOf(agent, thrown));
  }
  return GetWrappedValue(agent, callerRealm, result);
}

/** ShadowRealm.prototype.importValue ( specifier, exportName ) — https://tc39.es/proposal-shadowrealm/#sec-shadowrealm.prototype.importvalue */
function ShadowRealm_prototype_importValue(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  specifier: Value,
  exportName: Value,
): Value {
  const callerRealm = callee.realm;
  const { agent } = callerRealm;
  const O = ValidateShadowRealmObject(agent, thisValue);
  const specifierString = ToString(agent, specifier);
  if (typeof exportName !== 'string') throwTypeError(agent, 'The name of the export must be a string');
  return ShadowRealmImportValue(agent, specifierString, exportName, callerRealm, O);
}

/** ShadowRealmImportValue ( specifierString, exportNameString, callerRealm, evalRealm ) — https://tc39.es/proposal-shadowrealm/#sec-shadowrealmimportvalue */
function ShadowRealmImportValue(
  agent: Agent,
  specifierString: string,
  exportNameString: string,
  callerRealm: Realm,
  { shadowRealm, script }: ShadowRealmObject,
): Value {
  agent.realm = shadowRealm;
  const innerCapability = NewPromiseCapability(agent, shadowRealm.intrinsic('%Promise%'));
  try {
    HostLoadImportedModule(
      agent,
      script as ModuleReferrer,
      { specifier: specifierString, attributes: [], phase: 'evaluation' },
      new DynamicImportState(innerCapability, 'evaluation'),
    );
  } finally {
    agent.realm = callerRealm;
  }
  const onFulfilled = CreateBuiltinFunction(agent, exportGetter, { exportNameString });
  const onRejected = CreateBuiltinFunction(agent, importValueError, undefined);
  const promiseCapability = NewPromiseCapability(agent, callerRealm.intrinsic('%Promise%'));
  PerformPromiseThen(
    agent,
    innerCapability.promise as PromiseObject,
    onFulfilled,
    onRejected,
    promiseCapability,
  );
  return promiseCapability.promise;
}

const exportGetter = builtinClosure('', 1, ExportGetter);
const importValueError = builtinClosure('', 1, ImportValueError);

interface ExportGetterCaptures {
  readonly exportNameString: string;
}

/** ExportGetter functions — https://tc39.es/proposal-shadowrealm/#sec-shadowrealm-export-getter-functions */
function ExportGetter(
  f: BuiltinFunction<ExportGetterCaptures>,
  _thisValue: Value,
  _newTarget: NewTarget,
  exports: Value,
): Value {
  const { realm } = f;
  const { agent } = realm;
  const { exportNameString } = f.captures;
  const key = keyFromString(exportNameString);
  if (!HasOwnProperty(agent, exports as JSObject, key))
    throwTypeError(agent, `The module does not provide an export named '${exportNameString}'`);
  return GetWrappedValue(agent, realm, Get(agent, exports as JSObject, key));
}

/** ImportValueError functions — https://tc39.es/proposal-shadowrealm/#sec-shadowrealm-import-value-error-functions */
function ImportValueError(
  f: BuiltinFunction<undefined>,
  _thisValue: Value,
  _newTarget: NewTarget,
  error: Value,
): Value {
  throw CreateTypeErrorCopy(f.realm.agent, f.realm, error);
}

export const shadowRealmIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%ShadowRealm%', 'ShadowRealm', {
    length: 0,
    code: ShadowRealm_constructor,
    prototype: '%ShadowRealm.prototype%',
  }),
  objectSpec('%ShadowRealm.prototype%', {
    constructorName: '%ShadowRealm%',
    rows: [
      method('evaluate', 1, ShadowRealm_prototype_evaluate),
      method('importValue', 2, ShadowRealm_prototype_importValue),
      toStringTag('ShadowRealm'),
    ],
  }),
];
