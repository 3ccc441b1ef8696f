import { type Receiver, startReceiver } from '@driftspan/otlp-receiver';
import { VERDICT_LEVEL } from '@driftspan/sketch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Finished, runDemo } from './run-demo.js';

let collector: Receiver;
let demo: Finished;
beforeAll(async () => {
  collector = await startReceiver();
  demo = await runDemo(['--months', '1'], { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
});
afterAll(() => collector.close());

test("with a collector of the user's everything goes there, and no month is told", () => {
  expect(demo.code).toBe(0);
  expect(demo.stdout).toContain(`Sending to ${collector.url}`);
  expect(demo.stdout).not.toContain('January  ');
  const flights = collector.points('ml.prediction.count').reduce((sum, { value }) => sum + value!, 0);
  expect(flights).toBe(27_004);
  const [landed] = collector.points('flights.landed', { 'flight.late': true });
  expect(landed!.value).toBeGreaterThan(0);
  expect(landed!.resource['service.name']).toBe('flight-delays');
});

test('spans of the sampled calls carry what the model said', () => {
  const spans = collector.spans.filter(({ name }) => name === 'predict flight-delay');
  expect(spans.length).toBeGreaterThan(0);
  for (const { attributes } of spans) {
    expect(['late', 'on-time']).toContain(attributes['ml.prediction.label']);
    expect(attributes['ml.model.version']).toBe('2013.01');
  }
});

test('the status of every feature arrives; January against January is never a warning', () => {
  const statuses = collector.points('ml.drift.status');
  expect(statuses).toHaveLength(14);
  expect(Math.max(...statuses.map(({ value }) => value!))).toBeLessThan(VERDICT_LEVEL.warning);
  const scored = collector.points('ml.drift.score', { 'ml.drift.method': 'psi' });
  expect(scored.map(({ attributes }) => attributes['ml.feature.name'])).toContain('dest');
  // Its shape can't be judged: no number is sent that somebody could take for one.
  expect(scored.map(({ attributes }) => attributes['ml.feature.name'])).not.toContain('temp');
});

test('nothing is dropped on the way: the only outcomes that wait are those that never come', () => {
  const dropped = collector.points('ml.sdk.dropped');
  expect(dropped.length).toBeGreaterThan(0);
  expect(dropped.filter(({ value }) => value !== 0)).toEqual([]);
});
