import { stringify } from 'yaml';

/** One job of a scrape configuration. */
export interface ScrapeTarget {
  readonly job: string;
  /** `host:port` each; the path is `/metrics`. */
  readonly targets: readonly string[];
  /** Keep `job` and `instance` as the page has them: what a Collector's page needs. Default false. */
  readonly honorLabels?: boolean;
}

export interface PrometheusPlan {
  readonly scrape: readonly ScrapeTarget[];
  readonly scrapeInterval: string;
  readonly evaluationInterval: string;
  readonly ruleFiles: readonly string[];
  readonly outOfOrderWindow: string | undefined;
}

/** Prometheus' configuration. A scrape may last as long as its interval, which is the longest that is allowed. */
export function prometheusYaml(plan: PrometheusPlan): string {
  return stringify({
    global: {
      scrape_interval: plan.scrapeInterval,
      scrape_timeout: plan.scrapeInterval,
      evaluation_interval: plan.evaluationInterval,
    },
    ...(plan.outOfOrderWindow === undefined
      ? {}
      : { storage: { tsdb: { out_of_order_time_window: plan.outOfOrderWindow } } }),
    rule_files: plan.ruleFiles,
    scrape_configs: plan.scrape.map(({ job, targets, honorLabels = false }) => ({
      job_name: job,
      honor_labels: honorLabels,
      static_configs: [{ targets }],
    })),
  });
}

/** Version 3 has a flag of its own for its OTLP receiver, 2.47 and later a feature; `undefined` where its help names neither. */
export function otlpReceiverFlag(help: string): string | undefined {
  if (help.includes('web.enable-otlp-receiver')) return '--web.enable-otlp-receiver';
  return help.includes('otlp-write-receiver') ? '--enable-feature=otlp-write-receiver' : undefined;
}
