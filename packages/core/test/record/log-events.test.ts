import { context, diag, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { MonitorError } from '../../src/errors.js';
import { Faults } from '../../src/faults.js';
import { LogEvents, type LoggerProviderLike, setLoggerProvider } from '../../src/record/log-events.js';
import { realLogs } from './real-logs.js';
import { registerSdk, unregisterSdk } from './real-sdk.js';

afterEach(() => {
  setLoggerProvider(undefined);
  unregisterSdk();
});

const SPAN = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 };
const explode = (): never => {
  throw new RangeError('a secret');
};

test('an event has its name, severity, attributes, scope and schema', () => {
  const logs = realLogs();
  const events = new LogEvents(logs.provider, new Faults('test'));
  events.emit('ml.one', 'info', { a: 1, list: ['x', 'y'] });
  events.emit('ml.two', 'warn', {});
  events.emit('ml.three', 'error', {});
  expect(
    logs.records().map(({ eventName, severityNumber, severityText }) => [eventName, severityNumber, severityText]),
  ).toEqual([
    ['ml.one', 9, 'INFO'],
    ['ml.two', 13, 'WARN'],
    ['ml.three', 17, 'ERROR'],
  ]);
  const [first] = logs.records();
  expect(first!.attributes).toEqual({ a: 1, list: ['x', 'y'] });
  expect(first!.instrumentationScope).toMatchObject({
    name: '@driftspan/core',
    schemaUrl: 'urn:driftspan:telemetry:v1',
  });
  expect(first!.hrTime[0]).toBeGreaterThan(1_600_000_000);
});

test('an event belongs to the span of the context it is given', () => {
  const logs = realLogs();
  const events = new LogEvents(logs.provider, new Faults('test'));
  events.emit('ml.one', 'info', {}, trace.setSpanContext(context.active(), SPAN));
  expect(logs.events()[0]).toMatchObject({ traceId: SPAN.traceId, spanId: SPAN.spanId });
});

test('an event without a context belongs to the active span', () => {
  registerSdk();
  const logs = realLogs();
  const events = new LogEvents(logs.provider, new Faults('test'));
  context.with(trace.setSpanContext(context.active(), SPAN), () => events.emit('ml.one', 'info', {}));
  expect(logs.events()[0]).toMatchObject({ traceId: SPAN.traceId });
});

describe('the provider', () => {
  test('of the process is found by events that were made before it was set', () => {
    const events = new LogEvents(undefined, new Faults('test'));
    events.emit('ml.lost', 'info', {});
    expect(events.isOn).toBe(false);
    const [one, two] = [realLogs(), realLogs()];
    setLoggerProvider(one.provider);
    expect(events.isOn).toBe(true);
    events.emit('ml.one', 'info', {});
    setLoggerProvider(two.provider);
    events.emit('ml.two', 'info', {});
    expect([one, two].map(logs => logs.events().map(({ name }) => name))).toEqual([['ml.one'], ['ml.two']]);
  });

  test('of the monitor comes before that of the process', () => {
    const [own, global] = [realLogs(), realLogs()];
    setLoggerProvider(global.provider);
    new LogEvents(own.provider, new Faults('test')).emit('ml.one', 'info', {});
    expect([own.events().length, global.events().length]).toEqual([1, 0]);
  });

  test('of the process is one for all copies of this package', () => {
    const { provider } = realLogs();
    setLoggerProvider(provider);
    expect((globalThis as Record<symbol, unknown>)[Symbol.for('driftspan.logs.v1')]).toEqual({ provider });
  });

  test('is asked for its logger once', () => {
    let asked = 0;
    const provider: LoggerProviderLike = {
      getLogger: () => {
        asked++;
        return { emit() {} };
      },
    };
    const events = new LogEvents(provider, new Faults('test'));
    for (let i = 0; i < 5; i++) events.emit('ml.one', 'info', {});
    expect(asked).toBe(1);
  });

  test.each([[null], [1], [{}], ['provider']])('%o is refused', provider => {
    expect(() => setLoggerProvider(provider as never)).toThrow(MonitorError);
    expect(() => setLoggerProvider(provider as never)).toThrow('ERR_OPTION');
  });
});

describe('a fault of the logger is counted and goes no further', () => {
  test.each<[string, LoggerProviderLike]>([
    ['getLogger throws', { getLogger: explode }],
    ['getLogger gives nothing', { getLogger: () => undefined as never }],
    ['emit throws', { getLogger: () => ({ emit: explode }) }],
  ])('%s', (_what, provider) => {
    const told: string[] = [];
    diag.setLogger({ warn: (message: string) => told.push(message) } as never);
    const faults = new Faults('test');
    const events = new LogEvents(provider, faults);
    events.emit('ml.one', 'info', {});
    events.emit('ml.one', 'info', {});
    expect(faults.counts.get('log')).toBe(2);
    expect(told.filter(message => message.startsWith('driftspan'))).toHaveLength(1);
    expect(told.join()).not.toContain('secret');
  });
});
