// node benchmarks/detection/main.js [--page]: Driftspan on the streams, then docs/detection-quality.md from all figures.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { page } from './page.js';
import { SCENARIOS, STREAMS_VERSION } from './streams.js';

if (!process.argv.includes('--page')) await import('./ours/run.js');

const FIGURES = new URL('figures/', import.meta.url);
/** Ours first, then as a reader would look for them. */
const ORDER = ['driftspan', 'evidently', 'nannyml', 'alibi-detect', 'whylogs', 'river', 'scipy', 'psi'];
const figures = readdirSync(FIGURES)
  .map(file => JSON.parse(readFileSync(new URL(file, FIGURES), 'utf8')))
  .toSorted((a, b) => ORDER.indexOf(a.peer) - ORDER.indexOf(b.peer));
const outdated = figures.filter(({ streams }) => streams !== STREAMS_VERSION);
if (outdated.length > 0) {
  throw new Error(
    `figures of other streams than version ${STREAMS_VERSION}: ${outdated.map(({ peer }) => peer).join(', ')}`,
  );
}
writeFileSync(new URL('../../docs/detection-quality.md', import.meta.url), page(figures, SCENARIOS));
console.log('docs/detection-quality.md');
