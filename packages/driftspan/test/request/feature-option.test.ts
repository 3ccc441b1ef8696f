import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { chosenFeature } from '../../src/request/feature-option.js';

describe('--feature', () => {
  it('gives a column its kind, and categories their limit', () => {
    const chosen = chosenFeature('carrier:categorical:128', chosenFeature('amount:numeric'));
    expect([...chosen]).toEqual([
      ['amount', { kind: 'numeric' }],
      ['carrier', { kind: 'categorical', limit: 128 }],
    ]);
  });

  it('takes names that hold colons, spaces and line feeds', () => {
    expect([...chosenFeature('a:b c\n:text').keys()]).toEqual(['a:b c\n']);
    expect([...chosenFeature('x:numeric:datetime').keys()]).toEqual(['x:numeric']);
  });

  it.each([
    'amount',
    'amount:',
    ':numeric',
    'amount:number',
    'amount:numeric:5',
    'c:categorical:0',
    'c:categorical:1025',
  ])('refuses %s', text => {
    expect(() => chosenFeature(text)).toThrow(InvalidArgumentError);
  });
});
