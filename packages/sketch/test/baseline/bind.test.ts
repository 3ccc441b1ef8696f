import { beforeAll, describe, expect, it } from 'vitest';
import { type Baseline, bindBaseline, categorical, learnBaseline, type ModelSpec, numeric } from '../../src/index.js';
import { FLIGHT_MODEL, type Flight, flightBaseline } from '../flights.js';
import { refusal } from '../refusal.js';
import { PATIENT_KEY, PATIENT_MODEL, patientRows } from '../sensitive/patients.js';

let baseline: Baseline;
beforeAll(async () => {
  baseline = await flightBaseline();
});

const changed = (changes: Partial<ModelSpec<Flight>>) => ({ ...FLIGHT_MODEL, ...changes });

it('a baseline binds to the model it was learned for', () => {
  expect(bindBaseline(baseline, FLIGHT_MODEL)).toBeUndefined();
});

it('another version shares the baseline unless told not to', () => {
  const next = changed({ version: '2013.02' });
  bindBaseline(baseline, next);
  const error = refusal('ERR_BASELINE_VERSION', () => bindBaseline(baseline, next, { requireSameVersion: true }));
  expect([error.met, error.expected]).toEqual(['"2013.01"', '"2013.02"']);
  bindBaseline(baseline, FLIGHT_MODEL, { requireSameVersion: true });
});

it('another name is refused', () => {
  const error = refusal('ERR_BASELINE_MODEL', () => bindBaseline(baseline, changed({ name: 'flight-price' })));
  expect([error.met, error.expected]).toEqual(['"flight-delay"', '"flight-price"']);
});

it('other transforms are refused', () => {
  const error = refusal('ERR_BASELINE_TRANSFORMS', () => bindBaseline(baseline, changed({ transforms: '2.1' })));
  expect([error.met, error.expected]).toEqual(['"3"', '"2.1"']);
});

it('no transforms match only no transforms', () => {
  const { transforms: _, ...without } = FLIGHT_MODEL;
  expect(refusal('ERR_BASELINE_TRANSFORMS', () => bindBaseline(baseline, without)).expected).toBe('undefined');
  const { transforms: __, ...model } = baseline.model;
  bindBaseline({ ...baseline, model }, without);
  expect(refusal('ERR_BASELINE_TRANSFORMS', () => bindBaseline({ ...baseline, model }, FLIGHT_MODEL)).met).toBe(
    'undefined',
  );
});

it('a feature that the baseline lacks is refused', () => {
  const features = { ...FLIGHT_MODEL.features, weather: numeric() };
  const error = refusal('ERR_BASELINE_FEATURE', () => bindBaseline(baseline, changed({ features })));
  expect([error.where, error.met, error.expected]).toEqual([
    'baseline feature "weather"',
    'no such feature',
    'numeric',
  ]);
});

it('a feature that the model does not declare is refused', () => {
  const { seats: _, ...features } = FLIGHT_MODEL.features as Record<string, ReturnType<typeof numeric>>;
  const error = refusal('ERR_BASELINE_FEATURE', () => bindBaseline(baseline, changed({ features })));
  expect([error.where, error.met, error.expected]).toEqual(['baseline feature "seats"', 'numeric', 'no such feature']);
  refusal('ERR_BASELINE_FEATURE', () =>
    bindBaseline(baseline, { name: 'flight-delay', version: '1', transforms: '3' }),
  );
});

it('a feature of another kind is refused', () => {
  const features = { ...FLIGHT_MODEL.features, seats: categorical() };
  const error = refusal('ERR_BASELINE_FEATURE', () => bindBaseline(baseline, changed({ features })));
  expect([error.met, error.expected]).toEqual(['numeric', 'categorical']);
});

it('the order of features does not matter', () => {
  const features = Object.fromEntries(Object.entries(FLIGHT_MODEL.features ?? {}).reverse());
  expect(bindBaseline(baseline, changed({ features }))).toBeUndefined();
});

it('a model that is no model is refused as such', () => {
  refusal('ERR_MODEL', () => bindBaseline(baseline, changed({ name: '__proto__' })));
});

describe('a baseline with sensitive features', () => {
  let hidden: Baseline;
  beforeAll(async () => {
    hidden = await learnBaseline(PATIENT_MODEL, patientRows(1000));
  });

  it('binds under its key, as text or as bytes', () => {
    expect(bindBaseline(hidden, PATIENT_MODEL)).toBeUndefined();
    const sensitiveKey = new TextEncoder().encode(PATIENT_KEY);
    expect(bindBaseline(hidden, { ...PATIENT_MODEL, sensitiveKey })).toBeUndefined();
  });

  it('is refused under another key, which is not told', () => {
    const sensitiveKey = 'another key of the clinic';
    const error = refusal('ERR_BASELINE_KEY', () => bindBaseline(hidden, { ...PATIENT_MODEL, sensitiveKey }));
    expect(error.where).toBe('baseline.sensitiveKeyId');
    expect(error.met).toBe(`"${hidden.sensitiveKeyId}"`);
    for (const key of [PATIENT_KEY, sensitiveKey]) expect(error.message).not.toContain(key);
  });

  it.each([
    ['income', { ...PATIENT_MODEL.features!['income']!, sensitive: false }, 'sensitive numeric', 'numeric'],
    ['height', numeric({ sensitive: true }), 'numeric', 'sensitive numeric'],
    ['ward', categorical({ sensitive: true }), 'categorical', 'sensitive categorical'],
    ['diagnosis', categorical(), 'sensitive categorical', 'categorical'],
  ])('is refused where %s is sensitive on one side only', (name, feature, met, expected) => {
    const features = { ...PATIENT_MODEL.features, [name]: feature };
    const error = refusal('ERR_BASELINE_FEATURE', () => bindBaseline(hidden, { ...PATIENT_MODEL, features }));
    expect([error.where, error.met, error.expected]).toEqual([`baseline feature "${name}"`, met, expected]);
  });

  it('and no category among them needs no key, nor minds one', async () => {
    const { diagnosis: _, ...features } = PATIENT_MODEL.features!;
    const { sensitiveKey: __, ...model } = { ...PATIENT_MODEL, features };
    const numbers = await learnBaseline(model, patientRows(1000));
    expect(numbers).not.toHaveProperty('sensitiveKeyId');
    expect(bindBaseline(numbers, model)).toBeUndefined();
    expect(bindBaseline(numbers, { ...model, sensitiveKey: PATIENT_KEY })).toBeUndefined();
  });
});
