import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { countUnreadable, NO_ROW, ofProperty } from '../reading.js';
import { countCategory } from '../window/count-value.js';
import type { FeaturePlan } from '../window/plan.js';
import { KeyOrder } from './key-order.js';
import type { NumericColumns } from './numeric-columns.js';

/** Keys of a row for each feature, and beside: rows of more are read feature by feature. */
const KEYS_A_FEATURE = 4;
const KEYS_BESIDE = 16;
/** Of more features no keys are walked: V8 keeps objects of more than 128 properties as hash tables, whose keys it has to sort. */
const MAX_WALKED = 128;

/** Reads the features of a row without generated code: numbers into the columns, categories into their cells. */
export interface KeyReader {
  /** Reads a row. Never throws. */
  readonly read: (row: unknown) => void;
  /** Reads features `k + 1` … `end - 1`, of which `k` threw. Never throws. */
  readonly goOn: (k: number, end: number, error: unknown, row: unknown) => void;
}

/**
 * `row[name]` with a name out of a list is a search through a hash table, 12 ns. So the keys of the row are walked as the rows before
 * had them, `for (key in row)`, which knows where each property lies: 2 ns. Only what is declared is read, and each once; what the
 * walk did not come by, inherited or not there, is then read by its name.
 *
 * Closures, not methods: see `columnsCounter`.
 */
export function keyReader(plans: readonly FeaturePlan[], columns: NumericColumns, faults: Faults): KeyReader {
  const { values, odd, ring } = columns;
  /** Of each feature its place among the columns, -1 for a category. */
  const places = Int32Array.from(plans, plan => (plan.kind === 'numeric' ? columns.plans.indexOf(plan) : -1));
  /** Of each feature, the reading in which it was read last. */
  const readIn = new Float64Array(plans.length);
  const most = KEYS_A_FEATURE * plans.length + KEYS_BESIDE;
  const order = new KeyOrder(new Map(plans.flatMap(({ name, read }, k) => (read === undefined ? [[name, k]] : []))));
  let walks = order.length > 0 && order.length <= MAX_WALKED;
  let reading = 0;

  function read(row: unknown): void {
    reading++;
    let left = plans.length;
    if (walks && typeof row === 'object' && row !== null) left -= walk(row as Record<string, unknown>);
    if (left > 0) readFrom(0, plans.length, row);
  }

  function goOn(k: number, end: number, error: unknown, row: unknown): void {
    reading++;
    unreadable(k, error);
    readFrom(k + 1, end, row);
  }

  /** Gives how many features it read. */
  function walk(row: Record<string, unknown>): number {
    const { keys, features } = order;
    let count = 0;
    let at = 0;
    let unexpected = 0;
    let k = -1;
    try {
      for (const key in row) {
        if (key === keys[at]) k = features[at++]!;
        else {
          if (++unexpected > most) break;
          const found = order.positionOf(key);
          if (found === undefined) continue;
          k = features[found]!;
          at = found + 1;
        }
        if (k < 0) continue;
        take(k, row[key], row);
        readIn[k] = reading;
        count++;
      }
    } catch (error) {
      // A getter's; of a trap of a Proxy, `k` was read before.
      if (k < 0 || readIn[k] === reading) return count;
      unreadable(k, error);
      return count + 1;
    }
    if (unexpected > most) walks = false;
    else if (unexpected > 0) order.learn(row);
    return count;
  }

  /** Reads what the walk did not come by. */
  function readFrom(first: number, end: number, row: unknown): void {
    const properties = (row ?? NO_ROW) as Record<string, unknown>;
    for (let k = first; k < end; k++) {
      if (readIn[k] === reading) continue;
      const plan = plans[k]!;
      try {
        take(k, plan.read === undefined ? properties[plan.name] : settled(plan.read(row as never)), properties);
      } catch (error) {
        unreadable(k, error);
      }
    }
  }

  function take(k: number, value: unknown, row: unknown): void {
    const place = places[k]!;
    if (place < 0) takeCategory(k, value, row);
    else if (typeof value === 'number') values[place] = value;
    else {
      values[place] = Number.NaN;
      odd[place] = value;
    }
  }

  function takeCategory(k: number, value: unknown, row: unknown): void {
    const plan = plans[k]!;
    if (plan.kind !== 'categorical') return;
    const place = typeof value === 'string' ? plan.categories.get(value) : undefined;
    if (place !== undefined) ring.cells[plan.cell + place]!++;
    else countCategory(plan, plan.read === undefined ? ofProperty(row, plan.name, value) : value, ring);
  }

  /** Counts a value whose reader or getter threw: invalid. */
  function unreadable(k: number, error: unknown): void {
    readIn[k] = reading;
    const place = places[k]!;
    if (place < 0) countUnreadable(plans[k]!, ring, faults, error);
    else {
      values[place] = Number.POSITIVE_INFINITY;
      faults.count('feature_reader', error);
    }
  }

  return { read, goOn };
}
