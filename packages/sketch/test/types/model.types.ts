// Checked by the compiler: each @ts-expect-error fails the type check if the line below it compiles.
import {
  type Baseline,
  categorical,
  columns,
  dateTime,
  defineModel,
  embedding,
  type Feature,
  type FeatureBaseline,
  image,
  learnBaseline,
  type ModelSpec,
  numeric,
  SketchError,
  tensor,
  text,
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
  sensitiveKey: 'a key of 16 bytes',
  features: {
    distance: numeric(),
    far: numeric({
      select: flight => {
        same<typeof flight, Flight>(true);
        return flight.distance > 500;
      },
    }),
    carrier: categorical({ select: flight => flight.carrier, limit: 20 }),
    hidden: numeric({
      select: flight => {
        same<typeof flight, Flight>(true);
        return flight.distance;
      },
      sensitive: true,
    }),
    hiddenCarrier: categorical({ sensitive: true, select: flight => flight.carrier, limit: 20 }),
    // @ts-expect-error sensitive or not, a row has no property of this name
    hiddenTypo: numeric({ select: flight => flight.distnace, sensitive: true }),
    // @ts-expect-error sensitive is true or false
    perhaps: numeric({ sensitive: 'yes' }),
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

// The measured kinds: the same inference, each with values of its own.
interface Request {
  readonly note?: string | null;
  readonly photo: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
  readonly vector: number[];
  readonly feeds: { readonly input: RuntimeTensor };
  readonly seen: Date;
  readonly at: string;
}
/** As onnxruntime declares its tensors. */
interface RuntimeTensor {
  readonly dims: readonly number[];
  readonly type: 'float32' | 'int64' | 'string';
  readonly data: Float32Array | BigInt64Array | string[];
  readonly location: 'none' | 'cpu' | 'gpu-buffer';
}
export const requests = defineModel<Request>({
  name: 'm',
  version: '1',
  features: {
    note: text(),
    upper: text({
      select: request => {
        same<typeof request, Request>(true);
        return request.note?.toUpperCase();
      },
    }),
    photo: image({ select: request => request.photo }),
    pixels: image({ select: request => request.feeds.input, layout: 'chw' }),
    vector: embedding({ select: request => request.vector, projections: 16 }),
    dense: embedding({ select: request => Float32Array.from(request.vector) }),
    input: tensor({ select: request => request.feeds.input, every: true }),
    tabular: columns(request => request.feeds.input, ['distance', 'hour']),
    seen: dateTime({ select: request => request.seen, asOf: request => request.at, timeZone: 'Europe/Lisbon' }),
    at: dateTime({
      asOf: request => {
        same<typeof request, Request>(true);
        return request.seen;
      },
    }),
    hiddenNote: text({
      select: request => {
        same<typeof request, Request>(true);
        return request.note;
      },
      sensitive: true,
    }),
    hiddenPhoto: image({ select: request => request.photo, layout: 'hwc', sensitive: true }),
    hiddenVector: embedding({ select: request => request.vector, sensitive: true }),
    hiddenInput: tensor({ select: request => request.feeds.input, sensitive: true }),
    hiddenTable: columns(request => request.feeds.input, ['age', 'weight'], { sensitive: true }),
    hiddenTime: dateTime({ select: request => request.seen, asOf: request => request.at, sensitive: true }),
    counted: { ...columns((request: Request) => request.feeds.input, ['c0']), recorded: false },
    // @ts-expect-error a row has no property of this name
    typo: text({ select: request => request.nots }),
    // @ts-expect-error a list is no text
    list: text({ select: request => request.vector }),
    // @ts-expect-error a text is no image
    file: image({ select: request => request.note }),
    // @ts-expect-error a layout that does not exist
    layout: image({ select: request => request.photo, layout: 'whc' }),
    // @ts-expect-error a text is no embedding
    words: embedding({ select: request => request.note }),
    // @ts-expect-error a time is no tensor
    time: tensor({ select: request => request.seen }),
    // @ts-expect-error a list is no time
    when: dateTime({ select: request => request.vector }),
    // @ts-expect-error columns have names
    nameless: columns(request => request.feeds.input),
    // @ts-expect-error a text is no tensor
    prose: columns(request => request.note, ['a']),
  },
});
// Without select each fits every row.
export const anything: Feature<Flight>[] = [text(), image(), embedding(), tensor(), dateTime({ timeZone: 'UTC' })];
export const hidden: Feature<Flight>[] = [
  numeric({ sensitive: true }),
  categorical({ sensitive: true }),
  text({ sensitive: true }),
  image({ sensitive: true }),
  embedding({ sensitive: true }),
  tensor({ sensitive: true }),
  dateTime({ sensitive: true }),
];

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
/** Of a sensitive number there is no mean, and the compiler knows. */
export function meanOf(feature: FeatureBaseline): number | undefined {
  if (feature.kind === 'categorical') return undefined;
  // @ts-expect-error it may be undefined
  const mean: number = feature.mean;
  return feature.sensitive ? undefined : feature.mean + 0 * mean;
}
// @ts-expect-error counts are read-only
export const raise = (feature: FeatureBaseline) => feature.counts.push(1);

export function isOfSize(error: unknown): boolean {
  // @ts-expect-error a code that does not exist can't be compared with
  if (error instanceof SketchError && error.code === 'ERR_BASELINE_SIZE') return true;
  return error instanceof SketchError && error.code === 'ERR_BASELINE_TOO_LARGE';
}
