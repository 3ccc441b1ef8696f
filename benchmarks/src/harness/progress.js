// One line that says what runs and about how long it still takes.
import { duration } from './words.js';

/**
 * Seconds that are left, as far as can be told; undefined where it can't.
 *
 * @param {object} known
 * @param {number} known.elapsed seconds since the suite began.
 * @param {number} [known.expected] what it took last time.
 * @param {number} [known.done] share of its present part that is behind.
 * @param {number} [known.partElapsed] seconds since that part began.
 */
export function secondsLeft({ elapsed, expected, done = 0, partElapsed = elapsed }) {
  if (expected !== undefined && expected > elapsed) return expected - elapsed;
  return done > 0 ? (partElapsed * (1 - done)) / done : undefined;
}

/**
 * @param {string} suite
 * @param {number} [expected] seconds that it took last time.
 * @param {NodeJS.WriteStream} [stream] overwritten on a terminal, a line each time otherwise.
 */
export function startProgress(suite, expected, stream = process.stderr) {
  const startMs = performance.now();
  let partMs = startMs;
  return {
    tell(text, done) {
      const nowMs = performance.now();
      if (!done) partMs = nowMs;
      const left = secondsLeft({
        elapsed: (nowMs - startMs) / 1000,
        expected,
        done,
        partElapsed: (nowMs - partMs) / 1000,
      });
      const line = `${suite}: ${text}${left === undefined ? '' : `, about ${duration(left)} left`}`;
      stream.write(stream.isTTY ? `\r\x1b[K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
    },
    end(text) {
      stream.write(`${stream.isTTY ? '\r\x1b[K' : ''}${suite}: ${text}\n`);
    },
  };
}
