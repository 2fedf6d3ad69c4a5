// What text costs that becomes code while a program runs: eval, the function constructors, modules. Its tree is many
// times as long as the text, and lives as long as a function of it.
import { sourceTextBytes } from '../base/heap-leaf.ts';
import type { Agent } from './agent.ts';

/** Charges parsing and compiling a text of `length` code units, before it is done. */
export function chargeSource(agent: Agent, length: number): void {
  agent.chargeFuel(1 + (length >> 2));
  agent.chargeBytes(sourceTextBytes(length));
  // Strings of the code share its text, and may outlive it.
  agent.hiddenBytes += length;
}
