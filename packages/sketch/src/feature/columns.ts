import { declared } from './declared.js';
import { ELSEWHERE, elementsOf, floatRow, gather, type Numbers } from './elements.js';
import { type Feature, MAX_ROWS_A_VALUE, type Measures } from './feature.js';

/**
 * Tabular data in one tensor, `[batch, features]` or `[features]`. Each of `names`, one a column, is a numeric feature of that
 * very name, and each row of the tensor is counted. The name under which `columns` is declared is not a feature.
 *
 * An element counts as a number does: NaN is missing, ±Infinity invalid. null, undefined and a tensor whose `location` is not
 * 'cpu' are one row of missing values; any other value, and sizes that don't fit the names or the data, one row of invalid
 * ones. An empty batch counts nothing; of one of more than 1,000,000 rows so many are counted. In `learnBaseline` the tensor
 * of a training row holds one row. `sensitive` makes every column so: see {@link Feature}.
 *
 * Cost: 3 ns an element, beside what counting a number costs.
 */
export function columns<Row>(
  select: (row: Row) => Numbers,
  names: readonly string[],
  { sensitive }: { readonly sensitive?: boolean } = {},
): Feature<Row> {
  const feature: Feature<Row> = { kind: 'columns', measures: columnMeasures([...names]), read: select };
  return declared(feature, sensitive === undefined ? {} : { sensitive });
}

function columnMeasures(names: readonly string[]): Measures<unknown> {
  return {
    parts: names,
    measure(value, _row, out, take) {
      if (floatRow(value as object, names.length, out)) {
        noNegativeInfinity(out);
        take();
        return true;
      }
      const elements = elementsOf(value);
      if (elements === undefined) return false;
      if (elements === ELSEWHERE) {
        out.fill(Number.NaN);
        take();
        return true;
      }
      const { dims } = elements;
      if (dims.length === 0 || dims.length > 2 || dims.at(-1) !== names.length) return false;
      const rows = Math.min(dims.length === 2 ? dims[0]! : 1, MAX_ROWS_A_VALUE);
      for (let i = 0; i < rows; i++) {
        gather(elements, i * names.length, 1, names.length, out);
        noNegativeInfinity(out);
        take(i + 1 < rows);
      }
      return true;
    },
  };
}

/** Either infinity is invalid, which is written as the positive one. */
function noNegativeInfinity(out: Float64Array): void {
  for (let k = 0; k < out.length; k++) if (out[k] === Number.NEGATIVE_INFINITY) out[k] = Number.POSITIVE_INFINITY;
}
