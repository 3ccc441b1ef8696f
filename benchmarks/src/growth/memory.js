// What monitors hold, weighed when they have been made, fed, judged and collected once.
import { metricProducer } from '@driftspan/core';
import { parseBaseline } from '@driftspan/sketch';
import { forgetMonitors, makeMonitors } from './monitors.js';
import { retainedBy } from './retained.js';

/** Dependence in time is known, or taken as independent: nothing is measured on the first windows. */
export const KNOWN = { drift: { window: '1h', dependence: 'independent' } };
/**
 * The states of a monitor: without a baseline; with one; with one whose dependence in time is measured on the first 20 windows, which is the default
 * where the baseline's rows were in no order.
 */
const STATES = { withoutBaseline: { ...KNOWN, baseline: undefined }, known: KNOWN, measuring: {} };

/**
 * Bytes that one monitor retains in each state, heap and array buffers apart, over `copies` of it; and its baseline alone, which is part of those
 * that have one.
 *
 * @param {Awaited<ReturnType<typeof import('./models.js').grown>>} model
 */
export async function weighStates(model, copies, rows) {
  const weighed = {};
  for (const [state, further] of Object.entries(STATES)) {
    const { monitors, bytes } = await weighMonitors(model, copies, rows, further);
    weighed[state] = bytes;
    forget(monitors);
  }
  const texts = Array.from({ length: copies }, (_, i) => JSON.stringify(model.options(`growth-${i}`).baseline));
  weighed.baseline = each(await retainedBy(() => texts.map(text => parseBaseline(JSON.parse(text)))), copies);
  return weighed;
}

/** The same of one state; the monitors live on. */
export async function weighMonitors(model, copies, rows, further) {
  // Once for nothing: what is made for the first monitor of a process is no monitor's.
  forget(await lived(model, 1, rows, further));
  const retained = await retainedBy(() => lived(model, copies, rows, further));
  return { monitors: retained.made, bytes: each(retained, copies) };
}

const each = ({ heap, buffers }, copies) => ({ heap: heap / copies, buffers: buffers / copies });

async function lived(model, copies, rows, further) {
  const monitors = makeMonitors(model, copies, rows, further);
  monitors.turn();
  await metricProducer().collect();
  return monitors;
}

function forget(monitors) {
  monitors.dispose();
  forgetMonitors();
}
