import { describe, expect, it } from 'vitest';
import { categorical, defineModel, type ModelSpec, numeric } from '../src/index.js';
import { range } from './generated-rows.js';
import { refusal } from './refusal.js';

const spec = (changes: object) => ({ name: 'm', version: '1', ...changes }) as ModelSpec<unknown>;
const whereOf = (changes: object) => refusal('ERR_MODEL', () => defineModel(spec(changes))).where;

it('defineModel gives back the specification itself', () => {
  const model = spec({
    transforms: '3',
    task: 'ranking',
    remote: 'https://models.example/v1',
    features: { a: numeric(), b: categorical() },
  });
  expect(defineModel(model)).toBe(model);
});

describe('a model is refused', () => {
  it.each([null, undefined, 5, 'm'])('where it is %s', model => {
    refusal('ERR_MODEL', () => defineModel(model as never));
  });

  it.each(['', 'x'.repeat(257), '__proto__', '\ud800', 5, null, undefined])(
    'with name or version or transforms, case %#',
    name => {
      expect(whereOf({ name })).toBe('model.name');
      expect(whereOf({ version: name })).toBe('model.version');
      if (name !== undefined) expect(whereOf({ transforms: name })).toBe('model.transforms');
    },
  );

  it('with an unknown task', () => {
    expect(whereOf({ task: 'guessing' })).toBe('model.task');
  });

  it.each(['models.example', '/v1', '', 5])('with the remote address %s', remote => {
    expect(whereOf({ remote })).toBe('model.remote');
  });

  it.each([null, 'a', [numeric()]])('with features that are no object, case %#', features => {
    expect(whereOf({ features })).toBe('model.features');
  });

  it('with more than 1,000 features', () => {
    const features = (count: number) => Object.fromEntries(range(count).map(i => [`f${i}`, numeric()]));
    expect(whereOf({ features: features(1001) })).toBe('model.features');
    expect(Object.keys(defineModel(spec({ features: features(1000) })).features ?? {})).toHaveLength(1000);
  });

  it.each([null, undefined, {}, { kind: 'text' }, { kind: 'numeric', read: 'x' }, { kind: 'categorical', limit: 0 }])(
    'with a feature that is none, case %#',
    a => {
      expect(whereOf({ features: { a } })).toBe('feature "a"');
    },
  );

  it.each(['prediction.label', 'prediction.confidence', 'prediction.value'])('with a feature called %s', name => {
    expect(whereOf({ features: { [name]: numeric() } })).toBe(`feature "${name}"`);
  });

  it('with a feature called __proto__ or nothing', () => {
    expect(whereOf({ features: JSON.parse('{"__proto__": {"kind": "numeric"}}') })).toBe('feature "__proto__"');
    expect(whereOf({ features: { '': numeric() } })).toBe('feature ""');
  });
});
