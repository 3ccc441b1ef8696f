import { hostname, userInfo } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import type { Attributes } from '@driftspan/otlp-receiver';
import { expect, test } from 'vitest';
import type { StartOptions } from '../src/index.js';
import { runChild } from './child.js';
import { rideMonitor } from './model.js';
import { environment, receiverForTest, startTowards, toldToDiag } from './receiving.js';

/** What leaves without a word in the environment; see the page on telemetry. */
const PLAIN = [
  'host.arch',
  'host.name',
  'process.executable.name',
  'process.pid',
  'process.runtime.description',
  'process.runtime.name',
  'process.runtime.version',
  'service.instance.id',
  'service.name',
  'telemetry.sdk.language',
  'telemetry.sdk.name',
  'telemetry.sdk.version',
];

/** The resource that arrives under these variables. */
async function resourceOf(variables: Record<string, string>, options?: StartOptions): Promise<Attributes> {
  environment(variables);
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver, options);
  await rideMonitor('resource');
  await driftspan.shutdown();
  const resource = receiver.points('ml.inference.active')[0]?.resource;
  if (resource === undefined) throw new Error('no metric arrived');
  return resource;
}

test('by default a resource says which process speaks, and nothing of its paths, arguments or user', async () => {
  const resource = await resourceOf({});
  expect(Object.keys(resource).sort()).toEqual(PLAIN);
  expect(resource).toMatchObject({
    'host.name': hostname(),
    'process.executable.name': basename(process.execPath),
    'process.runtime.version': process.versions.node,
    'service.name': `unknown_service:${basename(process.execPath)}`,
  });
});

test('a program started by its path, with a secret in its arguments, sends neither', async () => {
  const receiver = await receiverForTest();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  expect(await runChild('unnamed-app.ts', variables, '--token=canary-4711').ended).toMatchObject({ code: 0 });
  const sent = inspect([receiver.metrics, receiver.spans], { depth: Infinity, maxArrayLength: null });
  expect(receiver.spans).toHaveLength(1);
  expect(sent).toContain(`unknown_service:${basename(process.execPath)}`);
  for (const secret of ['canary-4711', 'unnamed-app', process.execPath, fileURLToPath(new URL('.', import.meta.url))]) {
    expect(sent).not.toContain(secret);
  }
});

test('OTEL_NODE_RESOURCE_DETECTORS=process sends the command line, paths and the user', async () => {
  const resource = await resourceOf({ OTEL_NODE_RESOURCE_DETECTORS: 'process,env' });
  expect(resource).toMatchObject({
    'process.executable.path': process.execPath,
    'process.command_args': expect.arrayContaining([process.argv[0]]),
    'process.owner': userInfo().username,
  });
  expect(resource).not.toHaveProperty('host.name');
});

test('the resource: options over environment over what is detected', async () => {
  environment({
    OTEL_SERVICE_NAME: 'from environment',
    OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-1,region=eu,service.name=ignored',
  });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver, { resourceAttributes: { region: 'us' } });
  await rideMonitor('resource');
  await driftspan.shutdown();
  expect(receiver.points('ml.inference.active')[0]?.resource).toMatchObject({
    'service.name': 'from environment',
    'service.instance.id': 'pod-1',
    'process.pid': process.pid,
    region: 'us',
  });
});

test('an instance id that is given is kept', async () => {
  environment({ OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-1', OTEL_NODE_RESOURCE_DETECTORS: 'all' });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver, {
    serviceName: 's',
    resourceAttributes: { 'service.instance.id': 'pod-2' },
  });
  await rideMonitor('given id');
  await driftspan.shutdown();
  expect(receiver.points('ml.inference.active')[0]?.resource).toMatchObject({
    'service.instance.id': 'pod-2',
    'service.name': 's',
  });
});

test('OTEL_NODE_RESOURCE_DETECTORS chooses what is detected; the instance id is there without any', async () => {
  environment({ OTEL_NODE_RESOURCE_DETECTORS: 'none', OTEL_SERVICE_NAME: 'unread' });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  await rideMonitor('undetected');
  await driftspan.shutdown();
  const resource = receiver.points('ml.inference.active')[0]?.resource;
  expect(resource).toMatchObject({ 'service.instance.id': expect.any(String) });
  expect(resource).not.toHaveProperty('process.pid');
  expect(resource?.['service.name']).not.toBe('unread');
});

test('an unknown detector is told', async () => {
  const told = toldToDiag();
  environment({ OTEL_NODE_RESOURCE_DETECTORS: 'env,moon' });
  startTowards(await receiverForTest());
  expect(told).toEqual([expect.stringContaining('OTEL_NODE_RESOURCE_DETECTORS: met "moon"')]);
});
