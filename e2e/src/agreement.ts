import type { MetricPoint } from '@driftspan/otlp-receiver';
import { type Names, prometheusName } from './names.js';
import type { Fact } from './tally.js';

/** Value by series, in Prometheus' way of writing one, labels in order: two of these are equal or a diff names the series. */
export type Values = Readonly<Record<string, number>>;

/** The metrics whose every value a tally knows. */
const KNOWN: readonly string[] = [
  'ml.feature.bins',
  'ml.feature.baseline.bins',
  'ml.feature.out_of_range',
  'ml.inference.duration',
  'ml.outcome.count',
  'ml.prediction.confidence',
  'ml.prediction.count',
  'ml.sdk.dropped',
];

/** What a replica has counted, under these names. */
export function expectedValues(facts: readonly Fact[], names: Names): Values {
  return collect(
    facts.flatMap(({ name, attributes, value, sum }) =>
      written(prometheusName(name, names), names, attributes, value, sum),
    ),
  );
}

/** What arrived over OTLP of one model, under these names. */
export function pointValues(points: readonly MetricPoint[], names: Names): Values {
  return collect(
    points
      .filter(({ name }) => KNOWN.includes(name))
      .flatMap(({ name, attributes, value, count, sum }) =>
        // A duration's sum is what a clock measured.
        written(
          prometheusName(name, names),
          names,
          attributes,
          value ?? count!,
          name === 'ml.inference.duration' ? undefined : sum,
        ),
      ),
  );
}

/** What a page or a query shows: name and labels of each series as they are, buckets and labels of the pipeline left out. */
export function shownValues(
  samples: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[],
  names: Names,
): Values {
  const known = new Set(
    KNOWN.flatMap(metric => {
      const name = prometheusName(metric, names);
      if (names[name] !== 'histogram') return [name];
      return metric === 'ml.inference.duration' ? [`${name}_count`] : [`${name}_count`, `${name}_sum`];
    }),
  );
  return collect(
    samples
      .filter(({ name }) => known.has(name))
      .map(({ name, labels, value }) => [name, seriesOf(name, labels), value]),
  );
}

type Entry = [name: string, series: string, value: number];

function written(
  name: string,
  names: Names,
  attributes: Readonly<Record<string, unknown>>,
  value: number,
  sum: number | undefined,
): Entry[] {
  const labels = Object.fromEntries(
    Object.entries(attributes).map(([key, attribute]) => [key.replaceAll('.', '_'), String(attribute)]),
  );
  if (names[name] !== 'histogram') return [[name, seriesOf(name, labels), value]];
  const count: Entry = [`${name}_count`, seriesOf(`${name}_count`, labels), value];
  return sum === undefined ? [count] : [count, [`${name}_sum`, seriesOf(`${name}_sum`, labels), sum]];
}

/** Only labels that the monitor gives: `job`, `instance` and the scope's are asserted where they matter. */
function seriesOf(name: string, labels: Readonly<Record<string, string>>): string {
  const own = Object.entries(labels).filter(([key]) => /^(ml_|error_type$|reason$)/.test(key));
  return `${name}${JSON.stringify(Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1))))}`;
}

/** Bins are all there, zeros too; of the rest a zero and an absent series say the same. @throws Error for a series that is there twice */
function collect(entries: readonly Entry[]): Values {
  const values: Record<string, number> = {};
  for (const [name, series, value] of entries) {
    if (value === 0 && !name.includes('_bins')) continue;
    if (series in values) throw new Error(`two series: ${series}`);
    values[series] = value;
  }
  return values;
}

/** The sum over the series of a metric whose attributes hold every pair of `where`. */
export function sumOf(facts: readonly Fact[], metric: string, where: Readonly<Record<string, string>> = {}): number {
  return facts
    .filter(
      ({ name, attributes }) =>
        name === metric && Object.entries(where).every(([key, value]) => attributes[key] === value),
    )
    .reduce((all, { value }) => all + value, 0);
}
