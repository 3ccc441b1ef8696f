/** Baselines keep at most 16 bins of a numeric feature; 8 to 16 find smooth shifts better than 32. */
export const MOST_BINS = 16;
/** Values expected in the smallest bin before merging stops: the χ² tail is then right within 15 % down to p = 1e-7. */
export const ENOUGH_EXPECTED = 20;
/** Two bins are merged no further. */
const FEWEST_BINS = 2;
/** In `groupOf`: a cell that the baseline left empty, which no shape test sees. */
export const NEVER = 255;

/** Ranges are merged with a neighbour, categories with any other. */
export type BinOrder = 'ranges' | 'categories';

/**
 * How a baseline's bins are merged, worked out once. Only the point where merging stops depends on a window, and of the
 * window only its size: what it shows never decides how it is judged.
 *
 *   cells    [ 40 | 900 | 0 | 7 | 60 ]     groupOf = [ 0, 1, NEVER, 2, 3 ]
 *   base     [ 40 | 900 | 7 | 60 ]         smallest[0] = 7
 *   merge 0  [ 40 | 900 | 67 ]             into = 2, from = 3, smallest[1] = 40
 *   merge 1  [ 940 | 67 ]                  into = 0, from = 1, smallest[2] = 67
 */
export interface MergePlan {
  /** The group, from 0 to at most 15, that each cell belongs to before the optional merges. */
  readonly groupOf: Uint8Array;
  /** The baseline's counts by group. */
  readonly base: Float64Array;
  /** Merge s adds group `from[s]` to group `into[s]` < `from[s]`; the groups after `from[s]` move down by one. */
  readonly into: Uint8Array;
  readonly from: Uint8Array;
  /** The smallest baseline count once s of the merges are made; empty if the baseline is. */
  readonly smallest: Float64Array;
}

/**
 * Plans the merging of a baseline's bins, smallest first: a range into its smaller neighbour, of categories the two
 * smallest together; the leftmost where counts are equal. Bins with a baseline count of 0 never enter.
 * The square of the number of cells in time; made once per feature.
 */
export function planMerges(baseline: ArrayLike<number>, order: BinOrder): MergePlan {
  const counts: number[] = [];
  const members: number[][] = [];
  for (let cell = 0; cell < baseline.length; cell++) {
    if (baseline[cell]! > 0) {
      counts.push(baseline[cell]!);
      members.push([cell]);
    }
  }
  while (counts.length > MOST_BINS) {
    const [into, from] = nextMerge(counts, order);
    counts[into]! += counts[from]!;
    members[into]!.push(...members[from]!);
    counts.splice(from, 1);
    members.splice(from, 1);
  }
  const groupOf = new Uint8Array(baseline.length).fill(NEVER);
  for (const [group, cells] of members.entries()) for (const cell of cells) groupOf[cell] = group;
  const base = Float64Array.from(counts);
  const into: number[] = [];
  const from: number[] = [];
  const smallest = counts.length === 0 ? [] : [Math.min(...counts)];
  while (counts.length > FEWEST_BINS) {
    const [a, b] = nextMerge(counts, order);
    counts[a]! += counts[b]!;
    counts.splice(b, 1);
    into.push(a);
    from.push(b);
    smallest.push(Math.min(...counts));
  }
  return {
    groupOf,
    base,
    into: Uint8Array.from(into),
    from: Uint8Array.from(from),
    smallest: Float64Array.from(smallest),
  };
}

/** The positions of the next two to go together, the lower one first. */
function nextMerge(counts: readonly number[], order: BinOrder): [number, number] {
  const smallest = indexOfSmallest(counts, -1);
  const other = order === 'categories' ? indexOfSmallest(counts, smallest) : smallerNeighbour(counts, smallest);
  return smallest < other ? [smallest, other] : [other, smallest];
}

function indexOfSmallest(counts: readonly number[], except: number): number {
  let found = -1;
  for (let i = 0; i < counts.length; i++) if (i !== except && (found < 0 || counts[i]! < counts[found]!)) found = i;
  return found;
}

function smallerNeighbour(counts: readonly number[], i: number): number {
  if (i === 0) return 1;
  return i === counts.length - 1 || counts[i - 1]! <= counts[i + 1]! ? i - 1 : i + 1;
}

/** How many of the plan's merges a window of n values takes, against a baseline of m, until 20 are expected in every bin. */
export function mergesFor(plan: MergePlan, n: number, m: number): number {
  const { smallest } = plan;
  const most = plan.into.length;
  let merges = 0;
  while (merges < most && !((n * smallest[merges]!) / m >= ENOUGH_EXPECTED)) merges++;
  return merges;
}

/** Writes the cells' counts by group, after so many merges, into `out` (16 numbers are always enough); returns how many groups. */
export function mergeCellsInto(plan: MergePlan, merges: number, cells: ArrayLike<number>, out: Float64Array): number {
  const { groupOf } = plan;
  out.fill(0);
  for (let cell = 0; cell < groupOf.length; cell++) {
    const group = groupOf[cell]!;
    if (group !== NEVER) out[group]! += cells[cell]!;
  }
  return applyMerges(plan, merges, out);
}

/** The same for the baseline itself. */
export function mergeBaselineInto(plan: MergePlan, merges: number, out: Float64Array): number {
  out.set(plan.base);
  return applyMerges(plan, merges, out);
}

function applyMerges(plan: MergePlan, merges: number, out: Float64Array): number {
  let length = plan.base.length;
  for (let s = 0; s < merges; s++) {
    const from = plan.from[s]!;
    out[plan.into[s]!]! += out[from]!;
    length--;
    for (let i = from; i < length; i++) out[i] = out[i + 1]!;
  }
  return length;
}
