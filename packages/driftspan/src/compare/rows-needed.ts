import { type Baseline, baselineCells, type CountedRows, compare } from '@driftspan/sketch';

/** More are no help: where so many can't be judged, what is missing is training rows. */
const MOST_ROWS = 2 ** 30;

/**
 * How many rows, as training's were, a comparison takes until something can be judged; undefined where no number would do. Tried on the
 * baseline's own counts, scaled: within 1 %, in at most 40 comparisons.
 */
export function rowsNeeded(baseline: Baseline, options: Parameters<typeof compare>[2]): number | undefined {
  const judged = (rows: number) => compare(baseline, scaled(baseline, rows), options).verdict !== 'insufficient';
  let enough = 32;
  while (!judged(enough)) {
    enough *= 2;
    if (enough > MOST_ROWS) return undefined;
  }
  let few = enough / 2;
  while (enough - few > Math.max(1, 0.01 * enough)) {
    const between = Math.round((few + enough) / 2);
    if (judged(between)) enough = between;
    else few = between;
  }
  return enough;
}

/** The baseline's own counts, as if only so many of its rows had been seen. */
function scaled(baseline: Baseline, rows: number): CountedRows {
  const all = [...baseline.features, ...(baseline.joint ?? []), ...baseline.outputs];
  const part = rows / baseline.rows;
  return {
    rows,
    features: all.map(feature => ({
      name: feature.name,
      counts: baselineCells(feature).map(count => Math.round(count * part)),
    })),
  };
}
