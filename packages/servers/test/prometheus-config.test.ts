import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { otlpReceiverFlag, prometheusYaml } from '../src/prometheus-config.js';

const PLAN = {
  scrape: [
    { job: 'collector', targets: ['127.0.0.1:1'], honorLabels: true },
    { job: 'replicas', targets: ['127.0.0.1:2', '127.0.0.1:3'] },
  ],
  scrapeInterval: '2s',
  evaluationInterval: '5s',
  ruleFiles: ['/rules/a.yml'],
  outOfOrderWindow: undefined,
};

test('each job is scraped, and only one that asks for it keeps the labels of its page', () => {
  const config = parse(prometheusYaml(PLAN));
  expect(config).toEqual({
    global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '5s' },
    rule_files: ['/rules/a.yml'],
    scrape_configs: [
      { job_name: 'collector', honor_labels: true, static_configs: [{ targets: ['127.0.0.1:1'] }] },
      { job_name: 'replicas', honor_labels: false, static_configs: [{ targets: ['127.0.0.1:2', '127.0.0.1:3'] }] },
    ],
  });
});

test('what is pushed may come out of order', () => {
  const config = parse(prometheusYaml({ ...PLAN, outOfOrderWindow: '30m' }));
  expect(config.storage).toEqual({ tsdb: { out_of_order_time_window: '30m' } });
});

test('the flag of the OTLP receiver is read from the help of each version', () => {
  expect(otlpReceiverFlag('--[no-]web.enable-otlp-receiver  Enable API endpoint')).toBe('--web.enable-otlp-receiver');
  expect(otlpReceiverFlag('Valid options: native-histograms, otlp-write-receiver.')).toBe(
    '--enable-feature=otlp-write-receiver',
  );
  expect(otlpReceiverFlag('--web.enable-remote-write-receiver')).toBeUndefined();
});
