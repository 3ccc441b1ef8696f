import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Faults } from '../../src/faults.js';
import { OUTCOME_CELLS, OUTCOME_SUMS, Outcomes } from '../../src/outcome/outcomes.js';
import { Ring } from '../../src/window/ring.js';

type Step = { readonly expected: string } | { readonly known: string };
const id = fc.integer({ min: 0, max: 700 }).map(i => `id ${i}`);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: id.map(expected => ({ expected })) },
  { weight: 1, arbitrary: id.map(known => ({ known })) },
);

test.each([1, 3, 300])('of %i that may wait the youngest do, whichever come again or are known', limit => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 1500, size: 'max' }), steps => {
      const places = { ring: new Ring(OUTCOME_CELLS, OUTCOME_SUMS), outcomeCell: 0, outcomeSum: 0 };
      const faults = new Faults('test');
      const outcomes = new Outcomes(places, limit, faults, () => {});
      // The same as a list, the youngest last.
      let waiting: string[] = [];
      let evicted = 0;
      for (const one of steps) {
        if ('expected' in one) {
          outcomes.expect(one.expected, 'a', Number.NaN, false);
          waiting = [...waiting.filter(other => other !== one.expected), one.expected];
          if (waiting.length > limit) {
            waiting.shift();
            evicted++;
          }
        } else {
          expect(outcomes.join(one.known, () => ({ label: 'a' }))).toBe(waiting.includes(one.known));
          waiting = waiting.filter(other => other !== one.known);
        }
      }
      expect(outcomes.report().pending).toBe(waiting.length);
      expect(faults.counts.get('pending_limit') ?? 0).toBe(evicted);
      expect(waiting.filter(other => !outcomes.join(other, () => ({ label: 'a' })))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
