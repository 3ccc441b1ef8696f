import type { Baseline, Verdict } from '@driftspan/sketch';
import { VERDICT_LEVEL, worstVerdict } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMonitor } from '../../src/index.js';
import { type Answer, MODEL, type Row, Stream, streamBaseline, TestClock, verdictOf } from './stream.js';

const SUB_MS = 60_000;
let baseline: Baseline;

beforeAll(async () => {
  baseline = await streamBaseline(100_000);
});

interface Drift {
  readonly row?: (row: Row, stream: Stream) => Row;
  readonly answer?: (answer: Answer, stream: Stream) => Answer;
  readonly perMinute?: number;
  readonly minutes?: number;
  readonly seed?: number;
}

/** An hour as in training, then the drift: the feature's verdict at each of its looks. */
function verdicts(feature: string, { row, answer, perMinute = 100, minutes = 120, seed = 21 }: Drift): Verdict[] {
  const clock = new TestClock(SUB_MS);
  const handle = createMonitor<Row, Answer>({
    model: MODEL,
    baseline,
    output: { label: output => output.label, confidence: output => output.confidence },
    drift: { dependence: 'independent', window: '1h' },
    clock: clock.now,
  });
  const stream = new Stream(seed);
  const seen: Verdict[] = [];
  for (let minute = -60; minute < minutes; minute++) {
    for (let i = 0; i < perMinute; i++) {
      const [input, output] = [stream.row(), stream.answer()];
      const drifted = minute >= 0;
      const call = handle.start(drifted && row !== undefined ? row(input, stream) : input);
      call.end(drifted && answer !== undefined ? answer(output, stream) : output);
    }
    clock.turn();
    const verdict = verdictOf(handle.report(), feature);
    if (minute >= 0) seen.push(verdict);
    else if (minute > -57) expect(verdict).toBe('ok');
  }
  handle.dispose();
  return seen;
}

/** The first look, in minutes since the drift began, at which the verdict was at least this. */
function minutesUntil(seen: readonly Verdict[], level: Verdict): number {
  const found = seen.findIndex(verdict => VERDICT_LEVEL[verdict] >= VERDICT_LEVEL[level]);
  return found < 0 ? Number.POSITIVE_INFINITY : found + 1;
}

const shifted = (by: number) => (row: Row) => ({ ...row, x: row.x! + by });
const inSomeOf = (share: number, change: (row: Row) => Row) => (row: Row, stream: Stream) =>
  stream.chance(share) ? change(row) : row;

describe('a mean that shifts', () => {
  it('by nothing is ok at every one of 600 looks', () => {
    expect(new Set(verdicts('x', { minutes: 600 }))).toEqual(new Set(['ok']));
  });

  it('by 0.1 sd at 100 a minute is a notice at most', () => {
    expect(worstVerdict(verdicts('x', { row: shifted(0.1), minutes: 300 }))).not.toMatch(/warning|critical/);
  });

  it('by 0.1 sd at 400 a minute is a notice, and never a warning', () => {
    expect(worstVerdict(verdicts('x', { row: shifted(0.1), perMinute: 400 }))).toBe('notice');
  });

  it('by 0.25 sd is a notice within half an hour, and never a warning', () => {
    const seen = verdicts('x', { row: shifted(0.25), minutes: 300 });
    expect(minutesUntil(seen, 'notice')).toBeLessThanOrEqual(30);
    expect(worstVerdict(seen)).toBe('notice');
  });

  it('by 0.32 sd, where the index is 0.1, is found and never critical', () => {
    const seen = verdicts('x', { row: shifted(0.32), minutes: 300 });
    expect(minutesUntil(seen, 'notice')).toBeLessThanOrEqual(15);
    expect(worstVerdict(seen)).not.toBe('critical');
  });

  it('by 0.4 sd is a warning within the hour, and never critical', () => {
    const seen = verdicts('x', { row: shifted(0.4), minutes: 300 });
    expect(minutesUntil(seen, 'warning')).toBeLessThanOrEqual(60);
    expect(worstVerdict(seen)).toBe('warning');
  });

  it('by 0.5 sd is a warning within a quarter of an hour', () => {
    expect(minutesUntil(verdicts('x', { row: shifted(0.5) }), 'warning')).toBeLessThanOrEqual(15);
  });

  it('by 0.6 sd is critical within the hour', () => {
    expect(minutesUntil(verdicts('x', { row: shifted(0.6) }), 'critical')).toBeLessThanOrEqual(60);
  });

  it('by 1 sd is critical within five minutes', () => {
    expect(minutesUntil(verdicts('x', { row: shifted(1) }), 'critical')).toBeLessThanOrEqual(5);
  });

  it('leaves the other features as they were', () => {
    expect(worstVerdict(verdicts('c', { row: shifted(1) }))).toBe('ok');
  });
});

describe('a variance that grows by half', () => {
  it('is a notice, and never a warning', () => {
    const seen = verdicts('x', { row: row => ({ ...row, x: row.x! * Math.sqrt(1.5) }), minutes: 300 });
    expect(worstVerdict(seen)).toBe('notice');
  });
});

describe('a value that goes missing', () => {
  const missing = (row: Row): Row => ({ ...row, x: null });

  it('in 0.3 % of the rows of a busy model is a notice', () => {
    expect(worstVerdict(verdicts('x', { row: inSomeOf(0.003, missing), perMinute: 1000 }))).toBe('notice');
  });

  it('in 2 % of rows is a warning within a quarter of an hour, and not critical', () => {
    const seen = verdicts('x', { row: inSomeOf(0.02, missing), minutes: 60 });
    expect(minutesUntil(seen, 'warning')).toBeLessThanOrEqual(15);
    expect(worstVerdict(seen)).toBe('warning');
  });

  it('in 8 % of rows is critical within four minutes', () => {
    expect(minutesUntil(verdicts('x', { row: inSomeOf(0.08, missing) }), 'critical')).toBeLessThanOrEqual(4);
  });

  it('in all rows is critical at the first look', () => {
    expect(verdicts('x', { row: missing, minutes: 1 })).toEqual(['critical']);
  });

  it('invalid values count the same', () => {
    const invalid = (row: Row): Row => ({ ...row, x: '1.5' as never });
    expect(minutesUntil(verdicts('x', { row: inSomeOf(0.08, invalid) }), 'critical')).toBeLessThanOrEqual(4);
  });
});

describe('categories', () => {
  const unseen = (row: Row): Row => ({ ...row, c: 'f' });

  it('that training never had are a warning at 2 %, critical at 8 %', () => {
    expect(worstVerdict(verdicts('c', { row: inSomeOf(0.02, unseen), minutes: 60 }))).toBe('warning');
    expect(minutesUntil(verdicts('c', { row: inSomeOf(0.08, unseen) }), 'critical')).toBeLessThanOrEqual(4);
  });

  it('never alike, a million of them, are judged as one', () => {
    let next = 0;
    const seen = verdicts('c', { row: row => ({ ...row, c: `id-${next++}` }), minutes: 2, perMinute: 5000 });
    expect(seen).toEqual(['critical', 'critical']);
  });

  it('that were there before are found when their shares move', () => {
    const toA = (row: Row): Row => ({ ...row, c: 'a' });
    expect(worstVerdict(verdicts('c', { row: inSomeOf(0.05, toA), minutes: 120 }))).toBe('notice');
    expect(minutesUntil(verdicts('c', { row: inSomeOf(0.5, toA) }), 'critical')).toBeLessThanOrEqual(10);
  });
});

describe('a feature that never varied', () => {
  it('is ok while it does not', () => {
    expect(worstVerdict(verdicts('fixed', {}))).toBe('ok');
  });

  it('is critical at the first look after it changed', () => {
    expect(verdicts('fixed', { row: row => ({ ...row, fixed: 8 }), minutes: 1 })).toEqual(['critical']);
  });

  it('is a warning when 2 % of it changed, either way', () => {
    for (const fixed of [6.9, 7.1]) {
      const seen = verdicts('fixed', { row: inSomeOf(0.02, row => ({ ...row, fixed })), minutes: 60 });
      expect(worstVerdict(seen)).toBe('warning');
    }
  });

  it('does not mind the rounding of a float32', () => {
    expect(worstVerdict(verdicts('fixed', { row: row => ({ ...row, fixed: 7 + 2 ** -23 }) }))).toBe('ok');
  });
});

describe('what the model says', () => {
  it('is critical within five minutes when 70 % of its answers turn neutral', () => {
    const answer = (answer: Answer, stream: Stream): Answer => ({
      ...answer,
      label: stream.chance(0.55) ? 'neutral' : answer.label,
    });
    const seen = verdicts('prediction.label', { answer });
    expect(minutesUntil(seen, 'critical')).toBeLessThanOrEqual(5);
  });

  it('is found when it grows unsure, with the same labels', () => {
    const answer = (answer: Answer): Answer => ({ ...answer, confidence: answer.confidence * 0.7 });
    expect(minutesUntil(verdicts('prediction.confidence', { answer }), 'critical')).toBeLessThanOrEqual(10);
    expect(worstVerdict(verdicts('prediction.label', { answer }))).toBe('ok');
  });

  it('is found when it stops giving a label', () => {
    const answer = () => undefined as never;
    expect(verdicts('prediction.label', { answer, minutes: 1 })).toEqual(['critical']);
  });
});
