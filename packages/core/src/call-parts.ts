import type { Counting } from './counting.js';
import type { DriftWatch } from './drift/watch.js';
import type { Faults } from './faults.js';
import type { BatchRows } from './input/batch-rows.js';
import type { Keeping } from './keeping.js';
import type { Learning } from './learning.js';
import type { Noting } from './noting.js';
import type { ReadId } from './outcome/prediction-ids.js';
import type { OutputCounter } from './output/output-counter.js';
import type { Durations } from './record/durations.js';
import type { Spans } from './record/spans.js';
import type { Results } from './results.js';
import type { Streams } from './stream/streams.js';
import type { Histogram } from './window/histogram.js';
import type { Windows } from './window/windows.js';

/** What one call needs of its monitor. */
export interface CallParts {
  readonly counting: Counting;
  readonly windows: Windows;
  readonly watch: DriftWatch;
  readonly faults: Faults;
  readonly output: OutputCounter;
  readonly results: Results;
  readonly rows: BatchRows;
  readonly durations: Durations;
  readonly spans: Spans;
  readonly keeping: Keeping;
  readonly noting: Noting;
  readonly streams: Streams;
  /** Present where the first argument is an iterable of rows. */
  readonly batchSizes: Histogram | undefined;
  /** Present until the baseline is learned, where it is learned here. */
  readonly learning: Learning | undefined;
  readonly predictionId: ReadId | undefined;
  /** What to call an error, before our own way. */
  readonly errorType: ((error: unknown) => unknown) | undefined;
}
