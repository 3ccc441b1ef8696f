import { DRIFTED, INVALID, MISSING, OUT_OF_RANGE, TRIED, UNSEEN } from '../../src/sampling/reasons.js';
import type { Sampler } from '../../src/sampling/sampler.js';
import { uniforms } from '../drift/stream.js';

/** One call of a simulated service, with all that rules can look at. */
export interface SimulatedCall {
  readonly startMs: number;
  readonly durationMs: number;
  /** Flags of its input. */
  readonly odd: number;
  /** Whether an alarm is open when it starts, and whether its value lies in a drifted bin. */
  readonly drifting: boolean;
  readonly drifted: boolean;
  readonly failed: boolean;
  /** NaN of a call that failed. */
  readonly confidence: number;
  readonly label: 'late' | 'early' | 'on time';
}

/** A call that was kept. */
export interface Kept {
  readonly call: SimulatedCall;
  readonly bits: number;
  readonly probability: number;
}

interface Event {
  readonly ms: number;
  readonly index: number;
  readonly ends: boolean;
}

/** Calls in bursts of ten times the quiet traffic; in a burst more is missing, fails and is slow, and labels differ. */
export class Traffic {
  readonly calls: readonly SimulatedCall[];
  readonly #events: readonly Event[];

  constructor(seed: number, quietPerSecond: number, seconds: number) {
    const next = uniforms(seed);
    const calls: SimulatedCall[] = [];
    let ms = 0;
    while (ms < seconds * 1000) {
      const bursts = Math.floor(ms / 1500) % 3 === 1;
      ms += (-Math.log(1 - next()) * 1000) / (bursts ? 10 * quietPerSecond : quietPerSecond);
      calls.push(madeCall(ms, bursts, seconds, next));
    }
    this.calls = calls;
    this.#events = calls
      .flatMap((call, index) => [
        { ms: call.startMs, index, ends: false },
        { ms: call.startMs + call.durationMs, index, ends: true },
      ])
      .sort((a, b) => a.ms - b.ms);
  }

  /** Runs all calls past a sampler as a monitor does, concurrent ones interleaved. */
  through(sampler: Sampler): Kept[] {
    const kept: Kept[] = [];
    const bits = new Uint16Array(this.calls.length);
    const probabilities = new Float64Array(this.calls.length);
    for (const { ms, index, ends } of this.#events) {
      const call = this.calls[index]!;
      if (!ends) {
        let before = sampler.before(ms, call.odd, call.drifting);
        if ((before & DRIFTED) !== 0 && !call.drifted) before = sampler.notDrifted(before);
        bits[index] = before;
        if (before !== 0 && before !== TRIED) probabilities[index] = sampler.probability;
        continue;
      }
      const before = bits[index]!;
      const late = sampler.late(call.confidence, call.durationMs, call.failed);
      const last = sampler.after(ms, before, late, probabilities[index]!);
      if (last !== 0) kept.push({ call, bits: last, probability: sampler.probability });
    }
    return kept;
  }
}

function madeCall(startMs: number, bursts: boolean, seconds: number, next: () => number): SimulatedCall {
  const likely = (quiet: number, burst: number): boolean => next() < (bursts ? burst : quiet);
  let odd = 0;
  if (likely(0.05, 0.15)) odd |= MISSING;
  if (likely(0.005, 0.01)) odd |= INVALID;
  if (likely(0.03, 0.05)) odd |= OUT_OF_RANGE;
  if (likely(0.01, 0.02)) odd |= UNSEEN;
  const failed = likely(0.1, 0.25);
  const label = likely(0.2, 0.4) ? 'late' : likely(0.3, 0.1) ? 'early' : 'on time';
  return {
    startMs,
    durationMs: -Math.log(1 - next()) * (bursts ? 600 : 200),
    odd,
    drifting: startMs > 300 * seconds && startMs < 800 * seconds,
    drifted: likely(0.2, 0.4),
    failed,
    confidence: failed ? Number.NaN : label === 'late' ? next() : 0.4 + 0.6 * next(),
    label,
  };
}
