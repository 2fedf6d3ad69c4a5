// How many units one timed call does, so that the clock's resolution and the way into the engine do not count.

/** Units for a call of about `targetMs`, from a call of `units` that took `ms`; at most 20 times more at once. */
export function unitsFor(units: number, ms: number, targetMs: number): number {
  const factor = ms > 0 ? targetMs / ms : Number.POSITIVE_INFINITY;
  return Math.max(1, Math.round(units * Math.min(factor, 20)));
}

/** Whether a call was so far from the target that the next one should do another number of units. */
export function isOffTarget(ms: number, targetMs: number): boolean {
  return ms < targetMs / 2 || ms > targetMs * 1.5;
}

const STILL_GAINING = 0.95;
const CALLS_WITHOUT_GAIN = 3;
const MOST_WARMUPS = 6;

/** When warming up is over: a call that is faster than all before it shows that the host is still compiling. */
export class WarmUp {
  private readonly warmupMs: number;
  private spentMs = 0;
  private leastUnitMs = Number.POSITIVE_INFINITY;
  private callsWithoutGain = 0;

  constructor(warmupMs: number) {
    this.warmupMs = warmupMs;
  }

  /** Takes note of a call; true when no further one is needed. */
  isOverAfter(units: number, ms: number): boolean {
    this.spentMs += ms;
    const unitMs = ms / units;
    this.callsWithoutGain = unitMs < STILL_GAINING * this.leastUnitMs ? 0 : this.callsWithoutGain + 1;
    this.leastUnitMs = Math.min(this.leastUnitMs, unitMs);
    if (this.spentMs < this.warmupMs) return false;
    return this.callsWithoutGain >= CALLS_WITHOUT_GAIN || this.spentMs >= MOST_WARMUPS * this.warmupMs;
  }
}
