import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** What the reader chose at the top, by variable; `.*` where all are chosen. */
export type Choice = Readonly<Record<string, string>>;

/** An expression as Grafana sends it: variables replaced, `$__interval` by the given one. */
export function withChoice(expr: string, choice: Choice, interval: string): string {
  return expr.replace(/\$(?:\{(\w+)(?::\w+)?\}|([a-z_]\w*))/gi, (whole, braced?: string, bare?: string) => {
    const name = (braced ?? bare)!;
    if (name === '__interval') return interval;
    const value = choice[name];
    if (value === undefined) throw new Error(`${expr}: no choice for ${whole}`);
    return value;
  });
}

/** A variable's query: the series and the label whose values are the options. */
export function optionQueries(dashboard: Dashboard): { name: string; series: string; label: string }[] {
  return (dashboard.templating.list ?? []).flatMap(({ name, query }) => {
    const text = typeof query === 'object' ? String(query['query']) : '';
    const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(text) ?? [];
    return series === undefined || label === undefined ? [] : [{ name, series, label }];
  });
}
