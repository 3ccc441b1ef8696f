import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutcomeQueue } from '../src/outcome-queue.js';

test('an entry comes out in its minute, not before', () => {
  const queue = new OutcomeQueue<string>(0);
  queue.add(90, 'b');
  queue.add(30, 'a');
  queue.add(90, 'c');
  expect([...queue.takeUntil(29)]).toEqual([]);
  expect([...queue.takeUntil(30)]).toEqual(['a']);
  expect(queue.size).toBe(2);
  expect([...queue.takeUntil(200)]).toEqual(['b', 'c']);
  expect(queue.size).toBe(0);
});

test('an entry for a minute that has passed is due at once', () => {
  const queue = new OutcomeQueue<string>(0);
  expect([...queue.takeUntil(100)]).toEqual([]);
  queue.add(40, 'late');
  expect([...queue.takeUntil(100)]).toEqual([]);
  expect([...queue.takeUntil(101)]).toEqual(['late']);
});

test('every entry comes out once, in order of its minute and then of its arrival, however time goes on', () => {
  const step = fc.record({ forward: fc.nat(200), due: fc.array(fc.nat(500), { maxLength: 5 }) });
  fc.assert(
    fc.property(fc.array(step), steps => {
      const queue = new OutcomeQueue<{ due: number; at: number }>(0);
      const out: { due: number; at: number }[] = [];
      let now = 0;
      let added = 0;
      for (const { forward, due } of steps) {
        now += forward;
        const taken = [...queue.takeUntil(now)];
        expect(taken.every(entry => entry.due <= now)).toBe(true);
        out.push(...taken);
        // What was due by now has come out: only later minutes wait.
        for (const minutes of due) queue.add(now + 1 + minutes, { due: now + 1 + minutes, at: added++ });
      }
      out.push(...queue.takeAll());
      expect(queue.size).toBe(0);
      expect(out).toEqual([...out].sort((a, b) => a.due - b.due || a.at - b.at));
      expect(new Set(out.map(({ at }) => at)).size).toBe(added);
    }),
  );
});
