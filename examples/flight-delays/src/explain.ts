import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { explainPage } from './explain-page.js';
import { documentOf } from './facts.js';
import { runYear } from './year.js';

/* Writes docs/flight-delays.md from a run of the whole year. */
const year = await runYear({ months: Array.from({ length: 12 }, (_, i) => i + 1) });
if (year.collector !== undefined) {
  console.error(`The counts went to ${year.collector}; unset the endpoint to have them judged here.`);
  process.exitCode = 1;
} else {
  writeFileSync(
    fileURLToPath(new URL('../../../docs/flight-delays.md', import.meta.url)),
    explainPage(documentOf(year, true)),
  );
  console.log('docs/flight-delays.md');
}
