import type { ExpressionTest, Labels } from '../promtool.js';
import { selector } from '../promtool.js';

/** The series has exactly this value. */
export function equals(name: string, labels: Labels, value: number): ExpressionTest {
  return { expr: `${selector(name, labels)} + 0`, samples: [{ labels, value }] };
}

/** The series is that near; a failure shows by how many tolerances it is off. No series is expected for NaN. */
export function near(name: string, labels: Labels, value: number, tolerance: number): ExpressionTest {
  if (Number.isNaN(value)) return absent(name, labels);
  const expr = `round((${selector(name, labels)} - (${value})) / ${tolerance})`;
  return { expr, samples: [{ labels, value: 0 }] };
}

export function absent(name: string, labels: Labels): ExpressionTest {
  return { expr: selector(name, labels), samples: [] };
}

/** At least one series has this name. */
export function isRecorded(name: string): ExpressionTest {
  return { expr: `count(${name}) > bool 0`, samples: [{ labels: {}, value: 1 }] };
}
