// That a wrapper did what it is timed for: without this a wrapper that found another copy of the API would be the fastest of all.
import { isDeepStrictEqual } from 'node:util';

const REGISTRY = Symbol.for('opentelemetry.js.api.1');

function fail(what, met, expected) {
  throw new Error(`${what}: met ${met}, expected ${expected}`);
}

/** That the API whose globals are registered is the copy that the wrapper resolves; without an SDK, that nobody registered one. */
export function checkApi(packages, { mode, version, apiOf, expected }) {
  for (const name of packages)
    if (apiOf(name) !== expected) fail(`@opentelemetry/api of ${name}`, apiOf(name), expected);
  const registry = globalThis[REGISTRY];
  if (mode === 'none') {
    if (registry?.trace !== undefined || registry?.context !== undefined)
      fail('no SDK', 'one that is registered', 'none');
    return;
  }
  if (registry?.version !== version) fail('registered API', registry?.version, version);
}

/**
 * Calls the wrapped function once and looks at what came of it.
 *
 * @returns {Promise<number | undefined>} characters of the input on the span; undefined where it has none.
 */
export async function checkCall({ call, row, model, spans, recorded, mode, tracing, parent, parentSpan }) {
  const [met, expected] = [await parent(() => call(row)), await model(row)];
  if (!isDeepStrictEqual(met, expected)) fail('result', JSON.stringify(met), JSON.stringify(expected));
  if (tracing === undefined) return undefined;
  await tracing.flush();
  const { kept } = tracing.exporter;
  const due = mode === 'sampled' ? spans : 0;
  if (kept.length !== due) fail(`spans exported, ${mode}`, kept.length, due);
  if (due === 0) return undefined;
  const [span] = kept;
  const { traceId } = span.spanContext();
  if (traceId !== parentSpan.traceId || span.parentSpanContext?.spanId !== parentSpan.spanId)
    fail('parent of the span', `${traceId} ${span.parentSpanContext?.spanId}`, JSON.stringify(parentSpan));
  return checkInput(span.attributes, row, recorded);
}

function checkInput(attributes, row, recorded) {
  const whole = JSON.stringify(row);
  if (recorded === undefined) {
    for (const [key, value] of Object.entries(attributes))
      if (typeof value === 'string' && value.includes(whole)) fail(`attribute ${key}`, 'the input', 'no input');
    return undefined;
  }
  const met = attributes[recorded.attribute];
  const expected = recorded.as(row);
  if (met !== expected)
    fail(`attribute ${recorded.attribute}`, `${String(met).slice(0, 60)}… (${met?.length})`, `${expected.length}`);
  return met.length;
}

/** After timing: that every span came through, and that Driftspan counted every call, sampled or not, with an SDK or none. */
export async function checkEnd({ call, calls, mode, spans, tracing }) {
  if (tracing !== undefined) {
    await tracing.flush();
    const due = mode === 'sampled' ? spans * calls : 0;
    if (tracing.exporter.count !== due) fail('spans exported in all', tracing.exporter.count, due);
  }
  const report = call.monitor?.report();
  if (report === undefined) return;
  for (const { name, totals } of report.features)
    if (totals.valued !== calls) fail(`values counted of ${name}`, totals.valued, calls);
  if (report.calls.succeeded !== calls) fail('calls counted', report.calls.succeeded, calls);
  if (Object.keys(report.dropped).length > 0) fail('dropped', JSON.stringify(report.dropped), 'nothing');
}
