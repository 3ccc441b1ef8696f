import type { ComparedFeature, Comparison } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { explainReport, renderReport } from '../src/index.js';
import { scenario } from './scenarios.js';
import { tagsOf } from './tags.js';
import { watched } from './watched.js';

let comparison: Comparison;
beforeAll(async () => {
  comparison = await scenario({ shift: 1, category: 'voucher', missing: 0.1 });
});

const without = (markup: string): string =>
  markup.replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const articles = (page: string): string[] => page.match(/<article [\s\S]*?<\/article>/g) ?? [];

describe('the page', () => {
  it('is the same text for the same report', () => {
    expect(renderReport(comparison)).toBe(renderReport(structuredClone(comparison)));
  });

  it('opens on the verdict, before anything else', () => {
    const page = renderReport(comparison);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(without(page.slice(page.indexOf('<h1>'), page.indexOf('</h1>'))).trim()).toBe(
      'Critical: the model meets data unlike what it was trained on.',
    );
    expect(page).toContain('<title>Critical: shop 7</title>');
    expect(renderReport(comparison, { title: 'Orders' })).toContain('<title>Orders</title>');
  });

  it('puts what the model answers first, and ranks within', () => {
    const names = articles(renderReport(comparison)).map(article => /<bdi>(.*?)<\/bdi>/.exec(article)![1]);
    expect(names.slice(0, 2).sort()).toEqual(['prediction.confidence', 'prediction.label']);
    expect(names.slice(2)).toEqual(['c', 'x', 'secret', 'flag']);
  });

  it('has a text for every picture, which states the numbers', () => {
    const labels = renderReport(comparison).match(/role="img" aria-label="([^"]+)"/g)!;
    // x with its missing values, c, secret, flag, label, confidence.
    expect(labels).toHaveLength(7);
    expect(labels.join()).toContain('Now: 50.1 on average, eight of ten values between 36.9 and 63.3.');
    expect(labels.join()).toContain('In training: 40 on average, eight of ten values between 26.9 and 53.');
    expect(labels.join()).toMatch(/card: [\d.]+ % now, [\d.]+ % in training/);
  });

  it('tells every verdict in words', () => {
    const page = renderReport(comparison);
    for (const [tag] of page.matchAll(/<span class="verdict[^>]*>.*?<\/span>/g)) {
      expect(without(tag).trim()).toMatch(/^(Critical|Warning|Notice|OK|Not judged)$/);
    }
  });

  it('asks for nothing and runs nothing', () => {
    const tags = tagsOf(renderReport(comparison));
    expect(
      tags.map(({ name }) => name).filter(name => /^(script|link|img|iframe|object|base|form)$/.test(name)),
    ).toEqual([]);
    expect(renderReport(comparison)).not.toMatch(/https?:|url\(|@import/);
  });

  it('tells of a sensitive number neither average nor range', () => {
    const secret = articles(renderReport(comparison)).find(article => article.includes('<bdi>secret</bdi>'))!;
    expect(secret).not.toMatch(/on average|Wasserstein|lowest|highest/);
    expect(secret).toContain('above 154');
  });

  it('says how it was judged', () => {
    const text = without(renderReport(comparison));
    expect(text).toContain(`one in 1,000 says more than OK, over all ${comparison.drift.tests} tests together`);
    expect(text).toContain(comparison.drift.dependence.words);
  });

  it('of no feature says so', () => {
    const page = renderReport({ ...comparison, verdict: 'insufficient', features: [] });
    expect(without(page)).toContain('This model has no features that could be compared.');
    expect(() => tagsOf(page)).not.toThrow();
  });

  it('of a thousand features is under 4 MB', () => {
    const features = Array.from(
      { length: 1000 },
      (_, i): ComparedFeature => ({ ...comparison.features[i % 6]!, name: `f${i}`, role: 'feature' }),
    );
    const page = renderReport({ ...comparison, features });
    expect(articles(page)).toHaveLength(1000);
    expect(page.length).toBeLessThan(4_000_000);
  });

  it('says unknown of what is not known, and never NaN', async () => {
    const unknown = Number.NaN;
    const blank = comparison.features.map((feature): ComparedFeature => {
      const { shape, missing } = feature.judgement;
      return {
        ...feature,
        verdict: 'insufficient',
        counts: feature.counts.map(() => 0),
        judgement: {
          ...feature.judgement,
          verdict: 'insufficient',
          samples: 0,
          psi: unknown,
          shape: {
            ...shape,
            verdict: 'insufficient',
            samples: 0,
            psi: unknown,
            effect: unknown,
            lowerBound: unknown,
            logP: unknown,
            detectable: unknown,
          },
          missing: { ...missing, verdict: 'insufficient', samples: 0, rate: unknown, rise: unknown },
        },
      };
    });
    const page = renderReport({ ...comparison, verdict: 'insufficient', features: blank });
    expect(page).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(page).toContain('unknown');
    const empty = await scenario({ rows: 0 });
    expect(renderReport(empty)).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(explainReport(empty)).not.toMatch(/NaN|undefined/);
  });
});

describe('a report that was JSON in between', () => {
  it('gives the page and the sentences it would have given', async () => {
    const thin = await scenario({ rows: 12 });
    const copy: Comparison = JSON.parse(JSON.stringify(thin));
    expect(copy.features[0]!.judgement.shape.logP).toBeNull();
    expect(renderReport(copy)).toBe(renderReport(thin));
    expect(explainReport(copy)).toBe(explainReport(thin));
    const idle = (await watched({ rows: 0 })).report();
    expect(renderReport(JSON.parse(JSON.stringify(idle)))).toBe(renderReport(idle));
  });
});

describe('the page of a monitor', () => {
  it('tells of calls, errors, answers and outcomes', async () => {
    const page = without(renderReport((await watched({ shift: 1 })).report()));
    expect(page).toContain('a running monitor, the last 1 hour, up to 1 Jul 2013 01:00 UTC');
    expect(page).toContain('3,900 succeeded, 100 failed ( RangeError 100)');
    expect(page).toMatch(/Outcomes [\d.]+\s% right of 400 known/);
    expect(page).toMatch(/on-time 71\.3\s%, late 28\.7\s%, since it began/);
  });

  it('draws and lists the windows of each feature, and since when it drifts', async () => {
    const page = renderReport((await watched({ shift: 1 })).report());
    const x = articles(page).find(article => article.includes('<bdi>x</bdi>'))!;
    expect(x).toContain('<svg viewBox');
    expect(x).toMatch(/Drifting since 1 Jul 2013 \d\d:\d\d UTC\./);
    expect(without(x)).toMatch(/4 minutes .*15 minutes .*1 hour/);
  });

  it('names traces to look at', async () => {
    const report = (await watched({ shift: 1 })).report();
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const features = report.features.map(feature => ({
      ...feature,
      ...(feature.driftedBins === undefined
        ? {}
        : {
            driftedBins: feature.driftedBins.map(bin => ({
              ...bin,
              examples: [{ traceId, spanId: 'b7ad6b7169203331', atMs: 0 }],
            })),
          }),
    }));
    expect(renderReport({ ...report, features })).toContain(traceId);
  });

  it('draws an open window, and pretends no verdict', async () => {
    const page = renderReport((await watched({ shift: 1 }, {}, false)).report());
    expect(without(page)).toContain('no window has closed yet; so far: 30.8');
    expect(page).toContain('class="now" d="M');
  });

  it('of one that nobody called, or that has no baseline, is a page', async () => {
    const idle = (await watched({ rows: 0 })).report();
    const { features: _, ...rest } = idle;
    const bare = idle.features.map(
      ({ baseline: _baseline, counts: _counts, provisional: _provisional, ...feature }) => feature,
    );
    for (const report of [idle, { ...rest, features: bare }]) {
      const page = renderReport(report);
      expect(page).not.toMatch(/NaN|undefined|null|Infinity/);
      expect(() => tagsOf(page)).not.toThrow();
    }
    expect(without(renderReport({ ...rest, features: bare }))).toContain('it has no baseline to be compared with');
  });
});
