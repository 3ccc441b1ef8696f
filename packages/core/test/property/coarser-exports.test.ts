import { baselineCells, populationStabilityIndex, valuedCells } from '@driftspan/sketch';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { coarserBaseline } from '../../src/export/coarser-baseline.js';
import { createMonitor } from '../../src/index.js';
import { type Answer, OUTPUT, PARCELS, type Parcel, parcelBaseline } from '../export/parcels.js';
import { binsOf, freshRegistry, Reading, type ReadMetric } from '../export/reading.js';

let baselines: Awaited<ReturnType<typeof parcelBaseline>>[];
beforeAll(async () => {
  baselines = await Promise.all([parcelBaseline(1000, 1), parcelBaseline(3000, 2)]);
});

const anything = fc.oneof(
  fc.double(),
  fc.double({ min: -4, max: 4 }),
  fc.constantFrom(null, undefined, 0, -0, 5e-324, Number.MAX_VALUE, '7'),
);
const row: fc.Arbitrary<Parcel> = fc.record({
  weight: anything as fc.Arbitrary<number>,
  length: anything as fc.Arbitrary<number>,
  fixed: fc.constantFrom(7, 7.0000001, 8),
  town: fc.oneof(
    fc.nat(30).map(i => `town ${i}`),
    fc.string({ maxLength: 3 }),
    fc.constant(null),
  ),
  age: anything as fc.Arbitrary<number>,
  person: fc.nat(15).map(i => `person ${i}`),
});
const answer: fc.Arbitrary<Answer> = fc.record({
  label: fc.nat(15).map(i => `label ${i}`),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  value: anything as fc.Arbitrary<number>,
});
/** Calls, and now and then the end of a sub-window or a look at the metrics. */
const steps = fc.array(fc.oneof({ weight: 8, arbitrary: fc.tuple(row, answer) }, fc.constantFrom('turn', 'look')), {
  maxLength: 80,
});

const counts = (metrics: ReadonlyMap<string, ReadMetric>, metric: string, feature: string) =>
  binsOf(metrics, metric, feature).map(({ value }) => value as number);

it('coarser cells are the sums of the fine ones at any time, and their index is that of the merged counts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(8, 4), fc.constantFrom(0, 1), steps, async (bins, which, commands) => {
      freshRegistry();
      const baseline = baselines[which]!;
      let now = 0;
      // Two versions, so that each has bins of its own.
      const [fine, coarse] = (['fine', 'coarse'] as const).map(version =>
        createMonitor<Parcel, Answer>({
          model: { ...PARCELS, version },
          baseline,
          output: OUTPUT,
          drift: { dependence: 'independent', window: '1h' },
          export: { bins: version === 'fine' ? 16 : (bins as 8 | 4) },
          clock: () => now,
        }),
      );
      const reading = new Reading();
      const look = async () => {
        const metrics = await reading.collect();
        const of = (version: string) =>
          new Map(
            [...metrics].map(([name, metric]) => [
              name,
              {
                ...metric,
                dataPoints: metric.dataPoints.filter(({ attributes }) => attributes['ml.model.version'] === version),
              },
            ]),
          );
        const [all, merged] = [of('fine'), of('coarse')];
        for (const feature of [...baseline.features, ...(baseline.joint ?? []), ...baseline.outputs]) {
          const coarser = coarserBaseline(feature, bins);
          const sums = (metric: string) => {
            const added = new Array<number>(baselineCells(coarser.feature).length).fill(0);
            counts(all, metric, feature.name).forEach((count, i) => {
              added[coarser.cellOf[i]!]! += count;
            });
            return added;
          };
          const live = counts(merged, 'ml.feature.bins', feature.name);
          const base = counts(merged, 'ml.feature.baseline.bins', feature.name);
          expect(live).toEqual(sums('ml.feature.bins'));
          expect(base).toEqual(sums('ml.feature.baseline.bins'));
          const valued = valuedCells(coarser.feature);
          const index = (observed: readonly number[], expected: readonly number[]) =>
            populationStabilityIndex(observed.slice(0, valued), expected.slice(0, valued));
          expect(index(live, base)).toBe(index(sums('ml.feature.bins'), baselineCells(coarser.feature)));
        }
      };
      for (const command of [...commands, 'look' as const]) {
        if (command === 'turn') now += 60_000;
        else if (command === 'look') await look();
        else for (const handle of [fine!, coarse!]) handle.start(command[0]).end(command[1]);
      }
      fine!.dispose();
      coarse!.dispose();
      await reading.shutdown();
    }),
    { numRuns: 60 },
  );
});
