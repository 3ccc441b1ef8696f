/** How often each byte came; zeros between two calls of `addBytes`. */
const tables = new Int32Array(4 * 256);
/** Below these going through the tables costs more than a copy. */
const FEW_BYTES = 512;

/**
 * Mean, population standard deviation, smallest, largest and share of zeros of the numbers of one value, chunk by chunk, with
 * Chan's merge between them (Chan, Golub, LeVeque 1983). About 1.1 ns a number, 0.7 a byte. It may be used again after `clear`;
 * before the first chunk it has nothing to give.
 *
 * The order of the additions is part of what a baseline holds: test/golden/tensors.v1.json pins every bit.
 */
export class Summary {
  #count = 0;
  #mean = 0;
  /** Sum of squared deviations from the mean. */
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #zeros = 0;

  clear(): void {
    this.#count = 0;
    this.#mean = 0;
    this.#squares = 0;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
    this.#zeros = 0;
  }

  /** Adds the first `count` of the numbers, one at least. */
  add(numbers: Float64Array, count: number): void {
    // About one of them, so that one pass will do; two halves side by side, so that an addition need not wait for the one before.
    const shift = numbers[count - 1]!;
    const half = count >> 1;
    let sum = 0;
    let otherSum = 0;
    let squares = 0;
    let otherSquares = 0;
    let min = shift;
    let max = shift;
    let zeros = isZero(shift === 0) & count;
    for (let k = 0; k < half; k++) {
      const x = numbers[k]!;
      const y = numbers[half + k]!;
      const fromShift = x - shift;
      const otherFromShift = y - shift;
      sum += fromShift;
      otherSum += otherFromShift;
      squares += fromShift * fromShift;
      otherSquares += otherFromShift * otherFromShift;
      if (x < min) min = x;
      else if (x > max) max = x;
      if (y < min) min = y;
      else if (y > max) max = y;
      zeros += isZero(x === 0) + isZero(y === 0);
    }
    if (this.#addOnePass(count, shift, sum + otherSum, squares + otherSquares, min, max, zeros)) return;
    sum = 0;
    for (let k = 0; k < count; k++) sum += numbers[k]!;
    const mean = sum / count;
    squares = 0;
    for (let k = 0; k < count; k++) squares += (numbers[k]! - mean) ** 2;
    this.#merge(count, mean, squares, min, max, zeros);
  }

  /**
   * The same, of 32-bit floats where they lie, one every `step`: bit for bit what `add` makes of a copy, in two thirds of the time.
   * False, with nothing added, where that takes two passes over a copy.
   */
  addFloats(floats: Float32Array, start: number, step: number, count: number): boolean {
    // A loop of its own: one that has met two types of array takes twice the time. Two of each half at a time: a tenth less.
    const shift = floats[start + (count - 1) * step]!;
    const half = count >> 1;
    const far = half * step;
    let sum = 0;
    let otherSum = 0;
    let squares = 0;
    let otherSquares = 0;
    let min = shift;
    let max = shift;
    let zeros = isZero(shift === 0) & count;
    let k = 0;
    let i = start;
    for (; k < half - 2; k += 2, i += 2 * step) {
      const x = floats[i]!;
      const y = floats[i + far]!;
      const nextX = floats[i + step]!;
      const nextY = floats[i + step + far]!;
      const a = x - shift;
      const b = y - shift;
      const nextA = nextX - shift;
      const nextB = nextY - shift;
      sum = sum + a + nextA;
      otherSum = otherSum + b + nextB;
      squares = squares + a * a + nextA * nextA;
      otherSquares = otherSquares + b * b + nextB * nextB;
      if (x < min) min = x;
      else if (x > max) max = x;
      if (y < min) min = y;
      else if (y > max) max = y;
      if (nextX < min) min = nextX;
      else if (nextX > max) max = nextX;
      if (nextY < min) min = nextY;
      else if (nextY > max) max = nextY;
      zeros += isZero(x === 0) + isZero(y === 0) + isZero(nextX === 0) + isZero(nextY === 0);
    }
    // One or two are always left: code that ran for odd sizes alone would, met late, undo the optimised loop.
    for (; k < half; k++, i += step) {
      const x = floats[i]!;
      const y = floats[i + far]!;
      const a = x - shift;
      const b = y - shift;
      sum += a;
      otherSum += b;
      squares += a * a;
      otherSquares += b * b;
      if (x < min) min = x;
      else if (x > max) max = x;
      if (y < min) min = y;
      else if (y > max) max = y;
      zeros += isZero(x === 0) + isZero(y === 0);
    }
    return this.#addOnePass(count, shift, sum + otherSum, squares + otherSquares, min, max, zeros);
  }

  /**
   * The same, of bytes where they lie, at most 4,096: counted by value first, of which every sum is an exact integer. False for a few
   * bytes, too, which a copy serves better.
   */
  addBytes(bytes: Uint8Array | Uint8ClampedArray, start: number, step: number, count: number): boolean {
    if (count < FEW_BYTES) return false;
    const shift = bytes[start + (count - 1) * step]!;
    let i = start;
    // Four tables, so that equal neighbours, as in a flat background, need not wait for each other.
    for (let k = count >> 2; k > 0; k--, i += 4 * step) {
      tables[bytes[i]!]!++;
      tables[256 + bytes[i + step]!]!++;
      tables[512 + bytes[i + 2 * step]!]!++;
      tables[768 + bytes[i + 3 * step]!]!++;
    }
    for (let k = count & 3; k > 0; k--, i += step) tables[bytes[i]!]!++;
    let sum = 0;
    let squares = 0;
    let min = shift;
    let max = shift;
    let times = 0;
    for (let x = 255; x >= 0; x--) {
      times = tables[x]! + tables[256 + x]! + tables[512 + x]! + tables[768 + x]!;
      sum += times * (x - shift);
      squares += times * (x - shift) * (x - shift);
      if (times === 0) continue;
      min = x;
      if (x > max) max = x;
    }
    tables.fill(0);
    // The last times are those of 0.
    return this.#addOnePass(count, shift, sum, squares, min, max, times);
  }

  /**
   * Adds a chunk whose sum and squares are about `shift`. False, with nothing added, where they do not tell the deviation: far from the
   * mean, by 30 standard deviations, the difference loses digits, and with numbers that are not finite it is none.
   */
  #addOnePass(
    count: number,
    shift: number,
    sum: number,
    squares: number,
    min: number,
    max: number,
    zeros: number,
  ): boolean {
    const aboutMean = squares - (sum / count) * sum;
    if (!(aboutMean >= squares * 1e-3)) return false;
    this.#merge(count, shift + sum / count, aboutMean, min, max, zeros);
    return true;
  }

  #merge(count: number, mean: number, squares: number, min: number, max: number, zeros: number): void {
    const before = this.#count;
    this.#count += count;
    const distance = mean - this.#mean;
    // Not of the first chunk: the square may be beyond the doubles, and infinity times 0 is NaN.
    const between = before === 0 ? 0 : distance * distance * ((before / this.#count) * count);
    this.#squares += squares + between;
    this.#mean = before === 0 ? mean : this.#mean + distance * (count / this.#count);
    if (min < this.#min) this.#min = min;
    if (max > this.#max) this.#max = max;
    this.#zeros += zeros;
  }

  /** False if one of the numbers is NaN or ±Infinity, or their sum is beyond the doubles. */
  get isFinite(): boolean {
    return Number.isFinite(this.#mean);
  }

  /** Rounding never takes it out of min … max. */
  get mean(): number {
    return Math.min(Math.max(this.#mean, this.#min), this.#max);
  }

  /** Exactly 0 of equal numbers; Infinity where a square is beyond the doubles. */
  get sd(): number {
    return this.#min === this.#max ? 0 : Math.sqrt(this.#squares / this.#count);
  }

  get min(): number {
    return this.#min;
  }

  get max(): number {
    return this.#max;
  }

  /** Share of the numbers that are zero. */
  get zeros(): number {
    return this.#zeros / this.#count;
  }
}

/** 1 or 0 without a branch, which would cost 5 ns a number where half of them are 0, as behind a ReLU: guessed wrong every other time. */
function isZero(it: boolean): number {
  return +it;
}
