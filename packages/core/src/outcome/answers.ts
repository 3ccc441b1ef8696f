import { categoryOf, numericValue } from '@driftspan/sketch';

/** A prediction, or what came true of it, as the caller gives it. */
export interface GivenAnswer {
  readonly label?: unknown;
  readonly value?: unknown;
}

/** The same as it counts. */
export interface ReadAnswer {
  /** Undefined where there is none that counts. */
  readonly label: string | undefined;
  /** NaN where there is none that counts. */
  readonly value: number;
  readonly hasLabel: boolean;
  readonly hasValue: boolean;
}

/** What a prediction and its outcome say of each other. */
export interface Compared {
  /** Of labels; undefined where either side has none. */
  readonly correct: boolean | undefined;
  /** Predicted value less the actual one; undefined where either side has none, or it is over {@link MAX_ERROR}. */
  readonly error: number | undefined;
  /** Whether nothing was said of what came true, or some of it found nothing to be compared with. */
  readonly isLacking: boolean;
}

/** A hundred million squares of this still add up to a finite number; a larger error is a mistake of units, or of the model. */
export const MAX_ERROR = 1e150;

/** Reads each side once, by the rules of features: a boolean is 0 or 1, a bigint a number. @throws what a getter throws. */
export function readAnswer(given: GivenAnswer | null | undefined): ReadAnswer {
  const { label, value } = given ?? {};
  const x = numericValue(value);
  return {
    label: categoryOf(label) ?? undefined,
    value: Number.isFinite(x) ? x : Number.NaN,
    hasLabel: label !== undefined,
    hasValue: value !== undefined,
  };
}

/** Labels are compared by their text: 1 and '1' are equal. What the actual side leaves out is not asked of the predicted one. */
export function compareAnswers(
  predicted: Pick<ReadAnswer, 'label' | 'value'>,
  { label, value, hasLabel, hasValue }: ReadAnswer,
): Compared {
  const hasBoth = predicted.label !== undefined && label !== undefined;
  const correct = hasBoth ? predicted.label === label : undefined;
  const difference = predicted.value - value;
  const error = Math.abs(difference) <= MAX_ERROR ? difference : undefined;
  const isLacking =
    (!hasLabel && !hasValue) || (hasLabel && correct === undefined) || (hasValue && error === undefined);
  return { correct, error, isLacking };
}
