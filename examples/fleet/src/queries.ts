import type { RunningPrometheus, Sample } from '@driftspan/servers';

/** A query to paste, and what it tells. */
export interface Query {
  readonly tells: string;
  readonly promql: string;
}

/** What to look at first. @param window the label `ml_window`. */
export function queriesOf(window: string): readonly Query[] {
  const within = `{ml_window="${window}"}`;
  return [
    { tells: 'how far each feature is from January (PSI)', promql: `topk(5, ml:feature_psi${within})` },
    {
      tells: 'what the true index is above, with 99.9 % confidence; 0.25 is critical',
      promql: `topk(5, ml:feature_psi_lower${within})`,
    },
    { tells: 'the verdict: 0 ok, 1 notice, 2 warning, 3 critical', promql: `ml:model_drift_level${within}` },
    { tells: 'what the model says', promql: `ml:prediction_share${within} > 0` },
    { tells: 'how often it was right', promql: `ml:outcome_accuracy${within}` },
    { tells: 'alerts', promql: 'ALERTS{alertname=~"Ml.*"}' },
  ];
}

/** A query and what Prometheus answers now, as lines. */
export interface Answered extends Query {
  readonly answer: readonly string[];
}

export async function answered(prometheus: RunningPrometheus, queries: readonly Query[]): Promise<Answered[]> {
  return Promise.all(
    queries.map(async query => ({
      ...query,
      answer: (await prometheus.query(query.promql)).map(answerLine),
    })),
  );
}

/** The labels that tell one answer from another. */
const SHOWN = ['alertname', 'alertstate', 'ml_feature_name', 'ml_prediction_label'];

function answerLine({ labels, value }: Sample): string {
  const named = SHOWN.flatMap(name => labels[name] ?? []).join(' ');
  const shown = String(Number(value.toPrecision(4)));
  return named === '' ? shown : `${named}  ${shown}`;
}
