// The child process: one wrapper, one input, one mode, checked and then timed, as one line of JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { besideYardstick } from '../harness/yardstick.js';
import { checkApi, checkCall, checkEnd } from './checks.js';
import { INPUTS } from './inputs.js';
import { timeBlocks } from './timing.js';
import { contextOf, startTracing } from './tracing.js';
import { WRAPPERS } from './wrappers.js';

const LIMITS = { warmUpMs: 150, timedMs: 300 };
/** For a first answer. */
const SHORT = { warmUpMs: 40, timedMs: 100 };
const folder = new URL('../../third-party/', import.meta.url);

const [run, length] = process.argv.slice(2);
const [name, inputName, mode] = run.split('/');
const { setup, processor, recorded, spans, packages = [] } = WRAPPERS[name];

const { load } = await import(new URL('load.js', folder).href);
const [api, asyncHooks, sdkTrace] = await Promise.all(
  ['@opentelemetry/api', '@opentelemetry/context-async-hooks', '@opentelemetry/sdk-trace'].map(load),
);
const opentelemetry = { api, asyncHooks, sdkTrace };
const input = INPUTS[inputName]();
const { model, rows } = input;

const tracing =
  mode === 'none'
    ? undefined
    : await startTracing(opentelemetry, processor && (exporter => processor({ load, exporter })));
const call = await setup({ api, load, input, model });

const manifest = new URL('node_modules/@opentelemetry/api/package.json', folder);
checkApi(packages, {
  mode,
  version: JSON.parse(readFileSync(manifest, 'utf8')).version,
  apiOf: peer => createRequire(new URL(`node_modules/${peer}/package.json`, folder)).resolve('@opentelemetry/api'),
  expected: createRequire(new URL('load.js', folder)).resolve('@opentelemetry/api'),
});

const parent = contextOf(opentelemetry, mode);
const parentSpan = api.trace.getSpanContext(parent);
const inputLength = await checkCall({
  call,
  row: rows[0],
  model,
  spans,
  recorded,
  mode,
  tracing,
  parent: work => api.context.with(parent, work),
  parentSpan,
});
if (tracing !== undefined) tracing.exporter.kept = undefined;

const mask = rows.length - 1;
let next = 0;
const timed = await besideYardstick(() =>
  timeBlocks(
    calls =>
      api.context.with(parent, async () => {
        for (let i = 0; i < calls; i++) await call(rows[next++ & mask]);
      }),
    length === 'short' ? SHORT : LIMITS,
  ),
);
await checkEnd({ call, calls: next + 1, mode, spans, tracing });
console.log(JSON.stringify({ ...timed, inputLength }));
process.exit(0);
