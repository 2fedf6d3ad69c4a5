// Every well-known intrinsic, once: the lists of the built-in files.

import { abstractModuleSourceIntrinsics } from './abstract-module-source.ts';
import { arrayConstructorIntrinsics } from './array/constructor.ts';
import { arrayIteratorIntrinsics } from './array/iterator.ts';
import { arrayPrototypeIntrinsics } from './array/prototype.ts';
import { arrayBufferIntrinsics } from './array-buffer.ts';
import { asyncIteratorIntrinsics } from './async-iterator.ts';
import { atomicsIntrinsics } from './atomics.ts';
import { bigintIntrinsics } from './bigint.ts';
import { booleanIntrinsics } from './boolean.ts';
import { dataViewIntrinsics } from './data-view.ts';
import { dateIntrinsics } from './date/intrinsics.ts';
import type { IntrinsicSpec } from './define.ts';
import { disposableStackIntrinsics } from './disposable-stack.ts';
import { errorIntrinsics } from './error.ts';
import { finalizationRegistryIntrinsics } from './finalization-registry.ts';
import { functionIntrinsics } from './function.ts';
import { generatorIntrinsics } from './generator.ts';
import { globalIntrinsics } from './global.ts';
import { iteratorIntrinsics } from './iterator/intrinsics.ts';
import { jsonIntrinsics } from './json.ts';
import { mapIntrinsics } from './map.ts';
import { mathIntrinsics } from './math.ts';
import { numberIntrinsics } from './number.ts';
import { objectIntrinsics } from './object.ts';
import { promiseIntrinsics } from './promise.ts';
import { proxyIntrinsics } from './proxy.ts';
import { reflectIntrinsics } from './reflect.ts';
import { regexpIntrinsics } from './regexp/intrinsics.ts';
import { setIntrinsics } from './set.ts';
import { shadowRealmIntrinsics } from './shadow-realm.ts';
import { sharedArrayBufferIntrinsics } from './shared-array-buffer.ts';
import { stringIntrinsics } from './string.ts';
import { symbolIntrinsics } from './symbol.ts';
import { typedArrayConstructorIntrinsics } from './typed-array/constructors.ts';
import { typedArrayPrototypeIntrinsics } from './typed-array/prototype.ts';
import { weakCollectionIntrinsics } from './weak-collections.ts';
import { weakRefIntrinsics } from './weak-ref.ts';

export const intrinsicSpecs: readonly IntrinsicSpec[] = [
  ...abstractModuleSourceIntrinsics,
  ...arrayBufferIntrinsics,
  ...arrayConstructorIntrinsics,
  ...arrayIteratorIntrinsics,
  ...arrayPrototypeIntrinsics,
  ...dataViewIntrinsics,
  ...disposableStackIntrinsics,
  ...generatorIntrinsics,
  ...jsonIntrinsics,
  ...promiseIntrinsics,
  ...dateIntrinsics,
  ...regexpIntrinsics,
  ...stringIntrinsics,
  ...iteratorIntrinsics,
  ...asyncIteratorIntrinsics,
  ...atomicsIntrinsics,
  ...bigintIntrinsics,
  ...booleanIntrinsics,
  ...errorIntrinsics,
  ...finalizationRegistryIntrinsics,
  ...functionIntrinsics,
  ...globalIntrinsics,
  ...mapIntrinsics,
  ...mathIntrinsics,
  ...numberIntrinsics,
  ...objectIntrinsics,
  ...proxyIntrinsics,
  ...reflectIntrinsics,
  ...setIntrinsics,
  ...shadowRealmIntrinsics,
  ...sharedArrayBufferIntrinsics,
  ...symbolIntrinsics,
  ...typedArrayConstructorIntrinsics,
  ...typedArrayPrototypeIntrinsics,
  ...weakCollectionIntrinsics,
  ...weakRefIntrinsics,
];
