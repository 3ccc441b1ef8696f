import type { FeatureJudgement, Verdict } from '@driftspan/sketch';
import { expect, it } from 'vitest';
import { causeOf } from '../../src/drift/cause.js';
import type { Look, WindowJudgement } from '../../src/drift/window-judge.js';

type Said = { verdict: Verdict; shape?: Verdict; missing?: Verdict; unseen?: Verdict };
function look(verdict: Verdict, ...said: Said[]): Look {
  const windows = said.map(({ verdict, shape = 'ok', missing = 'ok', unseen = 'ok' }, i) => {
    const tests = { shape: { verdict: shape }, missing: { verdict: missing }, unseen: { verdict: unseen } };
    return { slots: [4, 15, 60][i]!, judgement: { verdict, ...tests } as FeatureJudgement } as WindowJudgement;
  });
  return { verdict, windows };
}

it('a look below a warning has none', () => {
  for (const verdict of ['insufficient', 'ok', 'notice'] as const) {
    expect(causeOf(look(verdict, { verdict, shape: verdict }))).toBeUndefined();
  }
});

it('is the shortest window that was as bad, and the first of its tests that was', () => {
  const cause = causeOf(
    look(
      'critical',
      { verdict: 'warning', shape: 'warning' },
      { verdict: 'critical', shape: 'warning', missing: 'critical', unseen: 'critical' },
      { verdict: 'critical', shape: 'critical' },
    ),
  );
  expect(cause).toMatchObject({ window: { slots: 15 }, test: 'missing', tests: ['shape', 'missing', 'unseen'] });
});

it('tests at a notice are none of it', () => {
  const cause = causeOf(look('warning', { verdict: 'warning', shape: 'notice', unseen: 'warning' }));
  expect(cause).toMatchObject({ test: 'unseen', tests: ['unseen'] });
});

it('a window that only records is passed over, however loud its tests are', () => {
  const cause = causeOf(
    look('critical', { verdict: 'notice', missing: 'critical' }, { verdict: 'critical', shape: 'critical' }),
  );
  expect(cause).toMatchObject({ window: { slots: 15 }, test: 'shape' });
});
