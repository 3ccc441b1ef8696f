/**
 * A number c with a <= c < b, halfway where doubles allow it: a + (b - a) / 2, or a itself if they are neighbours.
 * Halfway, because a cut on a value would split 0.1 from its float32 neighbour 0.10000000149.
 */
export function midway(a: number, b: number): number {
  const distance = b - a;
  const middle = distance === Number.POSITIVE_INFINITY ? a / 2 + b / 2 : a + distance / 2;
  return middle >= a && middle < b ? middle : a;
}
