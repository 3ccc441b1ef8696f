import { beforeAll, expect, it } from 'vitest';
import { type Baseline, parseBaseline, stringifyBaseline } from '../../src/index.js';
import { flightBaseline, spoilable } from '../flights.js';

let baseline: Baseline;
beforeAll(async () => {
  baseline = await flightBaseline();
});

it('the file has one line a feature and ends with a newline', () => {
  const lines = stringifyBaseline(baseline).split('\n');
  expect(lines[0]).toBe('{');
  expect(lines[1]).toBe('  "schema": "driftspan.baseline/v1",');
  expect(lines.at(-1)).toBe('');
  for (const { kind, name } of [...baseline.features, ...baseline.outputs]) {
    const start = `    {"kind":"${kind}","name":${JSON.stringify(name)},"id":`;
    expect(lines.filter(line => line.startsWith(start))).toHaveLength(1);
  }
  expect(lines).toHaveLength(6 + baseline.features.length + baseline.outputs.length + 5);
});

it('a file read back equals the baseline, and is written again byte for byte', () => {
  const text = stringifyBaseline(baseline);
  expect(parseBaseline(text)).toEqual(baseline);
  expect(stringifyBaseline(parseBaseline(text))).toBe(text);
});

it('the order of fields does not change the file', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, field]) => [key, reversed(field)]),
    );
  };
  const text = JSON.stringify(reversed(baseline));
  expect(text.startsWith('{"outputs"')).toBe(true);
  expect(stringifyBaseline(parseBaseline(text))).toBe(stringifyBaseline(baseline));
});

it('an object is taken as well as its text', () => {
  expect(parseBaseline(spoilable(baseline))).toEqual(baseline);
  expect(parseBaseline(baseline)).toEqual(baseline);
});

it('what is parsed is frozen all the way down', () => {
  const parsed = parseBaseline(stringifyBaseline(baseline));
  const feature = parsed.features[0];
  const parts: unknown[] = [
    parsed,
    parsed.model,
    parsed.provenance,
    parsed.features,
    parsed.outputs,
    feature,
    feature?.counts,
  ];
  if (feature?.kind === 'numeric') parts.push(feature.cuts, feature.labels);
  expect(parts.filter(part => part === undefined || !Object.isFrozen(part))).toEqual([]);
  expect(parts).toHaveLength(9);
});

it('a baseline without provenance, and with empty lists, is written and read', () => {
  const { provenance: _, ...rest } = baseline;
  for (const other of [rest, { ...rest, features: [] }, { ...rest, outputs: [] }]) {
    expect(parseBaseline(stringifyBaseline(other))).toEqual(other);
  }
});

it('-0 in a document is read as 0', () => {
  const document = spoilable(baseline);
  const empty = document.features[4];
  Object.assign(empty, { min: -0, max: -0, mean: -0, sd: -0 });
  expect(parseBaseline(document)).toEqual(baseline);
});
