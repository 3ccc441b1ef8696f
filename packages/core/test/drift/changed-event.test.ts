import { describe, expect, it } from 'vitest';
import { changeSeverity, driftChangedAttributes, MAX_ALSO_MOVED } from '../../src/drift/changed-event.js';
import type { DriftAlert } from '../../src/drift/watch.js';

const example = (traceId: string) => ({ traceId, spanId: 'b'.repeat(16), atMs: 1 });
const OPENED: DriftAlert = {
  model: { name: 'flight-delay', version: '2013.01' },
  feature: 'distance',
  change: 'opened',
  from: 'ok',
  to: 'warning',
  atMs: 1_357_000_000_000,
  psi: 0.17,
  samples: 4000,
  cause: { test: 'shape', windowMs: 240_000 },
  alsoMoved: ['carrier'],
  bins: [
    { bin: '07 (0.31,0.45]', kind: 'range', share: 0.3, baselineShare: 0.1, examples: [example('a1'), example('a2')] },
    { bin: 'other', kind: 'other', share: 0.2, baselineShare: 0.1, examples: [] },
  ],
};

describe('the attributes of ml.drift.changed', () => {
  it('tell what opened, why, and where to look', () => {
    expect(driftChangedAttributes(OPENED)).toEqual({
      'ml.model.name': 'flight-delay',
      'ml.model.version': '2013.01',
      'ml.feature.name': 'distance',
      'ml.drift.change': 'opened',
      'ml.drift.from': 'ok',
      'ml.drift.to': 'warning',
      'ml.drift.psi': 0.17,
      'ml.drift.samples': 4000,
      'ml.drift.test': 'shape',
      'ml.drift.window': 240,
      'ml.drift.also_moved': ['carrier'],
      'ml.drift.bins': ['07 (0.31,0.45]', 'other'],
      'ml.drift.examples': ['a1 a2', ''],
    });
  });

  it('leave out what an episode that closed in silence has none of', () => {
    const closed: DriftAlert = {
      ...OPENED,
      change: 'closed',
      from: 'warning',
      to: 'insufficient',
      psi: Number.NaN,
      samples: 0,
      cause: undefined,
      alsoMoved: [],
      bins: [],
    };
    expect(driftChangedAttributes(closed)).toEqual({
      'ml.model.name': 'flight-delay',
      'ml.model.version': '2013.01',
      'ml.feature.name': 'distance',
      'ml.drift.change': 'closed',
      'ml.drift.from': 'warning',
      'ml.drift.to': 'insufficient',
      'ml.drift.samples': 0,
    });
  });

  it('name a bounded number of other features', () => {
    const alsoMoved = Array.from({ length: 1000 }, (_, i) => `f${i}`);
    expect(driftChangedAttributes({ ...OPENED, alsoMoved })['ml.drift.also_moved']).toHaveLength(MAX_ALSO_MOVED);
  });
});

it.each<[DriftAlert['change'], DriftAlert['to'], string]>([
  ['opened', 'warning', 'warn'],
  ['opened', 'critical', 'error'],
  ['escalated', 'critical', 'error'],
  ['closed', 'ok', 'info'],
  ['closed', 'insufficient', 'info'],
])('an episode that %s to %s is %s', (change, to, severity) => {
  expect(changeSeverity({ ...OPENED, change, to })).toBe(severity);
});
