import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSaved } from '../src/harness/saved.js';
import { costTable, isMet, page } from '../src/page.js';
import { loadSuites, SUITES } from '../src/suites.js';

const ROOT = new URL('../../', import.meta.url);

describe('docs/benchmarks.md', async () => {
  const modules = await loadSuites();
  const saved = loadSaved();

  it('is made of the figures that stand beside it', () => {
    expect(readFileSync(new URL('docs/benchmarks.md', ROOT), 'utf8')).toBe(page(modules, saved));
  });

  it('has the plots that it shows', () => {
    const shown = [...page(modules, saved).matchAll(/\]\((benchmarks\/[^)]+\.svg)\)/g)].map(
      match => `docs/${match[1]}`,
    );
    const drawn = modules.flatMap(({ suite }) =>
      saved[suite.name] === undefined ? [] : Object.keys(suite.plots?.(saved[suite.name]!) ?? {}),
    );
    expect(shown.filter(file => !drawn.includes(file))).toEqual([]);
    expect(drawn.filter(file => !existsSync(new URL(file, ROOT)))).toEqual([]);
  });

  it('has every suite, under a name of its own', () => {
    expect(modules.map(({ suite }) => suite.name)).toEqual(SUITES);
    expect(Object.keys(saved).filter(name => !SUITES.includes(name))).toEqual([]);
  });

  it('has no two budgets of the same words', () => {
    for (const { suite, budgets } of modules) {
      for (const one of saved[suite.name] ?? []) {
        const words = budgets?.(one).map(({ what }: { what: string }) => what) ?? [];
        expect(words).toEqual([...new Set(words)]);
      }
    }
  });
});

describe('the page', () => {
  const value = (median: number) => ({ median, min: median - 0.01, max: median + 0.01 });
  const suite = (name: string) => ({ name, title: `The ${name}`, lines: [2, 3], section: () => `about ${name}` });
  const measured = (name: string, line: number, node: string, median: number) => ({
    suite: name,
    line,
    node,
    opentelemetry: { api: '1.9.1', sdk: `${line}.1.0` },
    machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, platform: 'linux x64' },
    commit: 'abc',
    date: '2026-01-01',
    seconds: 60,
    rounds: 5,
    result: { median },
  });
  const modules = [
    {
      suite: suite('calls'),
      budgets: ({ line, result }: ReturnType<typeof measured>) => [
        { what: 'added', front: 'adds', limit: line === 3 ? 0.15 : 0.2, value: value(result.median) },
        { what: 'bytes', limit: 350, unit: 'B', value: { median: 350.4, min: 350, max: 351 } },
        ...(line === 2 ? [{ what: 'times as cheap', limit: 20, atLeast: true, value: value(31) }] : []),
      ],
    },
    { suite: suite('peers') },
    { suite: suite('models') },
  ];
  const saved = {
    calls: [measured('calls', 2, 'v20.20.2', 0.18), measured('calls', 3, 'v24.9.0', 0.17)],
    models: [measured('models', 2, 'v20.20.2', 1)],
  };

  it('opens with the budgets, a column a line, met or not', () => {
    const lines = page(modules, saved).split('\n');
    const at = lines.indexOf('## All budgets');
    expect(lines.slice(at + 2, at + 7)).toEqual([
      '|  | budget | Node 20, OpenTelemetry 2.x | Node 24, OpenTelemetry 3.x |',
      '| --- | --- | --- | --- |',
      '| added | ≤ 0.2, 0.15 | 0.18 × (0.17 × – 0.19 ×) | **not met yet**: 0.17 × (0.16 × – 0.18 ×) |',
      '| bytes | ≤ 350 B | 350 B (350 B – 351 B) | 350 B (350 B – 351 B) |',
      '| times as cheap | ≥ 20 | 31 × (31 × – 31 ×) |  |',
    ]);
  });

  it('says of each section on what it was made, and leaves out what was not', () => {
    const text = page(modules, saved);
    expect(text).toContain(
      '## The models\n\n- Node 20.20.2, OpenTelemetry SDK 2.1.0 (API 1.9.1); a processor, 2 cores, 8 GiB, linux x64; commit abc; 2026-01-01; 5 rounds\n\nabout models',
    );
    expect(text).not.toContain('The peers');
  });

  it('gives the front page what has words for it', () => {
    expect(costTable(modules, saved).split('\n').slice(2)).toEqual([
      '| adds | ≤ 0.2, 0.15 | 0.18 × | not met yet: 0.17 × |',
    ]);
  });

  it('has no column for a machine with an accelerator among the budgets', () => {
    const withGpu = { ...saved.calls[1]!, machine: { ...saved.calls[1]!.machine, accelerator: 'a GPU' } };
    const text = page(modules, { ...saved, calls: [...saved.calls, withGpu] });
    expect(text).toContain('linux x64, a GPU; commit abc');
    expect(text.match(/OpenTelemetry 3\.x/g)).toHaveLength(1);
  });

  it('takes a limit for met', () => {
    const budget = (median: number, rest: object = {}) => isMet({ value: { median }, limit: 20, ...rest });
    expect([budget(20), budget(20.01), budget(20, { atLeast: true }), budget(19, { atLeast: true })]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
