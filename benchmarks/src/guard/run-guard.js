// A child: node run-guard.js <measure> <setup>. One line of JSON last.
import { ASKED, countCalls } from './count-calls.js';

const [what, name] = process.argv.slice(2);
// Before anything of ours is loaded, which keeps what it finds.
if (what === 'asks') countCalls();

const { context } = await import('@opentelemetry/api');
const { parent, startTracing } = await import('../harness/tracing.js');
const { MEASURES } = await import('./measures.js');

startTracing();
const met = await context.with(parent(false), () => MEASURES[what](name, ASKED));
console.log(JSON.stringify(met));
process.exit(0);
