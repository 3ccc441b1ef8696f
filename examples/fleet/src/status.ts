import type { RunningPrometheus, Sample } from '@driftspan/servers';

/** What Prometheus knows of the fleet at one moment; of the short window, but for alerts. NaN where it knows nothing yet. */
export interface FleetStatus {
  /** Processes that report. */
  readonly replicas: number;
  /** Flights in the window. */
  readonly n: number;
  /** The worst feature's level, -1 to 3. */
  readonly level: number;
  /** The furthest from January first. */
  readonly features: readonly FeatureStatus[];
  /** Alerts that fire, each once. */
  readonly firing: readonly string[];
}

export interface FeatureStatus {
  readonly name: string;
  readonly n: number;
  readonly psi: number;
  /** What the true index is above, with 99.9 % confidence; NaN if nothing is. */
  readonly psiAtLeast: number;
  /** Numeric features only, else NaN. */
  readonly ks: number;
  readonly level: number;
}

/** Asks Prometheus. @param window the label `ml_window`. */
export async function fleetStatus(prometheus: RunningPrometheus, window: string): Promise<FleetStatus> {
  const of = (series: string): Promise<Sample[]> => prometheus.query(`${series}{ml_window="${window}"}`);
  const [replicas, calls, model, firing, n, psi, psiAtLeast, ks, level] = await Promise.all([
    prometheus.query('sum(ml:replicas)'),
    of('ml:inference:window'),
    of('ml:model_drift_level'),
    prometheus.query('count by (alertname) (ALERTS{alertstate="firing"})'),
    of('ml:feature_n'),
    of('ml:feature_psi'),
    of('ml:feature_psi_lower'),
    of('ml:feature_ks'),
    of('ml:feature_drift_level'),
  ]);
  const [lower, distances, levels, counts] = [psiAtLeast, ks, level, n].map(byFeature);
  return {
    replicas: replicas[0]?.value ?? 0,
    n: calls[0]?.value ?? 0,
    level: model[0]?.value ?? Number.NaN,
    features: [...byFeature(psi)]
      .map(([name, value]) => ({
        name,
        n: counts!.get(name) ?? Number.NaN,
        psi: value,
        psiAtLeast: lower!.get(name) ?? Number.NaN,
        ks: distances!.get(name) ?? Number.NaN,
        level: levels!.get(name) ?? Number.NaN,
      }))
      .sort((a, b) => b.psi - a.psi),
    firing: firing.map(({ labels }) => labels['alertname']!).sort(),
  };
}

function byFeature(samples: readonly Sample[]): Map<string, number> {
  return new Map(samples.map(({ labels, value }) => [labels['ml_feature_name']!, value]));
}
