import { type BinKind, baselineCells, cellNames, type FeatureBaseline, valuedCells } from '@driftspan/sketch';
import type { FeatureView } from './view.js';

/** A cell of a feature, now and in training. */
export interface Cell {
  /** A category, or the label of a bin. */
  readonly name: string;
  readonly kind: BinKind;
  readonly index: number;
  readonly count: number;
  readonly baselineCount: number;
  /** Of the values; of all rows for `missing` and `invalid`. NaN where a side is empty. */
  readonly share: number;
  readonly baselineShare: number;
}

export interface CellTable {
  readonly baseline: FeatureBaseline;
  readonly values: readonly Cell[];
  readonly missing: Cell;
  readonly invalid: Cell;
  /** How many values there are, missing and invalid ones not counted. */
  readonly samples: number;
  readonly baselineSamples: number;
}

/** The cells of a feature side by side; undefined where either side is not told, or they are not of the same bins. */
export function cellsOf({ baseline, counts }: FeatureView): CellTable | undefined {
  if (baseline === undefined || counts === undefined) return undefined;
  const then = baselineCells(baseline);
  if (then.length !== counts.length) return undefined;
  const valued = valuedCells(baseline);
  const samples = sum(counts, valued);
  const baselineSamples = sum(then, valued);
  const all = sum(counts, counts.length);
  const baselineAll = sum(then, then.length);
  const cells = cellNames(baseline).map(([name, kind], index): Cell => {
    const count = counts[index]!;
    const baselineCount = then[index]!;
    const isValue = index < valued;
    return {
      name,
      kind,
      index,
      count,
      baselineCount,
      share: count / (isValue ? samples : all),
      baselineShare: baselineCount / (isValue ? baselineSamples : baselineAll),
    };
  });
  const [missing, invalid] = [cells[valued]!, cells[valued + 1]!];
  return { baseline, values: cells.slice(0, valued), missing, invalid, samples, baselineSamples };
}

function sum(counts: readonly number[], length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += counts[i]!;
  return total;
}
