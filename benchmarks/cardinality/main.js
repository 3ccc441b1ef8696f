// npm run cardinality [-- --page]: counts and weighs what one model exports, writes docs/cardinality.json and docs/cardinality.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { commit, machine, versionOf } from '../src/harness/where.js';
import { countSeries, watching } from './count-series.js';
import { bytesOfExports, longestSliceMs, scrape } from './measure-exports.js';
import { EXPORTS, MODELS, SEEN } from './models.js';
import { page } from './page.js';
import { seriesOf, shapeOf, totalOf } from './series-formula.js';

const { values } = parseArgs({
  options: { help: { type: 'boolean', default: false }, page: { type: 'boolean', default: false } },
});
if (values.help) {
  console.log(`npm run cardinality [-- options]

Counts the series of one model and weighs its exports, for models of 1 to 1,000 features and every export option, and
writes docs/cardinality.md. Two minutes.

  --page   only write the page again from docs/cardinality.json`);
  process.exit(0);
}

const docs = new URL('../../docs/', import.meta.url);
const figuresFile = new URL('cardinality.json', docs);
const round = (x, digits) => Number(x.toFixed(digits));

async function measure(setup, exported) {
  const shape = shapeOf(setup.baseline);
  return watching(setup, exported, async () => {
    const counted = totalOf(await countSeries());
    const scraped = await scrape();
    const formula = totalOf(seriesOf(shape, exported, SEEN));
    if (counted.series !== scraped.series || counted.series !== formula.series || counted.points !== formula.points) {
      throw new Error(`${JSON.stringify({ exported, counted, scraped, formula })}: they should agree`);
    }
    const bytes = { ...(await bytesOfExports()), prometheus: scraped.bytes };
    return { ...exported, ...counted, bytes, sliceMs: round(await longestSliceMs(), 1) };
  });
}

if (!values.page) {
  const models = {};
  for (const [name, { make }] of Object.entries(MODELS)) {
    const setup = await make();
    const rows = [];
    for (const exported of EXPORTS) {
      process.stderr.write(`${name} ${JSON.stringify(exported)}\n`);
      rows.push(await measure(setup, exported));
    }
    models[name] = rows;
  }
  const figures = {
    node: process.version,
    opentelemetry: {
      sdk: versionOf('@opentelemetry/sdk-metrics'),
      exporters: versionOf('@opentelemetry/exporter-prometheus'),
    },
    machine: machine(),
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
    models,
  };
  writeFileSync(figuresFile, `${JSON.stringify(figures, null, 1)}\n`);
}
const text = page(JSON.parse(readFileSync(figuresFile, 'utf8')));
writeFileSync(new URL('cardinality.md', docs), text);
console.log(text);
