// Running an input on a tier and writing down what happened, host exceptions included. Runs in worker processes
// and in tests; endless programs are the caller's business (fuel, or a process that can be killed).

import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Driver, ScenarioInput } from '../ci/conformance/driver.ts';
import { describeHostError } from '../ci/workers/host-error.ts';
import {
  type ExecuteOptions,
  type Executor,
  installTest262,
  type ProgramInput,
  type Runtime,
} from '../engine/engine.ts';
import type { Observation } from './compare.ts';

/** Runs a program on an executor. */
export function observeProgram(
  executor: Executor,
  input: ProgramInput,
  options: ExecuteOptions,
): Observation {
  return guarded(() => executor.execute(input, options));
}

/** What is observed, or the host error that escaped from the engine. */
export function guarded(observe: () => Observation): Observation {
  try {
    return observe();
  } catch (error) {
    return failure(error);
  }
}

/** Runs a Test262 scenario on a tier's driver. */
export async function observeScenario(driver: Driver, input: ScenarioInput): Promise<Observation> {
  try {
    const { completion, errorName, message, prints } = await driver.run(input);
    return {
      completion,
      value: errorName === '' ? message : `${errorName}: ${message}`,
      output: prints,
      unhandledRejections: [],
      fuel: 0,
    };
  } catch (error) {
    return failure(error);
  }
}

/**
 * What programs from files see besides `print` and `console`: their imports, `readText(PACKAGE/FILE)`, the scripts that
 * comments of theirs name, and `$262`, so that what Test262 shows can be kept as a program.
 */
export function fileHost(checkout: string, path: string, source: string): ExecuteOptions {
  const packages = resolve(checkout, 'node_modules');
  const readPackageFile = (name: string): string => readFileSync(resolve(packages, name), 'utf8');
  return {
    modules: {
      resolve: (specifier, referrer) => {
        const file = resolve(checkout, dirname(referrer ?? path), specifier);
        return relative(checkout, file).split(sep).join('/');
      },
      load: (name) => readFileSync(resolve(checkout, name), 'utf8'),
    },
    install: (runtime) => {
      installTest262(runtime, runtime.realm, null);
      runtime.defineFunction('readText', 1, ([name]) => readPackageFile(String(name)));
      for (const script of scriptsOf(source)) loadScript(runtime, script, readPackageFile(script));
    },
  };
}

/** The scripts to load first that a program names in comments `// script: PACKAGE/FILE`. */
function scriptsOf(source: string): string[] {
  return [...source.matchAll(/^\/\/ script: (.+)$/gm)].map((match) => match[1]);
}

function loadScript(runtime: Runtime, name: string, source: string): void {
  const completion = runtime.runScript(source, name);
  if (completion.kind === 'normal') return;
  const why = completion.kind === 'throw' ? runtime.describeError(completion.value).stack : completion.kind;
  throw new Error(`${name} ended with ${why}`);
}

function failure(error: unknown): Observation {
  return {
    completion: 'host-error',
    value: describeHostError(error),
    output: [],
    unhandledRejections: [],
    fuel: 0,
  };
}
