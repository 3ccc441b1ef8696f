import { expect, test } from 'vitest';
import { missingServers, scrapeTargets } from '../src/servers.js';

const BOTH = { collector: '/bin/otelcol', prometheus: '/bin/prometheus' };

test('nothing is missing where both are, or where none of them is needed', () => {
  expect(missingServers(BOTH, false)).toBeUndefined();
  expect(missingServers({ ...BOTH, collector: undefined }, true)).toBeUndefined();
});

test('what is missing is named with its variable, and with Prometheus alone there is a way', () => {
  const lacking = missingServers({ ...BOTH, collector: undefined }, false)!;
  expect(lacking).toContain('OTELCOL_BIN');
  expect(lacking).not.toContain('PROMETHEUS_BIN');
  expect(lacking).toContain('--direct');
  const nothing = missingServers({ collector: undefined, prometheus: undefined }, false)!;
  expect(nothing).toContain('PROMETHEUS_BIN');
  expect(nothing).not.toContain('--direct');
});

test("a Collector's page names its processes itself; replicas are named by their address", () => {
  const collector = { prometheusPort: 8889 } as Parameters<typeof scrapeTargets>[0];
  expect(scrapeTargets(collector, ['127.0.0.1:1'])).toEqual([
    { job: 'collector', targets: ['127.0.0.1:8889'], honorLabels: true },
  ]);
  expect(scrapeTargets(undefined, ['127.0.0.1:1'])).toEqual([{ job: 'flight-delays', targets: ['127.0.0.1:1'] }]);
});
