import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedCount, feedsOf } from '../src/models/feeds.js';
import { CASES, LOADS, MODELS, ofModels, QUICK, WHOLE } from '../src/models/models.js';
import { findProviders, nodesPlaced, vulkanDevices } from '../src/models/providers.js';
import { answerAtOnce, checkWatched, LEARN_FROM, learnBaseline, openSession } from '../src/models/sessions.js';
import { budgets, errorLine, suite } from '../src/models/suite.js';

type Opened = Awaited<ReturnType<typeof openSession>>;
const folder = mkdtempSync(join(tmpdir(), 'driftspan-models-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a watched session', () => {
  const baseline = join(folder, 'softmax.json');
  let opened: Opened;
  beforeAll(async () => {
    writeFileSync(baseline, JSON.stringify(await learnBaseline('softmax')));
    opened = await openSession('softmax', { size: { batch: 8 }, threads: 1, baseline });
  });
  afterAll(() => opened.close());

  it('counts every call and row, by the baseline that it was given', async () => {
    for (let i = 0; i < 3; i++) await opened.watched(opened.feeds[i]);
    expect(() => checkWatched(opened, 3)).not.toThrow();
    expect(opened.monitor.report().drift.baselineRows).toBe(LEARN_FROM);
    const labels = Object.values(opened.monitor.report().predictions as Record<string, number>);
    expect(labels.reduce((sum, count) => sum + count, 0)).toBe(3 * 8);
  });

  it('counts nothing where it runs bare, and is found out', async () => {
    await opened.bare(opened.feeds[0]);
    expect(opened.monitor.report().calls.succeeded).toBe(3);
    expect(() => checkWatched(opened, 4)).toThrow(/met .*"succeeded":3.* expected 4/);
  });

  it('answers at once with real results, and then runs again', async () => {
    const [output] = opened.session.outputNames;
    const real = (await opened.bare(opened.feeds[0]))[output!].data;
    const restore = await answerAtOnce(opened);
    expect((await opened.bare(opened.feeds[1]))[output!].data).toEqual(real);
    expect((await opened.watched(opened.feeds[1]))[output!].data).toEqual(real);
    restore();
    expect((await opened.bare(opened.feeds[1]))[output!].data).not.toEqual(real);
    expect(() => checkWatched(opened, 4)).not.toThrow();
  });
});

describe('the inputs', () => {
  const session = { inputNames: ['x'] };

  it('are the same in every process, and differ from call to call', () => {
    const [first, second] = feedsOf(session, [2, 3], ort.Tensor);
    expect(first).toEqual(feedsOf(session, [2, 3], ort.Tensor)[0]);
    expect(first.x.data).not.toEqual(second.x.data);
    expect(first.x.dims).toEqual([2, 3]);
  });

  it('are at least two, and at most a thousand', () => {
    expect([4, 150_528, 3 * 2240 * 2240].map(feedCount)).toEqual([1024, 27, 2]);
  });
});

describe('the cases', () => {
  it('are of models that there are, each with a baseline that a second can learn', () => {
    for (const { model, size } of Object.values(CASES)) {
      const { dims, smallest } = MODELS[model as keyof typeof MODELS];
      expect(dims(smallest as never).length).toBe(dims(size as never).length);
      expect(dims(size as never).every(Number.isInteger)).toBe(true);
    }
  });

  it('with several calls in flight are among them, and quick ones are part of the whole', () => {
    for (const load of LOADS) expect(Object.keys(CASES)).toContain(load.split('@')[0]);
    for (const name of QUICK.cases) expect(Object.keys(CASES)).toContain(name);
    for (const load of QUICK.loads) expect(LOADS).toContain(load);
  });

  it('are fewer where models are chosen', () => {
    expect(ofModels(Object.keys(MODELS), WHOLE)).toEqual(WHOLE);
    expect(ofModels(['softmax'], WHOLE)).toEqual({
      cases: ['softmax-1', 'softmax-8', 'softmax-64'],
      kept: [],
      loads: ['softmax-1@1', 'softmax-1@8', 'softmax-1@32'],
    });
    expect(ofModels(['ocr-cls', 'ocr-rec'], QUICK)).toEqual({
      cases: ['ocr-cls-1', 'ocr-rec-64'],
      kept: ['ocr-cls-64'],
      loads: ['ocr-cls-1@8'],
    });
  });
});

describe('execution providers', () => {
  it('each work here, or say why not', async () => {
    const found = await findProviders();
    expect(found.map(({ provider }) => provider)).toContain('webgpu');
    for (const { works, why, largestDifference } of found) {
      if (works) expect(largestDifference).toBeLessThan(1e-3);
      else expect(why).toMatch(/\w/);
    }
  });

  it('tell how many nodes each took', () => {
    const log = `2026 [V:onnxruntime:, session_state.cc:1377] Node placements
[V] All nodes placed on [WebGpuExecutionProvider]. Number of nodes: 2
[V]  Node(s) placed on [CPUExecutionProvider]. Number of nodes: 18
[V]  Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 175`;
    expect(nodesPlaced(log)).toEqual({ WebGpuExecutionProvider: 177, CPUExecutionProvider: 18 });
  });

  it('that fail in a case say how, without a path', () => {
    const said = `node run-case.js: ended with status 1
/somewhere/backend.js:117
  resolve(run());
Error: Non-zero status code returned
    at Immediate (/somewhere/backend.js:117:1)`;
    expect(errorLine(said)).toBe('Error: Non-zero status code returned');
    expect(errorLine('node run-case.js: ended with SIGSEGV')).toBe('node run-case.js: ended with SIGSEGV');
  });

  it('are named as Vulkan names its devices', () => {
    expect(
      vulkanDevices(
        'GPU0:\n\tdeviceName         = NVIDIA H100\n\tdriverID = 4\nGPU1:\n\tdeviceName = llvmpipe (LLVM 15)\n',
      ),
    ).toBe('NVIDIA H100\nllvmpipe (LLVM 15)');
  });
});

describe('the section', () => {
  const round = (bare: number, added: number) => ({
    dims: [1, 4],
    ns: { bare, unsampled: bare + added, sampled: bare + 4 * added, again: bare + 80 },
    atOnce: { bare: 1000, unsampled: 1000 + added, sampled: 1000 + 4 * added },
  });
  const load = (perSecond: number) => ({
    perSecond,
    latencyMs: { p50: 0.1, p99: 0.2 },
    delayMs: { p50: 0, p99: null },
  });
  const cpu = {
    provider: 'cpu',
    outputs: 'cpu',
    cases: { 'softmax-1': [round(8000, 800), round(8000, 640), round(8000, 960)] },
    loads: { 'softmax-1@8': [{ bare: load(100_000), unsampled: load(90_000) }] },
  };
  const saved = {
    suite: 'models',
    line: 2,
    node: 'v20.20.2',
    opentelemetry: { api: '1.9.1', sdk: '2.12.0' },
    machine: { cpu: 'a CPU', cores: 2, memoryGiB: 8, platform: 'linux x64' },
    commit: 'abc',
    date: '2026-11-21',
    seconds: 1,
    rounds: 3,
    result: { providers: [{ provider: 'webgpu', works: false, why: 'No supported adapters' }], targets: [cpu] },
  };
  const onGpu = {
    ...saved,
    machine: { ...saved.machine, accelerator: 'webgpu on a GPU' },
    result: {
      providers: [
        {
          provider: 'webgpu',
          works: true,
          largestDifference: 4.2e-7,
          nodes: { WebGpuExecutionProvider: 177 },
          keepsOutputs: true,
        },
      ],
      targets: [
        cpu,
        {
          provider: 'webgpu',
          outputs: 'cpu',
          cases: cpu.cases,
          failed: { 'ocr-det-2240': 'out of memory' },
          loads: {},
        },
        {
          provider: 'webgpu',
          outputs: 'gpu-buffer',
          cases: cpu.cases,
          failed: {},
          loads: {},
          untouched: { calls: 50, kept: 50, missing: 50, fetched: 0, dropped: {} },
        },
      ],
    },
  };

  it('takes the budget from the rounds in turns', () => {
    const [budget] = budgets(saved);
    expect(budget!.value).toEqual({ median: 1.1, min: 1.08, max: 1.12 });
    expect(budget!.limit).toBe(1.1);
  });

  it('has no budget where the smallest model was left out, and says which models were', () => {
    const { 'softmax-1': rounds } = cpu.cases;
    const narrowed = { ...saved, result: { ...saved.result, targets: [{ ...cpu, cases: { 'ocr-cls-1': rounds } }] } };
    expect(budgets(narrowed)).toEqual([]);
    const text = suite.section([narrowed]);
    expect(text).toContain('Left out there: softmax, 4 columns in, 3 classes out; a picture of 150,528 floats');
    expect(text.match(/^Left out there: .*$/m)![0]).not.toContain(MODELS['ocr-cls'].title);
  });

  it('shows what is added beside the bare call, and as a share of it', () => {
    const text = suite.section([saved]);
    expect(text).toContain(
      '| 8.00 µs | 800 ns | 10 % | 1.10 × (1.08 – 1.12) | 3.20 µs | 1.40 × (1.32 – 1.48) | 1.01 × (1.01 – 1.01) |',
    );
    expect(text).toContain(
      '| 8 | 100,000 | 0.90 × (0.90 – 0.90) | 100 µs → 100 µs | 200 µs → 200 µs | 0.0 ns → 0.0 ns | – → – |',
    );
    expect(text).toContain('webgpu not: No supported adapters.');
  });

  it('shows a machine with an accelerator beside one without', () => {
    const text = suite.section([saved, onGpu]);
    expect(text).toContain('### Node 20, OpenTelemetry 2.x, webgpu (webgpu on a GPU)');
    expect(text).toContain('webgpu, outputs left in its memory');
    expect(text).toContain('Failed there: ocr-det-2240 (out of memory).');
    expect(text).toContain(
      'Of 50 watched calls 50 left their output there, and it was fetched 0 times: 50 labels counted as missing.',
    );
    expect(text).toContain('webgpu works, within 4e-7 of the CPU (177 nodes on WebGpuExecutionProvider)');
  });

  it('plots a point for each case and place', () => {
    const [plot] = Object.values(suite.plots([saved, onGpu])) as {
      data: { values: { ms: number; share: number }[] };
    }[];
    expect(plot!.data.values).toHaveLength(4);
    expect(plot!.data.values[0]).toMatchObject({ ms: 0.008, share: 10 });
  });
});
