import { refuseOption } from './errors.js';
import { type Duration, parseDuration } from './promql/duration.js';

/** What the recording rules and the alerts are made from; every one has a default. Lengths are PromQL durations. */
export interface RuleOptions {
  /** Length of a tile, which is the interval of the groups. Default `5m`; at least `1s`. */
  readonly tile?: string;
  /** The short and the long window, multiples of the tile; as written they are the values of `ml_window`. Default `1h` and `1d`. */
  readonly windows?: readonly [string, string];
  /** How long after its time stamp a sample is surely there: the scrape or export interval and the delay. Default `2m`. */
  readonly lag?: string;
  /** The longest gap between two samples of a live process that loses nothing; at least a tile. Default `1h`. */
  readonly lookback?: string;
  /** False alarms a month that are accepted over all tests of all models. Default 1; may be a fraction. */
  readonly falseAlarms?: number;
  /** The true index that is a warning, and critical. Default 0.1 and 0.25. */
  readonly psi?: { readonly warning?: number; readonly critical?: number };
  /** Labels to keep apart besides the model, such as `deployment_environment_name`; each of their values has a budget of its own. Default none. */
  readonly by?: readonly string[];
  /** Range bins of a feature that the Kolmogorov–Smirnov distance covers, 2 to 100; features with more have none. Default 16. */
  readonly bins?: number;
  /** How long an alert's condition must hold. Default `15m`. */
  readonly for?: string;
  /** Budgets of the 95th percentile in seconds, by model name. Default none: that alert has nothing to compare with. */
  readonly latencyBudgets?: Readonly<Record<string, number>>;
  /** Where the runbook pages are: a path or URL before `/ml-drift-critical.md`. Default `docs/runbooks`. */
  readonly runbooks?: string;
}

/** {@link RuleOptions}, checked and with the defaults in place. */
export interface ResolvedRuleOptions {
  readonly tile: Duration;
  readonly windows: readonly [Duration, Duration];
  readonly lag: Duration;
  readonly lookback: Duration;
  readonly falseAlarms: number;
  readonly psi: { readonly warning: number; readonly critical: number };
  readonly by: readonly string[];
  readonly bins: number;
  readonly for: Duration;
  readonly latencyBudgets: Readonly<Record<string, number>>;
  readonly runbooks: string;
}

/** Twelve looks an hour: a drift that takes an hour to show is seen within 10 % of it. */
const TILE = '5m';
const WINDOWS = ['1h', '1d'] as const;
/** A minute between scrapes or exports, and as much again for delays. */
const LAG = '2m';
const LOOKBACK = '1h';
const FOR = '15m';
/** The most bins a learned baseline has. */
const BINS = 16;
/** `ml_bin` starts with an index of two digits up to 99. */
const MOST_BINS = 100;
const PSI_WARNING = 0.1;
const PSI_CRITICAL = 0.25;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Labels that the rules use themselves, or that would name a single process. */
const TAKEN = /^(ml_.*|le|quantile|reason|error_type|__.*)$/;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws FleetError `ERR_FLEET_OPTION`
 */
export function resolveOptions(options: RuleOptions = {}): ResolvedRuleOptions {
  const tile = parseDuration('tile', options.tile ?? TILE);
  // A fifth of it must be whole milliseconds away from both ends of a window.
  if (tile.ms < 1000) refuseOption('tile', tile.text, 'at least 1s');
  const lookback = parseDuration('lookback', options.lookback ?? LOOKBACK);
  if (lookback.ms < tile.ms) refuseOption('lookback', lookback.text, `at least the tile, ${tile.text}`);
  return {
    tile,
    windows: checkedWindows(options.windows ?? WINDOWS, tile),
    lag: parseDuration('lag', options.lag ?? LAG),
    lookback,
    falseAlarms: positive('falseAlarms', options.falseAlarms ?? 1),
    psi: checkedPsi(options.psi?.warning ?? PSI_WARNING, options.psi?.critical ?? PSI_CRITICAL),
    by: checkedLabels(options.by ?? []),
    bins: checkedBins(options.bins ?? BINS),
    for: parseDuration('for', options.for ?? FOR),
    latencyBudgets: checkedBudgets(options.latencyBudgets ?? {}),
    runbooks: options.runbooks ?? 'docs/runbooks',
  };
}

function checkedWindows(texts: readonly [string, string], tile: Duration): readonly [Duration, Duration] {
  if (texts.length !== 2) refuseOption('windows', texts, 'a short and a long window');
  const [short, long] = [parseDuration('windows[0]', texts[0]), parseDuration('windows[1]', texts[1])];
  for (const [i, window] of [short, long].entries()) {
    if (window.ms < tile.ms || window.ms % tile.ms !== 0)
      refuseOption(`windows[${i}]`, window.text, `a multiple of the tile, ${tile.text}`);
  }
  if (long.ms <= short.ms) refuseOption('windows[1]', long.text, `more than the short window, ${short.text}`);
  return [short, long];
}

function checkedPsi(warning: number, critical: number): { warning: number; critical: number } {
  positive('psi.warning', warning);
  positive('psi.critical', critical);
  if (critical <= warning) refuseOption('psi.critical', critical, `more than psi.warning, ${warning}`);
  return { warning, critical };
}

function checkedLabels(by: readonly string[]): readonly string[] {
  for (const [i, label] of by.entries()) {
    if (!LABEL_NAME.test(label) || TAKEN.test(label) || by.indexOf(label) !== i)
      refuseOption(`by[${i}]`, label, 'a label name, once, that the rules do not use themselves');
  }
  return by;
}

function checkedBins(bins: number): number {
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= MOST_BINS))
    refuseOption('bins', bins, `a whole number from 2 to ${MOST_BINS}`);
  return bins;
}

function checkedBudgets(budgets: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  for (const [model, seconds] of Object.entries(budgets)) positive(`latencyBudgets[${JSON.stringify(model)}]`, seconds);
  return budgets;
}

function positive(where: string, value: number): number {
  if (!(value > 0 && Number.isFinite(value))) refuseOption(where, value, 'a positive number');
  return value;
}
