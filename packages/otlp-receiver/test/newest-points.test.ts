import { describe, expect, test } from 'vitest';
import type { Attributes, MetricPoint } from '../src/index.js';
import { NewestPoints } from '../src/newest-points.js';

function point(value: number, of: Partial<MetricPoint> = {}): MetricPoint {
  return {
    resource: { 'service.instance.id': 'one' },
    scope: { name: 'scope', version: '1' },
    name: 'metric',
    unit: '',
    description: '',
    type: 'gauge',
    attributes: {},
    startTimeUnixNano: 0n,
    timeUnixNano: 1n,
    value,
    ...of,
  };
}

function kept(...points: MetricPoint[]): (number | undefined)[] {
  const newest = new NewestPoints(100);
  newest.add(points);
  return newest.all().map(({ value }) => value);
}

describe('a series', () => {
  test('keeps its newest point, whatever the order of arrival', () => {
    expect(kept(point(1), point(2))).toEqual([2]);
    expect(kept(point(1, { timeUnixNano: 9n }), point(2, { timeUnixNano: 8n }))).toEqual([1]);
  });

  test('is the same however its attributes are ordered', () => {
    expect(kept(point(1, { attributes: { a: 1, b: 'x' } }), point(2, { attributes: { b: 'x', a: 1 } }))).toEqual([2]);
    const inner = { p: 1, q: 2 };
    const turned = { q: 2, p: 1 };
    expect(kept(point(1, { attributes: { a: inner } }), point(2, { attributes: { a: turned } }))).toEqual([2]);
  });

  const differing: [string, Partial<MetricPoint>][] = [
    ['the name', { name: 'other' }],
    ['the scope', { scope: { name: 'other', version: '1' } }],
    ['the version of the scope', { scope: { name: 'scope', version: '2' } }],
    ['the instance', { resource: { 'service.instance.id': 'two' } }],
    ['an attribute', { attributes: { a: 1 } }],
  ];
  test.each(differing)('differs by %s', (_what, of) => {
    expect(kept(point(1), point(2, of))).toEqual([1, 2]);
  });

  test('differs by the type of an attribute', () => {
    const values: Attributes[string][] = [1, '1', 1n, true, null, [1], { int: '1' }, Number.NaN, Buffer.from([1])];
    expect(kept(...values.map((a, i) => point(i, { attributes: { a } })))).toEqual(values.map((_, i) => i));
  });

  test('is told apart by the instance alone where there is one, else by the whole resource', () => {
    const [a, b] = [{ 'host.name': 'a' }, { 'host.name': 'b' }];
    const id = { 'service.instance.id': 'one' };
    expect(kept(point(1, { resource: { ...a, ...id } }), point(2, { resource: { ...b, ...id } }))).toEqual([2]);
    expect(kept(point(1, { resource: a }), point(2, { resource: b }))).toEqual([1, 2]);
  });
});

test('past the bound the series not heard from for longest goes', () => {
  const newest = new NewestPoints(2);
  newest.add([point(1, { name: 'a' }), point(2, { name: 'b' }), point(3, { name: 'a' }), point(4, { name: 'c' })]);
  expect(newest.all().map(({ name, value }) => [name, value])).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
});

test('points are found by name and by some of their attributes', () => {
  const newest = new NewestPoints(100);
  newest.add([
    point(1, { attributes: { feature: 'age', stat: 'psi' } }),
    point(2, { attributes: { feature: 'age', stat: 'ks' } }),
    point(3, { name: 'other', attributes: { feature: 'age' } }),
  ]);
  const values = (where?: Record<string, string | number>) => newest.named('metric', where).map(({ value }) => value);
  expect(values()).toEqual([1, 2]);
  expect(values({ feature: 'age' })).toEqual([1, 2]);
  expect(values({ feature: 'age', stat: 'ks' })).toEqual([2]);
  expect(values({ feature: 1 })).toEqual([]);
  expect(values({ missing: 'x' })).toEqual([]);
});
