// Prints what the docstrings of the measured kinds state: the time of one value, in µs, of the fastest of 15 rounds, since whatever else
// a machine does only adds to it. Not a test.
//
//   node --import tsx -C @driftspan/source packages/sketch/test/reference/time-measures.ts
import { columns } from '../../src/feature/columns.js';
import { dateTime } from '../../src/feature/date-time.js';
import { embedding } from '../../src/feature/embedding.js';
import type { Feature } from '../../src/feature/feature.js';
import { image } from '../../src/feature/image.js';
import { measureValue } from '../../src/feature/measure-value.js';
import { tensor } from '../../src/feature/tensor.js';
import { text } from '../../src/feature/text.js';
import { generator, range } from '../generated-rows.js';

const ROUNDS = 15;
const ROUND_MS = 20;
const next = generator(7);
const floats = (length: number) => Float32Array.from({ length }, next);

function time(what: string, feature: Feature<unknown>, values: readonly unknown[]): void {
  const measures = feature.measures!;
  const out = new Float64Array(measures.parts.length);
  const take = () => {};
  const run = (count: number) => {
    for (let i = 0; i < count; i++) measureValue(measures, values[i % values.length], undefined, out, take);
  };
  let count = 1;
  for (let ms = 0; ms < ROUND_MS; ) {
    count *= 2;
    const start = performance.now();
    run(count);
    ms = performance.now() - start;
  }
  const rounds = range(ROUNDS).map(() => {
    const start = performance.now();
    run(count);
    return ((performance.now() - start) / count) * 1000;
  });
  console.log(
    `${what.padEnd(58)} ${Math.min(...rounds)
      .toFixed(2)
      .padStart(8)} µs`,
  );
}

// Through JSON: a text as it comes off the wire, not a rope of pieces.
const flat = (value: string): string => JSON.parse(JSON.stringify(value));
const SENTENCE = 'The quick brown fox, 27 years old, jumps over the lazy dog! Does it? “Yes”, it does – twice. ';
time('text of 93 characters', text(), [flat(SENTENCE)]);
time('text of 1,000 characters', text(), [flat(SENTENCE.repeat(11).slice(0, 1000))]);
time('text of 1,000,000 characters', text(), [flat(SENTENCE.repeat(11_000))]);
time('text of 1,000 characters beyond the BMP', text(), [flat('😀𝟗𐄀 '.repeat(250))]);

const side = 224;
const large = floats(side * side * 3);
const dims = [1, 3, side, side];
time('image of 224 × 224 RGB bytes', image(), [
  { data: Uint8Array.from(large, x => x * 256), width: side, height: side },
]);
time('image of 4,000 × 3,000 RGBA bytes', image(), [
  { data: new Uint8ClampedArray(4000 * 3000 * 4).fill(100), width: 4000, height: 3000 },
]);
time('image tensor [1, 3, 224, 224]', image(), [{ data: large, dims }]);
time('image of 28 × 28 grey bytes', image(), [{ data: new Uint8Array(784).fill(9), width: 28, height: 28 }]);

time('embedding of 384 floats', embedding(), [floats(384)]);
time('embedding of 768 floats', embedding(), [floats(768)]);
time('embedding of 768 floats, 64 projections', embedding({ projections: 64 }), [floats(768)]);
time('embedding of 768 numbers in a plain array', embedding(), [[...floats(768)]]);

time('tensor of 20 floats', tensor(), [{ data: floats(20), dims: [1, 20] }]);
time('tensor of 4,096 floats', tensor(), [{ data: floats(4096), dims: [4096] }]);
time('tensor of 150,528 floats', tensor(), [{ data: large, dims }]);
time('tensor of 150,528 floats, every', tensor({ every: true }), [{ data: large, dims }]);
time('tensor of 4,096 int64', tensor(), [{ data: new BigInt64Array(4096).fill(5n), dims: [4096] }]);
time('tensor of 4,096 float16', tensor(), [
  { data: new Uint16Array(4096).fill(0x3c00), dims: [4096], type: 'float16' },
]);

const names = range(20).map(k => `c${k}`);
time(
  'columns, one row of 20',
  columns(x => x as never, names),
  [{ data: floats(20), dims: [1, 20] }],
);
time(
  'columns, 256 rows of 20',
  columns(x => x as never, names),
  [{ data: floats(5120), dims: [256, 20] }],
);

const nowMs = Date.UTC(2024, 5, 1);
const times = range(1000).map(i => nowMs + i * 60_000);
time('dateTime of a number', dateTime(), times);
time(
  'dateTime of a Date, with asOf',
  dateTime({ asOf: () => nowMs }),
  times.map(ms => new Date(ms)),
);
time(
  'dateTime of a text',
  dateTime(),
  times.map(ms => new Date(ms).toISOString()),
);
time('dateTime of a number, in a time zone', dateTime({ timeZone: 'Europe/Lisbon' }), times);
time(
  'dateTime of days never met, in a time zone',
  dateTime({ timeZone: 'Europe/Lisbon' }),
  range(100_000).map(i => (i - 50_000) * 86_400_000 * 3),
);

// What the budget of a large tensor is a share of.
let kept = 0;
const plain = range(200).map(() => {
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < large.length; i++) sum += large[i]!;
  kept += sum;
  return (performance.now() - start) * 1000;
});
console.log(
  `${'a plain sum over 150,528 floats'.padEnd(58)} ${Math.min(...plain)
    .toFixed(2)
    .padStart(8)} µs ${kept > 0 ? '' : '!'}`,
);
