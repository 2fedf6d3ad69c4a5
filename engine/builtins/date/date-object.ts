// Date instances: the [[DateValue]] brand, https://tc39.es/ecma262/#sec-properties-of-date-instances .
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import type { Shape } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';

export class DateObject extends JSObject {
  dateValue: number;
  constructor(shape: Shape, dateValue: number) {
    super(shape);
    this.dateValue = dateValue;
  }
  override className(): string {
    return 'Date';
  }
}

/** Brand check: [[DateValue]]. */
export function thisDate(agent: Agent, thisValue: Value, name: string): DateObject {
  if (thisValue instanceof DateObject) return thisValue;
  return throwTypeError(
    agent,
    `Method Date.prototype.${name} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}
