import { InvalidArgumentError } from 'commander';
import type { ColumnKind } from '../data/kinds.js';

/** A kind that a column is given by hand. */
export interface ChosenFeature {
  readonly kind: ColumnKind;
  readonly limit?: number;
}

export type ChosenFeatures = ReadonlyMap<string, ChosenFeature>;

const KINDS: readonly ColumnKind[] = ['numeric', 'categorical', 'text', 'datetime', 'embedding'];
const MOST_CATEGORIES = 1024;

/** `amount:numeric`, `carrier:categorical:128`, once a feature; the name may hold colons itself. */
export function chosenFeature(text: string, before: ChosenFeatures = new Map()): ChosenFeatures {
  const match = /^(.+?):([a-z]+)(?::(\d+))?$/s.exec(text);
  const kind = KINDS.find(known => known === match?.[2]);
  if (match === null || kind === undefined) {
    throw new InvalidArgumentError(`Expected <column>:<kind>, the kind one of ${KINDS.join(', ')}.`);
  }
  const [, name, , limitText] = match as unknown as [string, string, string, string | undefined];
  const limit = limitText === undefined ? undefined : Number(limitText);
  if (limit !== undefined && (kind !== 'categorical' || limit < 1 || limit > MOST_CATEGORIES)) {
    throw new InvalidArgumentError(`A limit is that of categories: <column>:categorical:<1 to ${MOST_CATEGORIES}>.`);
  }
  return new Map([...before, [name, { kind, ...(limit === undefined ? undefined : { limit }) }]]);
}
