import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeBaselineParts } from '../../src/index.js';
import { headerOf, withHeader } from '../parts/part-files.js';
import { GOLDEN_PART_MODEL, GOLDEN_PARTS } from './part-streams.js';

// A new version of the layout gets files of its own; these stay, and stay readable.
const file = (name: string) => new Uint8Array(readFileSync(new URL(`part.v1.${name}.bin`, import.meta.url)));

/** How dependence is estimated may become better; how it is written down may not change. */
function withoutDependence(part: Uint8Array): Uint8Array {
  const { dependence: _, features, outputs, ...header } = headerOf(part);
  const bare = (columns: { dependence?: unknown }[]) => columns.map(({ dependence: _, ...column }) => column);
  return withHeader(part, { ...header, features: bare(features), outputs: bare(outputs) });
}

describe.each(Object.entries(GOLDEN_PARTS))('the version 1 file "%s"', (name, make) => {
  it('is what the same rows still give, but for the numbers of the dependence', () => {
    expect(withoutDependence(make())).toEqual(withoutDependence(file(name)));
    expect(Object.keys(headerOf(make()))).toEqual(Object.keys(headerOf(file(name))));
  });
});

describe('the version 1 files give these', () => {
  const merged = (names: readonly string[]) => mergeBaselineParts(GOLDEN_PART_MODEL, names.map(file));

  it('where every value is kept, five times the same part', () => {
    const baseline = merged(['exact', 'exact', 'exact', 'exact', 'exact']);
    expect(baseline.dependence?.blockMs).toEqual([5_400_000, 10_800_000, 21_600_000]);
    expect(told(baseline)).toMatchInlineSnapshot(`
      [
        1000,
        "18b413f368fc8688 walk λ 8.148 17.32 39.38",
        "92f4e43be608ed80 level λ 12.15 28.22 65.38",
        "8f28abfe760ce139 extreme independent",
        "18c60439998c1f30 awkward
      "carrier" independent",
        "9bb219a8e5ab153c first independent",
        "300e1527e5419b6d second λ 1 1 1",
        "a26f087f238431c8 prediction.label λ 5.5 10.42 25.58",
        "91cf0f2165215406 prediction.confidence independent",
      ]
    `);
  });

  it('where values were lost', () => {
    const baseline = merged(['compacted', 'empty', 'streamed']);
    expect(baseline.dependence).toEqual({
      blockRows: [9, 18, 36, 72, 144, 288],
      blockMs: [5_400_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000],
      spanMs: 1_499_400_000,
    });
    expect(told(baseline)).toMatchInlineSnapshot(`
      [
        4000,
        "0cf80f6a19b7192f walk λ 6.843 10.93 14.46 17.5 22.03 26.99",
        "fc53c6fc04fb5495 level λ 9.317 18.69 36.79 66.96 107.8 1.859",
        "0057efd9bc9c9bbd extreme independent",
        "ec20f1bb63354333 awkward
      "carrier" λ 2.052 1 1 1 1 1",
        "82d45334126aed2b first independent",
        "51f705eac471ffca second λ 1 1 1 1 1 1",
        "322730f4f0ec435a prediction.label λ 4.876 6.865 8.967 10.99 12.05 8.073",
        "8844343e7bf8204f prediction.confidence independent",
      ]
    `);
  });

  function told({ rows, features, outputs }: ReturnType<typeof merged>) {
    const columns = [...features, ...outputs].map(({ name, id, dependence }) =>
      [id, name, dependence === undefined ? 'independent' : `λ ${dependence.lambda.join(' ')}`].join(' '),
    );
    return [rows, ...columns];
  }
});
