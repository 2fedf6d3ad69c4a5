// Where guest code starts from: what is alive without anything of the guest referring to it.
import type { Agent } from '../agent.ts';
import type { ReferenceVisitor } from './references.ts';

/** Tells `visitor` the roots of an agent: what runs, what is to run, and what its host holds. */
export function visitRoots(agent: Agent, visitor: ReferenceVisitor): void {
  visitor.visit(agent.realm);
  visitor.visit(agent.context);
  visitor.visit(agent.jobs);
  visitor.visit(agent.timeouts);
  visitor.visit(agent.waiterLists);
  visitor.visit(agent.cluster?.asyncWaiters);
  visitor.visit(agent.keptObjects);
  visitor.visit(agent.pendingLoads);
  for (const root of agent.hostRoots) {
    for (const thing of root()) visitor.visit(thing);
  }
}
