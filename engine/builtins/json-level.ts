// The nesting of JSON values.
import type { Agent } from '../runtime/agent.ts';

/** Units of depth of a level of nesting. */
const JSON_LEVEL_DEPTH = 2;

/** Charges levels that lie in records, as those on the host's stack. Throws a guest RangeError at the limit. */
export function chargeJSONLevel(agent: Agent, level: number): void {
  agent.chargeBytes(64);
  if (agent.depth + level * JSON_LEVEL_DEPTH > agent.limits.depth) agent.throwStackOverflow();
}
