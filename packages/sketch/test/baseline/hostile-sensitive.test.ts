import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { categoricalId, learnBaseline, numericId, parseBaseline, stringifyBaseline } from '../../src/index.js';
import { spoilable } from '../flights.js';
import { repeated } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { PATIENT_MODEL, patientRows } from '../sensitive/patients.js';

// biome-ignore lint/suspicious/noExplicitAny: tests put anything anywhere
type Spoilt = any;

const schemaUrl = new URL('../../schema/driftspan.baseline.v1.json', import.meta.url);
const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(schemaUrl, 'utf8')));

let text: string;
beforeAll(async () => {
  text = stringifyBaseline(await learnBaseline(PATIENT_MODEL, patientRows(2000)));
});
/** Of features 0 is a sensitive number, 1 a sensitive constant, 2 a sensitive category, the last but one an open category. */
const good = (): Spoilt => spoilable(parseBaseline(text));

/** Writes the ids that go with the present bounds and counts: whoever spoils a file can do that too. */
function withIds(baseline: Spoilt): void {
  for (const feature of baseline.features) {
    const { kind, cuts, categories, counts, other, missing, invalid } = feature;
    feature.id =
      kind === 'numeric'
        ? numericId(cuts, counts, missing, invalid)
        : categoricalId(categories, counts, other, missing, invalid);
  }
}

type Case = readonly [what: string, where: string, schema: boolean, spoil: (b: Spoilt) => unknown];
const CASES: readonly Case[] = [
  ['a min', 'features[0].min', true, b => (b.features[0].min = 0)],
  ['a max', 'features[0].max', true, b => (b.features[0].max = 987_654_321.25)],
  ['a mean', 'features[0].mean', true, b => (b.features[0].mean = 5)],
  ['an sd, though it is 0', 'features[1].sd', true, b => (b.features[1].sd = 0)],
  ['a max that is null', 'features[0].max', true, b => (b.features[0].max = null)],
  ['moments without a word of sensitive', 'features[0].min', true, b => delete b.features[0].sensitive],
  ['sensitive of false', 'features[0].sensitive', true, b => (b.features[0].sensitive = false)],
  ['sensitive of null', 'features[2].sensitive', true, b => (b.features[2].sensitive = null)],
  ['a category as it is', 'features[2].categories[1]', true, b => (b.features[2].categories[1] = 'influenza')],
  [
    'a hash of 31 digits',
    'features[2].categories[0]',
    true,
    b => (b.features[2].categories[0] = b.features[2].categories[0].slice(1)),
  ],
  ['a hash of 33 digits', 'features[2].categories[0]', true, b => (b.features[2].categories[0] += '0')],
  ['a hash in upper case', 'features[2].categories[0]', true, b => (b.features[2].categories[0] = 'A'.repeat(32))],
  ['a hash with a newline', 'features[2].categories[0]', true, b => (b.features[2].categories[0] += '\n')],
  ['a category that is a number', 'features[2].categories[0]', true, b => (b.features[2].categories[0] = 5)],
  ['no key id', 'sensitiveKeyId', true, b => delete b.sensitiveKeyId],
  ['a key id of 15 digits', 'sensitiveKeyId', true, b => (b.sensitiveKeyId = b.sensitiveKeyId.slice(1))],
  ['a key id that is a number', 'sensitiveKeyId', true, b => (b.sensitiveKeyId = 1_234_567_890_123_456)],
  ['a key', 'baseline', true, b => (b.sensitiveKey = 'the key of the clinic')],
  ['a key id and no category of it', 'sensitiveKeyId', true, b => b.features.splice(2, 1)],
  [
    'a bin of 9 values',
    'features[0].counts[3]',
    true,
    b => {
      b.features[0].counts[4] += b.features[0].counts[3] - 9;
      b.features[0].counts[3] = 9;
    },
  ],
  [
    'an outer bin of less than 1 % of the values',
    'features[0].counts[0]',
    false,
    b => {
      b.features[0].counts[1] += b.features[0].counts[0] - 19;
      b.features[0].counts[0] = 19;
    },
  ],
  [
    'bins about a constant',
    'features[1].counts[0]',
    true,
    b => {
      const labels = ['00 (-inf,30333.4]', '01 (30333.4,30333.6]', '02 (30333.6,inf)'];
      Object.assign(b.features[1], { cuts: [30_333.4, 30_333.6], labels, counts: [0, 2000, 0] });
    },
  ],
  [
    'a sensitive output',
    'outputs[0].sensitive',
    true,
    b => Object.assign(b.outputs[0], { ...b.features[2], name: 'prediction.label' }),
  ],
  [
    'a sensitive pair',
    'joint[0].sensitive',
    true,
    b =>
      (b.joint = [
        {
          ...b.features[0],
          name: 'joint.a',
          terms: [
            ['iron', 1, 0],
            ['zinc', 1, 0],
          ],
        },
      ]),
  ],
  [
    'a pair of a sensitive feature, whose mean would be its centre',
    'joint[0].terms[1][0]',
    false,
    b =>
      (b.joint = [
        {
          ...b.features.at(-1),
          name: 'joint.a',
          terms: [
            ['height', 1, 175],
            ['income', 1e-5, 35_000],
          ],
        },
      ]),
  ],
];

describe('a hostile baseline with sensitive features is refused with its place', () => {
  it.each(CASES)('%s: at %s', (_, where, schema, spoil) => {
    const spoilt = good();
    spoil(spoilt);
    withIds(spoilt);
    expect(refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(JSON.stringify(spoilt))).where).toBe(where);
    expect(validate(spoilt)).toBe(!schema);
  });

  it('unless it is not spoilt: parser and schema take what was learned', () => {
    const taken = good();
    withIds(taken);
    expect(parseBaseline(taken)).toEqual(parseBaseline(text));
    expect(validate(taken), JSON.stringify(validate.errors)).toBe(true);
  });

  it('and what stood in place of a hash is not told', () => {
    const spoilt = good();
    spoilt.features[2].categories[0] = 'influenza';
    const error = refusal('ERR_BASELINE_CORRUPT', () => parseBaseline(spoilt));
    expect(error.message).not.toContain('influenza');
  });

  it('and 1,025 hashes are too many', () => {
    const spoilt = good();
    spoilt.features[2].categories = repeated('0', 1025).map((_, i) => String(i).padStart(32, '0'));
    expect(refusal('ERR_BASELINE_TOO_LARGE', () => parseBaseline(spoilt)).where).toBe('features[2].categories');
  });
});
