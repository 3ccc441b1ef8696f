import { PSI_CRITICAL, PSI_WARNING, type PsiThresholds } from '@driftspan/sketch';
import { MonitorError, shown } from '../errors.js';
import { parseWindow } from '../window/duration.js';
import type { DependenceMode } from './assumptions.js';

export type BudgetPeriod = 'day' | 'week' | 'month';

export interface DriftOptions {
  /** The longest window; the others are its last quarter and its last fifteenth. Default `1d`: traffic has daily cycles. Choose one that holds at least 1,000 calls. */
  window?: string;
  /** How many false alarms are accepted, over all tests of this process. Default one a month. */
  falseAlarms?: { count: number; per: BudgetPeriod };
  /** Population stability index from which a drift is large enough. Default 0.1 and 0.25. */
  psi?: PsiThresholds;
  /**
   * How far values may depend on their neighbours in time. `measured` (default): as a baseline learned with `timeOrdered`
   * found it; with any other baseline it is learned from the first 20 windows, and until then nothing is above a notice.
   * `independent`: by your word, every call is an independent draw; the budget holds only if that is true.
   */
  dependence?: DependenceMode;
}

/** A mean shift of δ standard deviations has a PSI of about δ²: the default thresholds are shifts of 0.32 and 0.5. */
export interface DriftSettings {
  readonly windowMs: number;
  readonly falseAlarms: { readonly count: number; readonly per: BudgetPeriod };
  readonly psi: PsiThresholds;
  readonly dependence: DependenceMode;
}

const DAY_MS = 86_400_000;
export const PERIOD_MS: Readonly<Record<BudgetPeriod, number>> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
const DEFAULT_WINDOW = '1d';

/** @throws MonitorError `ERR_OPTION` for a window out of 1m … 90d, a budget that is not positive, or thresholds that do not rise. */
export function driftSettings(options: DriftOptions = {}): DriftSettings {
  const falseAlarms = options.falseAlarms ?? { count: 1, per: 'month' };
  if (!isPositive(falseAlarms.count) || !Object.hasOwn(PERIOD_MS, falseAlarms.per)) {
    throw new MonitorError(
      'ERR_OPTION',
      'drift.falseAlarms',
      `${shown(falseAlarms.count)} per ${shown(falseAlarms.per)}`,
      'a positive count per day, week or month',
    );
  }
  const psi = options.psi ?? { warning: PSI_WARNING, critical: PSI_CRITICAL };
  if (!isPositive(psi.warning) || !isPositive(psi.critical) || psi.warning >= psi.critical) {
    const met = `${shown(psi.warning)} and ${shown(psi.critical)}`;
    throw new MonitorError('ERR_OPTION', 'drift.psi', met, '0 < warning < critical');
  }
  const dependence = options.dependence ?? 'measured';
  if (dependence !== 'measured' && dependence !== 'independent') {
    throw new MonitorError('ERR_OPTION', 'drift.dependence', shown(dependence), "'measured' or 'independent'");
  }
  return { windowMs: parseWindow(options.window ?? DEFAULT_WINDOW), falseAlarms, psi, dependence };
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && Number.isFinite(value);
}
