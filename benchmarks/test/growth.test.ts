import { describe, expect, it } from 'vitest';
import { budgets } from '../src/growth/budgets.js';
import { CASES, FEATURES, MONITORS, QUICK, ROWS } from '../src/growth/cases.js';
import { MOMENT_BYTES, RING_BYTES } from '../src/growth/figures.js';
import { grown } from '../src/growth/models.js';
import { forgetMonitors, makeMonitors } from '../src/growth/monitors.js';
import { plots } from '../src/growth/plots.js';
import { slopeOf } from '../src/growth/slope.js';
import { suite } from '../src/growth/suite.js';

const weight = (heap: number) => ({ heap, buffers: heap / 2 });
const slices = { wholeMs: 9, sliceMs: 4, workMs: 3 };
const collection = { quiet: slices, judging: { ...slices, workMs: 3.5 } };
const call = { bare: 100, generated: 700, loop: 900, one: 700, round: 900, early: { generated: 9000, loop: 3000 } };

/** A line's figures as a run leaves them, made up: all alike, but for what the names say. */
function saved(line: number, cases: typeof CASES = CASES) {
  const rounds = <T>(names: readonly string[], of: (name: string) => T) =>
    Object.fromEntries(names.map(name => [name, [of(name), of(name)]]));
  const features = (name: string) => {
    const size = Number(name.split('-')[1]);
    const known = { heap: 1000 + 9000 * size, buffers: 5000 + (RING_BYTES + MOMENT_BYTES + 800) * size };
    const memory = {
      withoutBaseline: weight(500 * size),
      known,
      measuring: weight(20_000 * size),
      baseline: weight(900),
    };
    return { memory, construction: { medianMs: 2, firstCallMs: 0.1 }, collection, call };
  };
  const result = {
    features: rounds(cases.features, features),
    monitors: rounds(cases.monitors, () => ({
      memory: weight(400_000),
      construction: { allMs: 30, medianMs: 2 },
      collection,
      call,
    })),
    categories: rounds(cases.categories, () => ({ none: 400, kept: 800, noneFresh: 1500, fresh: 2100 })),
    rows: rounds(cases.rows, () => ({ bare: 10, watched: 300 })),
    wire: rounds(cases.wire, () =>
      Object.fromEntries(
        ['json', 'jsonGzip', 'protobuf', 'protobufGzip'].map(format => [
          format,
          { bytes: 4096, requests: 1, ...slices },
        ]),
      ),
    ),
    soak: {
      calls: 50_000,
      seconds: 9,
      samples: Array.from({ length: 50 }, (_, k) => ({
        calls: 1000 * (k + 1),
        heapUsed: 2e7 + (k % 2),
        rss: 1e8,
        external: 3e6,
        arrayBuffers: 1e6,
      })),
      ...Object.fromEntries(
        ['failures', 'streams', 'outcomes', 'records', 'alerts', 'collections', 'subWindows'].map(what => [what, 7]),
      ),
    },
  };
  const machine = { cpu: 'a CPU', cores: 2, memoryGiB: 8, platform: 'linux x64' };
  const opentelemetry = { api: '1.9.1', sdk: `${line}.0.0` };
  return {
    suite: 'growth',
    line,
    node: 'v20.0.0',
    opentelemetry,
    machine,
    commit: 'c',
    date: '2026-01-01',
    seconds: 9,
    rounds: 2,
    result,
  };
}

describe('the section', () => {
  it('has a row for every size, and columns for every line', () => {
    const text = suite.section([saved(2), saved(3)]);
    for (const sizes of [FEATURES, MONITORS, ROWS])
      for (const size of sizes) expect(text).toMatch(new RegExp(`^\\| ${size.toLocaleString('en')} \\| .* \\|$`, 'm'));
    expect(text).toContain('calls that go round them all, 2.x');
    expect(text).toContain('calls that go round them all, 3.x');
    expect(text).not.toMatch(/NaN|undefined|null/);
  });

  it('is made of a quick run too', () => {
    expect(suite.section([saved(2, QUICK)])).not.toMatch(/NaN|undefined|null/);
  });

  it('links every plot', () => {
    const text = suite.section([saved(2)]);
    for (const file of Object.keys(plots([saved(2)]))) expect(text).toContain(`](${file.replace('docs/', '')})`);
  });
});

describe('budgets', () => {
  it('are those of one category, the state of a feature and a slice', () => {
    const all = budgets(saved(2));
    expect(all.map(({ unit, limit }) => [unit, limit])).toEqual([
      ['ns', 25],
      ['B', 1024],
      ['ms', 5],
    ]);
    // (800 - 400) / 20 values; 800 bytes beside the ring; the longer of the two kinds of collection.
    expect(all.map(({ value }) => value.median)).toEqual([20, 800, 3.5]);
  });

  it('of what a quick run leaves out are left out', () => {
    expect(budgets(saved(2, QUICK)).map(({ unit }) => unit)).toEqual(['ns', 'B']);
  });
});

describe('slopeOf', () => {
  it('gives a straight line back, with no room for doubt', () => {
    const xs = Array.from({ length: 40 }, (_, i) => i);
    const { slope, low, high } = slopeOf(
      xs,
      xs.map(x => 3 * x - 7),
    );
    for (const value of [slope, low, high]) expect(value).toBeCloseTo(3, 9);
  });

  // scipy.stats.linregress of the same points (SciPy 1.17.1), its stderr times t.ppf(0.975, 8).
  it('has the interval of linear regression', () => {
    const ys = [1, 3, 2, 5, 4, 6, 8, 7, 9, 10];
    const { slope, low, high } = slopeOf(
      Array.from(ys, (_, i) => i),
      ys,
    );
    expect([slope, low, high].map(x => Number(x.toFixed(4)))).toEqual([0.9636, 0.7458, 1.1815]);
  });

  it('refuses fewer points than ten', () => {
    expect(() => slopeOf([1, 2], [1, 2])).toThrow('10 to 40');
  });
});

describe('the models that grow', () => {
  it.each(['numeric', 'categorical', 'columns'] as const)(
    'count every row of the kind %s in every feature',
    async kind => {
      const model = await grown(kind, 3);
      const { handles, turn } = makeMonitors(model, 2, [model.row()]);
      turn();
      for (const handle of handles) {
        const { features, model: told } = handle.report();
        const inputs = features.filter(({ name }) => name.startsWith('feature_'));
        expect([told.name, inputs.length]).toEqual([`growth-${handles.indexOf(handle)}`, 3]);
        // The first call, and 64 of the sub-window.
        for (const { totals } of inputs) expect(totals.valued).toBe(65);
        handle.dispose();
      }
      forgetMonitors();
    },
  );
});
