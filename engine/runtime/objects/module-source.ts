// Module source objects, https://tc39.es/ecma262/#sec-module-source-objects : what `import source` binds. Which classes there are is
// the host's affair; all inherit from %AbstractModuleSource.prototype%.
import type { Shape } from '../shape.ts';
import { JSObject } from './object.ts';

export class ModuleSourceObject extends JSObject {
  readonly moduleSourceClassName: string;

  constructor(shape: Shape, moduleSourceClassName: string) {
    super(shape);
    this.moduleSourceClassName = moduleSourceClassName;
  }

  override className(): string {
    return this.moduleSourceClassName;
  }
}
