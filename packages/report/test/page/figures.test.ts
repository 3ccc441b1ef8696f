import { categorical, defineModel, numeric } from '@driftspan/sketch';
import { describe, expect, it } from 'vitest';
import { barsFigure, missingFigure } from '../../src/page/bars-figure.js';
import { densityFigure } from '../../src/page/density-figure.js';
import { cellsOf } from '../../src/view/cells.js';
import { viewOfCompared } from '../../src/view/of-comparison.js';
import type { FeatureView } from '../../src/view/view.js';
import { compared, featureNamed, normal, rowsOf } from '../compared.js';

interface Row {
  readonly x: number | null;
  readonly c: string;
}

const MODEL = defineModel<Row>({ name: 'm', version: '1', features: { x: numeric(), c: categorical() } });
const inputs = (rows: number, seed: number, make: (next: () => number) => Row) =>
  rowsOf(rows, seed, next => ({ input: make(next) }));

async function viewOf(
  name: string,
  training: (next: () => number) => Row,
  current = training,
  rows = 3000,
): Promise<FeatureView> {
  return viewOfCompared(featureNamed(await compared(MODEL, inputs(6000, 5, training), inputs(rows, 7, current)), name));
}

function density(view: FeatureView): string {
  const { baseline } = view;
  if (baseline?.kind !== 'numeric' || baseline.sensitive === true) throw new Error(view.name);
  return densityFigure(view, cellsOf(view)!, baseline)?.markup ?? '';
}

const x =
  (make: (next: () => number) => number | null) =>
  (next: () => number): Row => ({ x: make(next), c: 'a' });
const c =
  (make: (next: () => number) => string) =>
  (next: () => number): Row => ({ x: 1, c: make(next) });

describe('a density', () => {
  it('has its averages marked and told, and ticks with what lies between', async () => {
    const figure = density(
      await viewOf(
        'x',
        x(next => 100 + normal(next)),
        x(next => 101 + normal(next)),
      ),
    );
    expect(figure).toMatch(
      /aria-label="Now: 101 on average, eight of ten values between 99\.7 and 102\. In training: 100 on average, /,
    );
    expect(figure).toContain('">training 100 on average</span>');
    expect(figure).toContain('<i style="left:');
    expect(figure.match(/<path class="(then|band|now)" d="M/g)).toHaveLength(3);
  });

  it('of a long tail is cut, and says how far values reach', async () => {
    const figure = density(
      await viewOf(
        'x',
        x(next => next() ** -2),
      ),
    );
    expect(figure).toMatch(/The axis is cut: values reach to [\d,.e+]+\./);
    expect(figure).toContain('class="open high"');
    expect(figure).not.toContain('class="open low"');
  });

  it('of mostly one value cuts its bar, and tells what it holds', async () => {
    const figure = density(
      await viewOf(
        'x',
        x(next => (next() < 0.9 ? 0 : 10 * next())),
        x(next => (next() < 0.8 ? 0 : 10 * next())),
      ),
    );
    expect(figure).toMatch(/The bar at 0 is cut: (79|80|81)[\d.]*\s% now, (89|90|91)[\d.]*\s% in training\./);
  });

  it('of a constant is a bar, as high as the picture', async () => {
    const figure = density(
      await viewOf(
        'x',
        x(() => 5),
      ),
    );
    expect(figure).toContain('In training: 5 on average, mostly 5.');
    expect(figure).not.toContain('is cut');
  });

  it('of values that hang together has the band of few, and says so', async () => {
    const view = await viewOf('x', x(normal));
    const { judgement } = view;
    const alike = { ...view, judgement: { ...judgement!, shape: { ...judgement!.shape, lambda: 600 } } };
    expect(density(alike)).toContain(
      'The band is that of 5 independent values, since neighbouring rows hang together.',
    );
    expect(density(view)).not.toContain('The band is');
  });

  it('of a year or of a millionth has ticks that differ', async () => {
    for (const scale of [1e-6, 1, 1e12]) {
      const figure = density(
        await viewOf(
          'x',
          x(next => scale * (50 + normal(next))),
        ),
      );
      const ticks = [...figure.matchAll(/<i style="left:[\d.]+%">([^<]+)<\/i>/g)].map(([, text]) => text);
      expect(ticks.length).toBeGreaterThan(2);
      expect(new Set(ticks).size).toBe(ticks.length);
    }
  });
});

describe('bars', () => {
  it('show the categories that changed most, and sum up the others', async () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const any = c(next => letters[Math.floor(26 * next())]!);
    const view = await viewOf(
      'c',
      any,
      c(next => (next() < 0.5 ? 'q' : letters[Math.floor(26 * next())]!)),
    );
    const figure = barsFigure(view, cellsOf(view)!)!.markup;
    expect(figure.match(/class="bar"/g)).toHaveLength(12);
    expect(figure).toMatch(/aria-label="q: 5\d(\.\d)? % now, (3|4)(\.\d)? % in training;/);
    expect(figure).toContain('15 others');
    expect(figure.indexOf('<bdi>q</bdi>')).toBeLessThan(figure.indexOf('<bdi>a</bdi>') >>> 0);
  });

  it('have whiskers where the interval can be seen', async () => {
    const half = c(next => (next() < 0.5 ? 'a' : 'b'));
    const few = await viewOf('c', half, half, 60);
    expect(barsFigure(few, cellsOf(few)!)!.markup).toContain('class="w"');
    const many = await viewOf('c', half, half, 200_000);
    expect(barsFigure(many, cellsOf(many)!)!.markup).not.toContain('class="w"');
  });

  it('of missing values are there where any are', async () => {
    const some = await viewOf(
      'x',
      x(normal),
      x(next => (next() < 0.25 ? null : normal(next))),
    );
    expect(missingFigure(some, cellsOf(some)!)!.markup).toMatch(
      /aria-label="missing: 2\d(\.\d)? % now, 0 % in training\."/,
    );
    const none = await viewOf('x', x(normal));
    expect(missingFigure(none, cellsOf(none)!)).toBeUndefined();
  });
});
