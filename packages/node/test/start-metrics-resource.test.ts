import { resourceFromAttributes } from '@opentelemetry/resources';
import { expect, test } from 'vitest';
import { start, startMetrics } from '../src/index.js';
import { rideMonitor } from './model.js';
import { environment, instanceId, metricsTowards, receiverForTest } from './receiving.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test("a resource that is given is the metrics' own, unchanged where it names the process", async () => {
  const attributes = { 'service.name': 'shop', 'service.instance.id': 'pod-1', region: 'eu' };
  environment({ OTEL_RESOURCE_ATTRIBUTES: 'region=us', OTEL_SERVICE_NAME: 'unread' });
  const receiver = await receiverForTest();
  const driftspan = metricsTowards(receiver, { resource: resourceFromAttributes(attributes) });
  await rideMonitor('given resource');
  await driftspan.shutdown();
  expect(receiver.points('ml.inference.active')[0]?.resource).toEqual(attributes);
});

test('a resource that names no process, or names it late, still gives each process series of its own', async () => {
  const receiver = await receiverForTest();
  const ids: unknown[] = [];
  for (const id of [undefined, undefined, Promise.resolve('late')]) {
    const resource = resourceFromAttributes({ 'service.name': 'shop', ...(id && { 'service.instance.id': id }) });
    const driftspan = metricsTowards(receiver, { resource });
    await rideMonitor('nameless');
    await driftspan.shutdown();
    ids.push(instanceId(receiver.points('ml.inference.active').slice(-1)));
  }
  expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID), 'late']);
  expect(new Set(ids).size).toBe(3);
});

test('without a resource it is the one of start()', async () => {
  environment({ OTEL_RESOURCE_ATTRIBUTES: 'region=eu,service.name=ignored', OTEL_SERVICE_NAME: 'shop' });
  const resources = [];
  for (const begin of [start, startMetrics]) {
    const receiver = await receiverForTest();
    environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    const driftspan = begin({ resourceAttributes: { 'deployment.id': 'blue' } });
    await rideMonitor('either resource');
    await driftspan.shutdown();
    const { 'service.instance.id': id, ...others } = receiver.points('ml.inference.active')[0]!.resource;
    expect(id).toMatch(UUID);
    resources.push(others);
  }
  expect(resources[1]).toEqual(resources[0]);
  expect(resources[1]).toMatchObject({ 'service.name': 'shop', region: 'eu', 'deployment.id': 'blue' });
});
