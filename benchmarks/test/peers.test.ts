import { readFileSync } from 'node:fs';
import * as api from '@opentelemetry/api';
import * as asyncHooks from '@opentelemetry/context-async-hooks';
import * as sdkTrace from '@opentelemetry/sdk-trace';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addedBy, comparedWith } from '../src/peers/added.js';
import { checkApi, checkCall, checkEnd } from '../src/peers/checks.js';
import { plots } from '../src/peers/plots.js';
import { reasonFor } from '../src/peers/reasons.js';
import { MODES, wrapperRuns } from '../src/peers/runs.js';
import { section } from '../src/peers/section.js';
import { budgets } from '../src/peers/suite.js';
import { timeBlocks } from '../src/peers/timing.js';
import { INPUT_TITLES, SKETCH_TITLES, WRAPPER_TITLES } from '../src/peers/titles.js';
import { contextOf, startTracing } from '../src/peers/tracing.js';

// Two rounds of a busy machine.
const saved = JSON.parse(readFileSync(new URL('reference/peers.json', import.meta.url), 'utf8'));
const opentelemetry = { api, asyncHooks, sdkTrace };
const rounds = (...medians: number[]) => medians.map(median => ({ median }));

describe('what a wrapper adds', () => {
  const runs = {
    'bare/row/sampled': rounds(100, 200),
    'driftspan/row/sampled': rounds(300, 600),
    'other/row/sampled': rounds(1100, 1000),
  };

  it('is its call less the bare one of the same round', () => {
    expect(addedBy(runs, 'other', 'row', 'sampled')).toEqual([1000, 800]);
  });

  it('is compared with what Driftspan adds in the same round', () => {
    expect(comparedWith(runs, 'other', 'row', 'sampled')).toEqual({ median: 3.5, min: 2, max: 5 });
  });

  it('is unknown where it was not run', () => {
    expect(addedBy(runs, 'other', 'image', 'sampled')).toBeUndefined();
    expect(comparedWith(runs, 'another', 'row', 'sampled')).toBeUndefined();
  });
});

describe('what is run', () => {
  it('has every name once', () => {
    expect(wrapperRuns()).toEqual([...new Set(wrapperRuns())]);
  });

  it('has the bare call, a hand-written span and Driftspan beside every wrapper', () => {
    for (const run of wrapperRuns()) {
      const [, input, mode] = run.split('/');
      for (const name of ['bare', 'hand', 'driftspan']) expect(wrapperRuns()).toContain(`${name}/${input}/${mode}`);
    }
  });

  it('has a title for every wrapper', () => {
    expect([...new Set(wrapperRuns().map((run: string) => run.split('/')[0]))]).toEqual(Object.keys(WRAPPER_TITLES));
  });
});

describe('the checks', () => {
  const row = { a: 1, b: [0.5, 2] };
  const model = async () => ({ label: 'late' });
  const recorded = { attribute: 'input.value', as: JSON.stringify };
  /** A wrapper as people write it; what it sets on its span is up to the test. */
  const wrapped = (attributes: api.Attributes) => () =>
    api.trace.getTracer('test').startActiveSpan('predict', async span => {
      span.setAttributes(attributes);
      const result = await model();
      span.end();
      return result;
    });
  const unregister = () => {
    api.trace.disable();
    api.context.disable();
  };
  beforeEach(unregister);
  afterAll(unregister);

  async function check(call: () => Promise<unknown>, { mode = 'sampled', withInput = true } = {}) {
    const tracing = mode === 'none' ? undefined : await startTracing(opentelemetry);
    const parent = contextOf(opentelemetry, mode);
    const length = await checkCall({
      call,
      row,
      model,
      spans: 1,
      recorded: withInput ? recorded : undefined,
      mode,
      tracing,
      parent: (work: () => unknown) => api.context.with(parent, work),
      parentSpan: api.trace.getSpanContext(parent),
    });
    return { tracing, length };
  }
  const input = { 'input.value': JSON.stringify(row) };

  it('let a wrapper through whose span came out under its parent with the whole input, and tell its length', async () => {
    expect((await check(wrapped(input))).length).toBe(JSON.stringify(row).length);
  });

  it('stop at a wrapper that makes no span where the parent is sampled', async () => {
    await expect(check(model)).rejects.toThrow('spans exported, sampled: met 0, expected 1');
  });

  it('stop at a span that came out although the parent was not sampled', async () => {
    const call = () => api.context.with(api.ROOT_CONTEXT, () => wrapped(input)());
    await expect(check(call, { mode: 'unsampled' })).rejects.toThrow('spans exported, unsampled: met 1, expected 0');
  });

  it('stop at a span that has another parent', async () => {
    const call = () => api.context.with(api.ROOT_CONTEXT, wrapped(input));
    await expect(check(call)).rejects.toThrow('parent of the span');
  });

  it('stop at an input that was cut off', async () => {
    await expect(check(wrapped({ 'input.value': '{"a":1' }))).rejects.toThrow('attribute input.value: met {"a":1');
  });

  it('stop at an input on the span of a wrapper that should have none', async () => {
    await expect(check(wrapped(input), { withInput: false })).rejects.toThrow('met the input, expected no input');
  });

  it('stop at a result that is not the one of the model', async () => {
    await expect(check(async () => ({ label: 'on-time' }))).rejects.toThrow('result: met {"label":"on-time"}');
  });

  it('look at the result alone without an SDK', async () => {
    expect(await check(wrapped(input), { mode: 'none' })).toEqual({ tracing: undefined, length: undefined });
  });

  it('stop where spans were lost while timing', async () => {
    const { tracing } = await check(wrapped(input));
    const end = (calls: number) => checkEnd({ call: model, calls, mode: 'sampled', spans: 1, tracing });
    await end(1);
    await expect(end(2)).rejects.toThrow('spans exported in all: met 1, expected 2');
  });

  const copies = { apiOf: () => 'here', expected: 'here' };
  it('stop where another copy of the API is resolved', () => {
    const apiOf = () => 'elsewhere';
    expect(() => checkApi(['a-wrapper'], { mode: 'none', apiOf, expected: 'here' })).toThrow(
      '@opentelemetry/api of a-wrapper: met elsewhere, expected here',
    );
  });

  it('stop where another version of the API is registered', async () => {
    await startTracing(opentelemetry);
    expect(() => checkApi([], { mode: 'sampled', version: '0.0.0', ...copies })).toThrow('expected 0.0.0');
  });

  it('stop where an SDK is registered that should not be', async () => {
    checkApi([], { mode: 'none', ...copies });
    await startTracing(opentelemetry);
    expect(() => checkApi([], { mode: 'none', ...copies })).toThrow('no SDK');
  });
});

describe('timing', () => {
  it('makes whole calls in every block, and waits for each', async () => {
    const blocks: number[] = [];
    let isOpen = false;
    const { calls } = await timeBlocks(
      async (count: number) => {
        expect(isOpen).toBe(false);
        isOpen = true;
        await Promise.resolve();
        blocks.push(count);
        isOpen = false;
      },
      { warmUpMs: 5, timedMs: 5, blockMs: 1 },
    );
    expect(blocks[0]).toBe(1);
    expect(blocks.at(-1)).toBe(calls);
    expect(blocks.every(count => Number.isInteger(count) && count >= 1)).toBe(true);
  });
});

describe('the section', () => {
  const text = section([saved]);
  const { wrappers } = saved.result;

  it('has every input, wrapper and sketch that was measured', () => {
    for (const words of Object.values({ ...INPUT_TITLES, ...SKETCH_TITLES, ...WRAPPER_TITLES }))
      expect(text).toContain(words);
  });

  it('has the characters of the input that each put on its span', () => {
    expect(wrappers['openinference/image/sampled'][0].inputLength).toBeGreaterThan(4_000_000);
    expect(text).toMatch(/OpenInference.*\| 4,2\d\d,\d{3} \|/);
  });

  it('has every row that costs less than Driftspan under a reason, and none that costs more', () => {
    const cheaper = wrapperRuns()
      .map((run: string) => run.split('/') as [string, string, string])
      .filter(([wrapper]: [string]) => wrapper !== 'bare' && !wrapper.startsWith('driftspan'))
      .filter(([wrapper, input, mode]: [string, string, string]) => {
        const ratio = comparedWith(wrappers, wrapper, input, mode);
        return ratio !== undefined && ratio.median <= 1;
      });
    const list = text.slice(text.indexOf('rows beside Driftspan'), text.indexOf('### One value'));
    expect(cheaper.length).toBeGreaterThan(0);
    expect(list.match(/ × – /g)).toHaveLength(cheaper.length);
  });

  it('leaves out what was not run', () => {
    const short = Object.fromEntries(Object.entries(wrappers).filter(([run]) => run.includes('/row/')));
    const quick = section([{ ...saved, result: { ...saved.result, wrappers: short } }]);
    expect(quick).toContain(INPUT_TITLES.row);
    expect(quick).not.toContain(`### ${INPUT_TITLES.image}`);
  });

  it('has a reason for a hand-written span that looks at nothing of a large input, and none for one that does', () => {
    for (const mode of MODES) expect(reasonFor({ wrapper: 'hand', input: 'image', mode })).toContain('Driftspan');
    expect(reasonFor({ wrapper: 'hand-input', input: 'image', mode: 'sampled' })).toBeUndefined();
    expect(reasonFor({ wrapper: 'langfuse', input: 'row', mode: 'sampled' })).toBeUndefined();
  });

  it('has one budget: a DDSketch beside one number, over all shapes', () => {
    const { ddsketch, driftspan } = saved.result.sketches.time;
    const total = ({ ns }: { ns: Record<string, number> }) => Object.values(ns).reduce((a, b) => a + b);
    const ratios = ddsketch.map(
      (round: { ns: Record<string, number> }, i: number) => total(round) / total(driftspan[i]),
    );
    const [{ value, limit, atLeast }] = budgets(saved) as [{ value: object; limit: number; atLeast: boolean }];
    expect({ limit, atLeast }).toEqual({ limit: 2, atLeast: true });
    expect(value).toMatchObject({ min: Math.min(...ratios), max: Math.max(...ratios) });
  });

  it('has a plot with every point that costs more than the bare call on its axis', () => {
    const [spec] = Object.values(plots([saved])) as [{ vconcat: PlotPanel[] }];
    expect(spec.vconcat).toHaveLength(Object.keys(INPUT_TITLES).length);
    for (const { data, encoding } of spec.vconcat) {
      const [low, high] = encoding.x.scale.domain;
      for (const { added } of data.values) {
        expect(added).toBeGreaterThanOrEqual(low);
        expect(added).toBeLessThanOrEqual(high);
      }
    }
  });
});

interface PlotPanel {
  data: { values: { added: number }[] };
  encoding: { x: { scale: { domain: [number, number] } } };
}
