import type { ScaleLinear } from 'd3-scale';
import { type Bin, HEAVY } from './bins.js';

/** A stretch of the picture and how high it is filled; stretches follow one another. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** A bin as a bar of the picture, `from` below `to`. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** It was widened to be seen: a single value, or nearly. */
  readonly isAtom: boolean;
  readonly bin: Bin;
}

/**
 * Bins as bars whose areas are their shares. A bin that the axis cuts is drawn as if all of it lay inside. One narrower than `least` is drawn
 * as one with a neighbour that is hardly wider, unless it is heavy; else it is widened to `least` about its middle: a value by itself has no width,
 * and its density is no number.
 */
export function barsOf(bins: readonly Bin[], x: ScaleLinear<number, number>, least: number): Bar[] {
  const [left, right] = x.range() as [number, number];
  const [first, last] = x.domain() as [number, number];
  const inside = (value: number): number => x(Math.min(last, Math.max(first, value)));
  const widthOf = ({ low, high }: Bin): number => inside(high) - inside(low);
  return joined(bins, widthOf, least).map(bin => {
    const [from, to] = [inside(bin.low), inside(bin.high)];
    if (to - from >= least) return { from, to, isAtom: false, bin };
    const middle = Math.min(right - least / 2, Math.max(left + least / 2, (from + to) / 2));
    return { from: middle - least / 2, to: middle + least / 2, isAtom: true, bin };
  });
}

/** In narrowest widths: bins together are drawn as one up to here. */
const WIDE = 4;

/** A heavy one is never drawn as one with others. */
function joined(bins: readonly Bin[], widthOf: (bin: Bin) => number, least: number): Bin[] {
  const runs: Bin[] = [];
  let isAlone = true;
  for (const bin of bins) {
    const before = runs.at(-1);
    const both = before === undefined ? bin : { low: before.low, high: bin.high, share: before.share + bin.share };
    const isHeavy = bin.share > HEAVY;
    const isNarrow = before !== undefined && Math.min(widthOf(before), widthOf(bin)) < least;
    if (isNarrow && !isAlone && !isHeavy && widthOf(both) < WIDE * least) runs[runs.length - 1] = both;
    else runs.push(bin);
    if (runs.at(-1) === bin) isAlone = isHeavy;
  }
  return runs;
}

/** The outline of bars: where widened ones overlap, their heights add up, as their areas do. */
export function profileOf(bars: readonly Bar[], weightOf: (share: number) => number): Step[] {
  const edges = [...new Set(bars.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return edges.slice(1).map((to, i) => {
    const from = edges[i]!;
    let height = 0;
    for (const bar of bars) {
      if (bar.from <= from && bar.to >= to) height += weightOf(bar.bin.share) / (bar.to - bar.from);
    }
    return { from, to, height };
  });
}
