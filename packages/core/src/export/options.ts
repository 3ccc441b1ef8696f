import { MonitorError, shown } from '../errors.js';

/** Which series of its features a monitor exports. In-process verdicts and reports see every bin whatever is said here. */
export interface ExportOptions {
  /**
   * Cells of a feature that hold values, at most; missing and invalid ones come on top. 16 (default): all that the baseline has. 8 or
   * 4: neighbouring ranges are counted together, and all but the most frequent categories as `other`. 0: no `ml.feature.*` at all, scores and
   * verdicts only. Replicas that are added up must agree: each resolution has ids of its own.
   */
  bins?: 16 | 8 | 4 | 0;
  /** false: no `ml.feature.baseline.bins`, for all but a few replicas, as a fleet query reads them once. Default true. */
  baseline?: boolean;
  /** true: `ml.feature.value` too, a histogram in real units of each numeric feature that is not sensitive. Default false. */
  values?: boolean;
}

export type ExportSettings = Required<ExportOptions>;

/** All of a baseline's own cells, of which a file may hold up to 128. */
export const ALL_BINS = 16;

const DEFAULTS: ExportSettings = { bins: ALL_BINS, baseline: true, values: false };
const BINS: ReadonlySet<unknown> = new Set<ExportSettings['bins']>([ALL_BINS, 8, 4, 0]);

/** @throws MonitorError `ERR_OPTION` for other bins, what is no boolean, or values without the bins that bound them. */
export function exportSettings(options: ExportOptions = {}): ExportSettings {
  const { bins = DEFAULTS.bins, baseline = DEFAULTS.baseline, values = DEFAULTS.values } = options;
  if (!BINS.has(bins)) throw new MonitorError('ERR_OPTION', 'export.bins', shown(bins), '16, 8, 4 or 0');
  for (const [name, value] of Object.entries({ baseline, values })) {
    if (typeof value !== 'boolean')
      throw new MonitorError('ERR_OPTION', `export.${name}`, shown(value), 'true or false');
  }
  if (values && bins === 0) {
    throw new MonitorError(
      'ERR_OPTION',
      'export.values',
      'true with no bins',
      'bins to take the bounds from: 16, 8 or 4',
    );
  }
  return { bins, baseline, values };
}
