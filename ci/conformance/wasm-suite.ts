// The WebAssembly test suite: its scripts, the proposal each belongs to, and the features it is run with.

import { readdirSync } from 'node:fs';
import { type Features, featuresWith } from '../../engine/wasm/wasm.ts';
import { type LocatedArchive, locateArchive } from './archive.ts';

/** Finds the suite, unpacking or cloning it when needed. Throws `SuiteUnavailable`. */
export function locateWasmSuite(
  checkout: string,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): LocatedArchive {
  const spec = {
    pinFile: 'corpora/wasm-testsuite.json',
    variable: 'KATAAN_WASM_TESTSUITE',
    title: 'WebAssembly test suite',
    probe: 'i32.wast',
  };
  return locateArchive(checkout, spec, environment, log);
}

/** Paths of all scripts, sorted. */
export function listScripts(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.wast'))
    .sort();
}

/** `core`, or the folder of a script that is not of the core. */
export function proposalOf(path: string): string {
  const parts = path.split('/');
  return parts.length === 1 ? 'core' : (parts[parts.length - 2] as string);
}

/**
 * Features of a folder's scripts that are not the default ones. The threads proposal is based on an older
 * specification, whose single tables and memories its scripts insist on.
 */
const FOLDER_FEATURES: Readonly<Record<string, Features>> = {
  'custom-descriptors': featuresWith({ customDescriptors: true }),
  'custom-page-sizes': featuresWith({ customPageSizes: true }),
  'wide-arithmetic': featuresWith({ wideArithmetic: true }),
  threads: featuresWith({
    multiMemory: false,
    referenceTypes: false,
    memory64: false,
    functionReferences: false,
    gc: false,
  }),
};

export function featuresOf(path: string): Features {
  return FOLDER_FEATURES[proposalOf(path)] ?? featuresWith({});
}
