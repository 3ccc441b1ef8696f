// node write-baselines.js FOLDER: the baselines that the services load, MODEL.baseline.json, as a training job would have left them.
import { join } from 'node:path';
import { saveBaseline } from '@driftspan/node';
import { learnBaseline } from '@driftspan/sketch';
import { MODELS } from './models.js';
import { describe, records } from './records.js';

const TRAINING_RECORDS = 20_000;

const [folder] = process.argv.slice(2);
const training = records('training', TRAINING_RECORDS);
for (const [name, open] of Object.entries(MODELS)) {
  const predict = await open();
  const rows = [];
  for (const input of training) {
    const { label, probability } = await predict(input);
    rows.push({ input, output: { label, confidence: probability } });
  }
  await saveBaseline(await learnBaseline(describe(name), rows), join(folder, `${name}.baseline.json`));
}
