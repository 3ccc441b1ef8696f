// Puts the demo's real output (from the example's README, which its test compares with the program) and the cost
// section (from docs/benchmarks/) into README.md. `--check` only says whether they are there.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSaved } from '../benchmarks/src/harness/saved.js';
import { costSection } from '../benchmarks/src/page.js';
import { loadSuites } from '../benchmarks/src/suites.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = path => readFileSync(`${root}/${path}`, 'utf8');

const section = name => new RegExp(`(<!-- ${name} -->\n)([\\s\\S]*?)(<!-- /${name} -->)`);

function sectionOf(text, name) {
  const found = section(name).exec(text);
  if (found === null) throw new Error(`met no <!-- ${name} -->, expected one`);
  return found[2];
}

/** The README with both sections as they are to be. */
function filled(readme) {
  const demo = sectionOf(read('examples/flight-delays/README.md'), 'demo output').trim();
  const cost = costSection(modules, loadSaved());
  const put = (text, name, body) =>
    text.replace(section(name), (_all, open, _body, close) => `${open}\n${body}\n\n${close}`);
  return put(put(readme, 'demo output', demo), 'cost', cost);
}

const modules = await loadSuites();
const readme = read('README.md');
const wanted = filled(readme);
if (!process.argv.includes('--check')) writeFileSync(`${root}/README.md`, wanted);
else if (readme !== wanted) {
  console.error('README.md: its demo output or cost section is not what was measured; run node scripts/readme.js');
  process.exit(1);
}
