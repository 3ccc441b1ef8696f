// Checked by the compiler: each @ts-expect-error fails the type check if the line below it compiles. Nothing here is run.
import {
  type Baseline,
  type ChunkOf,
  categorical,
  columns,
  createMonitor,
  type DriftAlert,
  dateTime,
  defineModel,
  embedding,
  type FaultReason,
  image,
  type Monitor,
  MonitorError,
  metricProducer,
  monitor,
  monitorBatch,
  numeric,
  type OutputOf,
  type Report,
  type RowOf,
  tensor,
  text,
  type Verdict,
} from '../../src/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_equal: Equal<A, B>): void {}

interface Flight {
  distance: number;
  carrier: string;
  hours: number;
  note?: string;
}
declare function score(f: Flight): { label: 'late' | 'ontime'; probability: number };

// One function, everything inferred.
export const predict = monitor(score, {
  model: {
    name: 'flight-delay',
    version: '2013.01',
    task: 'classification',
    features: {
      distance: numeric(),
      carrier: categorical(),
      speed: numeric({ select: f => f.distance / f.hours }),
      known: categorical({ select: f => f.note !== undefined, limit: 2 }),
    },
  },
  output: {
    label: (r, row, index) => {
      same<typeof r, { label: 'late' | 'ontime'; probability: number }>(true);
      same<typeof row, Flight>(true);
      same<typeof index, number>(true);
      return r.label;
    },
    confidence: r => r.probability,
  },
  predictionId: (f, _index, ...args) => {
    same<typeof args, [f: Flight]>(true);
    return f.carrier;
  },
  drift: { window: '1h', falseAlarms: { count: 1, per: 'month' }, psi: { warning: 0.1, critical: 0.25 } },
  spans: 'parent',
  codegen: false,
  clock: Date.now,
});
export const label: 'late' | 'ontime' = predict({ distance: 1, carrier: 'AA', hours: 2 }).label;
same<Parameters<typeof predict>, [f: Flight]>(true);
// @ts-expect-error the input is a flight
predict({ distance: 1 });
// @ts-expect-error the handle can't be replaced
predict.monitor = undefined;

const joined: boolean = predict.monitor.recordOutcome('id', { label: 'late' });
predict.monitor.recordOutcome({ predicted: { label: 'late' }, actual: { label: 'ontime' } });
// @ts-expect-error an outcome without a join has both labels
predict.monitor.recordOutcome({ predicted: { label: 'late' } });
// @ts-expect-error a label is no list
predict.monitor.recordOutcome('id', { label: ['late'] });
const report: Report = predict.monitor.report();
const verdict: Verdict = report.verdict;
const internal: number | undefined = report.dropped.internal;
// @ts-expect-error a reason that does not exist
report.dropped.bad_luck;
// @ts-expect-error a report is read-only
report.verdict = 'ok';
const stop: () => void = predict.monitor.on('drift', (alert: DriftAlert) => {
  same<typeof alert.change, 'opened' | 'escalated' | 'closed'>(true);
});
// @ts-expect-error there is one event
predict.monitor.on('alarm', () => {});
const flushed: Promise<void> = predict.monitor.flush();

export { flushed, internal, joined, stop, verdict };

monitor(score, {
  // @ts-expect-error an unknown field of the input
  model: { name: 'm', version: '1', features: { speed: numeric({ select: f => f.nope }) } },
  output: {
    // @ts-expect-error an unknown field of the output
    label: r => r.zzz,
  },
});
monitor(score, {
  // @ts-expect-error a text is no number
  model: { name: 'm', version: '1', features: { speed: numeric({ select: f => f.carrier }) } },
  // @ts-expect-error a list is no label
  output: { label: r => [r.label] },
});
monitor(score, {
  model: { name: 'm', version: '1' },
  // @ts-expect-error a mode that does not exist
  spans: 'sometimes',
});
monitor(score, {
  model: { name: 'm', version: '1' },
  // @ts-expect-error a period that does not exist
  drift: { falseAlarms: { count: 1, per: 'year' } },
});
monitor(score, {
  model: { name: 'm', version: '1' },
  // @ts-expect-error an id is a string
  predictionId: f => f.distance,
});
// @ts-expect-error a model is required
monitor(score, {});
// @ts-expect-error a function is required
monitor({}, { model: { name: 'm', version: '1' } });

// The specification shared with training.
const spec = defineModel<Flight>({
  name: 'flight-delay',
  version: '2013.01',
  features: { speed: numeric({ select: f => f.distance / f.hours }) },
});
monitor(score, { model: spec });
// @ts-expect-error a function of another input
monitor((x: { other: string }) => x, { model: spec });

// An ONNX session, a batch in one tensor, and whatever else a model may be given.
interface SessionTensor {
  readonly dims: readonly number[];
  readonly type: 'float32' | 'int64';
  readonly data: Float32Array | BigInt64Array | string[];
  readonly location: 'none' | 'cpu' | 'gpu-buffer';
}
declare function run(feeds: { input: SessionTensor; question: string; at: Date }): Promise<{ label: SessionTensor }>;
export const session = monitor(run, {
  model: {
    name: 'm',
    version: '1',
    features: {
      tabular: columns(feeds => feeds.input, ['distance', 'hour']),
      input: tensor({ select: feeds => feeds.input }),
      photo: image({ select: feeds => feeds.input, layout: 'chw' }),
      vector: embedding({ select: feeds => feeds.input, projections: 4 }),
      question: text({
        select: feeds => {
          same<typeof feeds, { input: SessionTensor; question: string; at: Date }>(true);
          return feeds.question;
        },
      }),
      at: dateTime({ asOf: () => Date.now(), timeZone: 'Europe/Lisbon' }),
    },
  },
  output: { label: (out, _row, i) => (out.label.data as BigInt64Array)[i] },
});
monitor(run, {
  model: {
    name: 'm',
    version: '1',
    features: {
      // @ts-expect-error an unknown field of the input
      tabular: columns(feeds => feeds.output, ['distance']),
      // @ts-expect-error a tensor is no text
      question: text({ select: feeds => feeds.input }),
    },
  },
});

// Rows in, rows out.
export const many = monitorBatch(async (rows: Flight[]) => rows.map(r => ({ p: r.distance })), {
  model: { name: 'm', version: '1', features: { speed: numeric({ select: row => row.distance / row.hours }) } },
  output: { value: (out, row, i) => (row.hours > 0 ? out[i]?.p : undefined) },
  predictionId: (row, i, rows) => (rows.length > 1 ? `${row.carrier}/${i}` : undefined),
});
same<RowOf<(rows: ReadonlySet<Flight>) => void>, Flight>(true);
monitorBatch((rows: Iterable<Flight>) => [...rows], { model: spec });
monitorBatch((rows: Flight[]) => rows, {
  model: {
    name: 'm',
    version: '1',
    // @ts-expect-error an unknown field of a row
    features: { speed: numeric({ select: row => row.nope }) },
  },
});

// A stream.
async function* tokens(_prompt: string) {
  yield 'a';
  return { count: 3 };
}
export const stream = monitor(tokens, { model: { name: 'm', version: '1' }, output: { value: r => r.count } });
for await (const chunk of stream('x')) chunk.toUpperCase();
same<OutputOf<typeof tokens>, { count: number }>(true);
same<OutputOf<() => Promise<number>>, number>(true);

same<OutputOf<() => Promise<Generator<string, { count: number }>>>, { count: number }>(true);
same<OutputOf<() => ReadableStream<string>>, unknown>(true);
same<OutputOf<() => Promise<AsyncIterable<string> | { text: string }>>, { text: string }>(true);
same<ChunkOf<typeof tokens>, string>(true);
same<ChunkOf<() => Generator<number, string>>, number>(true);
same<ChunkOf<() => Promise<ReadableStream<Uint8Array>>>, Uint8Array>(true);
same<ChunkOf<() => Promise<AsyncIterable<string> | { text: string }>>, string>(true);
same<ChunkOf<() => number[]>, unknown>(true);

// Its chunks made into one output, which the readers see.
interface Answer {
  readonly words: number;
  readonly label: 'short' | 'long';
}
declare function ask(question: string): Promise<AsyncIterable<{ token: string }>>;
export const answer = monitor(ask, {
  model: { name: 'm', version: '1' },
  reduce: (soFar: Answer | undefined, chunk, index): Answer => {
    same<typeof chunk, { token: string }>(true);
    same<typeof index, number>(true);
    return { words: (soFar?.words ?? 0) + 1, label: index > 100 ? 'long' : 'short' };
  },
  output: {
    label: (whole, question) => {
      same<typeof whole, Answer>(true);
      same<typeof question, string>(true);
      return whole.label;
    },
    value: whole => whole.words,
  },
});
for await (const { token } of await answer('x')) token.toUpperCase();
answer.monitor.start('x').end({ words: 1, label: 'short' });
export const total = monitor(tokens, {
  model: { name: 'm', version: '1' },
  reduce: (soFar: number | undefined, chunk) => (soFar ?? 0) + chunk.length,
  output: { value: sum => sum },
});
monitor(ask, {
  model: { name: 'm', version: '1' },
  // @ts-expect-error an unknown field of a chunk
  reduce: (_soFar: number | undefined, chunk) => chunk.nope,
});
monitor(ask, {
  model: { name: 'm', version: '1' },
  reduce: (soFar: Answer | undefined, _chunk): Answer => soFar ?? { words: 0, label: 'short' },
  // @ts-expect-error an unknown field of what it makes
  output: { label: whole => whole.nope },
});
monitor(ask, {
  model: { name: 'm', version: '1' },
  // @ts-expect-error without `reduce` nothing of the stream is read
  output: { label: whole => whole.label },
});

// A function with `this`, several arguments and a type parameter keeps its signature.
class Scorer {
  weight = 2;
  predict = monitor(
    function (this: Scorer, x: number, bias = 0) {
      return x * this.weight + bias;
    },
    { model: { name: 'm', version: '1' } },
  );
}
export const scored: number = new Scorer().predict(1, 2);
export const generic: <T>(x: T) => T = monitor(<T>(x: T) => x, { model: { name: 'm', version: '1' } });

// A callable object keeps its methods.
declare const pipeline: ((text: string) => Promise<{ label: string }>) & { dispose(): Promise<void> };
export const classify = monitor(pipeline, { model: { name: 'm', version: '1' }, output: { label: r => r.label } });
export const disposed: Promise<void> = classify.dispose();

// No function at hand.
using m = createMonitor<Flight, { p: number }>({ model: spec, output: { value: o => o.p } });
const call = m.start({ distance: 1, carrier: 'x', hours: 1 });
call.end(call.run(() => ({ p: 1 })));
export const later: Promise<{ p: number }> = call.run(async () => ({ p: 1 }));
export const id: string | undefined = call.predictionId;
// @ts-expect-error the output is what was said
call.end({ q: 1 });
// @ts-expect-error the input is what was said
m.start({ p: 1 });
export const wrapped = m.wrap((f: Flight) => f.hours);
same<typeof wrapped, (f: Flight) => number>(true);
export const handle: Monitor<[input: Flight, ...rest: never[]], { p: number }> | undefined = undefined;
createMonitor({ model: { name: 'm', version: '1' } })
  .start('anything', 'at', 'all')
  .end('too');

// Two versions, one baseline.
declare const baseline: Baseline;
export const v1 = monitor(score, { model: { ...spec, version: '1' }, baseline });
export const v2 = monitor(score, { model: { ...spec, version: '2' }, baseline, requireSameVersion: false });

// A producer as a reader takes it.
export const producer: { collect(options?: { timeoutMillis?: number }): Promise<unknown> } = metricProducer({
  like: { selectAggregationTemporality: (_type: 'COUNTER' | 'GAUGE') => 1 },
});

export function isOption(error: unknown): boolean {
  // @ts-expect-error a code that does not exist can't be compared with
  if (error instanceof MonitorError && error.code === 'ERR_OPTIONS') return true;
  return error instanceof MonitorError && error.code === 'ERR_OPTION';
}
export const reason: FaultReason = 'feature_reader';
