import { expect, it } from 'vitest';
import { declaredFeatures } from '../../src/inspect/measured-kinds.js';
import { everyKind, everyKindBaseline } from './baselines.js';

it('the parts of measured features are put together again, in order', async () => {
  const found = declaredFeatures(await everyKindBaseline()).map(({ name, kind, sensitive }) => [name, kind, sensitive]);
  const declared = Object.entries(everyKind.features!).map(([name, { kind, sensitive }]) => [
    name,
    kind,
    sensitive === true,
  ]);
  expect(found).toEqual(declared);
});

it('every feature of the baseline is a part of exactly one', async () => {
  const baseline = await everyKindBaseline();
  const parts = declaredFeatures(baseline).flatMap(feature => feature.parts);
  expect(parts.map(part => part.name).sort()).toEqual(baseline.features.map(feature => feature.name).sort());
});

it('parts that are not all there are numbers of their own', async () => {
  const baseline = await everyKindBaseline();
  const features = baseline.features.filter(({ name }) => name !== 'note.words');
  const found = declaredFeatures({ ...baseline, features }).filter(({ name }) => name.startsWith('note'));
  expect(found.map(({ name, kind }) => [name, kind])).toEqual([
    ['note.length', 'numeric'],
    ['note.punctuation', 'numeric'],
    ['note.digits', 'numeric'],
    ['note.nonAscii', 'numeric'],
    ['note.repeated', 'numeric'],
  ]);
});
