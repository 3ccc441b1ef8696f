import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { wilson } from '../interval/wilson.js';
import { type Extent, extentOf } from './axis.js';
import { aloneIn, type Bin } from './bins.js';
import { type Bar, barsOf, profileOf, type Step } from './profile.js';

/** The picture's own units; the page stretches it to its width. */
export const WIDTH = 1000;
export const HEIGHT = 200;
/** The narrowest bar: 10 px of a picture 640 px wide. */
const LEAST_WIDTH = 16;
/** A value by itself that towers over all ranges is cut at this many times the highest of them. */
const HIGHEST_ATOM = 3;
/** Room above the highest step. */
const HEADROOM = 1.06;

/** A value by itself whose bar is cut: its place, and the shares that the cut bar does not show. */
interface CutAtom {
  readonly at: number;
  readonly share: number;
  readonly baselineShare: number;
}

/** Two distributions as paths of a picture WIDTH by HEIGHT. */
export interface DensityPicture {
  readonly x: ScaleLinear<number, number>;
  readonly extent: Extent;
  readonly baseline: string;
  readonly current: string;
  /** Where the true current shares lie. */
  readonly band: string;
  readonly cutAtoms: readonly CutAtom[];
}

/**
 * Draws densities on the feature's axis: equal areas are equal shares of the values.
 *
 * @param independent how many independent draws the current values are worth.
 */
export function drawDensities(
  baseline: readonly Bin[],
  current: readonly Bin[],
  independent: number,
): DensityPicture | undefined {
  const extent = extentOf([baseline, current]);
  if (extent === undefined) return undefined;
  const x = scaleLinear([extent.low, extent.high], [0, WIDTH]);
  const bars = [barsOf(baseline, x, LEAST_WIDTH), barsOf(current, x, LEAST_WIDTH)] as const;
  const profiles = bars.map(side => profileOf(side, share => share));
  const atoms = bars.flatMap(side => side.filter(({ isAtom }) => isAtom));
  const highest = Math.max(0, ...profiles.flat().map(({ height }) => height));
  const highestRange = Math.max(
    0,
    ...bars
      .flat()
      .filter(({ isAtom }) => !isAtom)
      .map(({ bin, from, to }) => bin.share / (to - from)),
  );
  const isCut = atoms.length > 0 && highestRange > 0 && highest > HIGHEST_ATOM * highestRange;
  const top = (isCut ? HIGHEST_ATOM * highestRange : highest) * HEADROOM;
  const y = scaleLinear([0, top], [HEIGHT, 0]).clamp(true);
  const low = profileOf(bars[1], share => wilson(share, independent)[0]);
  const high = profileOf(bars[1], share => wilson(share, independent)[1]);
  return {
    x,
    extent,
    baseline: filled(profiles[0]!, y),
    current: outlined(profiles[1]!, y),
    band: between(low, high, y),
    cutAtoms: isCut ? cutAtomsOf(bars, top) : [],
  };
}

function cutAtomsOf([baseline, current]: readonly [readonly Bar[], readonly Bar[]], top: number): CutAtom[] {
  const cut = [...baseline, ...current].filter(({ isAtom, bin, from, to }) => isAtom && bin.share / (to - from) > top);
  // The same value stands in bins of slightly different ends on either side.
  const apart = cut.filter((bar, i) => cut.findIndex(other => isNear(other, bar)) === i);
  const shareNear = (bars: readonly Bar[], at: Bar): number =>
    bars.reduce((sum, bar) => (bar.isAtom && isNear(bar, at) ? sum + bar.bin.share : sum), 0);
  return apart.map(bar => ({
    at: aloneIn(...placeOf(bar, baseline, current)),
    share: shareNear(current, bar),
    baselineShare: shareNear(baseline, bar),
  }));
}

function placeOf(bar: Bar, baseline: readonly Bar[], current: readonly Bar[]): [bins: readonly Bin[], i: number] {
  const side = baseline.includes(bar) ? baseline : current;
  return [side.map(({ bin }) => bin), side.indexOf(bar)];
}

function isNear(a: Bar, b: Bar): boolean {
  return Math.abs(a.from - b.from) < LEAST_WIDTH / 2;
}

/** The outline of steps, closed along the ground. */
function filled(steps: readonly Step[], y: (height: number) => number): string {
  return steps.length === 0 ? '' : `${outlined(steps, y)}Z`;
}

function outlined(steps: readonly Step[], y: (height: number) => number): string {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return '';
  const draw = line<readonly [number, number]>().curve(curveStepAfter).digits(0);
  const points = steps.map(({ from, height }) => [from, y(height)] as const);
  return draw([[first.from, y(0)], ...points, [last.to, y(last.height)], [last.to, y(0)]]) ?? '';
}

function between(low: readonly Step[], high: readonly Step[], y: (height: number) => number): string {
  const last = low.length - 1;
  if (last < 0) return '';
  const draw = area<number>(
    i => (i > last ? low[last]!.to : low[i]!.from),
    i => y(low[Math.min(i, last)]!.height),
    i => y(high[Math.min(i, last)]!.height),
  );
  return draw.curve(curveStepAfter).digits(0)(Array.from({ length: last + 2 }, (_, i) => i)) ?? '';
}
