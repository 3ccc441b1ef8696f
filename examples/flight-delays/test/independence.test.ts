import { loadBaseline } from '@driftspan/node';
import { cellCount, findBin, judgeFeature, type NumericBaseline } from '@driftspan/sketch';
import { expect, test } from 'vitest';
import { BASELINE_FILE } from '../src/files.js';
import { readFlights } from '../src/flights.js';
import { yearlyLogAlpha } from '../src/judge-month.js';

const MINUTES_A_DAY = 1440;

// The README gives it as the reason for leaving live windows out; once dependence is handled this must change.
test('the temperature of every single day of January is critical against January: values are not independent', async () => {
  const { features, outputs } = await loadBaseline(BASELINE_FILE);
  const temp = features.find(({ name }) => name === 'temp') as NumericBaseline;
  const cuts = Float64Array.from(temp.cuts);
  const flights = await readFlights();
  const [first, end] = flights.month(1);
  const days = Array.from({ length: 31 }, () => new Float64Array(cellCount(temp)));
  for (let row = first; row < end; row++) {
    const { temp: value } = flights.flight(row);
    const cell = value === null ? temp.counts.length : findBin(cuts, value);
    days[Math.floor(flights.scheduledMinute(row) / MINUTES_A_DAY)]![cell]!++;
  }
  const logAlpha = yearlyLogAlpha(
    [...features, ...outputs].map(baseline => ({ baseline, cells: [], baselineCells: [] })),
  );
  const verdicts = days.map(cells => judgeFeature(cells, temp, { logAlpha }).verdict);
  expect(new Set(verdicts)).toEqual(new Set(['critical']));
  const whole = days[0]!.map((_, cell) => days.reduce((sum, day) => sum + day[cell]!, 0));
  expect(judgeFeature(whole, temp, { logAlpha }).verdict).toBe('ok');
});
