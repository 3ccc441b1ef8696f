import type { NumericBaseline } from '../baseline/baseline.js';
import { binIndexText } from '../bins/labels.js';

/**
 * The names of the bins of merged cuts. Each edge is written as the first file that has its cut writes it, which fits the values there;
 * where those don't rise, or lie beyond a neighbouring cut, all edges are the cuts themselves.
 */
export function mergedLabels(cuts: readonly number[], features: readonly NumericBaseline[]): string[] {
  const texts = new Map<number, string>();
  for (const { cuts: own, labels } of [...features].reverse()) {
    for (const [i, cut] of own.entries()) texts.set(cut, upperEdge(labels[i]!));
  }
  const taken = cuts.map(cut => texts.get(cut)!);
  const edges = isRising(taken.map(Number), cuts) ? taken : cuts.map(String);
  return Array.from({ length: cuts.length + 1 }, (_, i) => {
    const upper = i === cuts.length ? 'inf)' : `${edges[i]}]`;
    return `${binIndexText(i)} (${i === 0 ? '-inf' : edges[i - 1]},${upper}`;
  });
}

/** `0.45` of `07 (0.31,0.45]`. */
function upperEdge(label: string): string {
  return label.slice(label.indexOf(',') + 1, -1);
}

function isRising(edges: readonly number[], cuts: readonly number[]): boolean {
  return edges.every(
    (edge, i) =>
      edge > Math.max(edges[i - 1] ?? Number.NEGATIVE_INFINITY, cuts[i - 1] ?? Number.NEGATIVE_INFINITY) &&
      edge < (cuts[i + 1] ?? Number.POSITIVE_INFINITY),
  );
}
