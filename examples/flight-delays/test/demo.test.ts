import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PSI_WARNING } from '@driftspan/sketch';
import { beforeAll, describe, expect, test } from 'vitest';
import { conclusionLines } from '../src/conclusions.js';
import { explainPage } from '../src/explain-page.js';
import type { DemoDocument, FeatureFacts } from '../src/facts.js';
import { headerLines, monthLine, WIDTH } from '../src/table.js';
import { EXAMPLE, runDemo, startDemo } from './run-demo.js';

/** What NumPy found in the same rows: training/reference.py. */
interface Reference {
  readonly months: readonly {
    readonly month: number;
    readonly flights: number;
    readonly outcomeKnown: number;
    readonly late: number;
    readonly accuracy: number;
    readonly confidence: number;
    readonly predictedLate: number;
    readonly features: Readonly<
      Record<
        string,
        { counts: readonly number[]; other?: number; missing: number; invalid: number; psi: number; ks?: number }
      >
    >;
  }[];
}

const read = (path: string): string => readFileSync(join(EXAMPLE, path), 'utf8');
const reference: Reference = JSON.parse(read('training/reference.json'));
const bySize = (a: number, b: number): number => a - b;

describe('the whole year', () => {
  let document: DemoDocument;
  beforeAll(async () => {
    const { code, stdout, stderr } = await runDemo(['--json', '--counts']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    document = JSON.parse(stdout);
  });

  test('has every month, and flights, outcomes and shares as NumPy counts them', () => {
    expect(document.months.map(({ month }) => month)).toEqual(reference.months.map(({ month }) => month));
    document.months.forEach((month, i) => {
      const expected = reference.months[i]!;
      expect(month.flights).toBe(expected.flights);
      expect(month.outcomes).toBe(expected.outcomeKnown);
      expect(month.accuracy).toBeCloseTo(expected.accuracy, 12);
      expect(month.late).toBeCloseTo(expected.late, 12);
      expect(month.predictedLate).toBeCloseTo(expected.predictedLate, 12);
      expect(month.confidence).toBeCloseTo(expected.confidence, 6);
    });
  });

  test('has every bin of every feature as NumPy counts it, and its PSI', () => {
    for (const { month, features } of document.months) {
      const expected = reference.months.find(other => other.month === month)!.features;
      expect(features!.map(({ feature }) => feature).sort()).toEqual(Object.keys(expected).sort());
      for (const { feature, bins, psi } of features!) {
        const { counts, other, missing, invalid, psi: expectedPsi } = expected[feature]!;
        const cells = [...counts, ...(other === undefined ? [] : [other]), missing, invalid];
        expect(
          bins.map(({ count }) => count),
          `${feature} in month ${month}`,
        ).toEqual(cells);
        expect(Math.abs(psi - expectedPsi), `PSI of ${feature} in month ${month}`).toBeLessThan(1e-9);
      }
    }
  });

  test('January looks like January, and no other month does', () => {
    const [january, ...others] = document.months;
    expect(january!.verdict).toBe('ok');
    expect(january!.features!.every(({ psi }) => psi === 0)).toBe(true);
    expect(others.map(({ verdict }) => verdict)).not.toContain('ok');
  });

  test('the first drift is the first month with a warning or worse, in its worst feature', () => {
    const first = document.months.find(({ verdict }) => verdict === 'warning' || verdict === 'critical')!;
    expect(document.firstDrift).toEqual({
      month: first.month,
      feature: first.worst[0]!.feature,
      psi: first.worst[0]!.psi,
    });
    // NumPy agrees on both: no feature has moved as far before, and none has moved further then.
    const largest = reference.months.map(({ features }) =>
      Object.entries(features).reduce((a, b) => (b[1].psi > a[1].psi ? b : a)),
    );
    const firstIndex = largest.findIndex(([, { psi }]) => psi >= PSI_WARNING);
    expect(document.firstDrift!.month).toBe(reference.months[firstIndex]!.month);
    expect(document.firstDrift!.feature).toBe(largest[firstIndex]![0]);
  });

  test('the worst features are named by verdict and then by PSI', () => {
    const level = ['insufficient', 'ok', 'notice', 'warning', 'critical'];
    for (const { worst, features } of document.months) {
      const sorted = [...features!].sort(
        (a, b) =>
          level.indexOf(b.verdict) - level.indexOf(a.verdict) || b.psi - a.psi || (a.feature < b.feature ? -1 : 1),
      );
      expect(worst).toEqual(sorted.slice(0, 3).map(({ feature, psi, verdict }) => ({ feature, psi, verdict })));
    }
  });

  test('a feature has the verdict of its worst test, and each test is taken at 1 / (tests × 12)', () => {
    const features = document.months[0]!.features!;
    const tests = features.reduce((sum, feature) => sum + 2 + (feature.unseen === null ? 0 : 1), 0);
    expect(document.logAlpha).toBeCloseTo(Math.log(1 / (tests * 12)), 12);
    const significant = ({ shape, missing, unseen }: FeatureFacts): boolean =>
      [shape, missing, unseen].some(part => part !== null && (part.logP ?? 0) <= document.logAlpha!);
    for (const { features } of document.months) {
      for (const feature of features!) {
        expect(feature.verdict === 'ok', feature.feature).toBe(!significant(feature));
      }
    }
  });

  test('spans arrive for about one call in a thousand', () => {
    const { spans, metricPoints } = document.received!;
    // 336.8 are expected with a standard deviation of 18: outside 8 of them once in 10^15 runs.
    expect(spans).toBeGreaterThan(190);
    expect(spans).toBeLessThan(485);
    // Each feature's bins twice, at each month's end: all of them arrive, zeros too.
    const bins = document.months[0]!.features!.reduce((sum, feature) => sum + feature.bins.length, 0);
    expect(metricPoints).toBeGreaterThan(12 * 2 * bins);
  });

  test('nothing was left unrecorded, though thousands of outcomes never came', () => {
    expect(document.received!.dropped).toEqual({});
  });

  test('the README shows what it prints', () => {
    const shown = blockOf(read('README.md'), 'demo output');
    expect(shown).toContain([...headerLines(), ...document.months.map(month => monthLine(month))].join('\n'));
    expect(shown).toContain(conclusionLines(document).join('\n'));
    expect(Math.max(...shown.split('\n').map(line => line.length))).toBeLessThanOrEqual(100);
  });

  test('docs/flight-delays.md is what `npm run explain` writes', () => {
    expect(read('../../docs/flight-delays.md')).toBe(explainPage(document));
  });

  test('conclusions name the months that the numbers name', () => {
    const text = conclusionLines(document).join('\n');
    const excess = reference.months.map(({ confidence, accuracy }) => confidence - accuracy);
    const worst = reference.months[excess.indexOf([...excess].sort(bySize).at(-1)!)]!;
    expect(worst.month).toBe(7);
    expect(text).toContain(`In July the model is ${Math.round(worst.confidence * 100)} % sure`);
    expect(text).toContain("December's answers look like January's");
    expect(conclusionLines({ ...document, months: document.months.slice(0, 1), firstDrift: null })).toEqual([
      '- No month drifted: each looks like January.',
    ]);
  });
});

describe('part of the year', () => {
  test('through a pipe it prints plain lines: no colour, no bar, nothing wider than a terminal', async () => {
    const { code, stdout, stderr } = await runDemo(['--months', '2'], { TERM: 'xterm-256color' });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(stdout).not.toMatch(/[\u001b\r█]/);
    const lines = stdout.split('\n');
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(WIDTH + 2);
    expect(lines.filter(line => line.startsWith('February  '))).toHaveLength(1);
    expect(stdout).toMatch(/^24,951 flights in \d+ s\. Arrived over OTLP: [\d,]+ metric points, \d+ spans/m);
    expect(blockOf(read('README.md'), 'demo output').split('\n')).toEqual(
      expect.arrayContaining(lines.filter(line => line.startsWith('February  '))),
    );
  });

  test('--json prints one document of numbers and nothing else', async () => {
    const { stdout } = await runDemo(['--json', '--months', '1']);
    const document: DemoDocument = JSON.parse(stdout);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(document).toEqual({
      months: [
        {
          month: 1,
          flights: 27_004,
          verdict: 'ok',
          worst: [
            { feature: expect.any(String), psi: 0, verdict: 'ok' },
            { feature: expect.any(String), psi: 0, verdict: 'ok' },
            { feature: expect.any(String), psi: 0, verdict: 'ok' },
          ],
          accuracy: expect.any(Number),
          confidence: expect.any(Number),
          predictedLate: expect.any(Number),
          late: expect.any(Number),
          outcomes: 26_398,
          outputs: [
            { feature: 'prediction.confidence', psi: 0, verdict: 'ok' },
            { feature: 'prediction.label', psi: 0, verdict: 'ok' },
          ],
        },
      ],
      received: {
        spans: expect.any(Number),
        metricPoints: expect.any(Number),
        requests: expect.any(Number),
        dropped: {},
      },
      firstDrift: null,
      logAlpha: expect.any(Number),
      sentTo: null,
    });
  });

  test('Ctrl-C ends it with 130 and says so', async () => {
    const demo = startDemo([]);
    await demo.printed('January');
    await demo.printed('\nJanuary');
    demo.interrupt();
    const { code, stdout, stderr } = await demo.finished;
    expect(code).toBe(130);
    expect(stderr).toBe('Stopped.\n');
    expect(stdout).not.toContain('December');
  });

  test('--help explains itself; a wrong option is an error that names it', async () => {
    const [help, wrong] = await Promise.all([runDemo(['--help']), runDemo(['--months', '13'])]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('OTEL_EXPORTER_OTLP_ENDPOINT');
    expect(wrong).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('--months 13: expected') });
  });
});

/** The fenced block between `<!-- name -->` and `<!-- /name -->`. */
function blockOf(markdown: string, name: string): string {
  const match = new RegExp(`<!-- ${name} -->\\n+\`\`\`[a-z]*\\n([^]*?)\`\`\`\\n+<!-- /${name} -->`).exec(markdown);
  if (match === null) throw new Error(`no block ${name}`);
  return match[1]!;
}
