// RegExp instances: the [[RegExpMatcher]] brand. `lastIndex` is an ordinary property, always in slot 0: it is added
// first and can't be deleted.
import type { Realm } from '../realm.ts';
import type { Shape } from '../shape.ts';
import { JSObject } from './object.ts';

export class RegExpObject extends JSObject {
  originalSource: string;
  originalFlags: string;
  /** The compiled program of engine/regexp; opaque to the runtime. Null until RegExpInitialize. */
  matcher: unknown;
  /** [[Realm]] and [[LegacyFeaturesEnabled]] of the legacy static properties. */
  readonly constructionRealm: Realm;
  readonly legacyFeaturesEnabled: boolean;

  constructor(shape: Shape, constructionRealm: Realm, legacyFeaturesEnabled: boolean) {
    super(shape);
    this.originalSource = '';
    this.originalFlags = '';
    this.matcher = null;
    this.constructionRealm = constructionRealm;
    this.legacyFeaturesEnabled = legacyFeaturesEnabled;
  }

  override className(): string {
    return 'RegExp';
  }
}
