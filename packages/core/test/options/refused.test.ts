import { type Baseline, learnBaseline, SketchError } from '@driftspan/sketch';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  categorical,
  createMonitor,
  defineModel,
  MonitorError,
  monitor,
  monitorBatch,
  numeric,
} from '../../src/index.js';

// biome-ignore lint/suspicious/noExplicitAny: configuration mistakes are what the types would refuse
type Wrong = any;

/** The error of a configuration mistake; fails unless it has the code, the value met and the value expected. */
function refusal(code: string, work: () => unknown): MonitorError | SketchError {
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof MonitorError || thrown instanceof SketchError)) {
    throw new Error(`neither a MonitorError nor a SketchError: ${String(thrown)}`);
  }
  expect(thrown.code, thrown.message).toBe(code);
  expect(typeof thrown.met).toBe('string');
  expect(thrown.expected).not.toBe('');
  expect(thrown.message).toContain(`met ${thrown.met}, expected ${thrown.expected} (${code})`);
  return thrown;
}

const model = { name: 'm', version: '1', features: { n: numeric(), c: categorical() } };
const score = (x: { n: number; c: string }) => x.n;

describe.each<[string, (options: Wrong) => unknown]>([
  ['monitor', options => monitor(score, options)],
  ['monitorBatch', options => monitorBatch((rows: unknown[]) => rows, options)],
  ['createMonitor', options => createMonitor(options)],
])('%s refuses', (_name, make) => {
  test.each<[string, Wrong, string]>([
    ['no options', undefined, 'ERR_OPTION'],
    ['null', null, 'ERR_OPTION'],
    ['a string', 'm', 'ERR_OPTION'],
    ['a function', () => {}, 'ERR_OPTION'],
    ['options without a model', {}, 'ERR_MODEL'],
    ['a model that is null', { model: null }, 'ERR_MODEL'],
    ['a model without a version', { model: { name: 'm' } }, 'ERR_MODEL'],
    ['a version that is a number', { model: { name: 'm', version: 1 } }, 'ERR_MODEL'],
    ['an empty name', { model: { name: '', version: '1' } }, 'ERR_MODEL'],
    ['a name of 257 characters', { model: { name: 'x'.repeat(257), version: '1' } }, 'ERR_MODEL'],
    ['half a surrogate pair as a name', { model: { name: '\ud800', version: '1' } }, 'ERR_MODEL'],
    ['an unknown task', { model: { name: 'm', version: '1', task: 'guess' } }, 'ERR_MODEL'],
    ['a remote that is no URL', { model: { name: 'm', version: '1', remote: 'models.example' } }, 'ERR_MODEL'],
    ['a remote without a scheme', { model: { name: 'm', version: '1', remote: 'localhost:8080' } }, 'ERR_MODEL'],
    ['features that are a list', { model: { name: 'm', version: '1', features: [numeric()] } }, 'ERR_MODEL'],
    [
      'a feature of an unknown kind',
      { model: { name: 'm', version: '1', features: { a: { kind: 'text' } } } },
      'ERR_MODEL',
    ],
    ['a feature that is null', { model: { name: 'm', version: '1', features: { a: null } } }, 'ERR_MODEL'],
    ['a feature that was not called', { model: { name: 'm', version: '1', features: { a: numeric } } }, 'ERR_MODEL'],
    [
      'a feature named __proto__',
      { model: { name: 'm', version: '1', features: JSON.parse('{"__proto__":{"kind":"numeric"}}') } },
      'ERR_MODEL',
    ],
    [
      'a feature named as an output',
      { model: { name: 'm', version: '1', features: { 'prediction.label': categorical() } } },
      'ERR_MODEL',
    ],
    [
      'a select that is no function',
      { model: { name: 'm', version: '1', features: { a: { kind: 'numeric', read: 'a' } } } },
      'ERR_MODEL',
    ],
    [
      '1,001 features',
      {
        model: {
          name: 'm',
          version: '1',
          features: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, numeric()])),
        },
      },
      'ERR_MODEL',
    ],
    ['spans it does not know', { model, spans: 'sometimes' }, 'ERR_OPTION'],
    ['spans: true', { model, spans: true }, 'ERR_OPTION'],
    ['codegen that is no boolean', { model, codegen: 'no' }, 'ERR_OPTION'],
    ['requireSameVersion that is no boolean', { model, requireSameVersion: 'yes' }, 'ERR_OPTION'],
    ['a label that is no function', { model, output: { label: 'late' } }, 'ERR_OPTION'],
    ['a confidence that is null', { model, output: { confidence: null } }, 'ERR_OPTION'],
    ['a value that is a number', { model, output: { value: 1 } }, 'ERR_OPTION'],
    ['an output that is a function', { model, output: (r: unknown) => r }, 'ERR_OPTION'],
    ['an output that is a string', { model, output: 'label' }, 'ERR_OPTION'],
    ['a predictionId that is a string', { model, predictionId: 'id' }, 'ERR_OPTION'],
    ['a clock that is a number', { model, clock: 0 }, 'ERR_OPTION'],
    ['a drift that is a string', { model, drift: '1h' }, 'ERR_OPTION'],
    ['a drift that is null', { model, drift: null }, 'ERR_OPTION'],
    ['a baseline that is null', { model, baseline: null }, 'ERR_BASELINE_CORRUPT'],
    ['a baseline that was not awaited', { model, baseline: Promise.resolve({}) }, 'ERR_BASELINE_SCHEMA'],
    ['a baseline that is a path', { model, baseline: './m.baseline.json' }, 'ERR_BASELINE_JSON'],
    ['a baseline that is empty', { model, baseline: {} }, 'ERR_BASELINE_SCHEMA'],
  ])('%s', (_what, options, code) => {
    refusal(code, () => make(options));
  });

  test.each([
    '',
    '1',
    'h',
    '1 h',
    '-1h',
    '1.h',
    '1y',
    '59s',
    '0h',
    '91d',
    '13w',
    'Infinityh',
    '1e3s',
    '١h',
    '1H',
    '1h ',
  ])('the window %j', window => {
    expect(refusal('ERR_OPTION', () => make({ model, drift: { window } }))).toBeInstanceOf(MonitorError);
  });

  test.each([3600, Number.NaN, ['1h'], {}, Symbol('1h')])('the window %o, which is no string', window => {
    refusal('ERR_OPTION', () => make({ model, drift: { window } }));
  });

  test.each<Wrong>([
    { count: 0, per: 'day' },
    { count: -1, per: 'day' },
    { count: Number.NaN, per: 'day' },
    { count: Number.POSITIVE_INFINITY, per: 'day' },
    { count: '1', per: 'day' },
    { count: 1n, per: 'day' },
    { count: 1, per: 'year' },
    { count: 1, per: 'toString' },
    { count: 1, per: '__proto__' },
    { count: 1, per: Symbol('day') },
    { count: 1 },
    { per: 'day' },
    {},
    'one a month',
    5,
  ])('the budget %o', falseAlarms => {
    refusal('ERR_OPTION', () => make({ model, drift: { falseAlarms } }));
  });

  test.each<Wrong>([
    { warning: 0, critical: 0.25 },
    { warning: -0.1, critical: 0.25 },
    { warning: 0.25, critical: 0.1 },
    { warning: 0.1, critical: 0.1 },
    { warning: Number.NaN, critical: 0.25 },
    { warning: 0.1, critical: Number.NaN },
    { warning: 0.1, critical: Number.POSITIVE_INFINITY },
    { warning: '0.1', critical: 0.25 },
    { warning: 0.1, critical: '0.25' },
    { warning: 0.1 },
    { critical: 0.25 },
    {},
    0.1,
  ])('the thresholds %o', psi => {
    refusal('ERR_OPTION', () => make({ model, drift: { psi } }));
  });
});

describe('the function', () => {
  test.each([undefined, null, 'fn', 5, {}, Promise.resolve(() => 1), class {}.prototype])('%o is refused', fn => {
    refusal('ERR_FUNCTION', () => monitor(fn as Wrong, { model }));
    refusal('ERR_FUNCTION', () => monitorBatch(fn as Wrong, { model }));
    refusal('ERR_FUNCTION', () => createMonitor({ model }).wrap(fn as Wrong));
  });

  test('of a listener, and the name of its event, are checked', () => {
    const watch = createMonitor({ model });
    for (const listener of [undefined, null, 'log', {}])
      refusal('ERR_FUNCTION', () => watch.on('drift', listener as Wrong));
    for (const event of [undefined, 'error', 'Drift', Symbol('drift')])
      refusal('ERR_OPTION', () => watch.on(event as Wrong, () => {}));
  });
});

describe('a baseline', () => {
  const trained = defineModel<{ n: number; c: string }>({ ...model, version: '1', transforms: '2.3' });
  let baseline: Baseline;
  beforeAll(async () => {
    baseline = await learnBaseline(
      trained,
      Array.from({ length: 1000 }, (_, i) => ({ input: { n: i, c: 'ab'[i % 2]! }, output: { label: i % 2 } })),
    );
  });

  test.each<[string, Wrong, string, string, string]>([
    ['another model', { name: 'other' }, 'ERR_BASELINE_MODEL', '"m"', '"other"'],
    ['other transforms', { transforms: '2.1' }, 'ERR_BASELINE_TRANSFORMS', '"2.3"', '"2.1"'],
    ['no transforms', { transforms: undefined }, 'ERR_BASELINE_TRANSFORMS', '"2.3"', 'undefined'],
    [
      'a feature more',
      { features: { ...model.features, extra: numeric() } },
      'ERR_BASELINE_FEATURE',
      'no such feature',
      'numeric',
    ],
    ['a feature less', { features: { n: numeric() } }, 'ERR_BASELINE_FEATURE', 'categorical', 'no such feature'],
    ['no features', { features: undefined }, 'ERR_BASELINE_FEATURE', 'numeric', 'no such feature'],
    [
      'a feature of another kind',
      { features: { n: categorical(), c: categorical() } },
      'ERR_BASELINE_FEATURE',
      'numeric',
      'categorical',
    ],
  ])('is refused by a model with %s', (_what, change, code, met, expected) => {
    const error = refusal(code, () => monitor(score, { model: { ...trained, ...change }, baseline }));
    expect(error).toBeInstanceOf(SketchError);
    expect([error.met, error.expected]).toEqual([met, expected]);
  });

  test('of another version is shared, unless the same one is required', () => {
    const canary = { ...trained, version: '2' };
    expect(monitor(score, { model: canary, baseline }).monitor.report().drift.baselineRows).toBe(1000);
    const error = refusal('ERR_BASELINE_VERSION', () =>
      monitor(score, { model: canary, baseline, requireSameVersion: true }),
    );
    expect([error.met, error.expected]).toEqual(['"1"', '"2"']);
    monitor(score, { model: trained, baseline, requireSameVersion: true });
  });

  test('fits whatever the order of the features', () => {
    const turned = { ...trained, features: { c: categorical(), n: numeric() } };
    monitor(score, { model: turned, baseline });
  });

  test.each<[string, (copy: Wrong) => void]>([
    ['a count changed', copy => copy.features[0].counts[0]++],
    ['a cut changed', copy => (copy.features[0].cuts[0] -= 0.5)],
    ['a category changed', copy => (copy.features[1].categories[0] = 'z')],
    ['a count that is negative', copy => (copy.features[0].counts[0] = -1)],
    ['cuts that fall', copy => copy.features[0].cuts.reverse()],
    ['a field that nobody knows', copy => (copy.extra = 1)],
    ['no features', copy => delete copy.features],
    ['a million rows more', copy => (copy.rows += 1_000_000)],
  ])('that was edited by hand is refused: %s', (_what, edit) => {
    const copy = JSON.parse(JSON.stringify(baseline));
    edit(copy);
    let code = '';
    try {
      monitor(score, { model: trained, baseline: copy });
    } catch (error) {
      code = (error as SketchError).code;
    }
    expect(code).toMatch(/^ERR_BASELINE_(CORRUPT|ID)$/);
  });
});

test('a refused monitor leaves no series behind', async () => {
  const { collected } = await import('../record/collected.js');
  expect(() => monitor(score, { model: { ...model, name: 'refused' }, drift: { window: 'never' } })).toThrow(
    MonitorError,
  );
  expect(await collected('refused', 'ml.inference.duration')).toEqual([]);
});
