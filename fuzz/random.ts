// Random choices that are the same for the same seed, on every host.

export class Random {
  private state: number;

  constructor(...seeds: readonly number[]) {
    this.state = 0x9e3779b9;
    for (const seed of seeds) {
      this.state = (this.state ^ Math.imul(seed + 1, 0x85ebca6b)) | 0;
      this.next();
    }
  }

  /** 32 bits: a counter that is mixed. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return (x ^ (x >>> 15)) >>> 0;
  }

  /** An integer from 0 to `limit` - 1; 0 if there is none. */
  below(limit: number): number {
    return limit <= 1 ? 0 : this.next() % limit;
  }

  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
}
