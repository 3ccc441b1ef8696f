import { createMonitor, type DriftOptions, type Monitor, type Report } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';
import { type Change, MODEL, type Row, rows, SEEDS } from './scenarios.js';

interface Answer {
  readonly label: string;
  readonly confidence: number;
}

const SUB_MS = 60_000;
const START_MS = Date.UTC(2013, 6, 1) + SUB_MS / 2;

export interface Watched {
  readonly monitor: Monitor<[Row], Answer>;
  report(): Report;
}

/** A monitor that has seen current rows, spread over an hour that has closed; or over a minute that has not. */
export async function watched(change: Change, drift: DriftOptions = {}, isClosed = true): Promise<Watched> {
  const training = rows({ rows: 20_000 }, SEEDS.training).map(({ input, output }) => ({ input, output: output! }));
  let nowMs = START_MS;
  const monitor = createMonitor<Row, Answer>({
    model: MODEL,
    baseline: await learnBaseline(MODEL, training),
    output: { label: out => out.label, confidence: out => out.confidence },
    drift: { dependence: 'independent', window: '1h', ...drift },
    clock: () => nowMs,
  });
  const seen = rows(change, SEEDS.current);
  seen.forEach(({ input, output }, i) => {
    const call = monitor.start(input);
    if (i % 40 === 39) call.fail(new RangeError('no answer'));
    else call.end(output as Answer);
    if (i % 10 === 0) {
      const label = String(output?.label);
      monitor.recordOutcome({ predicted: { label }, actual: { label: i % 30 === 0 ? 'late' : label } });
    }
    if (isClosed) nowMs += (60 * SUB_MS) / seen.length;
  });
  return { monitor, report: () => monitor.report() };
}
