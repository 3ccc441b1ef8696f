import { beforeAll, expect, it } from 'vitest';
import { type Baseline, bindBaseline, categorical, type ModelSpec, numeric } from '../../src/index.js';
import { FLIGHT_MODEL, type Flight, flightBaseline } from '../flights.js';
import { refusal } from '../refusal.js';

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
