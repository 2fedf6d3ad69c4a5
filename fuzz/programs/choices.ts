// The one source of chance of the generator: every decision is drawn here, from fast-check's random numbers.
import type { Random } from 'fast-check';

/** An alternative with its weight. */
export type Weighted<T> = readonly [weight: number, value: T];

export class Choices {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** An integer from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return this.random.nextInt(min, max);
  }

  /** True in about `percent` of a hundred cases. */
  chance(percent: number): boolean {
    return this.random.nextInt(0, 99) < percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.random.nextInt(0, list.length - 1)];
  }

  weighted<T>(list: readonly Weighted<T>[]): T {
    let total = 0;
    for (const [weight] of list) total += weight;
    let at = this.random.nextInt(0, total - 1);
    for (const [weight, value] of list) {
      at -= weight;
      if (at < 0) return value;
    }
    return list[list.length - 1][1];
  }

  /** A list of `min` to `max` made items. */
  list<T>(min: number, max: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.int(min, max) }, (_, index) => make(index));
  }
}
