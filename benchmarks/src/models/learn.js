// The child process: writes the baseline of one model. `node learn.js MODEL FILE`
import { writeFileSync } from 'node:fs';
import { learnBaseline } from './sessions.js';

const [name, file] = process.argv.slice(2);
const baseline = await learnBaseline(name);
writeFileSync(file, JSON.stringify(baseline));
console.log(JSON.stringify({ features: baseline.features.length }));
process.exit(0);
