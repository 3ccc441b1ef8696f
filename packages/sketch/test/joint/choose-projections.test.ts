import { describe, expect, it } from 'vitest';
import { chooseProjections, type JointColumn } from '../../src/joint/choose-projections.js';
import { projected } from '../../src/joint/projection.js';
import { Moments } from '../../src/moments.js';
import { correlated, correlations } from './columns.js';

function column(name: string, values: Float64Array): JointColumn {
  return { name, source: 'row', values };
}

/** The standard deviation of what a projection gives. */
function spread(projection: ReturnType<typeof chooseProjections>[number], a: Float64Array, b: Float64Array): number {
  const moments = new Moments();
  for (let i = 0; i < a.length; i++) moments.add(projected(projection.terms, a[i]!, b[i]!));
  return moments.sd;
}

describe('projections', () => {
  it.each([0.8, -0.8])('of columns with ρ = %d have the variance 1 - |ρ|, and 1 + |ρ| when that turns round', rho => {
    const [a, b] = correlated(correlations(2, [0, 1, rho]), 20_000, 11) as [Float64Array, Float64Array];
    const scaled = a.map(x => 1000 + 50 * x);
    const [projection] = chooseProjections([column('a', scaled), column('b', b)]);
    expect(spread(projection!, scaled, b)).toBeCloseTo(Math.sqrt(0.2), 2);
    const turned = b.map(x => -x);
    expect(spread(projection!, scaled, turned)).toBeCloseTo(Math.sqrt(1.8), 1);
  });

  it('say in 6 digits exactly what they compute', () => {
    const [a, b] = correlated(correlations(2, [0, 1, -0.5]), 1000, 12) as [Float64Array, Float64Array];
    const projections = chooseProjections([
      column(
        'a',
        a.map(x => 1e6 * x + 1 / 3),
      ),
      column(
        'b',
        b.map(x => x / 3e7),
      ),
    ]);
    expect(JSON.parse(JSON.stringify(projections))).toEqual(projections);
    for (const number of projections[0]!.terms.flatMap(([, weight, centre]) => [weight, centre])) {
      expect(number).toBe(Number(number.toPrecision(6)));
    }
  });

  it('leave out a constant, a column without values, and one whose spread is hardly a double', () => {
    const [a, b] = correlated(correlations(2), 1000, 13) as [Float64Array, Float64Array];
    const constant = column(
      'constant',
      a.map(() => 0.1),
    );
    const empty = column(
      'empty',
      a.map(() => Number.NaN),
    );
    const tiny = column(
      'tiny',
      a.map(x => x * 1e-310),
    );
    const named = chooseProjections([constant, column('a', a), empty, tiny, column('b', b), constant]);
    expect(named.map(({ name }) => name)).toEqual(['joint.a~b']);
  });

  it('of very large values have finite terms', () => {
    const [a, b] = correlated(correlations(2, [0, 1, 0.5]), 1000, 14) as [Float64Array, Float64Array];
    const huge = a.map(x => x * 5e307);
    const [projection] = chooseProjections([column('huge', huge), column('b', b)]);
    for (const [, weight, centre] of projection!.terms) {
      expect(Number.isFinite(weight) && weight !== 0 && Number.isFinite(centre)).toBe(true);
    }
  });
});

describe('names', () => {
  const named = (...names: string[]) => {
    // Each with the next and with no other.
    const rho = correlations(names.length, ...names.flatMap((_, i) => (i % 2 === 0 ? [[i, i + 1, 0.9] as const] : [])));
    const columns = correlated(rho, 500, 15).map((values, i) => column(names[i]!, values));
    return chooseProjections(columns)
      .map(({ name, terms: [[a], [b]] }) => [name, a, b])
      .sort();
  };

  it('say which columns go together', () => {
    expect(named('distance', 'note.length')).toEqual([['joint.distance~note.length', 'distance', 'note.length']]);
  });

  it('are numbers where two names together are too long', () => {
    const [a, b] = ['a'.repeat(125), 'b'.repeat(124)];
    expect(named(a, b)[0]![0]).toBe(`joint.${a}~${b}`);
    expect(named(`${a}a`, b)[0]![0]).toBe('joint.0');
  });

  it('never stand for two pairs', () => {
    expect(named('a~b', 'c', 'a', 'b~c').map(([name]) => name)).toEqual(['joint.1', 'joint.a~b~c']);
  });
});
