import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Figures } from '../src/outages/figures.js';
import { outagesPage } from '../src/outages/page.js';

const read = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

test("the outages' page shows the figures that were measured", async () => {
  const figures = JSON.parse(await read('outages.json')) as Figures;
  expect(await read('outages.md')).toBe(outagesPage(figures));
});
