import { generator } from '../generated-rows.js';
import { type Column, type Dataset, type Next, normal, series, sticky } from './columns.js';

const SCALES = [1, 0.1, 3, 1e-7, 1e9, 1e21, 1e150, 1e300, 1e-200, 5e-324];
const OFFSETS = [0, 0, 0, 1, -3.5, 1e6, -1e16];
const STEPS_MS = [50, 60_000, 3_600_000, 40_000_000, 900_000_000];
const RARELY = [0, 0, 0.03, 0.4];
const CHANGES = [1, 1, 0.5, 0.1, 0.02];

/**
 * 1,000 to 3,000 rows of up to four features and a label, of any kind, in some order or none. `random_dataset.py` beside this file
 * makes the same of the same seed.
 */
export function randomDataset(seed: number): Dataset {
  const next = generator(seed * 7919 + 1);
  const pick = (count: number) => Math.floor(next() * count);
  const oneOf = <T>(items: readonly T[]): T => items[pick(items.length)]!;
  const rows = 1000 + pick(2001);

  const column = (): Column => {
    const value = oneOf(VALUES)(oneOf(SCALES), oneOf(OFFSETS), 1 + pick(70));
    const [missing, invalid, change] = [oneOf(RARELY), oneOf(RARELY), oneOf(CHANGES)];
    const given = (random: Next): unknown => {
      const x = random();
      return x < missing ? null : x < missing + invalid ? {} : value(random);
    };
    const values = sticky(pick(2 ** 31), rows, change, given);
    const limit = 1 + pick(80);
    const sensitive = pick(3) === 0;
    return pick(2) === 0 ? { values, sensitive } : { values, limit, sensitive };
  };

  const features = Object.fromEntries(Array.from({ length: 1 + pick(4) }, (_, i) => [`feature ${i}`, column()]));
  const label = column().values;
  const order = pick(3);
  const step = oneOf(STEPS_MS);
  let time = 1_356_998_400_000;
  const times = series(pick(2 ** 31), rows, random => {
    time += Math.floor(step * random() * random());
    return time;
  });
  return {
    name: `random ${seed}`,
    features,
    outputs: { label },
    ...(order === 1 ? { timeOrdered: true } : order === 2 ? { times } : {}),
  };
}

type Maker = (scale: number, offset: number, levels: number) => (next: Next) => unknown;

const VALUES: readonly Maker[] = [
  (scale, offset) => next => next() * scale + offset,
  (scale, offset) => next => normal(next) * scale + offset,
  (scale, _, levels) => next => Math.floor(next() * next() * levels) * scale,
  (scale, offset, levels) => next => (next() < 0.6 ? Math.floor(next() * levels) / 8 : next() * scale + offset),
  scale => next => scale / (next() + 1e-9),
  () => next => Math.floor(next() * 1e6) / 1000,
  () => next => next() < 0.2,
  (_scale, _offset, levels) => next => `t${Math.floor(next() * next() * levels)}`,
  (scale, _, levels) => next => (Math.floor(next() * levels) / 7) * scale,
  (_scale, _offset, levels) => next => String.fromCodePoint(Math.floor(next() * levels) * 15_731),
  (_scale, _offset, levels) => next => 'x'.repeat(Math.floor(next() * levels) * 6),
];
