// node benchmarks/detection/write-streams.js <dir> [--only NAME]...: the streams as files for another language. README.md has the layout.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRun, SCENARIOS, STREAMS_VERSION } from './streams.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true, default: [] }, help: { type: 'boolean', default: false } },
});
const [directory] = positionals;
if (values.help || directory === undefined) {
  console.log(`node benchmarks/detection/write-streams.js <dir> [--only NAME]...

Writes every scenario's runs to <dir> (about 0.9 GB, half a minute) and a manifest.json that describes them.

  --only NAME   only this scenario; may be given more than once`);
  process.exit(values.help ? 0 : 1);
}
const unknown = values.only.filter(name => !SCENARIOS.some(scenario => scenario.name === name));
if (unknown.length > 0) throw new Error(`--only: met ${unknown.join(', ')}, expected names of scenarios`);
if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1)
  throw new Error('met a big-endian machine, expected a little-endian one');

mkdirSync(directory, { recursive: true });
const scenarios = [];
for (const { name, title, columns, baselineRows, rows, changeAt, runs, windows } of SCENARIOS) {
  if (values.only.length > 0 && !values.only.includes(name)) continue;
  const text = columns.some(({ kind }) => kind === 'text');
  const file = `${name}.${text ? 'jsonl' : 'f64'}`;
  const descriptor = openSync(join(directory, file), 'w');
  for (let run = 0; run < runs; run++) {
    const { baseline, stream } = await readRun(name, run);
    for (let c = 0; c < columns.length; c++)
      for (const part of [baseline[c], stream[c]])
        if (text) writeSync(descriptor, part.map(line => `${JSON.stringify(line)}\n`).join(''));
        else writeSync(descriptor, new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  closeSync(descriptor);
  scenarios.push({ name, title, file, columns, baselineRows, rows, changeAt, runs, windows });
  process.stderr.write(`${name}: ${runs} runs\n`);
}
writeFileSync(
  join(directory, 'manifest.json'),
  `${JSON.stringify({ version: STREAMS_VERSION, scenarios }, null, 1)}\n`,
);
