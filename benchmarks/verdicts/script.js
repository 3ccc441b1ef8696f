// What the scripts of this folder share: their options, their progress, their table and their file of figures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * One run of the script `name`. `quick` makes it about a tenth as long, prints, and writes nothing unless told where:
 * figures that a page shows are those of full runs.
 *
 * @param {string} name of the script and of its figures
 * @param {string} about what `--help` prints
 */
export function script(name, about) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      seed: { type: 'string', default: '20130101' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(`node benchmarks/verdicts/${name}.js [options]

${about}

  --quick      a tenth of the draws; prints, and writes no figures without --out
  --out FILE   where the figures go (benchmarks/verdicts/figures/${name}.json)
  --seed N     of all draws (20130101): the same seed gives the same figures`);
    process.exit(0);
  }
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error(`--seed: met ${values.seed}, expected a whole number`);
  const started = performance.now();
  const file =
    values.out ?? (values.quick ? undefined : fileURLToPath(new URL(`figures/${name}.json`, import.meta.url)));
  let told = 0;
  return {
    quick: values.quick,
    seed,
    /** Tells how far it is, at most every five seconds. */
    progress(what) {
      const now = performance.now();
      if (now - told < 5000) return;
      told = now;
      process.stderr.write(`${name}: ${((now - started) / 1000).toFixed(0)} s, ${what}\n`);
    },
    /** Writes the figures: of what, with which seed and Node, then `rows`. */
    finish(figures) {
      process.stderr.write(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s in all\n`);
      if (file === undefined) return;
      mkdirSync(dirname(file), { recursive: true });
      const { quick } = values;
      writeFileSync(file, `${JSON.stringify({ name, seed, quick, node: process.version, ...figures }, null, 1)}\n`);
    },
  };
}

/** Prints a table, numbers to the right. */
export function printTable(title, head, rows) {
  const text = [head, ...rows].map(cells => cells.map(String));
  const widths = head.map((_, i) => Math.max(...text.map(cells => cells[i].length)));
  console.log(`\n${title}`);
  for (const cells of text) {
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
  }
}

/** Three digits that count: 0.0123, 1.23, 12.3, 123. */
export function shortly(x) {
  if (!Number.isFinite(x)) return String(x);
  if (x === 0) return '0';
  return Math.abs(x) >= 100 ? x.toFixed(0) : x.toPrecision(3);
}

/** `[low, high]` as text. */
export const shownInterval = ([low, high]) => `[${shortly(low)}, ${shortly(high)}]`;
