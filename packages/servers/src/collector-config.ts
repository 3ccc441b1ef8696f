import { stringify } from 'yaml';

export interface CollectorPlan {
  readonly otlpPort: number;
  readonly prometheusPort: number;
  readonly file: string | undefined;
  readonly forwardTo: string | undefined;
  readonly metricExpiration: string | undefined;
}

/**
 * The Collector's configuration: OTLP over HTTP in; metrics out as a page for Prometheus, and all three signals to a
 * file and to another OTLP receiver where asked for. No batch processor: what comes in goes out as it came.
 *
 * `service.name` and `service.instance.id` become the labels `job` and `instance`; no other resource attribute becomes
 * a label (`resource_to_telemetry_conversion` would multiply the width of every series).
 */
export function collectorYaml(plan: CollectorPlan): string {
  const others = [...(plan.file === undefined ? [] : ['file']), ...(plan.forwardTo === undefined ? [] : ['otlp_http'])];
  return stringify({
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${plan.otlpPort}` } } } },
    exporters: {
      prometheus: {
        endpoint: `127.0.0.1:${plan.prometheusPort}`,
        resource_to_telemetry_conversion: { enabled: false },
        ...(plan.metricExpiration === undefined ? {} : { metric_expiration: plan.metricExpiration }),
      },
      // Appending: a Collector that is killed and comes back must not empty the file.
      ...(plan.file === undefined ? {} : { file: { path: plan.file, append: true, flush_interval: '100ms' } }),
      ...(plan.forwardTo === undefined ? {} : { otlp_http: { endpoint: plan.forwardTo } }),
      // A pipeline needs an exporter, and without a pipeline the receiver answers 404 to spans and logs.
      ...(others.length === 0 ? { nop: {} } : {}),
    },
    service: {
      telemetry: { logs: { level: 'warn' }, metrics: { level: 'none' } },
      pipelines: {
        traces: { receivers: ['otlp'], exporters: others.length === 0 ? ['nop'] : others },
        metrics: { receivers: ['otlp'], exporters: ['prometheus', ...others] },
        logs: { receivers: ['otlp'], exporters: others.length === 0 ? ['nop'] : others },
      },
    },
  });
}
