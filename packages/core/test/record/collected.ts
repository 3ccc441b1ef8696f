import { metricProducer } from '../../src/index.js';

export interface Series {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/** The series of one metric of one model, as a producer made now gives them. */
export async function collected(model: string, metric: string): Promise<Series[]> {
  const { resourceMetrics, errors } = await metricProducer().collect();
  if (errors.length > 0) throw errors[0];
  const metrics = resourceMetrics.scopeMetrics[0]?.metrics ?? [];
  const found = metrics.find(({ descriptor }: { descriptor: { name: string } }) => descriptor.name === metric);
  return (found?.dataPoints ?? []).filter(({ attributes }: Series) => attributes['ml.model.name'] === model);
}

/** `ml.sdk.dropped` of one model, by reason, where there is something: every reason has a point, zeros included. */
export async function dropped(model: string): Promise<Record<string, unknown>> {
  const series = await collected(model, 'ml.sdk.dropped');
  return Object.fromEntries(
    series.filter(({ value }) => value !== 0).map(({ attributes, value }) => [attributes['reason'], value]),
  );
}
