import { type Baseline, findBin, VERDICT_LEVEL } from '@driftspan/sketch';
import type { AggregationTemporality } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMonitor, type Monitor } from '../../src/index.js';
import { VALUE_BOUNDS } from '../../src/semconv.js';
import { type Answer, MODEL, type Row, Stream, streamBaseline, TestClock } from '../drift/stream.js';
import {
  CUMULATIVE,
  DELTA,
  freshRegistry,
  keyOf,
  pointOf,
  type ReadHistogram,
  Reading,
  type ReadMetric,
} from './reading.js';

const SUB_MS = 60_000;
let baselines: readonly [Baseline, Baseline];

beforeAll(async () => {
  baselines = [await streamBaseline(3000), await streamBaseline(2000)];
});

type Kind = 'first baseline' | 'second baseline' | 'no baseline';
type Command =
  | { readonly do: 'create'; readonly kind: Kind; readonly version: '1' | '2' }
  | { readonly do: 'call'; readonly which: number; readonly rows: number; readonly drifted: boolean }
  | { readonly do: 'outcome'; readonly which: number; readonly right: boolean }
  | { readonly do: 'dispose'; readonly which: number }
  | { readonly do: 'turn' }
  | { readonly do: 'collect' };

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      kind: fc.constantFrom<Kind>('first baseline', 'first baseline', 'second baseline', 'no baseline'),
      version: fc.constantFrom('1' as const, '1' as const, '2' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      which: fc.nat(4),
      rows: fc.constantFrom(1, 7, 400),
      drifted: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('outcome' as const), which: fc.nat(4), right: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dispose' as const), which: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'turn' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'collect' as const }) },
);

interface Live {
  readonly handle: Monitor<[Row], Answer>;
  readonly version: string;
  readonly baseline: Baseline | undefined;
}

/** What a process counted, kept apart from the software: by metric and attributes. */
class NaiveCounts {
  readonly sums = new Map<string, number>();

  add(metric: string, attributes: Record<string, string | boolean>, count: number): void {
    const key = `${metric} ${keyOf(attributes)}`;
    this.sums.set(key, (this.sums.get(key) ?? 0) + count);
  }
}

const common = (version: string) => ({
  'ml.model.name': 'stream',
  'ml.model.version': version,
  'ml.operation.name': 'predict',
});

/** All that is to be exported as zero from the construction of a monitor. */
function announce(naive: NaiveCounts, { version, baseline }: Live): void {
  for (const correct of [true, false])
    naive.add('ml.outcome.count', { ...common(version), 'ml.outcome.correct': correct }, 0);
  naive.add('ml.inference.duration', common(version), 0);
  naive.add('ml.prediction.confidence', common(version), 0);
  naive.add('ml.prediction.value', common(version), 0);
  for (const feature of judgedIn(baseline)) {
    for (const [bin, kind] of cellsOf(feature))
      naive.add('ml.feature.bins', binAttributes(version, feature, bin, kind), 0);
  }
}

type FeatureBaseline = Baseline['features'][number];
const judgedIn = (baseline: Baseline | undefined) => [...(baseline?.features ?? []), ...(baseline?.outputs ?? [])];

function cellsOf(feature: FeatureBaseline): [bin: string, kind: string][] {
  const valued: [string, string][] =
    feature.kind === 'numeric'
      ? feature.labels.map(label => [label, 'range'])
      : [...feature.categories.map((category): [string, string] => [category, 'category']), ['other', 'other']];
  return [...valued, ['missing', 'missing'], ['invalid', 'invalid']];
}

function binAttributes(version: string, feature: FeatureBaseline, bin: string, kind: string) {
  return {
    ...common(version),
    'ml.feature.name': feature.name,
    'ml.baseline.id': feature.id,
    'ml.bin': bin,
    'ml.bin.kind': kind,
  };
}

function countRow(naive: NaiveCounts, { version, baseline }: Live, row: Row, answer: Answer): void {
  const outputs = Object.entries(answer).map(([name, value]) => [`prediction.${name}`, value]);
  const values: Record<string, unknown> = { ...row, ...Object.fromEntries(outputs) };
  for (const feature of judgedIn(baseline)) {
    const value = values[feature.name];
    const cells = cellsOf(feature);
    const cell =
      value === null
        ? cells.at(-2)!
        : feature.kind === 'numeric'
          ? cells[findBin(feature.cuts, value as number)]!
          : (cells.find(([bin, kind]) => bin === value && kind === 'category') ?? cells.at(-3)!);
    naive.add('ml.feature.bins', binAttributes(version, feature, ...cell), 1);
  }
}

const OF_INTEREST = [
  'ml.feature.bins',
  'ml.prediction.count',
  'ml.outcome.count',
  'ml.inference.duration',
  'ml.prediction.confidence',
  'ml.prediction.value',
];

/** Sums, and the counts of histograms, by metric and attributes. */
function counted(metrics: ReadonlyMap<string, ReadMetric>): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of OF_INTEREST) {
    for (const { attributes, value } of metrics.get(name)?.dataPoints ?? []) {
      const key = `${name} ${keyOf(attributes)}`;
      if (found.has(key)) throw new Error(`twice: ${key}`);
      found.set(key, typeof value === 'number' ? value : value.count);
    }
  }
  return found;
}

function withoutZeros(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].filter(([, count]) => count !== 0).sort());
}

/** A process with no monitor yet, and what it should have exported. */
function newProcess() {
  freshRegistry();
  const clock = new TestClock(SUB_MS);
  const stream = new Stream(41);
  const naive = new NaiveCounts();
  const live: Live[] = [];
  const all: Live[] = [];

  const create = (kind: Kind, version: string) => {
    const baseline = kind === 'no baseline' ? undefined : baselines[kind === 'first baseline' ? 0 : 1];
    const handle = createMonitor<Row, Answer>({
      model: { ...MODEL, version },
      ...(baseline === undefined ? {} : { baseline }),
      output: { label: out => out.label, confidence: out => out.confidence, value: out => out.value },
      drift: { dependence: 'independent', window: '1h' },
      clock: clock.now,
    });
    const one = { handle, version, baseline };
    live.push(one);
    all.push(one);
    announce(naive, one);
  };
  const call = (one: Live, rows: number, drifted: boolean) => {
    for (let i = 0; i < rows; i++) {
      const row = stream.row();
      const input = drifted ? { ...row, x: stream.chance(0.3) ? null : 5, c: 'new' } : row;
      const answer = stream.answer();
      one.handle.start(input).end(answer);
      countRow(naive, one, input, answer);
      naive.add('ml.prediction.count', { ...common(one.version), 'ml.prediction.label': answer.label }, 1);
      for (const name of ['ml.inference.duration', 'ml.prediction.confidence', 'ml.prediction.value']) {
        naive.add(name, common(one.version), 1);
      }
    }
  };
  const step = (one: Command): void => {
    if (one.do === 'create') create(one.kind, one.version);
    else if (one.do === 'turn') clock.turn();
    else if (one.do !== 'collect') {
      const target = live[one.which % Math.max(1, live.length)];
      if (target === undefined) return;
      if (one.do === 'call') call(target, one.rows, one.drifted);
      else if (one.do === 'outcome') {
        target.handle.recordOutcome({ predicted: { label: 'a' }, actual: { label: one.right ? 'a' : 'b' } });
        naive.add('ml.outcome.count', { ...common(target.version), 'ml.outcome.correct': one.right }, 1);
      } else {
        target.handle.dispose();
        live.splice(live.indexOf(target), 1);
      }
    }
  };
  return { naive, live, all, step };
}

describe('several monitors of equal attributes', () => {
  it('whatever is created, called and disposed of, exported sums are a naive count, and never go down', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 40 }), async commands => {
        const { naive, all, step } = newProcess();
        const reading = new Reading(CUMULATIVE);
        let before = new Map<string, number>();
        for (const one of [...commands, { do: 'collect' as const }]) {
          step(one);
          if (one.do !== 'collect') continue;
          if (all.length === 0) continue;
          const now = counted(await reading.collect());
          expect(withoutZeros(now)).toEqual(withoutZeros(naive.sums));
          for (const key of naive.sums.keys()) expect([key, now.has(key)]).toEqual([key, true]);
          for (const [key, count] of before) expect(now.get(key) ?? 0).toBeGreaterThanOrEqual(count);
          before = now;
        }
        for (const { handle } of all) handle.dispose();
        await reading.shutdown();
      }),
      { numRuns: 60 },
    );
  });

  it('the deltas of a second reader add up to the cumulative sums of the first, and neither disturbs the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 40 }), fc.array(fc.nat(2)), async (commands, who) => {
        const { naive, all, step } = newProcess();
        const readings = [new Reading(CUMULATIVE), new Reading(DELTA), new Reading(DELTA)];
        const added = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
        const take = async (which: number) => {
          if (all.length === 0) return;
          const now = counted(await readings[which]!.collect());
          if (which === 0) added[0] = now;
          else
            for (const [key, delta] of now) {
              expect([key, delta >= 0]).toEqual([key, true]);
              added[which]!.set(key, (added[which]!.get(key) ?? 0) + delta);
            }
        };
        let collections = 0;
        for (const one of commands) {
          step(one);
          if (one.do === 'collect') await take(who[collections++ % Math.max(1, who.length)] ?? 1);
        }
        for (const which of [0, 1, 2]) {
          await take(which);
          expect(withoutZeros(added[which]!)).toEqual(withoutZeros(naive.sums));
        }
        for (const { handle } of all) handle.dispose();
        await Promise.all(readings.map(reading => reading.shutdown()));
      }),
      { numRuns: 60 },
    );
  });

  it('the status is the worst, score and samples are those of the monitor that has it, and baseline counts are given once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), async commands => {
        const { live, all, step } = newProcess();
        const reading = new Reading(CUMULATIVE);
        for (const one of [...commands, { do: 'turn' as const }, { do: 'collect' as const }]) {
          step(one);
          if (one.do !== 'collect' || live.length === 0) continue;
          const metrics = await reading.collect();
          for (const version of ['1', '2']) {
            const same = live.filter(other => other.version === version && other.baseline !== undefined);
            if (same.length === 0) continue;
            for (const feature of ['x', 'c', 'fixed']) {
              const attributes = { ...common(version), 'ml.feature.name': feature };
              const reports = same.map(({ handle }) => handle.report().features.find(({ name }) => name === feature)!);
              const worst = Math.max(...reports.map(({ verdict }) => VERDICT_LEVEL[verdict]));
              const given = reports.filter(({ verdict }) => VERDICT_LEVEL[verdict] === worst)[0]!;
              expect(pointOf(metrics, 'ml.drift.status', attributes).value).toBe(worst);
              expect(pointOf(metrics, 'ml.drift.samples', attributes).value).toBe(given.samples);
              const scores = (metrics.get('ml.drift.score')?.dataPoints ?? []).filter(
                point =>
                  keyOf({ ...point.attributes, 'ml.drift.method': '' }) ===
                  keyOf({ ...attributes, 'ml.drift.method': '' }),
              );
              const longest = given.windows.at(-1)?.judgement;
              const expected =
                longest === undefined ||
                (longest.shape.verdict === 'insufficient' && VERDICT_LEVEL[longest.verdict] < VERDICT_LEVEL.warning)
                  ? []
                  : [longest.psi, ...(longest.ks === undefined ? [] : [longest.ks])];
              expect(scores.map(({ value }) => value)).toEqual(expected);
            }
            for (const baseline of new Set(same.map(other => other.baseline!))) {
              for (const feature of baseline.features) {
                const given = (metrics.get('ml.feature.baseline.bins')?.dataPoints ?? []).filter(
                  ({ attributes }) =>
                    attributes['ml.baseline.id'] === feature.id && attributes['ml.model.version'] === version,
                );
                expect(given.reduce((sum, { value }) => sum + (value as number), 0)).toBe(baseline.rows);
              }
            }
          }
        }
        for (const { handle } of all) handle.dispose();
        await reading.shutdown();
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['cumulative', CUMULATIVE],
    ['delta', DELTA],
  ])(
    'histograms of other bounds are added over the bounds that both have (%s)',
    async (_, temporality: AggregationTemporality) => {
      const { step, all } = newProcess();
      const reading = new Reading(temporality);
      const value = baselines[0].outputs.find(({ name }) => name === 'prediction.value');
      const bounds = value?.kind === 'numeric' ? value.cuts : [];
      expect(bounds.length).toBe(15);
      step({ do: 'create', kind: 'first baseline', version: '1' });
      step({ do: 'call', which: 0, rows: 100, drifted: false });
      await reading.collect();
      step({ do: 'create', kind: 'no baseline', version: '1' });
      step({ do: 'call', which: 1, rows: 50, drifted: false });
      const { buckets, count, sum } = pointOf(await reading.collect(), 'ml.prediction.value').value as ReadHistogram;
      expect(count).toBe(temporality === DELTA ? 50 : 150);
      expect(buckets.boundaries).toEqual(bounds.filter(bound => VALUE_BOUNDS.includes(bound)));
      expect(buckets.counts.length).toBe(buckets.boundaries.length + 1);
      expect(buckets.counts.reduce((total, one) => total + one, 0)).toBe(count);
      expect(buckets.counts.every(one => one >= 0)).toBe(true);
      expect(Number.isFinite(sum)).toBe(true);
      for (const { handle } of all) handle.dispose();
      await reading.shutdown();
    },
  );
});

describe('counts merge', () => {
  const row = fc.record({
    x: fc.oneof(fc.double(), fc.constant(null), fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE)),
    c: fc.oneof(fc.constantFrom('a', 'b', 'e', 'new', ''), fc.constant(null)),
    fixed: fc.constantFrom(7, 8),
  });

  it('two monitors fed a stream between them export what one fed all of it does, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(row, fc.boolean()), { maxLength: 200 }), async rows => {
        const exported = async (monitors: number) => {
          freshRegistry();
          const reading = new Reading();
          const handles = Array.from({ length: monitors }, () =>
            createMonitor<Row, Answer>({ model: MODEL, baseline: baselines[0], output: { label: out => out.label } }),
          );
          for (const [input, first] of rows) {
            handles[first ? 0 : monitors - 1]!.start(input).end({
              label: first ? 'one' : 'two',
              confidence: 0,
              value: 0,
            });
          }
          const metrics = await reading.collect();
          for (const handle of handles) handle.dispose();
          await reading.shutdown();
          return ['ml.feature.bins', 'ml.feature.baseline.bins', 'ml.feature.out_of_range', 'ml.prediction.count'].map(
            name =>
              [...(metrics.get(name)?.dataPoints ?? [])]
                .map(({ attributes, value }) => `${keyOf(attributes)} ${value}`)
                .sort(),
          );
        };
        const [one, two] = [await exported(1), await exported(2)];
        const labelled = (points: readonly string[]) => points.filter(point => point.includes('ml.prediction.label'));
        expect(two.slice(0, 3)).toEqual(one.slice(0, 3));
        expect(labelled(two[3]!)).toEqual(labelled(one[3]!));
      }),
      { numRuns: 60 },
    );
  });
});
