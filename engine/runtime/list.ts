// Lists that the engine makes as host arrays and whose length the guest controls.
import type { Agent } from './agent.ts';
import { throwRangeError } from './errors.ts';

/** Hosts end the process, uncatchably, when an array grows to about twice this length. */
export const MAX_LIST_LENGTH = 1 << 26;

/** What an element of a list is charged. */
const ELEMENT_BYTES = 8;

/** Appends to a list, charging the element. Throws a guest RangeError for a list that the host could not hold. */
export function appendToList<T>(agent: Agent, list: T[], element: T): void {
  if (list.length >= MAX_LIST_LENGTH) throwRangeError(agent, 'Invalid array length');
  agent.chargeBytes(ELEMENT_BYTES);
  list.push(element);
}
