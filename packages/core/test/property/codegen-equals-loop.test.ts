import { type Baseline, learnBaseline } from '@driftspan/sketch';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  categorical,
  columns,
  dateTime,
  embedding,
  type Feature,
  image,
  metricProducer,
  monitor,
  numeric,
  tensor,
  text,
} from '../../src/index.js';

const NAMES = [
  'plain',
  'constructor',
  'toString',
  '__proto',
  'proto__',
  'quo"te',
  "apo'strophe",
  'back\\slash',
  'new\nline',
  'line\u2028separator',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that would be code
  'tick`${1}',
  '0',
  'length',
  'ünïcode 💥',
];

const number = fc.oneof(
  fc.double(),
  fc.integer({ min: -5, max: 1005 }),
  fc.constantFrom(-0, 0, 5e-324, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 2, arbitrary: fc.constantFrom('a', 'b', 'c', 'z', '', '5', '__proto__', 'toString') },
  fc.string(),
  fc.boolean(),
  fc.bigInt(),
  fc.constantFrom(null, undefined, Symbol.iterator, 10n ** 400n),
  fc.anything(),
);
/** A row: own values, or a getter that throws where the value is this mark. */
const THROWS = Symbol('throws');
const row = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.oneof({ weight: 9, arbitrary: value }, fc.constant(THROWS)), {
        minLength: NAMES.length,
        maxLength: NAMES.length,
      })
      .chain(values =>
        fc.subarray([...NAMES.keys()], { minLength: 0 }).map(present => {
          const made = {};
          for (const i of present) {
            Object.defineProperty(made, NAMES[i]!, {
              enumerable: true,
              ...(values[i] === THROWS
                ? {
                    get() {
                      throw new Error('getter');
                    },
                  }
                : { value: values[i] }),
            });
          }
          return made;
        }),
      ),
  },
  fc.anything(),
);

type Kind = 'numeric' | 'categorical';
interface Model {
  readonly name: string;
  readonly version: string;
  readonly features: { readonly [name: string]: Feature<unknown> };
}

function modelOf(name: string, kind: Kind, selected: boolean): Model {
  const features = NAMES.map((feature, i): [string, Feature<unknown>] => {
    if (!selected || i % 2 === 1) return [feature, kind === 'numeric' ? numeric() : categorical()];
    const select = (input: unknown) => (input as Record<string, never>)[feature];
    return [feature, kind === 'numeric' ? numeric({ select }) : categorical({ select })];
  });
  return { name, version: '1', features: Object.fromEntries(features) };
}

let clockMs = Date.UTC(2024, 0, 1);
const clock = () => clockMs;

/** Forgets every monitor of this process, as a new process would: what is disposed of stays in the metrics otherwise. */
function forgetMonitors(): void {
  Reflect.deleteProperty(globalThis, Symbol.for('driftspan.registry.v1'));
}

/** Everything that the counting shows: the report, window means included, and the exported points. */
async function shown(codegen: boolean, baseline: Baseline | undefined, model: Model, rows: unknown[]) {
  forgetMonitors();
  clockMs = Date.UTC(2024, 0, 1);
  const predict = monitor((_input: unknown) => 1, {
    model,
    ...(baseline === undefined ? {} : { baseline }),
    drift: { window: '1h' },
    clock,
    codegen,
  });
  for (const input of rows) predict(input);
  clockMs += 60_000;
  const report = predict.monitor.report();
  const { resourceMetrics } = await metricProducer().collect();
  const points = resourceMetrics.scopeMetrics[0].metrics.flatMap(
    ({ descriptor, dataPoints }: { descriptor: { name: string }; dataPoints: Point[] }) =>
      dataPoints
        .filter(() => /^ml\.(feature|drift|sdk\.dropped|prediction)/.test(descriptor.name))
        .map(({ attributes, value }) => [descriptor.name, attributes, value]),
  );
  predict.monitor.dispose();
  return { report, points };
}
interface Point {
  readonly attributes: Record<string, unknown>;
  readonly value: unknown;
}

describe.each(['numeric', 'categorical'] as const)('%s features', kind => {
  const model = modelOf(`codegen equals loop: ${kind}`, kind, false);
  let baseline: Baseline;
  beforeAll(async () => {
    baseline = await learnBaseline(
      model,
      Array.from({ length: 1000 }, (_, i) => ({
        input: Object.fromEntries(
          NAMES.map((name, k) => [name, kind === 'numeric' ? (i * (k + 1)) % 977 : 'abc'[i % 3]]),
        ),
      })),
    );
  });

  test.each([
    ['without a baseline', false, false],
    ['with a baseline', true, false],
    ['with a baseline and select', true, true],
  ])('are counted alike by generated code and by the loop, bit for bit, %s', async (_what, bound, selected) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async rows => {
        const spec = modelOf(model.name, kind, selected);
        const generated = await shown(true, bound ? baseline : undefined, spec, rows);
        const looped = await shown(false, bound ? baseline : undefined, spec, rows);
        // toEqual tells NaN from numbers and -0 from 0.
        expect(generated).toEqual(looped);
      }),
      { numRuns: 60 },
    );
  });
});

describe('measured features', () => {
  const read = (name: string) => (input: unknown) => (input as Record<string, never>)[name];
  const model: Model = {
    name: 'codegen equals loop: measured',
    version: '1',
    features: {
      plain: text(),
      before: numeric(),
      constructor: text(),
      photo: image(),
      vector: embedding({ projections: 3 }),
      input: tensor(),
      all: tensor({ select: read('input'), every: true }),
      tabular: columns(read('input'), ['quo"te', 'back\\slash']),
      seen: dateTime({ timeZone: 'Europe/Lisbon', asOf: read('before') }),
      after: categorical(),
    },
  };
  const numbers = fc.oneof(
    fc.float32Array({ maxLength: 12 }),
    fc.float64Array({ maxLength: 12 }),
    fc.uint8Array(),
    fc.bigInt64Array(),
  );
  const shaped = numbers.chain(data =>
    fc.record({
      data: fc.constant(data),
      dims: fc.constantFrom([data.length], [1, data.length], [data.length / 2, 2], [1, 1, data.length], [2, 2]),
      location: fc.constantFrom('cpu', undefined, 'gpu-buffer'),
    }),
  );
  const anyValue = fc.oneof(
    { weight: 3, arbitrary: shaped },
    { weight: 2, arbitrary: fc.oneof(numbers, fc.array(fc.double())) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
    fc.date({ noInvalidDate: false }),
    value,
    fc.constant(THROWS),
  );
  const anyRow = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .record(Object.fromEntries([...Object.keys(model.features)].map(name => [name, anyValue])), {
          requiredKeys: [],
        })
        .map(values => {
          const made = {};
          for (const [name, met] of Object.entries(values)) {
            const get = () => {
              if (met === THROWS) throw new Error('getter');
              return met;
            };
            Object.defineProperty(made, name, { enumerable: true, get });
          }
          return made;
        }),
    },
    fc.anything(),
  );
  let baseline: Baseline;
  beforeAll(async () => {
    const vector = (i: number) => Float64Array.of(i % 7, Math.sin(i));
    baseline = await learnBaseline(
      model,
      Array.from({ length: 1000 }, (_, i) => ({
        input: {
          plain: 'a,b '.repeat(i % 50),
          before: i * 1e9,
          constructor: `${i}!`,
          photo: { data: Uint8Array.of(i, i * 3, 7, 9), width: 2, height: 2 },
          vector: vector(i),
          input: { data: vector(i), dims: [1, 2] },
          seen: i * 1e7,
          after: 'abc'[i % 3],
        },
      })),
    );
  });

  test.each([
    ['without a baseline', false],
    ['with a baseline', true],
  ])('are counted alike beside generated code and beside the loop, bit for bit, %s', async (_what, bound) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 20 }), async rows => {
        const generated = await shown(true, bound ? baseline : undefined, model, rows);
        const looped = await shown(false, bound ? baseline : undefined, model, rows);
        expect(generated).toEqual(looped);
      }),
      { numRuns: 60 },
    );
  });
});
