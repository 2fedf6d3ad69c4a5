// The intrinsics of RegExp Objects, https://tc39.es/ecma262/#sec-regexp-regular-expression-objects .
import type { IntrinsicSpec } from '../define.ts';
import { regexpConstructorIntrinsics } from './constructor.ts';
import { legacyStaticPropertyIntrinsics } from './legacy-static-properties.ts';
import { regexpPrototypeIntrinsics } from './prototype.ts';
import { regexpStringIteratorIntrinsics } from './string-iterator.ts';

export const regexpIntrinsics: readonly IntrinsicSpec[] = [
  ...regexpConstructorIntrinsics,
  ...regexpPrototypeIntrinsics,
  ...regexpStringIteratorIntrinsics,
  ...legacyStaticPropertyIntrinsics,
];
