import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { learnBaseline, stringifyBaseline } from '../../src/index.js';
import { modelOf, optionsOf, rowsOf } from './columns.js';
import { randomDataset } from './random-dataset.js';

/*
 * The files of the random datasets 0 to COUNT - 1, as FOLDER/SEED.json, for the Python tests to compare with theirs:
 * node --import tsx -C @driftspan/source learn-random.ts FOLDER COUNT
 */
const [folder, count] = process.argv.slice(2);
for (let seed = 0; seed < Number(count); seed++) {
  const dataset = randomDataset(seed);
  const baseline = await learnBaseline(modelOf(dataset), rowsOf(dataset), optionsOf(dataset));
  writeFileSync(join(folder!, `${seed}.json`), stringifyBaseline(baseline));
}
