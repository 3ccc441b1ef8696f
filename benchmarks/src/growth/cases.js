// What grows, by the names of the child processes' cases.

/** Features of one monitor. */
export const FEATURES = [1, 3, 10, 30, 100, 300, 1000];
/** Columns of one tensor. */
const COLUMNS = [1, 10, 100, 1000];
/** Monitors of 20 features. */
export const MONITORS = [1, 10, 100, 1000];
export const FEATURES_EACH = 20;
/** What DESIGN has a budget for: 100 models of 50 features, collected. */
export const BUDGETED = '100x50';
/** Beyond the 64 that are kept: most values are `_OTHER`. */
export const CATEGORIES = [1, 2, 4, 8, 16, 32, 64, 1024];
export const LABELS = [1, 8, 64, 1024];
export const ROWS = [1, 4, 16, 64, 256, 1024, 4096];

const of = (kind, sizes) => sizes.map(size => `${kind}-${size}`);

/** By part of the suite: the cases, each in a process of its own. */
export const CASES = {
  features: [...of('numeric', FEATURES), ...of('categorical', FEATURES), ...of('columns', COLUMNS)],
  monitors: [...MONITORS.map(count => `${count}x${FEATURES_EACH}`), BUDGETED],
  categories: [...of('categories', CATEGORIES), ...of('labels', LABELS)],
  rows: [...of('batch', ROWS), ...of('columns', ROWS)],
  // A thousand monitors are ten times a hundred, to the byte of their names.
  wire: [...FEATURES.map(count => `1x${count}`), ...[10, 100].map(count => `${count}x${FEATURES_EACH}`), BUDGETED],
};

/** Enough for a first answer in half a minute. */
export const QUICK = {
  features: ['numeric-10', 'numeric-100', 'categorical-10'],
  monitors: ['1x20', '10x20'],
  categories: ['categories-64', 'labels-64'],
  rows: ['batch-64', 'columns-64'],
  wire: ['1x20'],
};

export const SOAK_CALLS = { quick: 200_000, full: 10_000_000 };

/** The sizes in a part that were measured: `[[size, rounds], …]` of one kind. */
export function sizesOf(part, kind) {
  return Object.entries(part)
    .filter(([name]) => name.startsWith(`${kind}-`))
    .map(([name, rounds]) => [Number(name.slice(kind.length + 1)), rounds]);
}

/** The same of monitors, by their number: those of so many features. */
export function monitorsOf(part, features) {
  return Object.entries(part)
    .map(([name, rounds]) => [...name.split('x').map(Number), rounds])
    .filter(([, each]) => each === features)
    .map(([count, , rounds]) => [count, rounds]);
}
