import { type Baseline, categorical, defineModel, learnBaseline, numeric } from '@driftspan/sketch';
import type { Verdict } from '../../src/index.js';

/** mulberry32: the same stream for the same seed, in [0, 1). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal values, by Box and Muller. */
export function normals(next: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** A clock that stands still until it is told to go. */
export class TestClock {
  nowMs: number;
  readonly subWindowMs: number;

  /** Starts in the middle of a sub-window. */
  constructor(subWindowMs: number, startMs = Date.UTC(2013, 0, 1)) {
    this.subWindowMs = subWindowMs;
    this.nowMs = startMs + subWindowMs / 2;
  }

  readonly now = (): number => this.nowMs;

  turn(subWindows = 1): void {
    this.nowMs += subWindows * this.subWindowMs;
  }
}

export interface Row {
  readonly x: number | null;
  readonly c: string | null;
  readonly fixed: number;
}

/** A continuous feature, a category, and one that is the same in every row. */
export const MODEL = defineModel<Row>({
  name: 'stream',
  version: '1',
  features: { x: numeric(), c: categorical(), fixed: numeric() },
});

export const LABELS = ['negative', 'neutral', 'positive'] as const;
export type Answer = { readonly label: string; readonly confidence: number; readonly value: number };

/** Draws rows as the baseline was drawn; each may be changed on its way. */
export class Stream {
  readonly #next: () => number;
  readonly #normal: () => number;

  constructor(seed: number) {
    this.#next = uniforms(seed);
    this.#normal = normals(this.#next);
  }

  /** True in a share of all cases. */
  chance(share: number): boolean {
    return this.#next() < share;
  }

  row(): Row {
    return { x: this.#normal(), c: 'abcde'.charAt(Math.floor(this.#next() * 5)), fixed: 7 };
  }

  answer(): Answer {
    const [label, confidence] = [LABELS[Math.floor(this.#next() * 3)]!, this.#next()];
    return { label, confidence, value: 10 * confidence - 5 };
  }
}

/** The baseline of `Stream`: rows of seed 1. */
export function streamBaseline(rows = 20_000): Promise<Baseline> {
  const stream = new Stream(1);
  return learnBaseline(
    MODEL,
    Array.from({ length: rows }, () => ({ input: stream.row(), output: stream.answer() })),
  );
}

/** The verdict of one feature, or of the model without a name. */
export function verdictOf(
  report: { verdict: Verdict; features: readonly { name: string; verdict: Verdict }[] },
  feature: string,
): Verdict {
  const found = report.features.find(({ name }) => name === feature);
  if (found === undefined) throw new Error(`no feature ${feature}`);
  return found.verdict;
}

/** Lets everything run that was put off until after the present task. */
export function laterTask(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(() => setImmediate(resolve));
  });
}
