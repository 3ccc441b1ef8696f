// Driftspan's own counting of one value and of one row, without the call around it: not public, so by the path of the built package.
import { numeric } from '@driftspan/core';
import { defineModel, learnBaseline } from '@driftspan/sketch';
import { Planner } from '../../../packages/core/dist/window/plan.js';
import { Ring } from '../../../packages/core/dist/window/ring.js';
import { featureNames } from './values.js';

/** The values row by row, as objects. */
export const rowsOf = (values, features) => {
  const names = featureNames(features);
  return Array.from({ length: values.length / features }, (_, row) =>
    Object.fromEntries(names.map((name, f) => [name, values[row * features + f]])),
  );
};

/** Learned from the values themselves: 16 bins a feature, or as many as it has numbers. */
export function baselineOf(values, features) {
  const model = defineModel({
    name: 'bench',
    version: '1',
    features: Object.fromEntries(featureNames(features).map(name => [name, numeric()])),
  });
  return learnBaseline(
    model,
    rowsOf(values, features).map(input => ({ input })),
  );
}

/** Where each feature is counted, and the ring that a monitor counts in. */
export function planned(baseline) {
  const planner = new Planner();
  const plans = baseline.features.map(feature => planner.plan(feature.name, 'numeric', undefined, feature));
  const ring = new Ring(planner.cellCount, planner.sumCount);
  return { plans, cuts: planner.cuts(), ring };
}

/** Where a monitor would count what went wrong: here it ends the run. */
export const NO_FAULTS = {
  count: (reason, cause) => {
    throw new Error(reason, { cause });
  },
};

/** Values counted in the open sub-window. */
export function countedIn(ring, plans) {
  let counted = 0;
  for (const { cell, valued } of plans) for (let i = 0; i < valued; i++) counted += ring.cells[cell + i];
  return counted;
}
