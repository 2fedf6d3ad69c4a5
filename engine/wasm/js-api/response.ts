// The bytes of something like a Response of the Fetch standard, awaited step by step: the response, then its body. Any
// object with a method `arrayBuffer` is one; where it has `ok` and `headers`, they are looked at as the Web API says.
// https://webassembly.github.io/spec/web-api/#streaming-modules

import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../../runtime/errors.ts';
import type { AwaitContinuation, PromiseObject } from '../../runtime/objects/promise.ts';
import { Get, Invoke } from '../../runtime/operations/object-operations.ts';
import {
  PromiseResolve,
  performPromiseThenContinuation,
  RejectPromise,
} from '../../runtime/operations/promise-operations.ts';
import { ToString } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { copyOfBytes } from './web-idl.ts';

export class ResponseBytes<Job> implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  private readonly promise: PromiseObject;
  private readonly what: string;
  private readonly finish: (agent: Agent, bytes: Uint8Array, job: Job) => void;
  private readonly job: Job;
  private isResponse: boolean;

  /** `finish`, a static function, gets the bytes; errors before it reject the promise. */
  constructor(
    promise: PromiseObject,
    what: string,
    finish: (agent: Agent, bytes: Uint8Array, job: Job) => void,
    job: Job,
  ) {
    this.promise = promise;
    this.what = what;
    this.finish = finish;
    this.job = job;
    this.isResponse = true;
  }

  /** Awaits a response or a promise of one. Throws what looking at it throws. */
  begin(agent: Agent, source: Value): void {
    const promise = PromiseResolve(agent, agent.realm.intrinsic('%Promise%'), source);
    performPromiseThenContinuation(agent, promise as PromiseObject, this);
  }

  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): null {
    if (completion === 'throw') {
      RejectPromise(agent, this.promise, value);
      return null;
    }
    try {
      if (this.isResponse) {
        this.isResponse = false;
        this.begin(agent, this.body(agent, value));
        return null;
      }
      this.finish(agent, copyOfBytes(agent, value, this.what), this.job);
    } catch (thrown) {
      RejectPromise(agent, this.promise, guestValueOf(agent, thrown));
    }
    return null;
  }

  /** A promise of the body of a response. */
  private body(agent: Agent, response: Value): Value {
    const { what } = this;
    if (typeof response !== 'object' || response === null)
      throwTypeError(agent, `${what}: the source must be a Response, not ${describeForMessage(response)}`);
    if (Get(agent, response, 'ok') === false) throwTypeError(agent, `${what}: the response is not ok`);
    const headers = Get(agent, response, 'headers');
    if (typeof headers === 'object' && headers !== null) {
      const type = ToString(agent, Invoke(agent, headers, 'get', ['Content-Type']));
      if (!/^[\t\n\r ]*application\/wasm[\t\n\r ]*$/i.test(type))
        throwTypeError(
          agent,
          `${what}: the MIME type must be application/wasm, not ${describeForMessage(type)}`,
        );
    }
    return Invoke(agent, response, 'arrayBuffer');
  }
}
