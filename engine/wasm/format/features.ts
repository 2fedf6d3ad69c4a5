// The feature flags: one row for each WebAssembly proposal. A row of the instruction table names the proposal it came
// with; reader, text parser and validator ask here whether what they see is switched on. `mvp` cannot be switched off.

export const featureRows = {
  mvp: { isOn: true, what: 'WebAssembly 1.0' },
  signExtension: { isOn: true, what: 'sign-extension operators' },
  saturatingConversion: { isOn: true, what: 'non-trapping float-to-int conversions' },
  multiValue: { isOn: true, what: 'several results, parameters of blocks' },
  bulkMemory: { isOn: true, what: 'bulk memory operations, passive segments' },
  referenceTypes: { isOn: true, what: 'funcref, externref, several tables' },
  simd: { isOn: true, what: 'fixed-width vectors' },
  relaxedSimd: { isOn: true, what: 'relaxed vector instructions' },
  extendedConst: { isOn: true, what: 'integer arithmetic in constant expressions' },
  tailCalls: { isOn: true, what: 'tail calls' },
  multiMemory: { isOn: true, what: 'several memories' },
  memory64: { isOn: true, what: '64-bit addresses of memories and tables' },
  functionReferences: { isOn: true, what: 'typed function references' },
  gc: { isOn: true, what: 'structures, arrays, i31, recursive types' },
  exceptions: { isOn: true, what: 'exception handling with try_table' },
  legacyExceptions: { isOn: true, what: 'exception handling with try, catch and delegate' },
  threads: { isOn: true, what: 'shared memories and atomics' },
  branchHints: { isOn: true, what: 'the section metadata.code.branch_hint' },
  customAnnotations: { isOn: true, what: 'the annotations @custom and @name of the text format' },
  customPageSizes: { isOn: false, what: 'memories with pages of one byte' },
  wideArithmetic: { isOn: false, what: '128-bit addition, subtraction, multiplication' },
  customDescriptors: { isOn: false, what: 'descriptors of structures, exact references' },
} as const satisfies Record<string, FeatureRow>;

export interface FeatureRow {
  /** The default. */
  readonly isOn: boolean;
  readonly what: string;
}

export type FeatureName = keyof typeof featureRows;
export type Features = Readonly<Record<FeatureName, boolean>>;

/** WebAssembly 3.0, legacy exceptions and threads; proposals that are not standard yet are off. */
export const DEFAULT_FEATURES: Features = featuresWith({});

/** The default features with some of them changed. */
export function featuresWith(changes: Partial<Record<FeatureName, boolean>>): Features {
  const features: Partial<Record<FeatureName, boolean>> = {};
  for (const name of Object.keys(featureRows) as FeatureName[])
    features[name] = changes[name] ?? featureRows[name].isOn;
  return features as Features;
}
