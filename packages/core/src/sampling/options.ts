import { MonitorError, shown } from '../errors.js';
import { DRIFTED, ERROR, INVALID, LOW_CONFIDENCE, MISSING, OUT_OF_RANGE, SLOW, UNSEEN } from './reasons.js';

/** Predictions that are recorded for what they are; the first six are on unless set to false. */
export interface KeepRules {
  /** A feature's value was missing. */
  missing?: boolean;
  /** A feature's value was of a wrong type, infinite, or could not be read. */
  invalid?: boolean;
  /** A number beyond the baseline's range. */
  outOfRange?: boolean;
  /** A category that the baseline does not have. */
  unseen?: boolean;
  /** A value in one of the bins that make the drift of a feature whose alarm is open. */
  drifted?: boolean;
  /** The model threw or rejected. */
  error?: boolean;
  /** The confidence was below this. No default: what is low depends on the model. */
  confidenceBelow?: number;
  /** It took longer than this many milliseconds. No default: what is slow depends on the model. */
  slowerThanMs?: number;
}

export interface SamplingOptions {
  /** Share of the predictions that no rule holds for which are recorded, 0 to 1. Default 0.01; 0 leaves it to the rules. */
  rate?: number;
  /**
   * Records a second, of those chosen at random, by a rule, and for a drifted value, each; above it the probability falls.
   * Default 10. May be 0.5, one in two seconds, or Infinity.
   */
  maxPerSecond?: number;
  /** false: no rules. */
  keep?: KeepRules | false;
}

/** Checked, with defaults. */
export interface SamplingSettings {
  readonly rate: number;
  readonly maxPerSecond: number;
  /** The rules that are on, as bits of `reasons.ts`. */
  readonly rules: number;
  /** -Infinity where the rule is off. */
  readonly confidenceBelow: number;
  /** Infinity where the rule is off. */
  readonly slowerThanMs: number;
}

/** One in a hundred: a model of 1,000 calls a second reaches the ceiling, one of ten a second leaves 360 records an hour. */
const DEFAULT_RATE = 0.01;
/** At 16 KiB a record at most, 160 KiB a second of each of the three. */
const DEFAULT_MAX_PER_SECOND = 10;

const SWITCHES = [
  ['missing', MISSING],
  ['invalid', INVALID],
  ['outOfRange', OUT_OF_RANGE],
  ['unseen', UNSEEN],
  ['drifted', DRIFTED],
  ['error', ERROR],
] as const;

/** @throws MonitorError `ERR_OPTION` for a rate, a ceiling or a rule that makes no sense. */
export function samplingSettings(options: SamplingOptions = {}): SamplingSettings {
  const rate = options.rate ?? DEFAULT_RATE;
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) {
    throw new MonitorError('ERR_OPTION', 'sampling.rate', shown(rate), 'a number from 0 to 1');
  }
  // Not 0: that nothing is recorded is said by `rate: 0, keep: false`, which costs a call nothing.
  const maxPerSecond = options.maxPerSecond ?? DEFAULT_MAX_PER_SECOND;
  if (typeof maxPerSecond !== 'number' || !(maxPerSecond > 0)) {
    throw new MonitorError('ERR_OPTION', 'sampling.maxPerSecond', shown(maxPerSecond), 'a number above 0, or Infinity');
  }
  const keep = options.keep ?? {};
  if (keep === false) return { rate, maxPerSecond, rules: 0, confidenceBelow: -Infinity, slowerThanMs: Infinity };
  if (typeof keep !== 'object') {
    throw new MonitorError('ERR_OPTION', 'sampling.keep', shown(keep), 'an object of rules, or false');
  }
  let rules = 0;
  for (const [name, bit] of SWITCHES) {
    const on = keep[name] ?? true;
    if (typeof on !== 'boolean')
      throw new MonitorError('ERR_OPTION', `sampling.keep.${name}`, shown(on), 'true or false');
    if (on) rules |= bit;
  }
  const { confidenceBelow, slowerThanMs } = keep;
  // Confidences need not lie within 0 and 1: some models give logits.
  if (confidenceBelow !== undefined) {
    if (!Number.isFinite(confidenceBelow)) {
      throw new MonitorError('ERR_OPTION', 'sampling.keep.confidenceBelow', shown(confidenceBelow), 'a finite number');
    }
    rules |= LOW_CONFIDENCE;
  }
  if (slowerThanMs !== undefined) {
    if (!Number.isFinite(slowerThanMs) || slowerThanMs < 0) {
      throw new MonitorError('ERR_OPTION', 'sampling.keep.slowerThanMs', shown(slowerThanMs), 'a finite number from 0');
    }
    rules |= SLOW;
  }
  return {
    rate,
    maxPerSecond,
    rules,
    confidenceBelow: confidenceBelow ?? -Infinity,
    slowerThanMs: slowerThanMs ?? Infinity,
  };
}
