import type { RunningPrometheus } from '@driftspan/servers';

/** A series as Prometheus keeps it: every sample with its own time stamp. */
export interface StoredSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
}

/** The samples themselves, none of them looked up at a step: what a range selector gives. */
export async function stored(prometheus: RunningPrometheus, selector: string, range: string): Promise<StoredSeries[]> {
  const { result } = (await prometheus.get(`/api/v1/query?query=${encodeURIComponent(`${selector}[${range}]`)}`)) as {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [seconds: number, value: string])[];
    }[];
  };
  return result.map(({ metric, values }) => ({
    labels: metric,
    timesMs: values.map(([seconds]) => Math.round(seconds * 1000)),
    values: values.map(([, value]) => Number(value)),
  }));
}

/** The last sample at or before a time, or -1. */
export function lastAt(timesMs: readonly number[], timeMs: number): number {
  return timesMs.findLastIndex(time => time <= timeMs);
}
