import type { Report } from '@driftspan/core';
import type { Comparison } from '@driftspan/sketch';
import { type Html, html } from '../html/html.js';
import { countText, numberText } from '../words/numbers.js';
import { lastingText } from '../words/times.js';

/** How it was judged: what a verdict means, what it costs in false alarms, what it takes for granted, how to read the pictures. */
export function methodSection(report: Comparison | Report): Html {
  const { psi, dependence, tests } = report.drift;
  const windows =
    'schema' in report
      ? ''
      : ' Pictures and numbers of bins are of the longest window, a sentence is of the shortest that is as bad as the verdict.';
  return html`<section class="method" aria-labelledby="method"><h2 id="method">How this was judged</h2>
<p><strong>A verdict takes two things.</strong> The difference is not chance: ${budgetOf(report)} over all ${countText(tests)} tests together. And it is large: with 99.9${'\u00a0'}% confidence the index is above ${psi.warning} for a warning, ${psi.critical} for critical. What is beyond chance and not large is a notice.
Of missing values, and of those that training never or hardly had, a rise by 1 percentage point is a warning and by 5 critical.</p>
<p><strong>PSI</strong>, the population stability index, says how differently values spread over the bins of training: 0 is alike, a mean that moved by half a standard deviation is about 0.25.</p>
<p><strong>What was taken for granted.</strong> ${dependence.words} ${dependence.guaranteed ? 'So the rate of false alarms is guaranteed.' : 'So the rate of false alarms is not guaranteed.'}</p>
<p><strong>Pictures.</strong> Grey is training, the coloured line is now, and the band about it is the 99${'\u00a0'}% interval of each bin's share (Wilson's), widened where values hang together. Equal areas are equal shares of the values. Current values are drawn in bins of their own where these are known, else in those of training. The outermost bins end at the smallest and largest value; a tail that is far longer than all else is drawn short, with an arrow. A value by itself is drawn as a narrow bar.${windows}</p></section>`;
}

function budgetOf(report: Comparison | Report): string {
  if ('schema' in report) {
    const rate = report.drift.falseAlarmRate;
    return `of comparisons of unchanged data one in ${numberText(1 / rate)} says more than OK,`;
  }
  const { count, per } = report.drift.falseAlarms;
  const alarms = count === 1 ? 'one false alarm' : `${numberText(count)} false alarms`;
  return `${alarms} a ${per} at most, in windows up to ${lastingText(report.drift.windowMs)},`;
}
