// hot
// ECMAScript function objects of the VM. A closure is cheap: `length`, `name` and `prototype` appear at the first look
// at its properties (a lazy shape), as those of built-in functions do.
import { CALL_ASYNC, CALL_ASYNC_GENERATOR, CALL_GENERATOR, type CodeUnit } from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import type { Environment, PrivateEnvironmentRecord } from '../runtime/environments.ts';
import { ECMAScriptFunction, type ScriptOrModule } from '../runtime/objects/function.ts';
import {
  type HostCode,
  type JSObject,
  OBJECT_BYTES,
  OrdinaryObjectCreate,
} from '../runtime/objects/object.ts';
import { functionNameOf } from '../runtime/operations/object-operations.ts';
import type { PrivateName } from '../runtime/private-name.ts';
import {
  ATTR_WRITABLE,
  ATTRS_CONFIGURABLE,
  ATTRS_HIDDEN,
  ATTRS_NONE,
} from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import type { Realm } from '../runtime/realm.ts';
import { rootShape, SHAPE_KIND_FUNCTION, SHAPE_KIND_LAZY_FUNCTION, type Shape } from '../runtime/shape.ts';
import { codeOf } from './entry-codes.ts';
import type { Feedback } from './feedback.ts';

export class VMFunction extends ECMAScriptFunction {
  readonly unit: CodeUnit;
  readonly feedback: Feedback;
  /** What `name` will be: a property key or Private Name; prefix 'get' or 'set'. */
  private readonly ownName: PropertyKey | PrivateName;
  private readonly prefix: '' | 'get' | 'set';
  /** Offsets of [[SourceText]]; those of the class for a class constructor. */
  textStart: number;
  textEnd: number;

  constructor(
    shape: Shape,
    code: HostCode,
    realm: Realm,
    feedback: Feedback,
    environment: Environment,
    privateEnvironment: PrivateEnvironmentRecord | null,
    scriptOrModule: ScriptOrModule | null,
    ownName: PropertyKey | PrivateName,
    prefix: '' | 'get' | 'set',
  ) {
    const { unit } = feedback;
    super(shape, code, realm, environment, privateEnvironment, unit.strict, unit.thisMode, scriptOrModule);
    this.unit = unit;
    this.feedback = feedback;
    this.ownName = ownName;
    this.prefix = prefix;
    this.textStart = unit.textStart;
    this.textEnd = unit.textEnd;
  }

  override kindName(): string {
    switch (this.unit.callKind) {
      case CALL_GENERATOR:
        return 'GeneratorFunction';
      case CALL_ASYNC:
        return 'AsyncFunction';
      case CALL_ASYNC_GENERATOR:
        return 'AsyncGeneratorFunction';
      default:
        return 'Function';
    }
  }

  override sourceText(): string {
    return this.unit.source.text.slice(this.textStart, this.textEnd);
  }

  override materialize(): void {
    const lazy = this.shape;
    const { agent } = lazy;
    this.shape = lazy.unique ? lazy.materialized() : rootShape(agent, lazy.proto, SHAPE_KIND_FUNCTION);
    this.addSlot('length', this.unit.length, ATTRS_CONFIGURABLE);
    const text = functionNameOf(this.ownName);
    this.addSlot('name', this.prefix === '' ? text : `${this.prefix} ${text}`, ATTRS_CONFIGURABLE);
    this.addPrototypeProperty(agent);
    if (lazy.unique) lazy.agent.fillIntrinsic(this);
  }

  private addPrototypeProperty(agent: Agent): void {
    const { unit, realm } = this;
    if (unit.callKind === CALL_GENERATOR || unit.callKind === CALL_ASYNC_GENERATOR) {
      const parent = realm.intrinsic(
        unit.callKind === CALL_GENERATOR ? '%GeneratorPrototype%' : '%AsyncGeneratorPrototype%',
      );
      this.addSlot('prototype', OrdinaryObjectCreate(agent, parent), ATTR_WRITABLE);
    } else if (unit.makesConstructor) {
      if (!unit.strict) {
        // https://tc39.es/ecma262/#sec-forbidden-extensions : sloppy functions have own ones that tell nothing.
        this.addSlot('arguments', null, ATTRS_NONE);
        this.addSlot('caller', undefined, ATTRS_NONE);
      }
      const prototype = OrdinaryObjectCreate(agent, realm.objectPrototype);
      prototype.addSlot('constructor', this, ATTRS_HIDDEN);
      this.addSlot('prototype', prototype, ATTR_WRITABLE);
    }
  }
}

/** %Function.prototype% or its sibling for the kind of function. */
export function functionPrototypeOf(realm: Realm, unit: CodeUnit): JSObject {
  switch (unit.callKind) {
    case CALL_GENERATOR:
      return realm.intrinsic('%GeneratorFunction.prototype%');
    case CALL_ASYNC_GENERATOR:
      return realm.intrinsic('%AsyncGeneratorFunction.prototype%');
    case CALL_ASYNC:
      return realm.intrinsic('%AsyncFunction.prototype%');
    default:
      return realm.functionPrototype;
  }
}

/** The shape of functions that have not been looked at. */
function lazyFunctionShape(agent: Agent, proto: JSObject): Shape {
  const shape = rootShape(agent, proto, SHAPE_KIND_LAZY_FUNCTION);
  shape.lazy = true;
  return shape;
}

/** OrdinaryFunctionCreate with the steps that name the function and make it a constructor, put off. */
export function createFunction(
  agent: Agent,
  functionPrototype: JSObject,
  feedback: Feedback,
  environment: Environment,
  privateEnvironment: PrivateEnvironmentRecord | null,
  scriptOrModule: ScriptOrModule | null,
  name: PropertyKey | PrivateName,
  prefix: '' | 'get' | 'set',
): VMFunction {
  agent.chargeBytes(OBJECT_BYTES + 240);
  const { unit } = feedback;
  const F = new VMFunction(
    lazyFunctionShape(agent, functionPrototype),
    codeOf(unit),
    agent.realm,
    feedback,
    environment,
    privateEnvironment,
    scriptOrModule,
    name,
    prefix,
  );
  if (unit.makesConstructor) markConstructor(F);
  return F;
}

/** Gives a fresh function [[Construct]]. */
export function markConstructor(F: ECMAScriptFunction): void {
  (F as { isConstructor: boolean }).isConstructor = true;
}
