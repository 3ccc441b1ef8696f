/**
 * Bins as the shape's test sees them once so many are left: of each a cell that holds its count, and its true share.
 *
 * @param {import('@driftspan/sketch').PreparedFeature} prepared
 * @param {ArrayLike<number>} shares of the valued cells
 * @param {number} bins
 */
export function mergedBins({ plan }, shares, bins) {
  let merged = Array.from(plan.base, (_, group) => ({ cell: plan.groupOf.indexOf(group), share: 0 }));
  plan.groupOf.forEach((group, cell) => {
    if (group < merged.length) merged[group].share += shares[cell];
  });
  for (let s = 0; merged.length > bins; s++) {
    const [into, from] = [merged[plan.into[s]], merged[plan.from[s]]];
    into.share += from.share;
    merged = merged.filter(bin => bin !== from);
  }
  return merged;
}
