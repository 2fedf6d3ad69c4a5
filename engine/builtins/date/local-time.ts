// Local time by the agent's time zone, https://tc39.es/ecma262/#sec-localtime .
import type { Agent } from '../../runtime/agent.ts';
import { MS_PER_DAY } from './arithmetic.ts';

/** LocalTime ( t ) — https://tc39.es/ecma262/#sec-localtime */
export function LocalTime(agent: Agent, t: number): number {
  return t + agent.hooks.timeZone.offsetMsAt(t);
}

/**
 * UTC ( t ) — https://tc39.es/ecma262/#sec-utc-t . A local time that occurs twice means its first occurrence; one
 * that is skipped is read with the offset before the transition.
 */
export function UTC(agent: Agent, t: number): number {
  if (!Number.isFinite(t)) return Number.NaN;
  const zone = agent.hooks.timeZone;
  const offsetBefore = zone.offsetMsAt(t - MS_PER_DAY);
  const offsetAfter = zone.offsetMsAt(t + MS_PER_DAY);
  const early = t - Math.max(offsetBefore, offsetAfter);
  if (zone.offsetMsAt(early) === t - early) return early;
  const late = t - Math.min(offsetBefore, offsetAfter);
  if (zone.offsetMsAt(late) === t - late) return late;
  return t - offsetBefore;
}
