/** The 99.5 % quantile of the normal distribution: 99 of 100 intervals hold the true share. */
const INTERVAL_Z = 2.5758293035489004;

/**
 * The 99 % interval of a share, by Wilson's score: right for shares near 0 and 1, where the usual one leaves [0, 1].
 *
 * @param samples how many independent draws; values that hang together count for fewer, so it need be no whole number. With 0 of them
 *   nothing is known: [0, 1].
 */
export function wilson(share: number, samples: number): readonly [low: number, high: number] {
  if (!(samples > 0) || Number.isNaN(share)) return [0, 1];
  const z2 = INTERVAL_Z * INTERVAL_Z;
  const centre = share + z2 / (2 * samples);
  const reach = INTERVAL_Z * Math.sqrt((share * (1 - share)) / samples + z2 / (4 * samples * samples));
  const scale = 1 + z2 / samples;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}
