// What was measured, as files: one a suite and OpenTelemetry line.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export const SAVED = new URL('../../../docs/benchmarks/', import.meta.url);
/** Machines whose GPU took part: beside the lines, as it is a machine of its own. */
const ACCELERATOR = 'accelerator';

/**
 * What one run of a suite left.
 *
 * @typedef {object} Saved
 * @property {string} suite
 * @property {number} line of OpenTelemetry: 2 or 3.
 * @property {string} node its version, as 'v20.20.2'.
 * @property {{ api: string, sdk: string }} opentelemetry
 * @property {{ cpu: string, cores: number, memoryGiB: number, platform: string, accelerator?: string }} machine
 * @property {string} commit
 * @property {string} date
 * @property {number} seconds that it took.
 * @property {number} rounds
 * @property {any} result of the suite's `run`.
 */

/**
 * @param {URL} [folder]
 * @returns {Record<string, Saved[]>} by suite: one a line, in order, then those with an accelerator.
 */
export function loadSaved(folder = SAVED) {
  const all = {};
  if (!existsSync(folder)) return all;
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => Number(a === ACCELERATOR) - Number(b === ACCELERATOR) || a.localeCompare(b));
  for (const name of folders) {
    const files = readdirSync(new URL(`${name}/`, folder)).filter(file => file.endsWith('.json'));
    for (const file of files.sort()) {
      const saved = JSON.parse(readFileSync(new URL(`${name}/${file}`, folder), 'utf8'));
      all[saved.suite] ??= [];
      all[saved.suite].push(saved);
    }
  }
  return all;
}

/** Whole or not at all: a file is written beside and then renamed. */
export function save(saved, folder = SAVED) {
  const name = saved.machine.accelerator === undefined ? `opentelemetry-${saved.line}` : ACCELERATOR;
  const file = new URL(`${name}/${saved.suite}.json`, folder);
  mkdirSync(new URL('./', file), { recursive: true });
  const part = new URL(`${saved.suite}.json.part`, file);
  writeFileSync(part, `${JSON.stringify(saved, null, 1)}\n`);
  renameSync(part, file);
  return file;
}
