// The messages between the parent and its workers: one answer to each request, `{ value }` or `{ error }`.

import type { Program } from './programs.ts';

export type Request =
  | {
      readonly kind: 'start';
      readonly engine: string;
      readonly program: Program;
      readonly targetMs: number;
      readonly warmupMs: number;
    }
  | { readonly kind: 'sample' }
  | { readonly kind: 'first'; readonly engine: string; readonly program: Program; readonly windowMs: number }
  | { readonly kind: 'realms'; readonly engine: string; readonly count: number };

export interface StartAnswer {
  readonly version: string;
  /** Why the program is not run on this engine. */
  readonly skipped: string | null;
}

export interface SampleAnswer {
  readonly ms: number;
  readonly units: number;
  /** Processor time over wall time: less than 1 when others had the processor. */
  readonly cpuShare: number;
}

export interface FirstAnswer {
  readonly skipped: string | null;
  readonly count: number;
  /** From the text of the program to the end of its first unit. */
  readonly firstMs: number;
  /** From the text of the program to the end of the last unit that was completed in the window, or of the first. */
  readonly lastMs: number;
  readonly cpuShare: number;
}

export interface RealmsAnswer {
  readonly createMs: number;
  readonly createKb: number;
  readonly firstScriptMs: number;
  /** Of a realm in which a first script has run. */
  readonly usedKb: number;
}

export type Answer<T> = { readonly value: T } | { readonly error: string };
