import { checkedDependence, checkedLadder } from '../baseline/check-dependence.js';
import { allDifferent, countAt, type Fields, fieldsOf, listOf, numberAt, refuse, textAt } from '../baseline/fields.js';
import type { DependenceLadder } from '../dependence/dependence.js';
import { shown } from '../errors.js';
import { NumericTally } from '../learning/numeric-tally.js';
import { isName, MAX_FEATURES, NAME_RULE, OUTPUT_FEATURES } from '../model.js';
import { Moments } from '../moments.js';
import { MAX_KLL_COUNT } from '../quantile/kll-capacity.js';
import { KllSketch } from '../quantile/kll-sketch.js';
import { categoriesFromBytes } from './category-table.js';
import { PART_SCHEMA, type Part, type PartColumn, type PartModel, type PartOrder } from './part.js';
import { readWithin } from './read-within.js';

const FIELDS = ['schema', 'model', 'rows', 'order', 'dependence', 'features', 'outputs'];
const COLUMN_FIELDS = ['kind', 'name', 'bytes', 'missing', 'invalid', 'dependence'];
const NUMERIC_FIELDS = [...COLUMN_FIELDS, 'mean', 'squares'];
const CATEGORICAL_FIELDS = [...COLUMN_FIELDS, 'other'];
const ALL_FIELDS = [...new Set([...NUMERIC_FIELDS, ...CATEGORICAL_FIELDS])];
const ORDERS: readonly PartOrder[] = ['times', 'rows', 'none'];

/** What all columns of a part have to agree with. */
interface Whole {
  readonly rows: number;
  /** Block lengths of the ladder. */
  readonly steps: number;
}

/** A part out of its untrusted header and of the contents that follow it. */
export function checkedPart(header: unknown, contents: Uint8Array): Part {
  const fields = fieldsOf('header', header, FIELDS);
  if (fields['schema'] !== PART_SCHEMA) refuse('schema', shown(fields['schema']), shown(PART_SCHEMA));
  const model = checkedModel(fields['model']);
  const rows = countAt('rows', fields['rows']);
  if (rows > MAX_KLL_COUNT) refuse('rows', shown(rows), 'at most 2^52');
  const order =
    ORDERS.find(known => known === fields['order']) ?? refuse('order', shown(fields['order']), ORDERS.join(', '));
  const dependence = checkedDependences(fields['dependence'], rows, order);
  const whole = { rows, steps: dependence?.blockRows.length ?? 0 };
  const column = (where: string, value: unknown) => columnHeader(where, value, whole);
  const features = listOf('features', fields['features'], MAX_FEATURES, column);
  const outputs = listOf('outputs', fields['outputs'], OUTPUT_FEATURES.size, column);
  allDifferent(
    'features',
    features.map(({ name }) => name),
  );
  checkOutputs(outputs);
  const columns = withContents([...features, ...outputs], contents, rows);
  return {
    model,
    rows,
    order,
    dependence,
    features: columns.slice(0, features.length),
    outputs: columns.slice(features.length),
  };
}

function checkedModel(value: unknown): PartModel {
  const { name, version, transforms } = fieldsOf('model', value, ['name', 'version', 'transforms']);
  return {
    name: textAt('model.name', name, NAME_RULE, isName),
    version: textAt('model.version', version, NAME_RULE, isName),
    transforms: transforms === undefined ? undefined : textAt('model.transforms', transforms, NAME_RULE, isName),
  };
}

function checkedDependences(value: unknown, rows: number, order: PartOrder): DependenceLadder | undefined {
  if (value === undefined) return undefined;
  if (order === 'none') refuse('dependence', 'block lengths', 'none: the rows are in no order');
  return checkedLadder(value, rows);
}

function checkOutputs(outputs: readonly ColumnHeader[]): void {
  const expected = [...OUTPUT_FEATURES];
  if (outputs.length !== expected.length) refuse('outputs', `${outputs.length} items`, String(expected.length));
  for (const [i, [name, kind]] of expected.entries()) {
    const met = outputs[i]!;
    if (met.name !== name || met.kind !== kind) {
      refuse(`outputs[${i}]`, `${met.kind} ${shown(met.name)}`, `${kind} ${shown(name)}`);
    }
  }
}

/** A column of the header, checked by itself; `read` makes the whole of it from its contents. */
interface ColumnHeader {
  readonly kind: PartColumn['kind'];
  readonly name: string;
  readonly bytes: number;
  readonly where: string;
  readonly read: (contents: Uint8Array) => PartColumn;
}

function columnHeader(where: string, value: unknown, { steps }: Whole): ColumnHeader {
  const { kind } = fieldsOf(where, value, ALL_FIELDS);
  if (kind !== 'numeric' && kind !== 'categorical') {
    return refuse(`${where}.kind`, shown(kind), '"numeric" or "categorical"');
  }
  const fields = fieldsOf(where, value, kind === 'numeric' ? NUMERIC_FIELDS : CATEGORICAL_FIELDS);
  const name = textAt(`${where}.name`, fields['name'], NAME_RULE, isName);
  const bytes = countAt(`${where}.bytes`, fields['bytes']);
  const absent = {
    missing: countAt(`${where}.missing`, fields['missing']),
    invalid: countAt(`${where}.invalid`, fields['invalid']),
  };
  const dependence =
    fields['dependence'] === undefined
      ? undefined
      : checkedDependence(`${where}.dependence`, fields['dependence'], steps, kind === 'categorical');
  if (kind === 'categorical') {
    const counts = { ...absent, other: countAt(`${where}.other`, fields['other']) };
    const read = (contents: Uint8Array): PartColumn => ({
      kind,
      name,
      tally: readWithin(where, () => categoriesFromBytes(contents, counts)),
      dependence,
    });
    return { kind, name, bytes, where, read };
  }
  const read = (contents: Uint8Array): PartColumn => {
    const sketch = readWithin(`${where}.sketch`, () => KllSketch.fromBytes(contents));
    const moments = checkedMoments(where, fields, sketch);
    return { kind, name, tally: new NumericTally(sketch, moments, absent.missing, absent.invalid), dependence };
  };
  return { kind, name, bytes, where, read };
}

function checkedMoments(where: string, fields: Fields, sketch: KllSketch): Moments | undefined {
  if ((fields['mean'] === undefined) !== (fields['squares'] === undefined)) {
    refuse(where, 'only one of mean and squares', 'both or neither');
  }
  if (fields['mean'] === undefined) return undefined;
  if (sketch.isExact) refuse(`${where}.mean`, 'a mean', 'none: the sketch has every value');
  const { count, min, max } = sketch;
  const mean = numberAt(`${where}.mean`, fields['mean']);
  if (mean < min || mean > max) refuse(`${where}.mean`, 'another', 'a number from min to max');
  const squares = numberAt(`${where}.squares`, fields['squares']);
  // Values half at either end have a quarter of this.
  if (squares < 0 || squares > count * (max - min) ** 2) {
    refuse(`${where}.squares`, 'another', 'from 0 to count × (max - min)²');
  }
  return Moments.of({ count, mean, squares, min, max });
}

/** Hands each column its share of the contents, once the shares are known to fit. */
function withContents(columns: readonly ColumnHeader[], contents: Uint8Array, rows: number): PartColumn[] {
  const bytes = columns.reduce((sum, column) => sum + column.bytes, 0);
  if (bytes !== contents.length) refuse('bytes', `contents of ${contents.length} bytes`, String(bytes));
  let at = 0;
  return columns.map(({ where, bytes: length, read }) => {
    const column = read(contents.subarray(at, at + length));
    at += length;
    const counted = column.tally.rows;
    if (counted !== rows) refuse(where, `counts that add up to ${counted}`, `${rows}, the rows of the part`);
    return column;
  });
}
