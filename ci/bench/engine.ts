// The one interface through which programs run in an engine, and the list of engines. Tiers of ours are taken from
// TIERS; a new one appears here by itself. Every engine is entered in the same way: two guest functions are defined
// beside the program (CALLING_CODE), a timed call is one call of `benchCall`.

import { DEFAULT_TIER, TIERS, type TierName } from '../../engine/engine.ts';
import { HOST, QUICKJS } from './results.ts';

export interface Engine {
  readonly version: string;
  /** Runs a script and gives its value as a string. Throws an `Error` for whatever goes wrong. */
  evaluate(source: string, name: string): string;
  /** Does units of a loaded program and gives its checksum as a string. */
  call(units: number): string;
  /** The same for an asynchronous program: jobs are drained before the checksum is read. */
  callAsync(units: number): Promise<string>;
  /** Null where an engine's realms are not measured. */
  readonly realms: RealmMaker | null;
}

/** Realms (contexts) of one engine, for measuring what a further one costs. */
export interface RealmMaker {
  create(): unknown;
  evaluate(realm: unknown, source: string): void;
  /** Bytes in use now, garbage excluded. */
  usedBytes(): number;
}

export interface EngineRow {
  readonly name: string;
  readonly tier: TierName | null;
  readonly nodeFlags: readonly string[];
  readonly load: () => Promise<Engine>;
  readonly hasRealms: boolean;
  /** Runs only when it is asked for by name. */
  readonly isExtra: boolean;
}

/** The default tier with every pattern on our own matcher. */
const OWN_REGEXP = 'own-regexp';

const loadHost = async (): Promise<Engine> => new (await import('./host-engine.ts')).HostEngine();

export const engineRows: readonly EngineRow[] = [
  ...TIERS.map((tier) => ({
    name: tier,
    tier,
    nodeFlags: [],
    load: async () => new (await import('./kataan-engine.ts')).KataanEngine(tier),
    hasRealms: true,
    isExtra: false,
  })),
  {
    name: OWN_REGEXP,
    tier: DEFAULT_TIER,
    nodeFlags: [],
    load: async () => new (await import('./kataan-engine.ts')).KataanEngine(DEFAULT_TIER, 'own'),
    hasRealms: false,
    isExtra: true,
  },
  { name: HOST, tier: null, nodeFlags: [], load: loadHost, hasRealms: true, isExtra: false },
  {
    name: 'host-jitless',
    tier: null,
    nodeFlags: ['--jitless'],
    load: loadHost,
    hasRealms: false,
    isExtra: false,
  },
  {
    name: QUICKJS,
    tier: null,
    nodeFlags: [],
    load: async () => (await import('./quickjs-emscripten-engine.ts')).loadQuickjsEmscripten(),
    hasRealms: true,
    isExtra: false,
  },
  {
    name: 'quickjs-wasi',
    tier: null,
    nodeFlags: [],
    load: async () => (await import('./quickjs-wasi-engine.ts')).loadQuickjsWasi(),
    hasRealms: false,
    isExtra: false,
  },
];

/** Defined after a program. `benchResult` is a property of the global object, so that every embedding can read it. */
export const CALLING_CODE = `
var benchResult;
function benchDone(checksum) { benchResult = String(checksum); }
function benchCall(n) {
  benchResult = undefined;
  var checksum = run(n, benchDone);
  if (checksum !== undefined) benchDone(checksum);
  return benchResult;
}`;
