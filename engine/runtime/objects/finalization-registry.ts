// FinalizationRegistry instances, https://tc39.es/ecma262/#sec-properties-of-finalization-registry-instances , and their cells.
import type { Realm } from '../realm.ts';
import type { Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import type { WeakTarget, WeakValue } from '../weak-target.ts';
import type { FunctionObject } from './function.ts';
import { JSObject } from './object.ts';

/** An element of [[Cells]]. */
export interface FinalizationCell {
  readonly registry: FinalizationRegistryObject;
  readonly weakRefTarget: WeakTarget;
  readonly heldValue: Value;
  /** Null for empty. */
  readonly unregisterToken: WeakTarget | null;
}

export class FinalizationRegistryObject extends JSObject {
  readonly cleanupCallback: FunctionObject;
  /** [[Realm]]. */
  readonly registryRealm: Realm;
  readonly cells: Set<FinalizationCell>;
  /** Cells by their unregister tokens. */
  readonly cellsByToken: WeakMap<WeakValue, Set<FinalizationCell>>;
  /** A job for cells whose targets are gone waits. */
  isCleanupEnqueued: boolean;
  /** Where the host's collector decides: tells of each cell whose target is gone. */
  hostRegistry: FinalizationRegistry<FinalizationCell> | null;

  constructor(shape: Shape, cleanupCallback: FunctionObject, realm: Realm) {
    super(shape);
    this.cleanupCallback = cleanupCallback;
    this.registryRealm = realm;
    this.cells = new Set();
    this.cellsByToken = new WeakMap();
    this.isCleanupEnqueued = false;
    this.hostRegistry = null;
  }

  override className(): string {
    return 'FinalizationRegistry';
  }
}
