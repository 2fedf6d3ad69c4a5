// What the suite's features.txt says of the tags in `features:` of its tests: whether a tag stands for a proposal, for a
// part of the standard or for something of the test host, and for a proposal its title and address. A tag's section is the
// last heading above it; its title and address are in the comment lines right above it, or behind it on its line.

/** `proposal`: stage 2.7 or 3; `standard`: stage 4; `host`: a hook of `$262`; `unlisted`: not in the file. */
export type FeatureStage = 'proposal' | 'standard' | 'host' | 'unlisted';

export interface FeatureInfo {
  readonly stage: FeatureStage;
  /** Empty where the file gives none. */
  readonly title: string;
  readonly address: string;
}

export const UNLISTED: FeatureInfo = { stage: 'unlisted', title: '', address: '' };

const sections: readonly (readonly [heading: RegExp, stage: FeatureStage])[] = [
  [/^## Proposed\b/, 'proposal'],
  [/^## Standard\b/, 'standard'],
  [/^## Test-Harness\b/, 'host'],
];

/** Tags to what the text of a features.txt says of them. */
export function parseFeatures(text: string): Map<string, FeatureInfo> {
  const features = new Map<string, FeatureInfo>();
  let stage: FeatureStage = 'unlisted';
  let title = '';
  let address = '';
  for (const line of text.split(/\r?\n/)) {
    const section = sections.find(([heading]) => heading.test(line));
    if (section !== undefined) stage = section[1];
    const [, tag, comment] = /^\s*([^\s#]*)\s*(?:#+\s*(.*?)\s*)?$/.exec(line) ?? [];
    if (tag) {
      features.set(tag, { stage, title, address: isAddress(comment) ? comment : address });
    } else if (comment === undefined || section !== undefined) {
      title = '';
      address = '';
    } else if (isAddress(comment)) address = comment;
    else title = comment;
  }
  return features;
}

function isAddress(text: string | undefined): text is string {
  return text !== undefined && /^https:\/\/\S+$/.test(text);
}
