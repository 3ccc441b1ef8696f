import { type Flights, readFlights } from '@driftspan/example-flight-delays/flights';
import { beforeAll, expect, test } from 'vitest';
import { REPLICAS } from '../src/replica-options.js';
import { Traffic } from '../src/traffic.js';

let flights: Flights;
beforeAll(async () => {
  flights = await readFlights();
});

function fleet(month: number, shuffled: boolean, seed = 1): Traffic[] {
  return Array.from(
    { length: REPLICAS },
    (_, replica) => new Traffic(flights, { month, shuffled, seed, replica, replicas: REPLICAS }),
  );
}

test.each([1, 7])('the eight shares of month %i are the month, each flight once', month => {
  const shares = fleet(month, false);
  const [first, end] = flights.month(month);
  const all = shares.flatMap(({ rows }) => rows).sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: end - first }, (_, i) => first + i));
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
});

test('no two replicas have equal traffic: the busiest has more than three times that of the idlest', () => {
  const shares = fleet(1, false).map(({ share }) => share);
  expect(new Set(shares).size).toBe(REPLICAS);
  expect(Math.max(...shares) / Math.min(...shares)).toBeGreaterThan(3);
});

test('in order of time the month begins again at its end', () => {
  const traffic = fleet(7, false)[0]!;
  const once = traffic.rows.map(() => traffic.next());
  expect(once).toEqual(traffic.rows);
  expect(traffic.next()).toBe(traffic.rows[0]);
});

test('drawn rows are those of the share, the same for a seed and others for another', () => {
  const draw = (traffic: Traffic): number[] => Array.from({ length: 500 }, () => traffic.next());
  const [rows, again, other] = [1, 1, 2].map(seed => draw(fleet(1, true, seed)[3]!));
  expect(rows).toEqual(again);
  expect(rows).not.toEqual(other);
  const share = new Set(fleet(1, true)[3]!.rows);
  expect(rows!.every(row => share.has(row))).toBe(true);
  // Drawn, not gone through: some come twice, and they are not in order.
  expect(new Set(rows).size).toBeLessThan(500);
  expect(rows).not.toEqual([...rows!].sort((a, b) => a - b));
});

test('two replicas draw with seeds of their own', () => {
  const positions = fleet(1, true)
    .slice(0, 2)
    .map(traffic => Array.from({ length: 100 }, () => traffic.rows.indexOf(traffic.next()) / traffic.rows.length));
  expect(positions[0]).not.toEqual(positions[1]);
});
