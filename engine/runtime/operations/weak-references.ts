// Managing memory, https://tc39.es/ecma262/#sec-managing-memory : what a job keeps alive, and how a registry hears of what is
// gone. Who decides that something is gone is either the host's collector (`HostHooks.hostReclaims`) or only
// runtime/heap/collect.ts, when it is asked.
import type { Agent } from '../agent.ts';
import { Call1 } from '../call.ts';
import { guestValueOf } from '../errors.ts';
import type { JobKind } from '../jobs.ts';
import type { FinalizationCell, FinalizationRegistryObject } from '../objects/finalization-registry.ts';
import type { WeakRefObject } from '../objects/weak-ref.ts';
import type { Value } from '../value.ts';
import { WeakTarget, type WeakValue } from '../weak-target.ts';
import { createPromise, RejectPromise } from './promise-operations.ts';

/** What a cell of a registry is charged. */
const CELL_BYTES = 200;

/** AddToKeptObjects ( value ) — https://tc39.es/ecma262/#sec-addtokeptobjects . `Agent.endTurn` clears them. */
export function AddToKeptObjects(agent: Agent, value: WeakValue): void {
  agent.keptObjects.add(value);
}

/** WeakRefDeref ( weakRef ) — https://tc39.es/ecma262/#sec-weakrefderef */
export function WeakRefDeref(agent: Agent, weakRef: WeakRefObject): Value {
  const target = weakRef.weakRefTarget.get();
  if (target !== undefined) AddToKeptObjects(agent, target);
  return target;
}

/** Adds a cell to a registry: FinalizationRegistry.prototype.register from step 5. */
export function addCell(
  agent: Agent,
  registry: FinalizationRegistryObject,
  target: WeakValue,
  heldValue: Value,
  unregisterToken: WeakValue | undefined,
): void {
  const { hostReclaims } = agent.hooks;
  agent.chargeBytes(CELL_BYTES);
  const cell: FinalizationCell = {
    registry,
    weakRefTarget: new WeakTarget(target, hostReclaims),
    heldValue,
    unregisterToken: unregisterToken === undefined ? null : new WeakTarget(unregisterToken, hostReclaims),
  };
  registry.cells.add(cell);
  if (unregisterToken !== undefined) {
    const known = registry.cellsByToken.get(unregisterToken);
    if (known === undefined) registry.cellsByToken.set(unregisterToken, new Set([cell]));
    else known.add(cell);
  }
  if (!hostReclaims) return;
  registry.hostRegistry ??= new FinalizationRegistry(targetIsGone);
  registry.hostRegistry.register(target, cell, cell);
}

/** Removes a cell. */
function removeCell(
  { cells, cellsByToken, hostRegistry }: FinalizationRegistryObject,
  cell: FinalizationCell,
): void {
  cells.delete(cell);
  hostRegistry?.unregister(cell);
  const token = cell.unregisterToken?.get();
  if (token === undefined) return;
  const others = cellsByToken.get(token);
  if (others?.delete(cell) === true && others.size === 0) cellsByToken.delete(token);
}

/** Removes the cells with a token; false if there are none: FinalizationRegistry.prototype.unregister from step 4. */
export function removeCellsOf(agent: Agent, registry: FinalizationRegistryObject, token: WeakValue): boolean {
  const found = registry.cellsByToken.get(token);
  if (found === undefined) return false;
  agent.chargeFuel(found.size);
  for (const cell of found) removeCell(registry, cell);
  return true;
}

/** The host has reclaimed the target of a cell. It says so between turns. */
function targetIsGone(cell: FinalizationCell): void {
  const { registry } = cell;
  const { agent } = registry.registryRealm;
  enqueueFinalizationRegistryCleanupJob(agent, registry);
  agent.hooks.jobsArrived();
}

/** HostEnqueueFinalizationRegistryCleanupJob — https://tc39.es/ecma262/#sec-host-cleanup-finalization-registry */
export function enqueueFinalizationRegistryCleanupJob(
  agent: Agent,
  registry: FinalizationRegistryObject,
): void {
  if (registry.isCleanupEnqueued) return;
  registry.isCleanupEnqueued = true;
  agent.enqueueJob(finalizationRegistryCleanupJob, registry, registry.registryRealm);
}

/** Calls back for the cells of a registry whose targets are gone. */
export const finalizationRegistryCleanupJob: JobKind<FinalizationRegistryObject> = {
  kind: 'FinalizationRegistry cleanup',
  run(agent, registry) {
    registry.isCleanupEnqueued = false;
    try {
      CleanupFinalizationRegistry(agent, registry);
    } catch (thrown) {
      // Nobody waits for the job: the host hears of the exception as of a promise that nobody handles.
      RejectPromise(agent, createPromise(agent), guestValueOf(agent, thrown));
      for (const cell of registry.cells) {
        if (cell.weakRefTarget.get() !== undefined) continue;
        enqueueFinalizationRegistryCleanupJob(agent, registry);
        break;
      }
    }
  },
};

/** CleanupFinalizationRegistry ( finalizationRegistry ) — https://tc39.es/ecma262/#sec-cleanup-finalization-registry */
function CleanupFinalizationRegistry(agent: Agent, registry: FinalizationRegistryObject): void {
  const callback = registry.cleanupCallback;
  for (const cell of registry.cells) {
    if (cell.weakRefTarget.get() !== undefined) continue;
    agent.chargeFuel(1);
    removeCell(registry, cell);
    Call1(agent, callback, undefined, cell.heldValue);
  }
}
