// The stage and edition of every `features:` tag of Test262 at the pinned commit: the one place where they stand.
//
// Sources: the section of Test262's features.txt that lists a tag, and tc39/proposals at 1eb7ced3 (24 June 2026): README.md
// and ecma402/README.md for stages 3 and 2.7, the two finished-proposals.md for the year of publication. Where the two
// disagree, the later one counts. Tags that never were a proposal of their own have the edition that their clause came
// with. Test262 takes proposals from stage 2.7 on, so one that the list of that day still had at 2 is given as 2.7.

/** `host`: a hook of `$262`; `unlisted`: a tag that this table does not know. */
export type FeatureStage = '4' | '3' | '2.7' | 'host' | 'unlisted';

export interface StageRow {
  readonly stage: FeatureStage;
  /** `ES2021`, `ECMA-402 2021`; empty before stage 4. */
  readonly edition: string;
  readonly tags: readonly string[];
}

function row(stage: FeatureStage, edition: string, tags: string): StageRow {
  return { stage, edition, tags: tags.trim().split(/\s+/) };
}

/** In the order in which reports show them. */
export const stageRows: readonly StageRow[] = [
  row('2.7', '', 'ShadowRealm decorators export-defer immutable-arraybuffer import-bytes await-dictionary'),
  row(
    '3',
    '',
    `legacy-regexp source-phase-imports source-phase-imports-module-source import-defer import-text nonextensible-applies-to-private error-stack-accessor
     Iterator.prototype.join`,
  ),
  row(
    '4',
    'ES2027',
    `Temporal canonical-tz Atomics.pause explicit-resource-management joint-iteration iterator-chunking iterator-includes`,
  ),
  row(
    '4',
    'ES2026',
    `Array.fromAsync Error.isError Math.sumPrecise iterator-sequencing json-parse-with-source uint8array-base64 upsert`,
  ),
  row(
    '4',
    'ES2025',
    `Float16Array RegExp.escape import-attributes iterator-helpers json-modules promise-try
     regexp-duplicate-named-groups regexp-modifiers set-methods`,
  ),
  row(
    '4',
    'ES2024',
    `Atomics.waitAsync array-grouping arraybuffer-transfer promise-with-resolvers regexp-v-flag resizable-arraybuffer
     String.prototype.isWellFormed String.prototype.toWellFormed`,
  ),
  row('4', 'ES2023', 'array-find-from-last change-array-by-copy hashbang symbols-as-weakmap-keys'),
  row(
    '4',
    'ES2022',
    `Array.prototype.at String.prototype.at TypedArray.prototype.at Object.hasOwn arbitrary-module-namespace-names
     class-fields-private class-fields-private-in class-fields-public class-methods-private class-static-block
     class-static-fields-private class-static-fields-public class-static-methods-private error-cause
     regexp-match-indices top-level-await`,
  ),
  row(
    '4',
    'ES2021',
    `AggregateError FinalizationRegistry Promise.any String.prototype.replaceAll WeakRef logical-assignment-operators
     numeric-separator-literal align-detached-buffer-semantics-with-web-reality`,
  ),
  row(
    '4',
    'ES2020',
    `BigInt Promise.allSettled String.prototype.matchAll Symbol.matchAll coalesce-expression dynamic-import
     export-star-as-namespace-from-module for-in-order globalThis import.meta optional-chaining proxy-missing-checks
     stable-typedarray-sort`,
  ),
  row(
    '4',
    'ES2019',
    `Array.prototype.flat Array.prototype.flatMap Object.fromEntries String.prototype.trimEnd
     String.prototype.trimStart Symbol.prototype.description json-superset optional-catch-binding stable-array-sort
     string-trimming well-formed-json-stringify`,
  ),
  row(
    '4',
    'ES2018',
    `Promise.prototype.finally Symbol.asyncIterator async-iteration object-rest object-spread regexp-dotall
     regexp-lookbehind regexp-named-groups regexp-unicode-property-escapes`,
  ),
  row('4', 'ES2017', 'Atomics SharedArrayBuffer async-functions __getter__ __setter__'),
  row('4', 'ES2016', 'Array.prototype.includes exponentiation u180e'),
  row(
    '4',
    'ES2015',
    `ArrayBuffer Array.prototype.values DataView DataView.prototype.getFloat32 DataView.prototype.getFloat64
     DataView.prototype.getInt16 DataView.prototype.getInt32 DataView.prototype.getInt8 DataView.prototype.getUint16
     DataView.prototype.getUint32 DataView.prototype.setUint8 Float32Array Float64Array Int16Array Int32Array Int8Array
     Map Object.is Promise Proxy Reflect Reflect.construct Reflect.set Reflect.setPrototypeOf Set
     String.fromCodePoint String.prototype.endsWith String.prototype.includes Symbol Symbol.hasInstance
     Symbol.isConcatSpreadable Symbol.iterator Symbol.match Symbol.replace Symbol.search Symbol.species Symbol.split
     Symbol.toPrimitive Symbol.toStringTag Symbol.unscopables TypedArray Uint16Array Uint32Array Uint8Array
     Uint8ClampedArray WeakMap WeakSet __proto__ arrow-function caller class computed-property-names const cross-realm
     default-parameters destructuring-assignment destructuring-binding for-of generators let new.target
     rest-parameters super tail-call-optimization template`,
  ),
  row('4', 'ECMA-402 2026', 'Intl.Era-monthcode Intl.Locale-info'),
  row('4', 'ECMA-402 2025', 'Intl.DurationFormat'),
  row('4', 'ECMA-402 2023', 'Intl.NumberFormat-v3'),
  row(
    '4',
    'ECMA-402 2022',
    'Intl-enumeration Intl.DisplayNames-v2 Intl.DateTimeFormat-extend-timezonename Intl.Segmenter',
  ),
  row(
    '4',
    'ECMA-402 2021',
    `Intl.DateTimeFormat-datetimestyle Intl.DateTimeFormat-dayPeriod Intl.DateTimeFormat-formatRange
     Intl.DateTimeFormat-fractionalSecondDigits Intl.DisplayNames Intl.ListFormat`,
  ),
  row('4', 'ECMA-402 2020', 'Intl.Locale Intl.NumberFormat-unified Intl.RelativeTimeFormat'),
  row('4', 'ECMA-402', 'intl-normative-optional'),
  row('host', '', 'IsHTMLDDA host-gc-required'),
];

/** How reports call a stage, with the edition where there is one. */
export function stageTitle(stage: FeatureStage, edition: string): string {
  if (stage === '4') return edition === '' ? 'stage 4' : edition;
  return stage === 'host' ? 'hooks of the test host' : stage === 'unlisted' ? 'unlisted' : `stage ${stage}`;
}

const byTag = new Map(stageRows.flatMap((each) => each.tags.map((tag) => [tag, each] as const)));

/** Stage and edition of a tag; `unlisted` where the table has none. */
export function stageOf(tag: string): { readonly stage: FeatureStage; readonly edition: string } {
  const { stage, edition } = byTag.get(tag) ?? { stage: 'unlisted', edition: '' };
  return { stage, edition };
}
