import { binIndexText } from '../bins/labels.js';
import { shown } from '../errors.js';
import { listOf, refuse, textAt } from './fields.js';
import { MAX_FEATURE_BINS } from './limits.js';

/** The longest edge is `-1.7976931348623157e+308`, 24 characters. */
const MAX_LABEL_LENGTH = 64;
/** `07 (0.31,0.45]`; numbers as JavaScript, Python and C write them, and nothing that could be markup or a query. */
const LABEL = /^(\d{2,3}) \((-inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?),(?:(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\]|(inf)\))$/;

/**
 * The labels of the bins of `cuts`: `NN (lower,upper]` with the bin's index, the first from -inf, the last to inf, each
 * lower edge the upper one of the bin before, each edge nearer to its own cut than to lie beyond a neighbouring one.
 * They become metric attributes and are in no id, hence the strictness.
 */
export function checkedLabels(where: string, value: unknown, cuts: readonly number[]): string[] {
  const labels = listOf(where, value, MAX_FEATURE_BINS, (at, label) =>
    textAt(at, label, 'a bin label such as "07 (0.31,0.45]"', t => t.length <= MAX_LABEL_LENGTH && LABEL.test(t)),
  );
  if (labels.length !== cuts.length + 1)
    refuse(where, `${labels.length} labels`, `${cuts.length + 1}, one more than cuts`);
  let lower = '-inf';
  for (const [i, label] of labels.entries()) {
    const [, index, from, to] = LABEL.exec(label)!;
    const upper = to ?? 'inf';
    const last = i === cuts.length;
    if (index !== binIndexText(i) || from !== lower || (upper === 'inf') !== last) {
      refuse(`${where}[${i}]`, shown(label), `${binIndexText(i)} (${lower},${last ? 'inf)' : '…]'}`);
    }
    if (!last) checkEdge(`${where}[${i}]`, upper, cuts[i - 1], cuts[i + 1]);
    lower = upper;
  }
  return labels;
}

function checkEdge(
  where: string,
  edge: string,
  previous = Number.NEGATIVE_INFINITY,
  next = Number.POSITIVE_INFINITY,
): void {
  const value = Number(edge);
  if (!(value > previous && value < next)) refuse(where, `the edge ${edge}`, `one between ${previous} and ${next}`);
}
