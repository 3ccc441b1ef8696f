// Runs a child that never ends.
import { runChild } from '../../src/harness/children.js';

await runChild(process.execPath, process.argv.slice(2));
