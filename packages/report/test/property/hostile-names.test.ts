import type { Comparison } from '@driftspan/sketch';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { explainReport, renderReport } from '../../src/index.js';
import { HOSTILE } from '../hostile.js';
import { scenario } from '../scenarios.js';
import { tagsOf } from '../tags.js';

let honest: Comparison;
let shape: readonly string[];

beforeAll(async () => {
  honest = await scenario({ shift: 1, category: 'voucher', missing: 0.1 });
  shape = tagsOf(renderReport(renamed('plain'), { title: 'plain' })).map(({ name }) => name);
});

/** The same report with another name of the model, its source, a feature, a category and an unseen one. */
function renamed(name: string): Comparison {
  return {
    ...honest,
    model: { name, version: name, transforms: name },
    current: { ...honest.current, source: name },
    baseline: { ...honest.baseline, source: name, createdAt: name },
    drift: { ...honest.drift, dependence: { ...honest.drift.dependence, words: name } },
    features: honest.features.map(feature => {
      if (feature.name !== 'c' || feature.baseline.kind !== 'categorical') return feature;
      const categories = [name, ...feature.baseline.categories.slice(1)];
      return { ...feature, name, unseen: [[name, 596]], baseline: { ...feature.baseline, name, categories } };
    }),
  };
}

const names = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 256 }),
  fc
    .array(fc.constantFrom('<', '>', '"', "'", '&', '`', '/', '=', '-', '!', ' ', 'b', '\u202e', '\ud800', '\u0000'), {
      maxLength: 40,
    })
    .map(parts => parts.join('')),
);

describe('a page of hostile names', () => {
  it('has the very elements of an honest one, and no attribute of theirs', () => {
    fc.assert(
      fc.property(names, name => {
        const tags = tagsOf(renderReport(renamed(name), { title: name }));
        expect(tags.map(tag => tag.name)).toEqual(shape);
        expect(
          tags.flatMap(({ attributes }) => attributes).filter(attribute => /^on|^src$|^action$/.test(attribute)),
        ).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('holds no control character, and is well-formed', () => {
    fc.assert(
      fc.property(names, name => {
        const page = renderReport(renamed(name)).replaceAll('\n', '');
        expect(page).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 150 },
    );
  });

  it('and their sentences stand in one line', () => {
    fc.assert(
      fc.property(names, name => {
        expect(explainReport(renamed(name))).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});
