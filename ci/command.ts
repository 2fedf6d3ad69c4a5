// What the commands of this repository share: how a command line is read, how a wrong one ends, and where they write.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The command cannot be carried out; the message tells the user what to do. */
export class CommandError extends Error {}

/** The command line is wrong; the message says how. */
export class UsageError extends CommandError {}

/** `parseArgs` of Node that throws a `UsageError`. */
export function parseCommandLine<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The words of `A,B`. */
export function names(text: string): string[] {
  return text.split(',').filter(Boolean);
}

/** Runs a command and gives its exit status: 2 if its command line is wrong or it cannot be carried out. */
export async function runCommand(
  name: string,
  usage: string,
  args: readonly string[],
  conduct: () => number | Promise<number>,
): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  try {
    return await conduct();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    log(`${name}: ${error.message}`);
    if (error instanceof UsageError) log(`\n${usage}`);
    return 2;
  }
}

/** Writes a file, in folders that need not be there. */
export function writeFile(file: string, text: string): void {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, text);
}

/** A line that is no result. */
export function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
