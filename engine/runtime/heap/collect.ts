// Weak references, processed when asked: tracing finds what guest code can reach, WeakRefs let go of all else, and registries
// get jobs for it. The host's collector takes no part, so that the same program sees the same on every run.
//
// It is sound only while no guest code and no built-in runs: their host frames hold what cannot be seen. `Agent.endTurn` is
// the one caller. Nothing here runs guest code, charges or throws.
import type { Agent } from '../agent.ts';
import { enqueueFinalizationRegistryCleanupJob } from '../operations/weak-references.ts';
import { visitRoots } from './roots.ts';
import { Trace } from './trace.ts';

/** Processes all weak references of an agent. Does nothing where it cannot be known what is reachable. */
export function processWeakReferences(agent: Agent): void {
  const trace = new Trace();
  visitRoots(agent, trace);
  trace.finish();
  if (trace.isIncomplete) return;
  for (const { weakRefTarget } of trace.weakRefs) {
    const target = weakRefTarget.get();
    if (target !== undefined && !trace.has(target)) weakRefTarget.clear();
  }
  for (const registry of trace.registries) {
    for (const { weakRefTarget, unregisterToken } of registry.cells) {
      const token = unregisterToken?.get();
      if (token !== undefined && !trace.has(token)) unregisterToken?.clear();
      const target = weakRefTarget.get();
      if (target === undefined || trace.has(target)) continue;
      weakRefTarget.clear();
      enqueueFinalizationRegistryCleanupJob(agent, registry);
    }
  }
}
