// The live progress line: on a terminal it is redrawn in place, elsewhere a line comes every half minute.
// Slow scenarios run first, so the time left is estimated by weight (expected milliseconds), not by number.

import type { Counts } from './runs.ts';

const REDRAW_MS = 200;
const LOG_MS = 30_000;

export class Progress {
  private readonly label: string;
  private readonly total: number;
  private readonly totalWeight: number;
  private readonly stream: NodeJS.WriteStream;
  private readonly startMs = Date.now();
  private lastMs = Date.now();
  private done = 0;
  private doneWeight = 0;

  constructor(label: string, total: number, totalWeight: number, stream: NodeJS.WriteStream) {
    this.label = label;
    this.total = total;
    this.totalWeight = totalWeight;
    this.stream = stream;
  }

  step(counts: Counts, weight: number): void {
    this.done++;
    this.doneWeight += weight;
    const nowMs = Date.now();
    if (nowMs - this.lastMs < (this.stream.isTTY ? REDRAW_MS : LOG_MS)) return;
    this.lastMs = nowMs;
    const line = this.line(counts, (nowMs - this.startMs) / 1000);
    if (this.stream.isTTY) this.stream.write(`\r\x1b[2K${line.slice(0, (this.stream.columns || 80) - 1)}`);
    else this.stream.write(`${line}\n`);
  }

  /** Removes the line and returns the seconds since the start. */
  end(): number {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K');
    return (Date.now() - this.startMs) / 1000;
  }

  private line(counts: Counts, seconds: number): string {
    const rate = this.done / seconds;
    const left = Math.round((seconds * (this.totalWeight - this.doneWeight)) / this.doneWeight);
    const eta = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    const done = `${this.done.toLocaleString('en')}/${this.total.toLocaleString('en')}`;
    return (
      `${this.label}  ${done}  ${((100 * this.done) / this.total).toFixed(1)}%  ${rate.toFixed(0)}/s  ETA ${eta}  ` +
      `fail ${counts.fail}  timeout ${counts.timeout}  crash ${counts.crash}`
    );
  }
}
