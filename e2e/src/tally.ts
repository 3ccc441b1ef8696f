import type { Baseline } from '@driftspan/sketch';
import { type Fare, MODEL, type Ride } from './replica-model.js';

/** What one series must show: its OpenTelemetry name and attributes besides those of the model, and its value. */
export interface Fact {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | boolean>>;
  /** Of a sum or gauge; of a histogram its count. */
  readonly value: number;
  /** Of a histogram whose values the tally knows. */
  readonly sum?: number;
}

/** Attributes of every series of the model. */
export const MODEL_ATTRIBUTES: Readonly<Record<string, string>> = {
  'ml.model.name': MODEL.name,
  'ml.model.version': MODEL.version,
  'ml.operation.name': 'predict',
};

/** Counts predictions in the plainest way: what is exported must equal it to the unit. */
export class Tally {
  readonly #baseline: Baseline;
  readonly #counts = new Map<string, { fact: Omit<Fact, 'value' | 'sum'>; value: number; sum?: number }>();
  spans = 0;
  logs = 0;

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
    for (const feature of baseline.features) {
      if (feature.kind !== 'numeric' && feature.kind !== 'categorical') continue;
      const common = { 'ml.baseline.id': feature.id, 'ml.feature.name': feature.name };
      const baselineBins: [bin: string, kind: string, count: number][] =
        feature.kind === 'numeric'
          ? feature.labels.map((label, index) => [label, 'range', feature.counts[index]!])
          : [
              ...feature.categories.map((label, index): [string, string, number] => [
                label,
                'category',
                feature.counts[index]!,
              ]),
              ['other', 'other', feature.other],
            ];
      baselineBins.push(['missing', 'missing', feature.missing], ['invalid', 'invalid', feature.invalid]);
      for (const [bin, kind, count] of baselineBins) {
        const attributes = { ...common, 'ml.bin': bin, 'ml.bin.kind': kind };
        this.#add('ml.feature.bins', attributes, 0);
        this.#add('ml.feature.baseline.bins', attributes, count);
      }
    }
  }

  /** A ride that was asked for; its fare, or `undefined` where the model threw. */
  served(ride: Ride, fare: Fare | undefined): void {
    this.spans++;
    for (const feature of this.#baseline.features) {
      if (feature.kind === 'numeric') {
        const value = ride.distance;
        if (value === null) {
          this.#bin(feature, 'missing', 'missing');
          continue;
        }
        this.#bin(feature, feature.labels[feature.cuts.filter(cut => cut < value).length]!, 'range');
        const outside = value < feature.min! || value > feature.max!;
        if (outside) this.#add('ml.feature.out_of_range', { 'ml.feature.name': feature.name }, 1);
      } else if (feature.kind === 'categorical') {
        const known = feature.categories.includes(ride.zone);
        this.#bin(feature, known ? ride.zone : 'other', known ? 'category' : 'other');
      }
    }
    if (fare === undefined) {
      this.#add('ml.inference.duration', { 'error.type': 'TypeError' }, 1);
      return;
    }
    this.#add('ml.inference.duration', {}, 1);
    this.#add('ml.prediction.count', { 'ml.prediction.label': fare.label }, 1);
    this.#add('ml.prediction.confidence', {}, 1, fare.confidence);
  }

  /** An outcome of a recorded prediction: a log event too. */
  answered(correct: boolean): void {
    this.logs++;
    this.#add('ml.outcome.count', { 'ml.outcome.correct': correct }, 1);
  }

  dropped(reason: string): void {
    this.#add('ml.sdk.dropped', { reason }, 1);
  }

  facts(): Fact[] {
    return [...this.#counts.values()].map(({ fact, value, sum }) => ({
      ...fact,
      value,
      ...(sum === undefined ? {} : { sum }),
    }));
  }

  #bin({ id, name }: { readonly id: string; readonly name: string }, bin: string, kind: string): void {
    const attributes = { 'ml.baseline.id': id, 'ml.feature.name': name, 'ml.bin': bin, 'ml.bin.kind': kind };
    this.#add('ml.feature.bins', attributes, 1);
  }

  #add(name: string, attributes: Fact['attributes'], value: number, sum?: number): void {
    const key = JSON.stringify([name, Object.entries(attributes).sort()]);
    const known = this.#counts.get(key) ?? {
      fact: { name, attributes: { ...MODEL_ATTRIBUTES, ...attributes } },
      value: 0,
    };
    known.value += value;
    if (sum !== undefined) known.sum = (known.sum ?? 0) + sum;
    this.#counts.set(key, known);
  }
}
