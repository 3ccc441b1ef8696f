import {
  categoryOf,
  type Feature,
  featureReader,
  type Measures,
  type ModelSpec,
  measureValue,
  modelReadings,
  numericValue,
} from '@driftspan/sketch';
import { settled } from '../promises.js';
import { NO_ROW, ofProperty } from '../reading.js';
import { shapeOf } from '../shape.js';
import { placeOfCategory, searchBin } from '../window/count-value.js';
import type { CategoricalPlan, FeaturePlan, NumericPlan } from '../window/plan.js';

/** What a record holds of an input: no sensitive feature, nothing that is not declared, no pixels and no vectors. */
export interface RowValues {
  /** By the name of a feature, or `<feature>.<part>`. */
  readonly input: Record<string, unknown>;
  readonly missing: string[];
  /** `name: type`. */
  readonly invalid: string[];
}

/** One declared feature and where its columns are counted. */
interface Declared {
  readonly name: string;
  readonly feature: Feature<never>;
  readonly read: (row: never) => unknown;
  /** Undefined of a number or category. */
  readonly measures: Measures<never> | undefined;
  readonly plans: readonly FeaturePlan[];
}

/** Reads a row once more, as counting does: for a record, or for an example. Rare, and never on the way of most calls. */
export class RowReader {
  readonly #declared: readonly Declared[];
  readonly #cuts: Float64Array;
  /** Names of columns: a shape or a text of the same name gives way. */
  readonly #columns: ReadonlySet<string>;

  /** @param inputs the plans of the model's columns, in order of declaration. */
  constructor(model: ModelSpec<never>, inputs: readonly FeaturePlan[], cuts: Float64Array) {
    let next = 0;
    this.#declared = modelReadings(model).map(({ name, feature, measures, columns }) => {
      const plans = inputs.slice(next, next + columns.length);
      next += columns.length;
      return { name, feature, read: featureReader(name, feature), measures, plans };
    });
    this.#cuts = cuts;
    this.#columns = new Set(inputs.map(({ name }) => name));
  }

  /**
   * The declared values of a row. Numbers as they count (booleans as 0 and 1, a bigint beyond 2⁵³ as its text), categories by
   * their text; of a text the text and its parts, of a time the parts and the ISO text; of an image, an embedding or a tensor its
   * parts, shape and type; of `columns` the numbers. A value of several rows has shape and type alone. Never throws.
   */
  values(row: unknown): RowValues {
    const values: RowValues = { input: {}, missing: [], invalid: [] };
    for (const declared of this.#declared) {
      if (declared.feature.sensitive === true || declared.feature.recorded === false) continue;
      try {
        const value = read(declared, row);
        if (declared.measures === undefined) addValue(values, declared, value);
        else this.#addMeasured(values, declared, declared.measures, value, row);
      } catch {
        values.invalid.push(`${declared.name}: threw`);
      }
    }
    return values;
  }

  /**
   * Adds the cells, relative to the first of a slot, in which counting this row counts one: of each column that has a baseline
   * its bin, missing or invalid. None of a value that holds no row, or several. Never throws.
   */
  cells(row: unknown, into: number[]): number[] {
    for (const declared of this.#declared) {
      if (declared.plans.every(plan => plan.baseline === undefined)) continue;
      try {
        const value = read(declared, row);
        if (declared.measures !== undefined) this.#addMeasuredCells(declared, declared.measures, value, row, into);
        else for (const plan of declared.plans) into.push(plan.cell + this.#place(plan, value));
      } catch {
        for (const plan of declared.plans) if (plan.baseline !== undefined) into.push(plan.cell + plan.valued + 1);
      }
    }
    return into;
  }

  #addMeasured(values: RowValues, declared: Declared, measures: Measures<never>, value: unknown, row: unknown): void {
    const { name, feature, plans } = declared;
    if (value === null || value === undefined) {
      values.missing.push(name);
      return;
    }
    const measured = measuredOf(measures, value, row);
    if (measured === 'wrong type') {
      values.invalid.push(`${name}: ${typeName(value)}`);
      return;
    }
    const isOneRow = typeof measured === 'object';
    if (isOneRow) {
      if (measured.every(Number.isNaN)) values.missing.push(name);
      else
        measured.forEach((x, k) => {
          addNumber(values, plans[k]!.name, x);
        });
    }
    if (feature.kind === 'text') this.#addBeside(values, name, value);
    else if (feature.kind === 'dateTime') this.#addBeside(values, name, isoText(value));
    else if (feature.kind !== 'columns' || !isOneRow) {
      const shape = shapeOf(value);
      this.#addBeside(values, `${name}.shape`, shape?.shape);
      this.#addBeside(values, `${name}.type`, shape?.type);
    }
  }

  #addBeside({ input }: RowValues, name: string, value: unknown): void {
    if (value !== undefined && !this.#columns.has(name)) input[name] = value;
  }

  #addMeasuredCells(
    { plans }: Declared,
    measures: Measures<never>,
    value: unknown,
    row: unknown,
    into: number[],
  ): void {
    const measured = measuredOf(measures, value, row);
    if (measured === 'several rows' || measured === 'no row') return;
    plans.forEach((plan, k) => {
      if (plan.baseline === undefined) return;
      const x = measured === 'wrong type' ? Number.POSITIVE_INFINITY : measured[k]!;
      into.push(plan.cell + this.#placeOfNumber(plan as NumericPlan, x));
    });
  }

  /** Among the cells of its feature. */
  #place(plan: FeaturePlan, value: unknown): number {
    if (plan.kind === 'numeric') return this.#placeOfNumber(plan, numericValue(value));
    return placeOfValue(plan, categoryOf(value));
  }

  #placeOfNumber(plan: NumericPlan, x: number): number {
    if (Number.isNaN(x)) return plan.valued;
    return Number.isFinite(x) ? searchBin(x, this.#cuts, plan.table, plan.top) : plan.valued + 1;
  }
}

function placeOfValue(plan: CategoricalPlan, category: string | null | undefined): number {
  if (category === undefined) return plan.valued;
  return category === null ? plan.valued + 1 : placeOfCategory(plan, category);
}

function read({ name, feature, read }: Declared, row: unknown): unknown {
  const value = read(row as never);
  return feature.read === undefined ? ofProperty(row ?? NO_ROW, name, value) : settled(value);
}

function addValue(values: RowValues, { name, feature }: Declared, value: unknown): void {
  if (feature.kind === 'numeric') {
    const x = numericValue(value);
    if (Number.isFinite(x))
      values.input[name] = typeof value === 'bigint' && !Number.isSafeInteger(x) ? String(value) : x;
    else if (Number.isNaN(x)) values.missing.push(name);
    else values.invalid.push(`${name}: ${typeName(value)}`);
    return;
  }
  const category = categoryOf(value);
  if (category === undefined) values.missing.push(name);
  else if (category === null) values.invalid.push(`${name}: ${typeName(value)}`);
  else values.input[name] = category;
}

/** Of a part: NaN is missing, Infinity invalid. */
function addNumber(values: RowValues, name: string, x: number): void {
  if (Number.isFinite(x)) values.input[name] = x;
  else if (Number.isNaN(x)) values.missing.push(name);
  else values.invalid.push(`${name}: Infinity`);
}

/** What stops measuring at the second row: there may be a million of them. */
const SECOND_ROW = new Error('a second row');

/** The parts of a value that holds one row. The scratch is made anew: a reader may call the model, and so come back here. */
function measuredOf(
  measures: Measures<never>,
  value: unknown,
  row: unknown,
): Float64Array | 'no row' | 'several rows' | 'wrong type' {
  const out = new Float64Array(measures.parts.length);
  let measured: Float64Array | undefined;
  try {
    const isMeasured = measureValue(measures, value, row as never, out, () => {
      if (measured !== undefined) throw SECOND_ROW;
      measured = out.slice();
    });
    if (!isMeasured) return 'wrong type';
  } catch (error) {
    if (error === SECOND_ROW) return 'several rows';
    throw error;
  }
  return measured ?? 'no row';
}

/** Of a value that is a time: a text of ISO 8601 is told as it is. */
function isoText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const ms = typeof value === 'number' ? Math.trunc(value) : Date.prototype.getTime.call(value);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** What an invalid value is, without saying which one. */
function typeName(value: unknown): string {
  return typeof value === 'number' && !Number.isFinite(value) ? 'Infinity' : typeof value;
}
