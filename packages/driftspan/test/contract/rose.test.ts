import { describe, expect, it } from 'vitest';
import { rose } from '../../src/contract/rose.js';

const LOG_ALPHA = Math.log(1e-5);

describe('a share above training', () => {
  it('is none in 50 rows with 3 missing against 4 %', () => {
    expect(rose({ count: 3, samples: 50, baselineCount: 1080, baselineSamples: 27_000 }, LOG_ALPHA)).toBe(false);
  });

  it('is one in 50 rows with 25 missing against 4 %', () => {
    expect(rose({ count: 25, samples: 50, baselineCount: 1080, baselineSamples: 27_000 }, LOG_ALPHA)).toBe(true);
  });

  it('is none where a whole stretch counts as one row', () => {
    const rates = { count: 25, samples: 50, baselineCount: 1080, baselineSamples: 27_000, lambda: 50 };
    expect(rose(rates, LOG_ALPHA)).toBe(false);
  });

  it('is none under a percentage point, however sure', () => {
    const rates = { count: 9_000, samples: 1_000_000, baselineCount: 0, baselineSamples: 1_000_000 };
    expect(rose(rates, LOG_ALPHA)).toBe(false);
    expect(rose({ ...rates, count: 10_000 }, LOG_ALPHA)).toBe(true);
  });

  it('is none without samples and for a fall', () => {
    expect(rose({ count: 0, samples: 0, baselineCount: 5, baselineSamples: 10 }, LOG_ALPHA)).toBe(false);
    expect(rose({ count: 1, samples: 1000, baselineCount: 500, baselineSamples: 1000 }, LOG_ALPHA)).toBe(false);
  });
});
