// What is known of the tags in `features:` of the tests: stage and edition from the table (feature-stages.ts); title and
// address of a proposal from the suite's features.txt. There they stand in the comment lines right above a tag, or behind it
// on its line.

import { type FeatureStage, stageOf } from './feature-stages.ts';

export interface FeatureInfo {
  readonly stage: FeatureStage;
  /** Empty where there is none. */
  readonly edition: string;
  readonly title: string;
  readonly address: string;
}

/** Tags to what the table and the text of a features.txt say of them. */
export function parseFeatures(text: string): Map<string, FeatureInfo> {
  const features = new Map<string, FeatureInfo>();
  let title = '';
  let address = '';
  for (const line of text.split(/\r?\n/)) {
    const [, tag, comment] = /^\s*([^\s#]*)\s*(?:#+\s*(.*?)\s*)?$/.exec(line) ?? [];
    if (tag) {
      features.set(tag, { ...stageOf(tag), title, address: isAddress(comment) ? comment : address });
    } else if (comment === undefined || /^## [A-Z]/.test(line)) {
      title = '';
      address = '';
    } else if (isAddress(comment)) address = comment;
    else title = comment;
  }
  return features;
}

/** What is known of a tag that may be missing in features.txt. */
export function featureInfo(known: ReadonlyMap<string, FeatureInfo>, tag: string): FeatureInfo {
  return known.get(tag) ?? { ...stageOf(tag), title: '', address: '' };
}

function isAddress(text: string | undefined): text is string {
  return text !== undefined && /^https:\/\/\S+$/.test(text);
}
