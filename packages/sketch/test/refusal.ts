import { expect } from 'vitest';
import { SketchError, type SketchErrorCode } from '../src/errors.js';

/** The error that `work` throws; fails unless it is a SketchError of this code. */
export function refusal(code: SketchErrorCode, work: () => unknown): SketchError {
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  return asRefusal(code, thrown);
}

/** The same for a promise that rejects. */
export async function rejection(code: SketchErrorCode, work: Promise<unknown>): Promise<SketchError> {
  return asRefusal(
    code,
    await work.then(
      () => undefined,
      error => error,
    ),
  );
}

function asRefusal(code: SketchErrorCode, thrown: unknown): SketchError {
  expect(thrown).toBeInstanceOf(SketchError);
  const error = thrown as SketchError;
  expect(error.code, error.message).toBe(code);
  expect(error.message).toBe(`${error.where}: met ${error.met}, expected ${error.expected} (${code})`);
  return error;
}
