// Stands in for suspension.ts in the plain evaluator, which never evaluates a node that suspends.
import { InternalError } from '../../base/assert.ts';
import type { Agent } from '../../runtime/agent.ts';
import type { IteratorRecord } from '../../runtime/operations/iterator-operations.ts';
import type { Value } from '../../runtime/value.ts';
import type { Frame } from '../frame.ts';

function unexpected(): never {
  throw new InternalError('the plain evaluator met a suspension point');
}

export function Await(_agent: Agent, _context: Frame, _value: Value): Value {
  return unexpected();
}

export function Yield(_agent: Agent, _context: Frame, _value: Value): Value {
  return unexpected();
}

export function YieldDelegate(_agent: Agent, _context: Frame, _value: Value): Value {
  return unexpected();
}

export function AsyncIteratorClose(_agent: Agent, _context: Frame, _iteratorRecord: IteratorRecord): void {
  unexpected();
}

export function AsyncIteratorCloseQuietly(
  _agent: Agent,
  _context: Frame,
  _iteratorRecord: IteratorRecord,
): void {
  unexpected();
}
