// A process of little memory that runs hostile programs on one tier, one after the other: `TIER`. It prints how each ended as a
// line of JSON; that it lives to do so is half of the test.
import {
  describeError,
  describeUncaught,
  globalNames,
  inspect,
  Runtime,
  type TierName,
} from '../../engine.ts';
import { hostilePrograms, hostileValues } from './programs.ts';

const LIMITS = { fuel: 5e6, bytes: 20e6 };
const tier = process.argv[2] as TierName;

for (const [name, source] of Object.entries(hostilePrograms)) {
  const runtime = new Runtime({ tier, limits: LIMITS });
  const { kind } = runtime.runScript(source, 'hostile.js');
  runtime.runJobs();
  // Looking is not charged, whatever has been used up.
  const names = globalNames(runtime.realm).includes('Array');
  console.log(JSON.stringify({ name, kind, names }));
}

for (const [name, source] of Object.entries(hostileValues)) {
  const runtime = new Runtime({ tier, limits: { fuel: 5e6, bytes: 40e6 } });
  const completion = runtime.runScript(source, 'hostile.js');
  if (completion.kind !== 'normal') throw new Error(`${name}: ${completion.kind}`);
  const { value } = completion;
  const started = performance.now();
  const text = inspect(value);
  const lengths = [text.length, describeUncaught(value).length, describeError(value).message.length];
  const ms = Math.round(performance.now() - started);
  console.log(JSON.stringify({ name, kind: 'shown', start: text.slice(0, 60), lengths, ms }));
}
