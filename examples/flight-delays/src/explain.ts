import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { explainPage } from './explain-page.js';
import { documentOf } from './facts.js';
import { printedLines } from './printed.js';
import { measureSeasons } from './seasons.js';
import { seasonsSection } from './seasons-page.js';
import { DEFAULT_WINDOW } from './window.js';
import { runYear } from './year.js';

/* From a run of the whole year and from January by itself: docs/flight-delays.md, and what the demo prints, in the README. */
const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const PAGE = path('../../docs/flight-delays.md');
const README = path('README.md');
const PRINTED = /(<!-- demo output -->\n)[\s\S]*(<!-- \/demo output -->)/;

const startMs = performance.now();
const year = await runYear({ months: Array.from({ length: 12 }, (_, i) => i + 1), window: DEFAULT_WINDOW });
const seconds = (performance.now() - startMs) / 1000;
if (year.collector !== undefined) {
  console.error(`The counts went to ${year.collector}; unset the endpoint to have them read here.`);
  process.exitCode = 1;
} else {
  const document = documentOf(year, true);
  writeFileSync(PAGE, explainPage(document, seasonsSection(await measureSeasons())));
  const printed = `\n\`\`\`text\n${printedLines(document, seconds).join('\n')}\n\`\`\`\n\n`;
  writeFileSync(
    README,
    readFileSync(README, 'utf8').replace(PRINTED, (_all, open, close) => `${open}${printed}${close}`),
  );
  console.log("docs/flight-delays.md and the README's demo output; node scripts/readme.js takes it to the front page");
}
