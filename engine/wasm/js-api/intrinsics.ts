// The intrinsics of WebAssembly, once: the lists of the files here. The error classes are beside the other native errors.

import type { IntrinsicSpec } from '../../builtins/define.ts';
import { exceptionIntrinsics } from './exception.ts';
import { globalIntrinsics } from './global.ts';
import { instanceIntrinsics } from './instance.ts';
import { memoryIntrinsics } from './memory.ts';
import { moduleIntrinsics } from './module.ts';
import { namespaceIntrinsics } from './namespace.ts';
import { tableIntrinsics } from './table.ts';
import { tagIntrinsics } from './tag.ts';

export const webAssemblyIntrinsics: readonly IntrinsicSpec[] = [
  ...namespaceIntrinsics,
  ...moduleIntrinsics,
  ...instanceIntrinsics,
  ...memoryIntrinsics,
  ...tableIntrinsics,
  ...globalIntrinsics,
  ...tagIntrinsics,
  ...exceptionIntrinsics,
];
