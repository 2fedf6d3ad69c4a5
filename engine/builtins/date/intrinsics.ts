// The intrinsics of Date Objects, https://tc39.es/ecma262/#sec-date-objects .
import type { IntrinsicSpec } from '../define.ts';
import { dateConstructorIntrinsics } from './constructor.ts';
import { datePrototypeIntrinsics } from './prototype.ts';

export const dateIntrinsics: readonly IntrinsicSpec[] = [
  ...dateConstructorIntrinsics,
  ...datePrototypeIntrinsics,
];
