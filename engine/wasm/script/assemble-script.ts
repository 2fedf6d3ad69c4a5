// A script's commands with their modules as binaries, for running it elsewhere than in this engine.

import { encodeModule } from '../format/encode-module.ts';
import type { Features } from '../format/features.ts';
import { ModuleError } from '../format/module-error.ts';
import type { Command, ModuleSource } from '../text/script.ts';
import { moduleOfSource } from '../text/script.ts';
import { parseScript } from '../text/script-parser.ts';

type Assembled<C> = C extends { readonly module: ModuleSource }
  ? Omit<C, 'module'> & {
      /** null: a text that no binary stands for. */
      readonly bytes: Uint8Array | null;
    }
  : C;

/** A command; its module, where it has one, is `bytes` instead of `module`. */
export type AssembledCommand = Assembled<Command>;

/** Reads a script. Throws a ModuleError of kind `malformed` where its text is none. */
export function assembleScript(text: string, features: Features): AssembledCommand[] {
  return parseScript(text).map((command) => {
    if (!('module' in command) || command.kind === 'instance') return command;
    const { module, ...rest } = command;
    return { ...rest, bytes: bytesOf(module, features) };
  });
}

/** A binary stays as it is, however malformed; a text becomes one if it can be read. */
function bytesOf(source: ModuleSource, features: Features): Uint8Array | null {
  if (source.kind === 'binary') return source.bytes;
  try {
    return encodeModule(moduleOfSource(source, features));
  } catch (error) {
    if (error instanceof ModuleError) return null;
    throw error;
  }
}
