import { ServerError } from './errors.js';

/** One element of an instant vector; a scalar has no labels. `__name__` is a label like any other. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** NaN and ±Infinity as PromQL has them. */
  readonly value: number;
  readonly timeMs: number;
}

/** One series of a range query. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly { readonly timeMs: number; readonly value: number }[];
}

/** An alert that is pending or firing. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly activeAtMs: number;
  readonly value: number;
}

type Pair = readonly [time: number, value: string];
type Labels = Readonly<Record<string, string>>;
type QueryData =
  | { readonly resultType: 'vector'; readonly result: readonly { readonly metric: Labels; readonly value: Pair }[] }
  | {
      readonly resultType: 'matrix';
      readonly result: readonly { readonly metric: Labels; readonly values: readonly Pair[] }[];
    }
  | { readonly resultType: 'scalar'; readonly result: Pair }
  | { readonly resultType: 'string'; readonly result: Pair };

/** What an instant query gave. @throws ServerError `ERR_SERVER_ANSWER` for a range or a string */
export function toSamples(data: unknown): Sample[] {
  const answer = data as QueryData;
  if (answer.resultType === 'vector')
    return answer.result.map(({ metric, value }) => ({ labels: metric, ...point(value) }));
  if (answer.resultType === 'scalar') return [{ labels: {}, ...point(answer.result) }];
  throw new ServerError('ERR_SERVER_ANSWER', 'query', `a ${answer.resultType}`, 'an instant vector or a scalar');
}

/** What a range query gave. @throws ServerError `ERR_SERVER_ANSWER` for anything but a range */
export function toSeries(data: unknown): Series[] {
  const answer = data as QueryData;
  if (answer.resultType === 'matrix') {
    return answer.result.map(({ metric, values }) => ({ labels: metric, points: values.map(point) }));
  }
  throw new ServerError('ERR_SERVER_ANSWER', 'queryRange', `a ${answer.resultType}`, 'a range vector');
}

export function toAlerts(data: unknown): Alert[] {
  const { alerts } = data as {
    readonly alerts: readonly (Omit<Alert, 'activeAtMs' | 'value'> & {
      readonly activeAt: string;
      readonly value: string;
    })[];
  };
  return alerts.map(({ labels, annotations, state, activeAt, value }) => ({
    labels,
    annotations,
    state,
    activeAtMs: Date.parse(activeAt),
    value: toNumber(value),
  }));
}

function point([seconds, value]: Pair): { readonly timeMs: number; readonly value: number } {
  // Prometheus keeps whole milliseconds and prints them as a decimal fraction of seconds.
  return { timeMs: Math.round(seconds * 1000), value: toNumber(value) };
}

/** The shortest decimal of the double, so nothing is lost; `+Inf` is no number to JavaScript. */
function toNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
