// The WebAssembly of an agent, made when it is first used.

import type { Agent } from '../../runtime/agent.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { exceptionOf, valueOfException } from './runtime-errors.ts';
import { WebAssemblyState } from './state.ts';
import { fromReference } from './values.ts';
import { AgentWaiting } from './waiting.ts';

/** What WebAssembly keeps for an agent. */
export function stateOf(agent: Agent): WebAssemblyState {
  return (agent.webAssembly as WebAssemblyState | null) ?? initialize(agent);
}

function initialize(agent: Agent): WebAssemblyState {
  const state = new WebAssemblyState(agent);
  state.store.exceptionOf = (thrown) => exceptionOf(state, thrown);
  state.store.valueOfException = (exception) =>
    new ThrowCompletion(valueOfException(state, exception, fromReference));
  state.store.waiting = new AgentWaiting(agent);
  agent.webAssembly = state;
  agent.hostRoots.add(() => [state]);
  return state;
}
