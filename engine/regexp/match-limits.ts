// What one match may use, and how it ends when it wants more.

export interface MatchLimits {
  /** Called with the number of steps since the last call, about every thousand; may throw to stop the match. */
  charge(steps: number): void;
  /** Bytes the backtrack stack may take. */
  readonly maxStackBytes: number;
  /** Steps a single match may take, and more for each code unit of its subject. A step is an instruction or a character of a repetition. */
  readonly maxSteps: number;
  readonly maxStepsPerUnit: number;
}

/** Limits for trusted patterns: no charge, 256 MiB, any number of steps. */
export const NO_MATCH_LIMITS: MatchLimits = {
  charge: () => {},
  maxStackBytes: 0x1000_0000,
  maxSteps: Number.POSITIVE_INFINITY,
  maxStepsPerUnit: 0,
};

/** Thrown when the backtrack stack would pass `maxStackBytes`. Not a host Error; no guest may see it. */
export class BacktrackStackLimit {
  readonly maxStackBytes: number;

  constructor(maxStackBytes: number) {
    this.maxStackBytes = maxStackBytes;
  }
}

/** Thrown when a match has taken the steps that it may. Not a host Error; no guest may see it. */
export class BacktrackStepLimit {
  readonly maxSteps: number;

  constructor(maxSteps: number) {
    this.maxSteps = maxSteps;
  }
}
