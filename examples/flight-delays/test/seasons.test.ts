import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { measureSeasons, type SeasonFacts, type WindowFacts } from '../src/seasons.js';
import { SEASONS_HEADING, seasonsSection } from '../src/seasons-page.js';
import { EXAMPLE } from './run-demo.js';
import { sectionOf } from './section.js';

/** 38 monitors see January: a quarter of a minute of a quiet core. */
const SEASONS_TIMEOUT_MS = 240_000;

let facts: SeasonFacts;
beforeAll(async () => {
  facts = await measureSeasons();
}, SEASONS_TIMEOUT_MS);

const windowOf = (length: string): WindowFacts => facts.windows.find(({ window }) => window === length)!;
const lambdaOf = (length: string, name: string): number =>
  windowOf(length).features.find(({ feature }) => feature === name)!.lambda;

test('January in its own order raises no alarm, whatever the window', () => {
  for (const { window, measured } of facts.windows) expect(measured.episodes, window).toBe(0);
});

test('taken as independent, the same month is in alarm from its first days to its last', () => {
  for (const { window, independent } of facts.windows) {
    expect(independent.features, window).toEqual(expect.arrayContaining(['hour', 'temp', 'prediction.confidence']));
    expect(independent.openShare, window).toBeGreaterThan(0.99);
  }
});

test('a whole day takes the clock out of a window, and nothing takes the weather out', () => {
  expect(lambdaOf('12h', 'hour')).toBeGreaterThan(100 * lambdaOf('1d', 'hour'));
  expect(lambdaOf('1d', 'temp')).toBeGreaterThan(lambdaOf('12h', 'temp'));
  for (const { features } of facts.windows) {
    expect(features.find(({ feature }) => feature === 'temp')!.detectable).toBeNull();
  }
});

test('a baseline for every hour takes the clock out too, at the price of twice the index that can be seen', () => {
  const [one, , hourly] = facts.plans;
  const hour = (plan = one): { lambda: number; detectable: number | null } =>
    plan!.features.find(({ feature }) => feature === 'hour')!;
  expect(hour(hourly).lambda).toBeLessThan(hour(one).lambda);
  expect(hour(hourly).detectable!).toBeGreaterThan(2 * hour(one).detectable!);
  expect(hourly!.rows).toHaveLength(15);
  expect(Math.min(...hourly!.rows)).toBeGreaterThanOrEqual(1000);
});

test('docs/flight-delays.md says so', () => {
  const page = readFileSync(join(EXAMPLE, '../../docs/flight-delays.md'), 'utf8');
  expect(sectionOf(page, SEASONS_HEADING)).toEqual(seasonsSection(facts));
});
