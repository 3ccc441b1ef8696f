import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { collectorYaml } from '../src/collector-config.js';

const PLAN = { otlpPort: 1, prometheusPort: 2, file: undefined, forwardTo: undefined, metricExpiration: undefined };

test('by default metrics are shown on a page, and spans and logs are taken and dropped', () => {
  const config = parse(collectorYaml(PLAN));
  expect(config.receivers).toEqual({ otlp: { protocols: { http: { endpoint: '127.0.0.1:1' } } } });
  expect(config.exporters).toEqual({
    prometheus: { endpoint: '127.0.0.1:2', resource_to_telemetry_conversion: { enabled: false } },
    nop: {},
  });
  expect(config.service.pipelines).toEqual({
    traces: { receivers: ['otlp'], exporters: ['nop'] },
    metrics: { receivers: ['otlp'], exporters: ['prometheus'] },
    logs: { receivers: ['otlp'], exporters: ['nop'] },
  });
});

test('a file and another receiver get all three signals', () => {
  const plan = { ...PLAN, file: '/a file: #1', forwardTo: 'http://127.0.0.1:3', metricExpiration: '10s' };
  const config = parse(collectorYaml(plan));
  expect(config.exporters).toMatchObject({
    prometheus: { metric_expiration: '10s' },
    file: { path: '/a file: #1', append: true },
    otlp_http: { endpoint: 'http://127.0.0.1:3' },
  });
  expect(config.exporters).not.toHaveProperty('nop');
  const { traces, metrics, logs } = config.service.pipelines;
  expect(traces.exporters).toEqual(['file', 'otlp_http']);
  expect(metrics.exporters).toEqual(['prometheus', 'file', 'otlp_http']);
  expect(logs.exporters).toEqual(['file', 'otlp_http']);
});
