// Runs the cases of a group round after round, in an order that is reversed each time.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.js';

const INTERRUPTED = 130;

/**
 * @param {Record<string, any>} cases As `cases.js` makes them.
 * @param {{ rounds: number, peerRounds?: number, limits: { limitBytes: number, limitSeconds: number }, env?: Record<string, string>, progress: (round: number, name: string) => void }} options
 *   `peerRounds`: fewer rounds of what others do and takes minutes; a case that was killed is not tried again.
 * @returns By case what each round measured: seconds and bytes.
 */
export async function runCases(cases, { rounds, peerRounds = rounds, limits, env = {}, progress }) {
  const names = Object.keys(cases);
  const ways = { ...limits, env: { ...ENVIRONMENT, ...env } };
  const results = Object.fromEntries(names.map(name => [name, []]));
  for (const { before = [] } of Object.values(cases)) for (const step of before) await finished(step, ways);
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const { steps, out, isPeer = false } = cases[name];
      if ((isPeer && round >= peerRounds) || wasKilled(results[name])) continue;
      progress(round, name);
      if (out !== undefined) rmSync(out, { force: true });
      results[name].push(rounded(await runSteps(steps, out, ways)));
    }
  }
  return results;
}

async function runSteps(steps, out, ways) {
  const whole = { seconds: 0, peakBytes: 0, processes: 0, ended: 'done' };
  for (const step of steps) {
    const { seconds, peakBytes, processes, ended } = await finished(step, ways);
    whole.seconds += seconds;
    whole.peakBytes = Math.max(whole.peakBytes, peakBytes);
    whole.processes = Math.max(whole.processes, processes);
    whole.ended = ended;
    if (ended !== 'done') return whole;
  }
  return out === undefined ? whole : { ...whole, resultBytes: statSync(out).size };
}

/** A command that fails is a fault of the benchmark; one that is killed at a limit is a result. */
async function finished(step, ways) {
  const met = await measure(step, ways);
  if (met.ended === 'failed') throw new Error(`${step.join(' ')}\n${met.error}`);
  return met;
}

/** No telemetry of the peers', no colours, no bytecode written beside the scripts. */
const ENVIRONMENT = { WHYLOGS_NO_ANALYTICS: 'True', DO_NOT_TRACK: '1', NO_COLOR: '1', PYTHONDONTWRITEBYTECODE: '1' };

const wasKilled = met => met.some(({ ended }) => ended !== 'done');
const rounded = met => ({ ...met, seconds: Number(met.seconds.toFixed(3)) });

/** Runs `use` with a folder of its own, which is removed whatever happens, Ctrl-C included. */
export async function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'driftspan-baseline-cost-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const stop = () => process.exit(INTERRUPTED);
  process.once('exit', remove);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await use(folder);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    process.off('exit', remove);
    remove();
  }
}
