// The child process: what one export weighs of so many monitors of so many numbers, as one line of JSON.
import { KNOWN } from './memory.js';
import { grown } from './models.js';
import { makeMonitors } from './monitors.js';
import { weighExports } from './wire.js';

const [monitors, features] = process.argv[2].split('x').map(Number);
const model = await grown('numeric', features);
makeMonitors(model, monitors, Array.from({ length: 64 }, model.row), KNOWN).turn();
console.log(JSON.stringify(await weighExports()));
process.exit(0);
