import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startProgress } from '../../src/terminal/progress.js';
import { memoryIo } from '../run-here.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('work of less than half a second leaves no trace', () => {
  const io = memoryIo({ columns: 80 });
  const progress = startProgress(io, 'reading', 'rows');
  progress.update(10, 100);
  vi.advanceTimersByTime(400);
  progress.stop();
  vi.advanceTimersByTime(60_000);
  expect(io.stderr.text).toBe('');
});

it('on a terminal a bar is drawn, and cleared at the end', () => {
  const io = memoryIo({ columns: 80, env: { NO_COLOR: '1' } });
  const progress = startProgress(io, 'reading', 'rows');
  progress.update(4_100_000, 10_000_000);
  vi.advanceTimersByTime(1000);
  expect(io.stderr.text).toContain('reading');
  expect(io.stderr.text).toContain(' 41 %  4,100,000 of 10,000,000 rows');
  const drawn = io.stderr.text.length;
  progress.stop();
  // Back to the start of the line, which is then cleared; the cursor shows again.
  expect(io.stderr.text.slice(drawn)).toMatch(/\[1G.\[2K$/s);
  expect(io.stderr.text).toContain('\u001b[?25h');
  const ended = io.stderr.text.length;
  vi.advanceTimersByTime(60_000);
  expect(io.stderr.text.length).toBe(ended);
});

it('a total that is not known is not guessed', () => {
  const io = memoryIo({ columns: 80, env: { NO_COLOR: '1' } });
  const progress = startProgress(io, 'reading', 'rows');
  progress.update(4_100_000, undefined);
  vi.advanceTimersByTime(1000);
  progress.stop();
  expect(io.stderr.text).toContain('4,100,000 rows');
  expect(io.stderr.text).not.toContain('%');
});

it('without a terminal there is a line every ten seconds', () => {
  const io = memoryIo();
  const progress = startProgress(io, 'reading', 'rows');
  progress.update(1_000_000, 10_000_000);
  vi.advanceTimersByTime(9000);
  expect(io.stderr.text).toBe('');
  vi.advanceTimersByTime(2000);
  progress.update(2_000_000, 10_000_000);
  vi.advanceTimersByTime(10_000);
  progress.stop();
  expect(io.stderr.text).toBe('  reading: 1,000,000 of 10,000,000 rows\n  reading: 2,000,000 of 10,000,000 rows\n');
});

it('--quiet says nothing', () => {
  const io = memoryIo({ columns: 80 });
  const progress = startProgress({ ...io, quiet: true }, 'reading', 'rows');
  progress.update(1, 2);
  vi.advanceTimersByTime(30_000);
  progress.stop();
  expect(io.stderr.text).toBe('');
});
