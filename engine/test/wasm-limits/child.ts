// A process of little memory that takes in one hostile module after the other: `binary KIND LIMIT` or `text KIND LENGTH`, or
// `instance KIND`. Prints what happened as JSON; that it lives to do so is half of the test.

import { DEFAULT_MODULE_LIMITS, Instance, Module, Store, validate } from '../../wasm/wasm.ts';
import { hostileInstances } from './hostile-instances.ts';
import { hostileModules } from './hostile-modules.ts';
import { hostileTexts } from './hostile-texts.ts';

const [, , format, kind, number] = process.argv as unknown as [string, string, string, string, string?];

function binary(): unknown {
  const budget = Number(number);
  const limits = { entryBytes: budget, codeBytes: budget };
  const make = hostileModules[kind] as (count: number) => Uint8Array;
  /** What is wrong with a module with `count` entries. */
  const refusal = (count: number): string | null => {
    const error = validate(make(count), { limits });
    return error === null ? null : `${error.kind}: ${error.reason}`;
  };
  let accepted = 0;
  let refused = 1;
  let reason = refusal(refused);
  while (reason === null && make(1).length * refused < budget) {
    accepted = refused;
    refused *= 2;
    reason = refusal(refused);
  }
  // The largest that is accepted is the worst.
  for (let i = 0; i < 4 && reason !== null && refused - accepted > 1; i++) {
    const middle = Math.floor((accepted + refused) / 2);
    const found = refusal(middle);
    if (found === null) accepted = middle;
    else {
      refused = middle;
      reason = found;
    }
  }
  return { accepted, reason };
}

function text(): unknown {
  const make = hostileTexts[kind] as (count: number) => string;
  const unit = make(2).length - make(1).length;
  const source = make(Math.ceil(Number(number) / Math.max(unit, 1)));
  const started = performance.now();
  const error = validate(source);
  return { length: source.length, ms: performance.now() - started, reason: error?.reason ?? null };
}

function instance(): unknown {
  try {
    return { outcome: hostileInstances[kind]?.({ Instance, Module, Store }) };
  } catch (error) {
    const { name, message } = error as Error;
    return { outcome: `${name}: ${message}` };
  }
}

const outcome = format === 'binary' ? binary() : format === 'text' ? text() : instance();
console.log(JSON.stringify({ ...(outcome as object), limits: Object.keys(DEFAULT_MODULE_LIMITS).length }));
