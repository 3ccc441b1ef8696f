import type { Baseline, MergedFeature } from '@driftspan/sketch';
import type { Colours } from '../terminal/colours.js';
import { tableText } from '../terminal/table.js';
import { bytes, plural, printable, share } from '../terminal/words.js';
import { wrapped } from '../terminal/wrapped.js';

export interface MergedFacts {
  readonly baseline: Baseline;
  readonly features: readonly MergedFeature[];
  /** As the user named it; `-` for standard output. */
  readonly file: string;
  readonly sizeBytes: number;
  /** How many were merged. */
  readonly files: number;
  /** Outputs that not all of them have. */
  readonly partial: readonly string[];
}

/** What was written, how exact each feature is, and what that means. Ends in a line feed. */
export function mergedText(facts: MergedFacts, colours: Colours, width: number): string {
  const { baseline, features, file, sizeBytes, files, partial } = facts;
  const near = features.filter(({ exact }) => !exact).sort((a, b) => b.unsure - a.unsure);
  const name = file === '-' ? 'standard output' : printable(file);
  const lines = wrapped(
    `${colours.green('wrote')} ${name}: ${plural(baseline.rows, 'row')} of ${plural(files, 'baseline')}, ${plural(features.length, 'feature')}, ${bytes(sizeBytes)}.`,
    width,
  );
  if (partial.length > 0) {
    const rows = 'not in all of them: missing in the rows of the others, which a comparison will take for usual';
    lines.push(...wrapped(`${partial.join(', ')}: ${rows}.`, width));
  }
  if (near.length === 0) return `${[...lines, 'Every count is exact.'].join('\n')}\n`;
  const words =
    `${plural(features.length - near.length, 'feature')} exact. Of these the files had other bins, so that some rows had to be divided ` +
    'between new ones: at most this share of all rows may stand on the wrong side of a cut.';
  const table = tableText(
    ['feature', 'unsure'],
    near.map(({ name: feature, unsure }) => [feature, share(unsure)]),
    {
      width,
      head: colours.dim,
    },
  );
  return `${[...lines, ...wrapped(words, width), table.trimEnd()].join('\n')}\n`;
}
