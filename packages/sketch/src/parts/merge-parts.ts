import type { Baseline, FeatureBaseline, Provenance } from '../baseline/baseline.js';
import { checkedProvenance } from '../baseline/provenance.js';
import { SketchError, type SketchErrorCode, shown } from '../errors.js';
import { DEFAULT_CATEGORY_LIMIT } from '../feature/categorical.js';
import { type ColumnSpec, modelReadings } from '../feature/readings.js';
import { assembled, checkEnough } from '../learning/assemble.js';
import { isObject } from '../learning/training-row.js';
import { checkModel, type ModelSpec, OUTPUT_FEATURES } from '../model.js';
import { MAX_KLL_COUNT } from '../quantile/kll-capacity.js';
import type { Part, PartColumn } from './part.js';
import { partFromBytes } from './part-bytes.js';
import { PartDependence } from './part-dependence.js';
import { readWithin } from './read-within.js';

export interface MergePartsOptions {
  /** Kept in the file as it is given. */
  readonly provenance?: Provenance;
}

/**
 * The baseline of all rows that the learners of many processes have seen, from what their `toBytes` gave.
 *
 * Rows, missing and invalid values and categories (up to 100,000 distinct ones together) are those of one process that saw all rows,
 * in any order and grouping. While the sketches are exact, with up to 24,000 values together, so is everything else but the
 * dependence, bit for bit; after that a bin's bounds are off by the sketch's rank error, as in one long stream. Dependence is
 * that of the part with the longest span: `part-dependence.ts` says why, and when there is none.
 *
 * The parts may have fewer than 1,000 rows each, and be of other versions of the model. Bytes are untrusted. One part is read at
 * a time and none is kept, so that `parts` may be a generator that reads files. Cost: 1 ms a part and numeric feature.
 *
 * @throws SketchError `ERR_PART_BYTES` for bytes that are no part, are corrupt, or have sketches of another size than the parts before;
 * for a part of another model `ERR_BASELINE_MODEL`, `ERR_BASELINE_TRANSFORMS`, `ERR_BASELINE_FEATURE`;
 * `ERR_MODEL`, also for one with `joint` or a sensitive feature, `ERR_BASELINE_TOO_SMALL`, `ERR_BASELINE_PROVENANCE` as `learnBaseline`. What `parts` throws comes
 * through.
 */
export function mergeBaselineParts<Row>(
  model: ModelSpec<Row>,
  parts: Iterable<Uint8Array>,
  options: MergePartsOptions = {},
): Baseline {
  checkModel(model);
  checkMergeable(model);
  const provenance = options.provenance === undefined ? undefined : checkedProvenance(options.provenance);
  if (!isObject(parts) || !(Symbol.iterator in parts)) {
    throw new SketchError('ERR_PART_BYTES', 'parts', shown(parts), 'an iterable of Uint8Array');
  }
  const features = modelReadings(model).flatMap(({ columns }) => columns.map(spec => new MergedColumn(spec)));
  const outputs = [...OUTPUT_FEATURES].map(
    ([name, kind]) => new MergedColumn({ name, kind, limit: undefined, sensitive: false }),
  );
  const dependence = new PartDependence();
  let rows = 0;
  let index = 0;
  let k: number | undefined;
  for (const bytes of parts) {
    const where = `parts[${index++}]`;
    const part = readWithin(where, () => partFromBytes(bytes));
    bindPart(where, part, model, features);
    k = checkedSize(where, part, k);
    rows += part.rows;
    if (rows > MAX_KLL_COUNT) throw new SketchError('ERR_PART_BYTES', where, `${rows} rows with it`, 'at most 2^52');
    const columns = new Map([...part.features, ...part.outputs].map(column => [column.name, column]));
    for (const column of features) column.merge(columns.get(column.spec.name)!);
    for (const column of outputs) column.merge(columns.get(column.spec.name)!);
    dependence.add(part);
  }
  const present = outputs.filter(column => column.missing < rows);
  checkEnough(rows, features.length + present.length);
  const finished = (column: MergedColumn) => column.finish(dependence);
  return assembled(model, {
    rows,
    dependence: dependence.ladder,
    provenance,
    features: features.map(finished),
    outputs: present.map(finished),
    joint: undefined,
  });
}

/**
 * @throws SketchError `ERR_MODEL` for a model with `joint`: each process would choose other features to watch together; and for one with
 * a sensitive feature: a part has values and texts as they are.
 */
export function checkMergeable<Row>(model: ModelSpec<Row>): void {
  if (model.joint === true) {
    throw new SketchError('ERR_MODEL', 'model.joint', 'true', 'false: joint drift is learned in one process');
  }
  for (const [name, { sensitive }] of Object.entries(model.features ?? {})) {
    if (sensitive !== true) continue;
    const expected = 'none that is sensitive: parts have values as they are, so these are learned in one process';
    throw new SketchError('ERR_MODEL', `feature ${shown(name)}`, 'sensitive true', expected);
  }
}

/** A feature or output of all parts so far. */
class MergedColumn {
  readonly spec: ColumnSpec;
  #all: PartColumn | undefined;

  constructor(spec: ColumnSpec) {
    this.spec = spec;
  }

  /** The column is given up. It is of the same kind. */
  merge(column: PartColumn): void {
    const all = this.#all;
    if (all === undefined) this.#all = column;
    else if (all.kind === 'numeric' && column.kind === 'numeric') all.tally.merge(column.tally);
    else if (all.kind === 'categorical' && column.kind === 'categorical') all.tally.merge(column.tally);
  }

  get missing(): number {
    return this.#all?.tally.missing ?? 0;
  }

  /** To be called after at least one part. */
  finish(dependence: PartDependence): FeatureBaseline {
    const all = this.#all!;
    const { name, limit } = this.spec;
    if (all.kind === 'numeric') return all.tally.baseline(name, dependence.of(name));
    return all.tally.baseline(name, limit ?? DEFAULT_CATEGORY_LIMIT, dependence.of(name));
  }
}

function bindPart<Row>(where: string, part: Part, model: ModelSpec<Row>, features: readonly MergedColumn[]): void {
  const { name, transforms } = part.model;
  if (name !== model.name) throw mismatch('ERR_BASELINE_MODEL', `${where}.model.name`, name, model.name);
  if (transforms !== model.transforms) {
    throw mismatch('ERR_BASELINE_TRANSFORMS', `${where}.model.transforms`, transforms, model.transforms);
  }
  const learned = new Map(part.features.map(feature => [feature.name, feature.kind]));
  const declared = new Map(features.map(({ spec }) => [spec.name, spec.kind]));
  for (const feature of new Set([...declared.keys(), ...learned.keys()])) {
    const [met, expected] = [learned.get(feature), declared.get(feature)];
    if (met !== expected) {
      const at = `${where} feature ${shown(feature)}`;
      throw new SketchError('ERR_BASELINE_FEATURE', at, met ?? 'no such feature', expected ?? 'no such feature');
    }
  }
}

function mismatch(code: SketchErrorCode, where: string, met: string | undefined, expected: string | undefined) {
  return new SketchError(code, where, shown(met), shown(expected));
}

/** The one size of all sketches: others don't merge. */
function checkedSize(where: string, part: Part, known: number | undefined): number | undefined {
  let k = known;
  for (const column of [...part.features, ...part.outputs]) {
    if (column.kind !== 'numeric') continue;
    const { sketch } = column.tally;
    k ??= sketch.k;
    if (sketch.k !== k) {
      throw new SketchError('ERR_PART_BYTES', `${where} feature ${shown(column.name)}`, `k = ${sketch.k}`, String(k));
    }
  }
  return k;
}
