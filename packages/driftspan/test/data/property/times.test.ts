import { dateTime } from '@driftspan/sketch';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TempFiles, valuesRead } from '../temp-files.js';

const files = new TempFiles();
const two = (most: number) => fc.integer({ min: 0, max: most }).map(n => String(n).padStart(2, '0'));
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Texts near ISO 8601: every part may be there, absent, or out of range. */
const time = fc
  .record({
    date: fc.tuple(fc.integer({ min: 0, max: 9999 }), two(13), two(32)),
    clock: some(fc.tuple(fc.constantFrom('T', ' ', 't'), two(24), two(60))),
    seconds: some(two(60)),
    fraction: some(fc.stringMatching(/^[0-9]{1,10}$/)),
    offset: some(fc.oneof(fc.constant('Z'), fc.tuple(two(23), some(two(59))))),
    sign: fc.constantFrom('+', '-'),
    colon: fc.constantFrom(':', ''),
  })
  .map(({ date: [year, month, day], clock, seconds, fraction, offset, sign, colon }) => {
    const date = `${String(year).padStart(4, '0')}-${month}-${day}`;
    if (clock === undefined) return date;
    const [letter, hours, minutes] = clock;
    const end = seconds === undefined ? '' : `:${seconds}${fraction === undefined ? '' : `.${fraction}`}`;
    const zone =
      offset === undefined
        ? ''
        : typeof offset === 'string'
          ? offset
          : `${sign}${offset[0]}${offset[1] === undefined ? '' : `${colon}${offset[1]}`}`;
    return `${date}${letter}${hours}:${minutes}${end}${zone}`;
  });

test('a text is the time that dateTime() of @driftspan/sketch takes it for, or none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(time, { minLength: 50, maxLength: 50 }), async texts => {
      const path = files.write('times.jsonl', texts.map(when => JSON.stringify({ when })).join('\n'));
      const read = await valuesRead(path, { when: 'datetime' });
      expect(read.map(([ms], i) => [texts[i], ...parts(ms)])).toEqual(texts.map(text => [text, ...parts(text)]));
    }),
    { numRuns: 40 },
  );
});

const { measure, parts: names } = dateTime().measures!;

/** Hour and weekday as they would be counted; none of an invalid time. */
function parts(value: unknown): number[] {
  const out = new Float64Array(names.length);
  return measure(value, undefined, out, () => {}) ? [...out] : [];
}
