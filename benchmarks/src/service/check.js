// What must be true of a run, or its figures say nothing.
import { bareOf, CASES } from './cases.js';
import { CATEGORICAL, DRIFTED, NUMERIC } from './records.js';

/** Of a share of n spans, this many standard deviations of a binomial are still chance. */
const CHANCE = 6;

/**
 * @param {Record<string, object[]>} rounds by case, what `runService` gave.
 * @throws Error with the case, what was met and what was expected.
 */
export function check(rounds) {
  for (const [name, results] of Object.entries(rounds)) {
    for (const [round, result] of results.entries()) {
      const fail = (what, met, expected) => {
        throw new Error(`${name}, round ${round + 1}: ${what}: met ${met}, expected ${expected}`);
      };
      const { closed, paced, answers, requests, received } = result;
      const failed = (closed?.failed ?? 0) + (paced?.failed ?? 0) + answers.failed;
      if (failed > 0) fail('requests that failed', failed, 0);
      const { digest } = rounds[bareOf(name)][round].answers;
      if (answers.digest !== digest) fail('digest of the answers', answers.digest, `${digest}, the bare server's`);
      checkReceived(CASES[name], requests, received, fail);
    }
  }
}

function checkReceived({ variant, sampled }, requests, received, fail) {
  const { spans, metricPoints, predictions } = received;
  if (variant === 'bare') {
    if (spans + metricPoints > 0) fail('telemetry of a bare server', `${spans} spans, ${metricPoints} points`, 'none');
    return;
  }
  if (predictions !== requests) fail('predictions in the metrics', predictions, `${requests}, as were served`);
  const expected = requests * sampled;
  const chance = CHANCE * Math.sqrt(expected * (1 - sampled));
  // Where all are sampled the batch processor drops what its queue can't hold.
  const isLess = sampled === 1 ? spans === 0 : spans < expected - chance;
  if (isLess || spans > expected + chance) fail('spans', spans, `${expected.toFixed(0)} ± ${chance.toFixed(0)}`);
  if (variant !== 'driftspan') return;

  const fields = [...NUMERIC, ...CATEGORICAL];
  const list = features => [...features].sort().join(', ') || 'none';
  const warned = received.warned.filter(feature => fields.includes(feature));
  if (received.warnedAtFirst.length > 0) fail('warned before the drift', list(received.warnedAtFirst), 'none');
  if (list(warned) !== list(DRIFTED)) fail('warned at last', list(warned), list(DRIFTED));
}
