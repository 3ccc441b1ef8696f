// What each case is called on the page, and what the file holds that it writes. The first of a group is what the others are compared with.

/** A row group of DuckDB's: what whylogs logs at a time where it needn't hold the file. */
export const BATCH_ROWS = 122_880;

export const START = {
  driftspan: { title: '`driftspan --version`' },
  numpy: { title: '`import numpy`' },
  whylogs: { title: '`import whylogs`, pandas, pyarrow' },
  evidently: { title: '`import evidently`, its presets, pandas, pyarrow' },
};

export const FLIGHTS = {
  driftspan: {
    title: '`driftspan baseline`',
    holds: 'what drift is judged against: counts over bins and categories, moments',
  },
  'driftspan-ordered': {
    title: '`driftspan baseline --time-ordered`',
    holds: 'the same, and how far neighbouring rows hang together',
  },
  whylogs: {
    title: 'whylogs, the profile',
    holds: 'sketches of quantiles, of distinct and of frequent values; counts by type; moments',
  },
  evidently: {
    title: 'Evidently, `DataSummaryPreset`',
    holds: 'a summary to read, with histograms; a drift report needs the rows again',
  },
  'driftspan-csv': { title: '`driftspan baseline`, from CSV', holds: 'as the first' },
  numpy: {
    title: '`driftspan_baseline.py` (NumPy), from CSV',
    holds: 'as the first; kinds are said and not inferred',
  },
};

export const DRIFT = {
  'driftspan-both': { title: '`driftspan baseline`, then `driftspan report`', holds: 'a page; nothing is loaded' },
  'driftspan-report': {
    title: "`driftspan report`, January's baseline kept",
    holds: "the same page; January's rows are not read",
  },
  whylogs: {
    title: 'whylogs, two profiles and `summary_drift_report`',
    holds: 'a page that loads three scripts over the network',
  },
  evidently: { title: 'Evidently, `DataDriftPreset`', holds: 'a page with its scripts inside' },
};

export const LARGE = {
  driftspan: { title: '`driftspan baseline`' },
  memory: { title: '`--memory 512MB`', isVariant: true },
  time: { title: '`--time-column`, rows in order', isVariant: true },
  'time-shuffled': { title: '`--time-column`, rows in no order', isVariant: true },
  'time-memory': { title: '`--time-column`, rows in no order, `--memory 512MB`', isVariant: true },
  whylogs: { title: 'whylogs, the whole file as one frame', isPeer: true },
  'whylogs-batches': { title: `whylogs, ${BATCH_ROWS.toLocaleString('en-US')} rows at a time`, isPeer: true },
  evidently: { title: 'Evidently, `DataSummaryPreset`', isPeer: true },
};
