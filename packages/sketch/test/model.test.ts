import { describe, expect, it } from 'vitest';
import { categorical, columns, defineModel, type ModelSpec, numeric, text } from '../src/index.js';
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

it('a sensitive category needs a key, and nothing else does', () => {
  const numbers = {
    a: numeric({ sensitive: true }),
    b: text({ sensitive: true }),
    c: categorical({ sensitive: false }),
  };
  expect(defineModel(spec({ features: numbers })).sensitiveKey).toBeUndefined();
  const model = spec({ features: { c: categorical({ sensitive: true }) }, sensitiveKey: 'a key of 16 bytes' });
  expect(defineModel(model)).toBe(model);
  expect(defineModel(spec({ sensitiveKey: new Uint8Array(16) })).sensitiveKey).toHaveLength(16);
});

it('a feature that is not recorded is one all the same', () => {
  const features = { a: { ...columns(row => row as number[], ['x']), recorded: false } };
  expect(defineModel(spec({ features })).features?.['a']?.recorded).toBe(false);
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

  it.each(['yes', 1, null, {}])('with a feature whose sensitive or recorded is %j', mark => {
    expect(whereOf({ features: { a: numeric({ sensitive: mark as never }) } })).toBe('feature "a"');
    expect(whereOf({ features: { a: { ...numeric(), recorded: mark } } })).toBe('feature "a"');
  });

  it('with a sensitive category and no key for it', () => {
    const features = { a: text({ sensitive: true }), b: categorical({ sensitive: true }) };
    const error = refusal('ERR_MODEL', () => defineModel(spec({ features })));
    expect([error.where, error.expected]).toEqual(['model.sensitiveKey', 'a key for the categories of "b"']);
  });

  it.each(['', 'secret-15-bytes', new Uint8Array(15), 5, null, {}])(
    'with a key that is none, case %#',
    sensitiveKey => {
      const error = refusal('ERR_MODEL', () => defineModel(spec({ sensitiveKey })));
      expect(error.where).toBe('model.sensitiveKey');
      expect(error.message).not.toContain('secret');
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
