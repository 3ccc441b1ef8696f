import { type PageSample, readPage } from '../prometheus-page.js';

/** What became of one kind of item, as the SDK counts it. */
export interface Ledger {
  /** Sent, and answered with success. */
  readonly sent: number;
  /** Given up after the exporter's last attempt. */
  readonly failed: number;
  /** Refused by a full queue. */
  readonly full: number;
  /** Waiting now, besides those on their way. */
  readonly waiting: number;
}

/** A page of metrics, read now. */
export async function pageAt(url: string): Promise<PageSample[]> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return readPage(await response.text());
}

/** Of one process: its own page, or the Collector's cut to that process. */
export function ledgerOf(page: readonly PageSample[], item: 'span' | 'log'): Ledger {
  const processed = page.filter(({ name }) => name === `otel_sdk_processor_${item}_processed_total`);
  const sum = (accept: (error: string | undefined) => boolean) =>
    total(processed.filter(({ labels }) => accept(labels['error_type'])));
  return {
    sent: sum(error => error === undefined),
    failed: sum(error => error !== undefined && error !== 'queue_full'),
    full: sum(error => error === 'queue_full'),
    waiting: total(page.filter(({ name }) => name === `otel_sdk_processor_${item}_queue_size`)),
  };
}

/**
 * What the model counted, by series: every counter, histogram and baseline of it, under a name that is the same on a page of the
 * process's own and on the Collector's, which appends the unit of seconds. Not the gauges of now, nor what our own work took.
 */
export function modelSeries(page: readonly PageSample[]): Map<string, number> {
  const series = new Map<string, number>();
  for (const { name, labels, value } of page) {
    if (!/^ml_.*(_total|_bucket|_count|_baseline_bins)$/.test(name) || name.startsWith('ml_sdk_overhead')) continue;
    const own = Object.entries(labels)
      .filter(([label]) => /^(ml_|error_type$|reason$|le$)/.test(label))
      .map(([label, text]) => [label, label === 'le' ? String(Number(text.replace('Inf', 'Infinity'))) : text])
      .sort();
    series.set(`${name.replace('_seconds_', '_')} ${JSON.stringify(own)}`, value);
  }
  return series;
}

/** The sum of a metric's series that carry these labels. */
export function sumOf(page: readonly PageSample[], name: string, where: Readonly<Record<string, string>> = {}): number {
  const wanted = Object.entries(where);
  return total(
    page.filter(sample => sample.name === name && wanted.every(([label, text]) => sample.labels[label] === text)),
  );
}

function total(samples: readonly PageSample[]): number {
  return samples.reduce((sum, { value }) => sum + value, 0);
}
