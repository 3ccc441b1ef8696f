import type { Report } from '@driftspan/core';
import type { Comparison } from '@driftspan/sketch';
import { type Html, html } from '../html/html.js';
import { named, unbroken } from '../html/prose.js';
import { countText, shareText } from '../words/numbers.js';
import { dayText, lastingText, momentText } from '../words/times.js';

type Fact = readonly [term: string, said: Html];

/** What was compared with what: rows, where they came from, when. */
export function comparedFacts(report: Comparison | Report): Html {
  const facts = 'schema' in report ? ofComparison(report) : ofMonitor(report);
  return html`<dl class="facts">${facts.map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>`;
}

function ofComparison({ current, baseline, model }: Comparison): Fact[] {
  const { firstMs, lastMs } = current;
  const times = firstMs === undefined || lastMs === undefined ? '' : `, ${dayText(firstMs)} to ${dayText(lastMs)}`;
  const made = baseline.createdAt === undefined ? undefined : html`, made ${baseline.createdAt}`;
  return [
    modelFact(model),
    ['Now', html`${source(current.source)}${countText(current.rows)} rows${times}`],
    ['Training', html`${source(baseline.source)}${countText(baseline.rows)} rows${made}`],
  ];
}

function ofMonitor(report: Report): Fact[] {
  const { model, drift, judgedAtMs, calls, outcomes, predictions, dropped } = report;
  const upTo = judgedAtMs === undefined ? 'no stretch of it has closed yet' : `up to ${momentText(judgedAtMs)}`;
  const rows = drift.baselineRows;
  const facts: Fact[] = [
    modelFact(model),
    ['Now', html`a running monitor, the last ${lastingText(drift.windowMs)}, ${upTo}`],
    ['Training', html`${rows === undefined ? 'no baseline' : `${countText(rows)} rows`}`],
    ['Calls', html`${countText(calls.succeeded)} succeeded, ${countText(calls.failed)} failed${errorsHtml(calls)}`],
  ];
  const labels = Object.entries(predictions);
  if (labels.length > 0) facts.push(['Answers', labelsHtml(labels)]);
  if (outcomes.known > 0) {
    facts.push([
      'Outcomes',
      html`${unbroken(shareText(outcomes.accuracy))} right of ${countText(outcomes.known)} known`,
    ]);
  }
  const lost = Object.entries(dropped);
  if (lost.length > 0)
    facts.push(['Not recorded', html`${list(lost.map(([reason, count]) => html`${reason} ${countText(count)}`))}`]);
  return facts;
}

function modelFact({ name, version, transforms }: Report['model']): Fact {
  const by = transforms === undefined ? undefined : html`, transforms ${named(transforms)}`;
  return ['Model', html`${named(name)} ${named(version)}${by}`];
}

function source(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`${named(text)}, `;
}

function errorsHtml({ errors }: Report['calls']): Html | undefined {
  const types = Object.entries(errors);
  return types.length === 0
    ? undefined
    : html` (${list(types.map(([type, count]) => html`${named(type)} ${countText(count)}`))})`;
}

/** The most frequent first. */
function labelsHtml(labels: readonly (readonly [string, number])[]): Html {
  const all = labels.reduce((sum, [, count]) => sum + count, 0);
  const ranked = labels.toSorted((a, b) => b[1] - a[1]).slice(0, 8);
  const more = labels.length - ranked.length;
  const said = ranked.map(
    ([label, count]) =>
      html`${label === '' ? html`<em>no label</em>` : named(label)} ${unbroken(shareText(count / all))}`,
  );
  return html`${list(said)}${more === 0 ? undefined : ` and ${countText(more)} others`}, since it began`;
}

function list(items: readonly Html[]): Html {
  return html`${items.map((item, i) => html`${i === 0 ? '' : ', '}${item}`)}`;
}
