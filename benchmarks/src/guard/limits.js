// What was measured last, and how far from it is too far. Anew, when a change is meant to cost: node benchmarks/src/guard/limits.js
import { pathToFileURL } from 'node:url';
import { asksOf, timesOf, weightOf } from './guard.js';

/** The smallest object takes 16 bytes, and weights repeat to 0.2: half of one is a new allocation. */
export const BYTES_TOLERANCE = 8;
/** A ratio of the fastest blocks repeats to 5 % on one machine; others are not alike. */
export const TIME_TOLERANCE = 1.25;

/**
 * By major version of Node: bytes of a call, an asynchronous one with the promises of whoever awaits it (a row, of a batch), and its time as a multiple
 * of the reference's. Of times the larger of two machines: a category is looked up in a `Map`, the reference's numbers are not, and on an EPYC that
 * takes 2.6 of them, on a Xeon 3.
 */
const MEASURED = {
  20: {
    weight: { sync: 49, 'sync-loop': 49, async: 826, 'async-loop': 826, categorical: 49, odd: 49, batch: 5 },
    times: { sync: 1.8, twin: 1.9, 'sync-loop': 3.05, async: 4.05, categorical: 3, batch: 1.65 },
  },
  24: {
    weight: { sync: 33, 'sync-loop': 33, async: 393, 'async-loop': 393, categorical: 33, odd: 33, batch: 6 },
    times: { sync: 1.9, twin: 1.8, 'sync-loop': 2.5, async: 2.6, categorical: 3.15, batch: 1.5 },
  },
};

const major = Number(process.versions.node.split('.')[0]);
export const measured = MEASURED[major] ?? MEASURED[24];

/**
 * What a call asks at most: the clock twice, and once more at either end of one call in 1,024; a map for its label, where it waits and where it is
 * counted, and for each category; the active context once. Of a batch, a row's share of 100.
 */
export const ASKS = {
  sync: { clock: 2.01, map: 2, context: 1 },
  async: { clock: 2.01, map: 2, context: 1 },
  categorical: { clock: 2.01, map: 22, context: 1 },
  batch: { clock: 0.03, map: 0.02, context: 0.01 },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const of = async (names, measure) => {
    const met = {};
    for (const name of names) met[name] = await measure(name);
    return met;
  };
  const { weight, times } = measured;
  console.log({
    node: process.version,
    weight: await of(Object.keys(weight), weightOf),
    times: await of(Object.keys(times), timesOf),
    asks: await of(Object.keys(ASKS), asksOf),
  });
}
