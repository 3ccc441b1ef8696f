import { expect, test } from 'vitest';
import { createMonitor } from '../../src/index.js';
import { type Answer, OUTPUT, PARCELS, type Parcel, Parcels, parcelBaseline } from '../export/parcels.js';
import { binsOf, freshRegistry, pointOf, Reading } from '../export/reading.js';

// An alarm for missing values made a score of what was not there: NaN, which OTLP in JSON can't say.
test('a feature that is missing from every call is critical and has no score', async () => {
  freshRegistry();
  let now = 0;
  const handle = createMonitor<Parcel, Answer>({
    model: PARCELS,
    baseline: await parcelBaseline(),
    output: OUTPUT,
    drift: { window: '1h', dependence: 'independent' },
    clock: () => now,
  });
  const parcels = new Parcels(4);
  for (let i = 0; i < 2000; i++) handle.start({ ...parcels.row(), weight: null }).end(parcels.answer());
  now = 60_000;
  const reading = new Reading();
  const metrics = await reading.collect();
  const of = (name: string) => ({ 'ml.feature.name': name });
  expect(pointOf(metrics, 'ml.drift.status', of('weight')).value).toBe(3);
  expect(pointOf(metrics, 'ml.drift.samples', of('weight')).value).toBe(0);
  expect(binsOf(metrics, 'ml.drift.score', 'weight')).toEqual([]);
  expect(binsOf(metrics, 'ml.drift.score', 'length')).toHaveLength(2);
  handle.dispose();
  await reading.shutdown();
});
