// node benchmarks/src/tensors/kernel-trial.js: what a WebAssembly kernel with SIMD would save `tensor({ every: true })`. Evidence of docs/decisions/0027.
// It is not shipped. It needs the assembler, which nothing else does: (cd benchmarks/third-party && npm install --no-save wabt@1.0.39).
// Both sides must give the same five numbers, bit for bit, or this throws.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { inTurns } from '../harness/blocks.js';
import { median, ratios } from '../harness/numbers.js';
import { ns, table, times } from '../harness/words.js';
import { measurer, plainSum, random } from './sides.js';

const CHUNK = 4096;
const SIZES = [1000, 10_000, 150_528, 1_000_000];
/** Blocks of each side; a ratio is taken block by block. */
const BLOCKS = 100;
/** Numbers that go through a block: under a ms of it, less than what a scheduler gives at once. */
const NUMBERS_A_BLOCK = 5e5;

/** The instance, and how many bytes it would be: of WebAssembly, as base64, and gzipped as that. */
async function assembled() {
  const source = readFileSync(new URL('kernel.wat', import.meta.url), 'utf8');
  const wabt = await createRequire(new URL('../../third-party/package.json', import.meta.url))('wabt')();
  const { buffer } = wabt.parseWat('kernel.wat', source, { simd: true }).toBinary({});
  const { instance } = await WebAssembly.instantiate(buffer);
  const base64 = Buffer.from(buffer).toString('base64');
  return { instance, bytes: [buffer.length, base64.length, gzipSync(base64, { level: 9 }).length] };
}

/** One chunk in JavaScript, as `addFloats` has it: what does not fill two chunks. Gives the sums and squares of its halves. */
function chunk(floats, start, count, into) {
  const shift = floats[start + count - 1];
  const half = count >> 1;
  let [sum, otherSum, squares, otherSquares] = [0, 0, 0, 0];
  let min = shift;
  let max = shift;
  let zeros = count % 2 === 1 && shift === 0 ? 1 : 0;
  for (let i = start; i < start + half; i++) {
    const x = floats[i];
    const y = floats[i + half];
    sum += x - shift;
    otherSum += y - shift;
    squares += (x - shift) * (x - shift);
    otherSquares += (y - shift) * (y - shift);
    if (x < min) min = x;
    else if (x > max) max = x;
    if (y < min) min = y;
    else if (y > max) max = y;
    zeros += +(x === 0) + +(y === 0);
  }
  into.add(count, shift, sum + otherSum, squares + otherSquares);
  into.widen(min, max, zeros);
}

/** What `Summary` keeps: Chan's merge of the chunks. */
class Whole {
  clear() {
    Object.assign(this, {
      count: 0,
      mean: 0,
      squares: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      zeros: 0,
    });
  }
  add(count, shift, sum, squares) {
    const aboutMean = squares - (sum / count) * sum;
    if (!(aboutMean >= squares * 1e-3)) throw new Error('a chunk that takes two passes: not part of the trial');
    const before = this.count;
    this.count += count;
    const distance = shift + sum / count - this.mean;
    this.squares += aboutMean + (before === 0 ? 0 : distance * distance * ((before / this.count) * count));
    this.mean = before === 0 ? shift + sum / count : this.mean + distance * (count / this.count);
  }
  widen(min, max, zeros) {
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    this.zeros += zeros;
  }
  parts() {
    return [this.mean, Math.sqrt(this.squares / this.count), this.min, this.max, this.zeros / this.count];
  }
}

/** The other side: pairs of chunks are copied into the kernel's memory, the rest is added in JavaScript. */
function kernelSide({ pair, memory }) {
  const input = new Float32Array(memory.buffer, 0, 2 * CHUNK);
  const sums = new Float64Array(memory.buffer, 8 * CHUNK, 8);
  const bounds = new Float32Array(memory.buffer, 8 * CHUNK + 64, 8);
  const zeros = new Int32Array(memory.buffer, 8 * CHUNK + 96, 4);
  const whole = new Whole();
  return data => {
    whole.clear();
    let start = 0;
    for (; data.length - start >= 2 * CHUNK; start += 2 * CHUNK) {
      const [shift, otherShift] = [data[start + CHUNK - 1], data[start + 2 * CHUNK - 1]];
      input.set(data.subarray(start, start + 2 * CHUNK));
      pair();
      whole.add(CHUNK, shift, sums[0] + sums[1], sums[2] + sums[3]);
      whole.add(CHUNK, otherShift, sums[4] + sums[5], sums[6] + sums[7]);
      const min = Math.min(bounds[0], bounds[1], bounds[2], bounds[3]);
      const max = Math.max(bounds[4], bounds[5], bounds[6], bounds[7]);
      whole.widen(min, max, zeros[0] + zeros[1] + zeros[2] + zeros[3]);
    }
    for (; start < data.length; start += CHUNK) chunk(data, start, Math.min(CHUNK, data.length - start), whole);
    return whole.parts();
  };
}

const { instance, bytes } = await assembled();
const kernel = kernelSide(instance.exports);
const into = new Float32Array(instance.exports.memory.buffer, 0, 2 * CHUNK);
const every = measurer('tensor', { every: true });
const rows = [];
for (const size of SIZES) {
  const data = Float32Array.from({ length: size }, random(size));
  const value = { data, dims: [size], type: 'float32' };
  const [met, expected] = [kernel(data), every(value)];
  if (!met.every((x, k) => Object.is(x, expected[k]))) throw new Error(`${size}: met ${met}, expected ${expected}`);
  const repeated = side => calls => {
    for (let i = 0; i < calls; i++) side();
  };
  const copyIn = () => {
    for (let start = 0; start < size; start += 2 * CHUNK) into.set(data.subarray(start, start + 2 * CHUNK));
  };
  const sides = { sum: () => plainSum(data), js: () => every(value), kernel: () => kernel(data), copy: copyIn };
  const blocks = await inTurns(
    Object.fromEntries(Object.entries(sides).map(([name, side]) => [name, repeated(side)])),
    {
      calls: Math.ceil(NUMBERS_A_BLOCK / size),
      blocks: BLOCKS,
    },
  );
  const of = name => ns(median(blocks[name]));
  const faster = ratios(blocks.js, blocks.kernel);
  rows.push([size.toLocaleString('en'), of('sum'), of('js'), of('kernel'), of('copy'), times(faster.median)]);
}
console.log(`Node ${process.version}; ${bytes[0]} bytes of WebAssembly, ${bytes[1]} as base64, ${bytes[2]} gzipped`);
console.log(table(['floats', 'a plain sum', 'every, JavaScript', 'every, kernel', 'of it copying in', 'faster'], rows));
