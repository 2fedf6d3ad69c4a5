// The one interface through which the runner reaches an engine, and the list of engines.
// A driver gets one scenario as data and returns how it ended as data; it lives in a worker process
// that the runner kills on a time-out, so it need not guard itself against endless programs.
//
// To add a tier: write `<name>-driver.ts` beside this file and add its row to `drivers`.

export interface HarnessFile {
  readonly name: string;
  /** The same string object for every scenario of a worker, so that a driver may cache by identity. */
  readonly source: string;
}

export interface ScenarioInput {
  /** Path in the suite, with `/`, such as `test/language/asi/S7.9_A1.js`. */
  readonly path: string;
  /** The test's text as it is in the file; see `programText` for `strictPrefix`. */
  readonly source: string;
  readonly goal: 'script' | 'module';
  /** Run with `"use strict";` and a newline put before the text. */
  readonly strictPrefix: boolean;
  /** Scripts to evaluate in the realm's global scope before the test, in this order. */
  readonly includes: readonly HarnessFile[];
  /** The test is over when it prints `Test262:AsyncTestComplete` or a failure. */
  readonly isAsync: boolean;
  /** [[CanBlock]] of the agent. */
  readonly canBlock: boolean;
  /** The suite's directory: `./x.js` in a module is resolved against dirname(root/path). */
  readonly root: string;
  /** A parse-negative: parse and report early errors, create no realm, run nothing. */
  readonly parseOnly: boolean;
}

export type Completion =
  | 'normal'
  | 'throw'
  /** The test's own text has a syntax or early error. */
  | 'parse-error'
  /** Loading or linking the module graph failed. */
  | 'resolution-error'
  /** An engine limit (fuel, bytes, depth, time) stopped the program. */
  | 'limit'
  /** An exception of the host escaped from the engine. */
  | 'host-error';

export interface ScenarioResult {
  readonly completion: Completion;
  /** Name of the constructor of the thrown value; empty for a primitive or no error. */
  readonly errorName: string;
  readonly message: string;
  /** What the program gave to `print`, in order. */
  readonly prints: readonly string[];
}

export interface Driver {
  readonly name: string;
  /** Runs one scenario in a fresh agent and realm, jobs drained. A rejection counts as `host-error`. */
  run(input: ScenarioInput): Promise<ScenarioResult>;
}

export interface DriverRow {
  /** A reference engine is a column to compare with; expectations are not kept for it. */
  readonly isReference: boolean;
  /** [[CanBlock]] of this engine's agents if it cannot be chosen; tests that need the other value are left out. */
  readonly fixedCanBlock: boolean | null;
  readonly nodeFlags: readonly string[];
  readonly load: () => Promise<Driver>;
}

export const drivers: Readonly<Record<string, DriverRow>> = {
  'tree-walker': {
    isReference: false,
    fixedCanBlock: null,
    nodeFlags: [],
    load: async () => new (await import('./kataan-driver.ts')).KataanDriver('tree-walker'),
  },
  'bytecode-vm': {
    isReference: false,
    fixedCanBlock: null,
    nodeFlags: [],
    load: async () => new (await import('./kataan-driver.ts')).KataanDriver('bytecode-vm'),
  },
  'host-v8': {
    isReference: true,
    fixedCanBlock: true,
    nodeFlags: ['--experimental-vm-modules', '--expose-gc', '--no-warnings'],
    load: async () => new (await import('./host-driver.ts')).HostDriver(),
  },
};

export const ASYNC_COMPLETE = 'Test262:AsyncTestComplete';
export const ASYNC_FAILURE = 'Test262:AsyncTestFailure:';

/** The text to parse for a scenario. */
export function programText(input: ScenarioInput): string {
  return input.strictPrefix ? `"use strict";\n${input.source}` : input.source;
}

/** Whether an asynchronous test has reported its end. */
export function hasReported(prints: readonly string[]): boolean {
  return prints.some((line) => line === ASYNC_COMPLETE || line.startsWith(ASYNC_FAILURE));
}
