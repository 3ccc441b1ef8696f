import { expect, it } from 'vitest';
import { KllCoin } from '../../src/quantile/kll-coin.js';
import { range } from '../generated-rows.js';

const wordsOf = (...values: number[]) => new Uint32Array(Float64Array.from(values).buffer);

it('every second coin of a level is the opposite of the one before it', () => {
  const coin = new KllCoin();
  const sides = range(3).map((): number[] => []);
  for (const i of range(300)) sides[i % 3]!.push(coin.flip(i % 3));
  for (const level of sides) {
    for (const pair of range(50)) expect(level[2 * pair + 1]).toBe(1 - level[2 * pair]!);
  }
});

it('the first of each pair falls on either side equally often', () => {
  const coin = new KllCoin();
  const firsts = range(10_000).map(() => {
    const side = coin.flip(0);
    coin.flip(0);
    return side;
  });
  // Four standard deviations of 10,000 fair coins are 200.
  expect(Math.abs(firsts.filter(side => side === 1).length - 5000)).toBeLessThan(200);
  const changes = firsts.filter((side, i) => i > 0 && side !== firsts[i - 1]).length;
  expect(Math.abs(changes - 5000)).toBeLessThan(200);
});

it('values decide where the coins fall, and the same values give the same', () => {
  const sidesAfter = (...values: number[]) => {
    const coin = new KllCoin();
    coin.absorb(wordsOf(...values));
    return range(64)
      .map(level => coin.flip(level % 53))
      .join('');
  };
  expect(sidesAfter(1, 2, 3)).toBe(sidesAfter(1, 2, 3));
  const all = [
    [1, 2, 3],
    [1, 2],
    [1, 2, 4],
    [0, 0, 1],
    [0, 1, 1],
    [-1, 2, 3],
    [1e-320, 2, 3],
  ];
  expect(new Set(all.map(values => sidesAfter(...values))).size).toBe(all.length);
});

it('the halves of a double may be swapped, as on a big-endian machine', () => {
  const [one, other] = [new KllCoin(), new KllCoin()];
  const words = wordsOf(Math.PI, 1 / 3);
  one.absorb(words);
  other.absorb(Uint32Array.of(words[1]!, words[0]!, words[3]!, words[2]!));
  expect(other.state).toBe(one.state);
});

it('merging takes over what the other owes where nothing is owed', () => {
  const owes = (...sides: number[]) =>
    new KllCoin(
      1,
      Uint8Array.from(range(53), level => sides[level] ?? 0),
    );
  const coin = owes(1, 2, 0, 0);
  coin.merge(owes(2, 0, 1, 0));
  expect([...coin.owed.slice(0, 4)]).toEqual([1, 2, 1, 0]);
  expect([coin.flip(0), coin.flip(1), coin.flip(2)]).toEqual([0, 1, 0]);
  expect([...coin.owed.slice(0, 3)]).toEqual([0, 0, 0]);
});
