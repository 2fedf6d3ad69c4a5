// Realm Records, https://tc39.es/ecma262/#sec-code-realms . Intrinsics are made when first asked for: an intrinsic
// object starts with a lazy shape and its properties appear at first touch, so that a realm costs little.
import type { Agent } from './agent.ts';
import type { GlobalEnvironmentRecord } from './environments.ts';
import type { ModuleRecord, ModuleRequestRecord } from './modules.ts';
import type { ArrayObject } from './objects/array.ts';
import type { JSObject } from './objects/object.ts';
import { ATTRS_DEFAULT } from './property-descriptor.ts';
import {
  rootShape,
  SHAPE_KIND_LAZY_FUNCTION,
  SHAPE_KIND_ORDINARY,
  Shape,
  type ValidityCell,
} from './shape.ts';
import type { Value } from './value.ts';

/** The specification's notation: `%Array.prototype%`. */
export type IntrinsicName = `%${string}%`;

/** Makes intrinsics; implemented by builtins/define.ts. */
export interface IntrinsicsProvider {
  /** Makes the intrinsic `name` for `realm`, with a lazy shape. Throws InternalError for an unknown name. */
  createIntrinsic(realm: Realm, name: IntrinsicName): JSObject;
}

export interface LoadedModuleRequest {
  readonly request: ModuleRequestRecord;
  readonly module: ModuleRecord;
}

/** Arrays iterate as they did at first, through their own iterators. */
export interface ArrayIterationProtocol {
  /** The `next` of array iterators. */
  readonly next: Value;
  /** Their prototypes may have a `return`, which they have not at first. */
  readonly mayReturn: boolean;
  /** Of the prototypes of arrays, and of array iterators. */
  readonly arrayCell: ValidityCell;
  readonly iteratorCell: ValidityCell;
}

export class Realm {
  readonly agent: Agent;
  private readonly provider: IntrinsicsProvider;
  private readonly intrinsics: Map<IntrinsicName, JSObject>;
  readonly objectPrototype: JSObject;
  readonly functionPrototype: JSObject;
  readonly arrayPrototype: JSObject;
  /** Root shape of objects that inherit from %Object.prototype%. */
  readonly objectShape: Shape;
  /** Shape of built-in functions before their first touch. */
  readonly lazyFunctionShape: Shape;
  /** What has been found out about the iteration of arrays, which holds while both cells are valid. */
  arrayIteration: ArrayIterationProtocol | null;
  /** See iteratorResultShape; null before the first use. */
  iteratorResultShape: Shape | null;
  globalObject: JSObject;
  globalEnv: GlobalEnvironmentRecord;
  /** [[TemplateMap]]: template objects by Parse Node. */
  readonly templateMap: Map<object, ArrayObject>;
  readonly loadedModules: LoadedModuleRequest[];
  /** The host's own data for this realm. */
  hostDefined: unknown;

  constructor(agent: Agent, provider: IntrinsicsProvider) {
    this.agent = agent;
    this.provider = provider;
    this.intrinsics = new Map();
    this.objectPrototype = this.intrinsic('%Object.prototype%');
    this.functionPrototype = this.intrinsic('%Function.prototype%');
    this.arrayPrototype = this.intrinsic('%Array.prototype%');
    this.objectShape = rootShape(agent, this.objectPrototype, SHAPE_KIND_ORDINARY);
    this.lazyFunctionShape = new Shape(
      agent,
      this.functionPrototype,
      SHAPE_KIND_LAZY_FUNCTION,
      null,
      '',
      ATTRS_DEFAULT,
      null,
    );
    this.lazyFunctionShape.lazy = true;
    this.arrayIteration = null;
    this.iteratorResultShape = null;
    this.globalObject = this.intrinsic('%GlobalObject%');
    // Set by SetRealmGlobalObject (environments.ts) before any guest code runs.
    this.globalEnv = null as unknown as GlobalEnvironmentRecord;
    this.templateMap = new Map();
    this.loadedModules = [];
    this.hostDefined = undefined;
  }

  /** The intrinsic object of that name, made at first use. */
  intrinsic(name: IntrinsicName): JSObject {
    const known = this.intrinsics.get(name);
    if (known !== undefined) return known;
    const made = this.provider.createIntrinsic(this, name);
    this.intrinsics.set(name, made);
    return made;
  }

  /** A new realm of the same agent with the same intrinsics; its global object is still to be set up. */
  createSibling(): Realm {
    return new Realm(this.agent, this.provider);
  }

  /** The name under which `object` is an intrinsic of this realm, if it is one that exists already. */
  intrinsicNameOf(object: JSObject): IntrinsicName | undefined {
    for (const [name, value] of this.intrinsics) if (value === object) return name;
    return undefined;
  }
}
