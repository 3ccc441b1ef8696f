import type { Baseline } from '@driftspan/sketch';
import type { DataSource, ModelIdentity, ReadPlan } from '../data/index.js';
import { CliError } from '../errors.js';
import type { Io } from '../terminal/io.js';
import { plural } from '../terminal/words.js';
import { sensitiveKey } from './sensitive-key.js';

/** The model that a baseline was made for, as far as its file tells. */
export function identityOf(baseline: Baseline, { env }: Io): ModelIdentity {
  const { name, version, transforms } = baseline.model;
  const key = sensitiveKey(baseline.sensitiveKeyId !== undefined, env);
  return {
    name,
    version,
    ...(transforms === undefined ? undefined : { transforms }),
    ...(baseline.joint === undefined ? undefined : { joint: true }),
    ...(key === undefined ? undefined : { sensitiveKey: key }),
  };
}

/**
 * Data without a single column of the model is other data, or was read wrongly: that is no drift.
 *
 * @throws CliError `ERR_DATA_COLUMN`.
 */
export function checkColumns({ features }: ReadPlan, { columns, description, format }: DataSource): void {
  if (features.length === 0 || features.some(({ column }) => column !== undefined)) return;
  const names = (all: readonly { readonly name: string }[]) =>
    `${all
      .slice(0, 5)
      .map(({ name }) => JSON.stringify(name))
      .join(', ')}${all.length > 5 ? ', …' : ''}`;
  const met = `${plural(columns.length, 'column')}: ${names(columns)}`;
  const few = format === 'csv' && columns.length < 3;
  throw new CliError('ERR_DATA_COLUMN', description, met, `columns of the model: ${names(features)}`, {
    ...(few ? { hint: 'if cells are separated by another character, name it: --delimiter' } : {}),
  });
}
