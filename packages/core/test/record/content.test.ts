import { diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';

const VARIABLE = 'OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  diag.disable();
});

/** A copy of the module that has told nothing yet. */
async function captured(value: string | undefined, times = 1) {
  const told: string[] = [];
  diag.setLogger({ warn: (message: string) => told.push(message), debug() {}, info() {} } as never, {
    suppressOverrideMessage: true,
  });
  vi.stubEnv(VARIABLE, value);
  const { captureContent } = await import('../../src/record/content.js');
  let mode: string = '';
  for (let i = 0; i < times; i++) mode = captureContent();
  return { mode, told };
}

test.each([
  [undefined, 'default'],
  ['', 'default'],
  ['NO_CONTENT', 'none'],
  ['SPAN', 'span'],
  ['EVENT', 'event'],
  [' no_content ', 'none'],
  ['Event', 'event'],
])('%o means %s', async (value, mode) => {
  expect(await captured(value)).toEqual({ mode, told: [] });
});

test('an unknown value means that nothing is captured, and is told once', async () => {
  const { mode, told } = await captured('SPAN_AND_EVENT', 3);
  expect(mode).toBe('none');
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(VARIABLE);
});
