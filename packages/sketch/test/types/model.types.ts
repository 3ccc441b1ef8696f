// Checked by the compiler: each @ts-expect-error fails the type check if the line below it compiles.
import {
  type Baseline,
  categorical,
  defineModel,
  type FeatureBaseline,
  learnBaseline,
  type ModelSpec,
  numeric,
  SketchError,
} from '../../src/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_equal: Equal<A, B>): void {}

interface Flight {
  readonly distance: number;
  readonly carrier: string | null;
  readonly tags: readonly string[];
}

// select gets the row type of defineModel<Row>, without an annotation.
export const model = defineModel<Flight>({
  name: 'm',
  version: '1',
  features: {
    distance: numeric(),
    far: numeric({
      select: flight => {
        same<typeof flight, Flight>(true);
        return flight.distance > 500;
      },
    }),
    carrier: categorical({ select: flight => flight.carrier, limit: 20 }),
    // @ts-expect-error a row has no property of this name
    typo: numeric({ select: flight => flight.distnace }),
    // @ts-expect-error a list is not a number
    tags: numeric({ select: flight => flight.tags }),
    // @ts-expect-error a text is not a number, numeric or not
    text: numeric({ select: flight => flight.carrier }),
    // @ts-expect-error a list is not a category
    list: categorical({ select: flight => flight.tags }),
  },
});
same<typeof model, ModelSpec<Flight>>(true);

// A model without select fits every row.
export const loose = defineModel({ name: 'm', version: '1', features: { a: numeric(), b: categorical() } });
export const fits: ModelSpec<Flight> = loose;

// @ts-expect-error a version is part of a model
defineModel({ name: 'm' });
// @ts-expect-error there is no such task
defineModel({ name: 'm', version: '1', task: 'guessing' });
// @ts-expect-error a specification is read-only
model.name = 'other';

declare const flights: Flight[];
const row = (input: Flight) => ({ input, output: { label: true, confidence: 0.5 } });
same<ReturnType<typeof learnBaseline<Flight>>, Promise<Baseline>>(true);
export const fromArray = learnBaseline(model, flights.map(row));
export const fromGenerator = learnBaseline(
  model,
  (async function* () {
    for (const flight of flights) yield row(flight);
  })(),
);
// @ts-expect-error rows are { input, output? }
learnBaseline(model, flights);
// @ts-expect-error the input is the model's row
learnBaseline(model, [{ input: { distance: 5 } }]);
// @ts-expect-error a label is no list
learnBaseline(loose, [{ input: 5, output: { label: ['a'] } }]);

export function binsOf(feature: FeatureBaseline): readonly string[] {
  return feature.kind === 'numeric' ? feature.labels : feature.categories;
}
// @ts-expect-error counts are read-only
export const raise = (feature: FeatureBaseline) => feature.counts.push(1);

export function isOfSize(error: unknown): boolean {
  // @ts-expect-error a code that does not exist can't be compared with
  if (error instanceof SketchError && error.code === 'ERR_BASELINE_SIZE') return true;
  return error instanceof SketchError && error.code === 'ERR_BASELINE_TOO_LARGE';
}
