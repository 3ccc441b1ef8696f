import { FLIGHT_MODEL } from '@driftspan/example-flight-delays/flight-model';
import type { Flights } from '@driftspan/example-flight-delays/flights';
import { loadFlightModel } from '@driftspan/example-flight-delays/onnx';
import {
  type Baseline,
  categoryOf,
  type FeatureBaseline,
  featureReader,
  findBin,
  numericValue,
  valuedCells,
} from '@driftspan/sketch';

/**
 * In which cell of each feature each flight of a month belongs: from the raw rows and the model's own answers, by the functions of
 * `@driftspan/sketch` for one value. No monitor, no window and no metric is involved.
 */
export class RawCells {
  /** Inputs before outputs, as the baseline has them. */
  readonly features: readonly FeatureBaseline[];
  readonly #first: number;
  /** By feature, then by flight of the month. */
  readonly #cells: readonly Uint16Array[];

  private constructor(features: readonly FeatureBaseline[], first: number, cells: readonly Uint16Array[]) {
    this.features = features;
    this.#first = first;
    this.#cells = cells;
  }

  static async of(flights: Flights, month: number, baseline: Baseline): Promise<RawCells> {
    const predict = await loadFlightModel();
    const [first, end] = flights.month(month);
    const features = [...baseline.features, ...baseline.outputs];
    const cells = features.map(() => new Uint16Array(end - first));
    const readers = baseline.features.map(({ name }) => featureReader(name, FLIGHT_MODEL.features![name]!));
    for (let row = first; row < end; row++) {
      const flight = flights.flight(row);
      const { label, probability } = await predict(flight);
      const outputs: Readonly<Record<string, unknown>> = {
        'prediction.label': label,
        'prediction.confidence': probability,
      };
      for (const [f, feature] of features.entries()) {
        const value = f < readers.length ? readers[f]!(flight) : outputs[feature.name];
        cells[f]![row - first] = cellOf(feature, value);
      }
    }
    return new RawCells(features, first, cells);
  }

  /** @param row of the year. */
  cell(feature: number, row: number): number {
    return this.#cells[feature]![row - this.#first]!;
  }
}

function cellOf(feature: FeatureBaseline, value: unknown): number {
  const missing = valuedCells(feature);
  if (feature.kind === 'numeric') {
    const x = numericValue(value);
    if (Number.isNaN(x)) return missing;
    return x === Number.POSITIVE_INFINITY ? missing + 1 : findBin(feature.cuts, x);
  }
  const category = categoryOf(value);
  if (category === undefined) return missing;
  if (category === null) return missing + 1;
  const known = feature.categories.indexOf(category);
  return known < 0 ? missing - 1 : known;
}
