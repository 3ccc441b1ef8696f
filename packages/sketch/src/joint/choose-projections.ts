import { isName, JOINT_PREFIX } from '../model.js';
import { momentsOf } from '../moments.js';
import { choosePairs, type Pair, type PairedColumn } from './choose-pairs.js';
import type { JointTerm, Projection } from './projection.js';

/** Significant digits of weights and centres: rounded before they are used, so that the file says exactly what is computed. */
const DIGITS = 6;

/** A numeric column to choose from. */
export interface JointColumn {
  readonly name: string;
  /** Only columns of one source are watched together: those whose values come row by row together. */
  readonly source: string;
  /** Its values in the rows that are looked at, the same for every column; what is not finite is left out. */
  readonly values: Float64Array;
}

/**
 * What to watch of a model's numeric columns together: for each pair (see `choosePairs`) the direction in which it hardly moves,
 * z = (a' - b') / √2 of the standardised values, a' + b' where the two go against each other. z has the variance 1 - |ρ|: when a
 * correlation of 0.8 turns round that is 9 times as much, while neither column shows anything. z also moves where one column does.
 *
 * A warning, of normal columns: a correlation of 0.8 that turns round after 200 rows at 100 a minute, 0.4 that turns round after 400,
 * 0.5 that goes after 900, and one of 0.5 that comes, in the sense of its pair, after 500. No warning: 0.3 that goes, 0.5 that comes
 * in the other sense; a relation of columns that are in no pair together, or of three of which no two are related. A column
 * with a few enormous values has a standard deviation that hides how all its other values go.
 *
 * Named `joint.<a>~<b>`, or `joint.<position>` where that is taken or longer than 256 characters.
 */
export function chooseProjections(columns: readonly JointColumn[]): Projection[] {
  const scaled = columns.map(scaledColumn);
  const taken = new Set<string>();
  return choosePairs(scaled).map((pair, i) => {
    const [a, b] = [scaled[pair.a]!, scaled[pair.b]!];
    const whole = `${JOINT_PREFIX}${a.name}~${b.name}`;
    const name = isName(whole) && !taken.has(whole) ? whole : `${JOINT_PREFIX}${i}`;
    taken.add(name);
    return { name, terms: [term(a, 1), term(b, signOf(pair))] };
  });
}

function signOf({ rho }: Pair): number {
  return rho < 0 ? 1 : -1;
}

function term({ name, mean, sd }: ScaledColumn, sign: number): JointTerm {
  return [name, rounded((sign * Math.SQRT1_2) / sd), rounded(mean)];
}

function rounded(x: number): number {
  return Number(x.toPrecision(DIGITS));
}

interface ScaledColumn extends PairedColumn {
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
}

function scaledColumn({ name, source, values }: JointColumn): ScaledColumn {
  const { mean, sd } = momentsOf(values.filter(Number.isFinite).sort());
  // Nothing but NaN where a term could not be written: of a constant, or of one whose spread is hardly a double.
  const standardised = values.map(x => (Number.isFinite(1 / sd) ? (x - mean) / sd : Number.NaN));
  return { name, source, standardised, mean, sd };
}
