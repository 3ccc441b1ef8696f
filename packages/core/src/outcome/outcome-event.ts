import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_ACTUAL_LABEL,
  ATTR_ACTUAL_VALUE,
  ATTR_OUTCOME_CORRECT,
  ATTR_PREDICTION_ID,
  MAX_LABEL_LENGTH,
  OTHER,
} from '../semconv.js';

/** What came true of a prediction that was recorded. */
export interface OutcomeEvent {
  readonly id: string;
  readonly actual: {
    readonly label: string | undefined;
    /** Finite. */
    readonly value: number | undefined;
  };
  /** Of labels. */
  readonly correct: boolean | undefined;
}

/**
 * The attributes of `ml.outcome`, which goes with the `ml.prediction` or the span of the same id. What was predicted stands there
 * alone, as `redact` left it. The actual label and value are the caller's word: they leave here, as they were given, and nowhere else.
 */
export function outcomeAttributes({ id, actual: { label, value }, correct }: OutcomeEvent): Attributes {
  return {
    [ATTR_PREDICTION_ID]: id,
    ...(label === undefined ? {} : { [ATTR_ACTUAL_LABEL]: label.length <= MAX_LABEL_LENGTH ? label : OTHER }),
    ...(value === undefined ? {} : { [ATTR_ACTUAL_VALUE]: value }),
    ...(correct === undefined ? {} : { [ATTR_OUTCOME_CORRECT]: correct }),
  };
}
