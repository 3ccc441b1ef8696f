import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportFlights, januaryFlights } from '../flights.js';
import { jsonLines } from '../orders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { withRealOutput } from './console-blocks.js';

const page = (name: string) => fileURLToPath(new URL(`../../../../docs/${name}`, import.meta.url));

describe('the pages', () => {
  const folder = temporaryFolder();

  beforeAll(async () => {
    // The minutes of the year that the file holds, as times.
    const columns = "* REPLACE (TIMESTAMP '2013-01-01' + to_minutes(scheduled) AS scheduled)";
    await exportFlights(folder.path('january.parquet'), 'month = 1', columns);
    await exportFlights(folder.path('july.parquet'), 'month = 7', columns);
    const flights = (await januaryFlights()).filter((_, i) => i % 90 === 0);
    // What a producer may get wrong: degrees Celsius, codes in lower case, a number in quotes, a column forgotten and one too many.
    const sent = flights.map(({ temp, carrier, distance, visib: _, ...flight }) => ({
      ...flight,
      temp: temp === null ? null : ((temp as number) - 32) / 1.8,
      carrier: String(carrier).toLowerCase(),
      distance: String(distance),
    }));
    await writeFile(folder.path('sample.jsonl'), jsonLines(sent));
  });

  it('show what the commands print (after a change: npx vitest run packages/driftspan/test/docs -u)', async () => {
    for (const name of ['command-line.md', 'how-to/baseline-from-a-file.md']) {
      const text = await readFile(page(name), 'utf8');
      await expect(await withRealOutput(text, folder.cwd)).toMatchFileSnapshot(page(name));
    }
  });
});
