// The intrinsics of iterators that the language itself makes, https://tc39.es/ecma262/#sec-iteration .
import type { IntrinsicSpec } from '../define.ts';
import { iteratorConstructorIntrinsics } from './constructor.ts';
import { iteratorHelperIntrinsics } from './helper-object.ts';
import { iteratorPrototypeIntrinsics } from './prototype.ts';

export const iteratorIntrinsics: readonly IntrinsicSpec[] = [
  ...iteratorConstructorIntrinsics,
  ...iteratorPrototypeIntrinsics,
  ...iteratorHelperIntrinsics,
];
