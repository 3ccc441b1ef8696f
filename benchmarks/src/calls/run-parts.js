// A child: node run-parts.js rows|rows-loop|ids. Medians of the blocks of each side, ns a row or a call.
import { context } from '@opentelemetry/api';
import { inTurns } from '../harness/blocks.js';
import { median } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { idSides, rowSides } from './parts.js';
import { rows } from './rows.js';

const PARTS = {
  rows: { sides: () => rowSides(true), calls: 4, each: rows.length },
  'rows-loop': { sides: () => rowSides(false), calls: 2, each: rows.length },
  ids: { sides: idSides, calls: 2000, each: 1 },
};
const BLOCKS = 150;

startTracing();
const { sides, calls, each } = PARTS[process.argv[2]];
const made = await sides();
const figures = await besideYardstick(async () => {
  const times = await context.with(parent(false), () => inTurns(made, { calls, blocks: BLOCKS }));
  return Object.fromEntries(Object.entries(times).map(([side, ns]) => [side, median(ns) / each]));
});
console.log(JSON.stringify(figures));
process.exit(0);
