// Modules from the file system: relative and absolute paths, `file:` URLs, and packages in node_modules. A module's
// name is its `file:` URL, which import.meta.url shows. No extension and no index file is guessed.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ModuleHost } from '../engine.ts';
import { pathOfName, readFileBytes, readSourceFile } from './source-file.ts';

/** The module host over node:fs; code without a file resolves from `folder`. */
export function moduleFiles(folder: string): ModuleHost {
  return {
    resolve(specifier, referrer) {
      const from = referrer === null || !isFileName(referrer) ? folder : dirname(pathOfName(referrer));
      return nameOfPath(resolveSpecifier(specifier, from));
    },
    load: (name) => readSourceFile(pathOfName(name)),
    loadBytes: (name) => readFileBytes(pathOfName(name)),
    isWebAssembly: (name) => pathOfName(name).endsWith('.wasm'),
  };
}

/** The name of the module in a file: the URL of the file that links lead to. */
export function nameOfPath(path: string): string {
  return pathToFileURL(existsSync(path) ? realpathSync(path) : path).href;
}

function isFileName(name: string): boolean {
  return name.startsWith('file:') || isAbsolute(name);
}

function resolveSpecifier(specifier: string, from: string): string {
  if (specifier.startsWith('file:')) return fileURLToPath(specifier);
  if (specifier.startsWith('./') || specifier.startsWith('../') || isAbsolute(specifier)) {
    // Like a URL: percent escapes stand for characters, query and fragment are no part of the file's name.
    return isAbsolute(specifier)
      ? specifier
      : fileURLToPath(new URL(specifier, `${pathToFileURL(from).href}/`));
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(specifier);
  if (scheme !== null) throw new Error(`modules of the scheme '${scheme[1]}:' are not available`);
  return resolvePackage(specifier, from);
}

// ---- Packages

/** A target in `exports`: a path, conditions, alternatives, or null for what is private. */
type ExportTarget = string | null | readonly ExportTarget[] | { readonly [condition: string]: ExportTarget };

interface PackageManifest {
  readonly exports?: ExportTarget;
  readonly module?: string;
  readonly main?: string;
}

/** Conditions that hold for an import by this engine. */
const CONDITIONS: readonly string[] = ['kataan', 'import', 'module', 'default'];

function resolvePackage(specifier: string, from: string): string {
  const parts = specifier.split('/');
  const nameLength = specifier.startsWith('@') ? 2 : 1;
  const name = parts.slice(0, nameLength).join('/');
  if (name === '' || parts.length < nameLength || name.includes('\\'))
    throw new Error('it is not a valid name of a package');
  const subpath = ['.', ...parts.slice(nameLength)].join('/');
  for (let folder = from; ; folder = dirname(folder)) {
    const packageFolder = join(folder, 'node_modules', name);
    const manifestPath = join(packageFolder, 'package.json');
    if (existsSync(manifestPath)) return entryOf(packageFolder, manifestPath, subpath);
    if (dirname(folder) === folder) break;
  }
  throw new Error(
    `there is no package '${name}' in node_modules of ${from} or above (relative paths begin with './')`,
  );
}

function entryOf(packageFolder: string, manifestPath: string, subpath: string): string {
  const manifest = readManifest(manifestPath);
  if (manifest.exports === undefined) {
    const path = subpath === '.' ? (manifest.module ?? manifest.main ?? 'index.js') : subpath;
    return resolve(packageFolder, path);
  }
  const target = exportTarget(subpathsOf(manifest.exports), subpath);
  if (target === null || !target.startsWith('./')) {
    throw new Error(`'${subpath}' is not exported by ${manifestPath}`);
  }
  return resolve(packageFolder, target);
}

function readManifest(path: string): PackageManifest {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PackageManifest;
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `exports` as a map from subpaths; a target alone stands for the main entry. */
function subpathsOf(exports: ExportTarget): Readonly<Record<string, ExportTarget>> {
  const isMap =
    typeof exports === 'object' &&
    exports !== null &&
    Object.keys(exports).some((key) => key.startsWith('.'));
  return isMap ? (exports as Readonly<Record<string, ExportTarget>>) : { '.': exports };
}

function exportTarget(subpaths: Readonly<Record<string, ExportTarget>>, subpath: string): string | null {
  if (Object.hasOwn(subpaths, subpath)) return chooseTarget(subpaths[subpath], '');
  let best: string | null = null;
  for (const pattern of Object.keys(subpaths)) {
    const star = pattern.indexOf('*');
    if (star === -1 || subpath.length < pattern.length) continue;
    if (!subpath.startsWith(pattern.slice(0, star)) || !subpath.endsWith(pattern.slice(star + 1))) continue;
    if (best === null || star > best.indexOf('*')) best = pattern;
  }
  if (best === null) return null;
  const star = best.indexOf('*');
  return chooseTarget(subpaths[best], subpath.slice(star, subpath.length - (best.length - star - 1)));
}

/** The path that a target means under our conditions; `*` in it becomes `match`. */
function chooseTarget(target: ExportTarget, match: string): string | null {
  if (typeof target === 'string') return target.replaceAll('*', match);
  if (target === null) return null;
  if (Array.isArray(target)) {
    for (const alternative of target as readonly ExportTarget[]) {
      const chosen = chooseTarget(alternative, match);
      if (chosen !== null) return chosen;
    }
    return null;
  }
  for (const [condition, inner] of Object.entries(target)) {
    if (!CONDITIONS.includes(condition)) continue;
    const chosen = chooseTarget(inner, match);
    if (chosen !== null) return chosen;
  }
  return null;
}
