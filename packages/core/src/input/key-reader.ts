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
/** Keys in a row that a row may lack before it is taken for one of another order. */
const MAX_GAP = 8;
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
  const order = new KeyOrder(new Map(plans.flatMap(({ name, read }, k) => (read === undefined ? [[name, k]] : []))));
  const most = KEYS_A_FEATURE * plans.length + KEYS_BESIDE;
  let walks = order.features.length > 0 && order.features.length <= MAX_WALKED;
  const areAllNamed = order.features.length === plans.length;
  /** Of each key of a row in order: the feature that it is, or -1, and where its number goes, or -1. */
  let { keys, features } = order;
  let targets = targetsOf(features);
  /** Positions of keys that the row under way did not have. */
  let gaps = new Int32Array(keys.length);
  let gapCount = 0;
  let isInOrder = true;
  /** Of each feature, the reading in which it was read last; kept where not all were come by in order. */
  const readIn = new Float64Array(plans.length);
  let reading = 0;

  function targetsOf(found: Int32Array): Int32Array {
    return found.map(k => (k < 0 ? -1 : places[k]!));
  }

  function read(row: unknown): void {
    let at = 0;
    gapCount = 0;
    if (walks && typeof row === 'object' && row !== null) {
      at = walk(row as Record<string, unknown>);
      if (at === keys.length && gapCount === 0 && areAllNamed) return;
    }
    reading++;
    for (let i = 0; i < at; i++) if (features[i]! >= 0) readIn[features[i]!] = reading;
    for (let i = 0; i < gapCount; i++) if (features[gaps[i]!]! >= 0) readIn[features[gaps[i]!]!] = 0;
    if (!isInOrder) walkOn(row as Record<string, unknown>);
    readFrom(0, plans.length, row);
  }

  function goOn(k: number, end: number, error: unknown, row: unknown): void {
    reading++;
    unreadable(k, error);
    readFrom(k + 1, end, row);
  }

  /** Reads as long as the keys are in the order that is expected; gives the position after the last that was. */
  function walk(row: Record<string, unknown>): number {
    isInOrder = true;
    let at = 0;
    let k = -1;
    try {
      for (const key in row) {
        if (at >= keys.length) break;
        if (key !== keys[at]) {
          let next = at + 1;
          while (next < keys.length && next < at + MAX_GAP && keys[next] !== key) next++;
          if (keys[next] !== key) {
            isInOrder = false;
            return at;
          }
          while (at < next) gaps[gapCount++] = at++;
        }
        const target = targets[at]!;
        k = features[at]!;
        at = (at + 1) | 0;
        if (k < 0) continue;
        const value = row[key];
        if (target >= 0 && typeof value === 'number') values[target] = value;
        else takeOther(k, value, row);
        k = -1;
      }
    } catch (error) {
      // A getter's; or of a trap of a Proxy, between two keys.
      if (k >= 0) unreadable(k, error);
    }
    return at;
  }

  /** Reads what is left by the row's own keys, in whatever order. */
  function walkOn(row: Record<string, unknown>): void {
    let unexpected = 0;
    let k = -1;
    try {
      for (const key in row) {
        k = order.featureOf(key);
        if (k < 0 && ++unexpected > most) break;
        if (k < 0 || readIn[k] === reading) continue;
        readIn[k] = reading;
        take(k, row[key], row);
      }
    } catch (error) {
      if (k >= 0) unreadable(k, error);
      return;
    }
    if (unexpected > most) walks = false;
    else if (order.learn(row)) {
      ({ keys, features } = order);
      targets = targetsOf(features);
      gaps = new Int32Array(keys.length);
    }
  }

  /** Reads what was not come by. */
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
    if (places[k]! >= 0 && typeof value === 'number') values[places[k]!] = value;
    else takeOther(k, value, row);
  }

  /** A category, or what is no number. */
  function takeOther(k: number, value: unknown, row: unknown): void {
    const plan = plans[k]!;
    if (plan.kind === 'numeric') {
      values[places[k]!] = Number.NaN;
      odd[places[k]!] = value;
      return;
    }
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
