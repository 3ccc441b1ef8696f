import { logFisherTail, type NumericBaseline, type PlainNumericBaseline, RISE_CRITICAL } from '@driftspan/sketch';
import { count, number, share } from '../terminal/words.js';
import type { Finding } from './finding.js';
import type { SampledFeature } from './sampled-feature.js';
import { guessUnit } from './unit-guess.js';

/** From this share outside the range on, another unit is no matter of which rows were chosen. */
const MOSTLY = 0.5;

/** Whether the numbers are training's: in range, and in its unit. Of a sensitive feature nothing is known to compare with. */
export function numberFindings(
  feature: NumericBaseline,
  sampled: SampledFeature,
  logAlpha: number,
  allowed: boolean,
): Finding[] {
  const { outOfRange = 0, min, max, shape, name: column } = sampled;
  if (feature.sensitive === true || min === undefined || max === undefined) return [];
  const training = trainedRange(feature);
  const part = outOfRange / sampled.values;
  const unit = shape === undefined ? undefined : guessUnit({ ...shape, min, max }, feature);
  if (unit !== undefined) {
    const sentence = `The numbers look ${unit}: converted, they lie as training's do.`;
    // Within the range it may be a sample of small ones.
    const level = part >= MOSTLY ? 'broken' : 'note';
    return [{ level, check: 'unit', column, sentence, training, rows: sampled.values }];
  }
  if (outOfRange === 0) return [];
  const unlikely = isFar(min, max, feature) || surprising(outOfRange, sampled.values, feature, logAlpha);
  const ends = outOfRange === 1 ? 'lies' : 'lie';
  const sentence = `${ofValues(outOfRange, sampled.values)} ${ends} outside training's range: the sample goes from ${number(min)} to ${number(max)}.`;
  const level = !allowed && part >= RISE_CRITICAL && unlikely ? 'broken' : 'note';
  return [{ level, check: 'range', column, sentence, training, rows: outOfRange }];
}

/** So many times the width of training's range outside it: where even a tail that falls as 1/x, over 5,000 rows of training, puts one value in 50,000. */
const FAR_WIDTHS = 10;

/** So far outside that a single value needs no test. */
function isFar(min: number, max: number, trained: PlainNumericBaseline): boolean {
  const far = FAR_WIDTHS * (trained.max - trained.min);
  return far > 0 && (min < trained.min - far || max > trained.max + far);
}

/**
 * Whether chance would put so many of `values` beyond the ends of training's: all of the most extreme values of both together
 * are then in the sample. Either end in any split, so that many times the probability of one.
 */
function surprising(outside: number, values: number, feature: PlainNumericBaseline, logAlpha: number): boolean {
  const trained = feature.counts.reduce((sum, n) => sum + n, 0);
  return logFisherTail(outside, values, 0, trained) + Math.log(outside + 1) <= logAlpha;
}

function trainedRange({ min, max }: PlainNumericBaseline): string {
  return min === max ? `${number(min)} in every row` : `${number(min)} to ${number(max)}`;
}

/** `14 of 200 values (7 %)`. */
export function ofValues(part: number, all: number): string {
  if (part === all) return all === 1 ? 'The only value' : `All ${count(all)} values`;
  return `${count(part)} of ${count(all)} values (${share(part / all)})`;
}
