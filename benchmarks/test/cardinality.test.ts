import { readFileSync } from 'node:fs';
import { createMonitor } from '@driftspan/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countSeries, watching } from '../cardinality/count-series.js';
import { scrape } from '../cardinality/measure-exports.js';
import { EXPORTS, MODELS, SEEN } from '../cardinality/models.js';
import { page } from '../cardinality/page.js';
import { seriesOf, shapeOf, totalOf } from '../cardinality/series-formula.js';
import { hostile, hostileBaseline, MODEL, OUTPUT, ordinary, strangeError } from './hostile.js';

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
const figures = JSON.parse(read('cardinality.json'));
const told = (exported: object) => JSON.stringify(exported);

describe('docs/cardinality.md', () => {
  it('is made of the figures that stand beside it', () => {
    expect(read('cardinality.md')).toBe(page(figures));
  });

  it('has every model with every export', () => {
    expect(Object.keys(figures.models)).toEqual(Object.keys(MODELS));
    for (const rows of Object.values<(typeof EXPORTS)[number][]>(figures.models)) {
      expect(rows.map(({ bins, baseline, values }) => ({ bins, baseline, values }))).toEqual(EXPORTS);
    }
  });

  it.each(Object.keys(MODELS))('the series of %s are those it exports now, and those of the formula', async name => {
    const setup = await MODELS[name as keyof typeof MODELS].make();
    for (const [i, exported] of EXPORTS.entries()) {
      const formula = seriesOf(shapeOf(setup.baseline), exported, SEEN);
      const { points, series } = figures.models[name][i];
      expect([told(exported), { points, series }]).toEqual([told(exported), totalOf(formula)]);
      // A thousand features take seconds a monitor: one stands for all.
      if (i > 0 && name === 'numbers-1000') continue;
      const counted = await watching(setup, exported, countSeries);
      const present = Object.fromEntries(Object.entries(formula).filter(([, [points]]) => points > 0));
      expect([told(exported), counted]).toEqual([told(exported), present]);
    }
  });
});

describe('whatever comes', () => {
  let baseline: Awaited<ReturnType<typeof hostileBaseline>>;
  beforeAll(async () => {
    baseline = await hostileBaseline();
    // Without these the tests below would say little.
    expect(baseline.joint?.length).toBeGreaterThan(0);
    expect(baseline.features.find(({ name }) => name === 'town')?.counts).toHaveLength(64);
  });

  it.each(EXPORTS.map(exported => [told(exported), exported] as const))(
    'a monitor makes the series of the formula and no more: %s',
    async (_, exported) => {
      const shape = shapeOf(baseline);
      const value = baseline.outputs.find(({ name }) => name === 'prediction.value')!.counts.length - 1;
      const known = baseline.outputs.find(({ name }) => name === 'prediction.label')!.counts.length;
      const series = (seen: object) => totalOf(seriesOf(shape, exported, { confidence: true, value, ...seen })).series;
      // A monitor of one kind of call at a time, so that what each adds can be told.
      await watching(
        { model: MODEL, baseline, output: OUTPUT, calls: [] },
        exported,
        async (handle: ReturnType<typeof createMonitor>, turn: () => void) => {
          expect((await scrape()).series).toBe(series({ labels: known }));
          for (const { input, output } of ordinary(3000)) handle.start(input).end(output);
          turn();
          expect((await scrape()).series).toBe(series({ labels: known, judged: true }));
          const stream = handle.wrap(function* () {
            yield { label: 'a', confidence: 1, value: 1 };
          });
          const abuse = (from: number) => {
            for (let i = from; i < from + 400; i++) {
              const { input, output } = hostile(i);
              handle.start(input).end(output);
              handle.start(input).fail(i % 2 === 0 ? strangeError(i) : input);
              for (const _chunk of stream(input));
              handle.recordQueueTime(i % 2 === 0 ? i : Number.NaN);
              handle.describe({ [`attribute ${i}`]: i, 'ml.model.name': `another ${i}` });
              handle.recordOutcome({
                predicted: { label: `a ${i}`, value: i },
                actual: { label: `b ${i}`, value: -i },
              });
              handle.recordOutcome(`nobody ${i}`, output as never);
            }
          };
          const most = {
            labels: 65,
            errorTypes: 21,
            judged: true,
            queue: true,
            streams: true,
            described: true,
            errors: true,
          };
          abuse(0);
          expect((await scrape()).series).toBe(series(most));
          abuse(400);
          expect((await scrape()).series).toBe(series(most));
        },
      );
    },
  );

  it('a process of 1,005 monitors has the series of 1,000, and one that tells of the others', async () => {
    const { series } = totalOf(seriesOf([], EXPORTS[0]!, {}));
    await watching({ model: { name: 'first', version: '1' }, calls: [] }, EXPORTS[0]!, async () => {
      const handles = Array.from({ length: 1004 }, (_, i) =>
        createMonitor({ model: { name: 'many', version: `${i}` } }),
      );
      const counted = await countSeries();
      const total = Object.values<[number, number]>(counted).reduce((sum, [, one]) => sum + one, 0);
      expect(total).toBe(1000 * series + 1);
      for (const handle of handles) handle.dispose();
    });
  });
});
