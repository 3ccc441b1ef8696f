import { median } from '../harness/numbers.js';
import { COLOURS } from '../harness/svg.js';
import { addedBy } from './added.js';
import { MODES } from './runs.js';
import { INPUT_TITLES, MODE_TITLES, SHORT_NAMES } from './titles.js';

/** One point a wrapper, input and mode: what it adds, ns. */
function points(runs) {
  const of = (wrapper, input, mode) => {
    const added = addedBy(runs, wrapper, input, mode);
    if (added === undefined) return [];
    return [{ wrapper: SHORT_NAMES[wrapper], mode: MODE_TITLES[mode], added: median(added) }];
  };
  return Object.keys(INPUT_TITLES).map(input => ({
    title: INPUT_TITLES[input],
    values: Object.keys(SHORT_NAMES).flatMap(wrapper => MODES.flatMap(mode => of(wrapper, input, mode))),
  }));
}

/** What each adds to a call, an input a panel, all on one logarithmic axis. */
export function plots([{ result }]) {
  const panels = points(result.wrappers).filter(({ values }) => values.length > 0);
  const extent = panels.flatMap(({ values }) => values.map(({ added }) => added)).filter(added => added > 0);
  const [low, high] = [Math.floor(Math.log10(Math.min(...extent))), Math.ceil(Math.log10(Math.max(...extent)))];
  const decades = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  const domain = [decades[0], decades.at(-1)];
  const panel = ({ title, values }) => ({
    title: { text: title, anchor: 'start', fontSize: 12 },
    width: 560,
    height: { step: 18 },
    // What costs no more than the bare call has no place on the axis.
    data: { values: values.filter(({ added }) => added > 0) },
    mark: { type: 'point', filled: true, size: 70, opacity: 1 },
    encoding: {
      y: { field: 'wrapper', type: 'nominal', sort: null, title: null, axis: { labelLimit: 400, grid: true } },
      x: {
        field: 'added',
        type: 'quantitative',
        scale: { type: 'log', domain },
        title: 'added to a call (logarithmic)',
        axis: {
          values: decades,
          labelExpr:
            "datum.value >= 1e6 ? datum.value / 1e6 + ' ms' : datum.value >= 1e3 ? datum.value / 1e3 + ' µs' : datum.value + ' ns'",
        },
      },
      color: {
        field: 'mode',
        type: 'nominal',
        scale: { domain: MODES.map(mode => MODE_TITLES[mode]), range: COLOURS.slice(0, MODES.length) },
        legend: { title: null, orient: 'top' },
      },
      shape: {
        field: 'mode',
        type: 'nominal',
        scale: { domain: MODES.map(mode => MODE_TITLES[mode]), range: ['circle', 'diamond', 'triangle-up'] },
      },
    },
  });
  return { 'docs/benchmarks/peers-added.svg': { vconcat: panels.map(panel) } };
}
