import { describe, expect, test } from 'vitest';
import { compareAnswers, type GivenAnswer, MAX_ERROR, readAnswer } from '../../src/outcome/answers.js';

const compared = (predicted: GivenAnswer | null, actual: GivenAnswer | null) =>
  compareAnswers(readAnswer(predicted), readAnswer(actual));

describe('a prediction and what came true', () => {
  test.each<[GivenAnswer, GivenAnswer, boolean | undefined, number | undefined]>([
    [{ label: 'a' }, { label: 'a' }, true, undefined],
    [{ label: 1 }, { label: '1' }, true, undefined],
    [{ label: 'a' }, { label: 'b' }, false, undefined],
    [{ value: 5 }, { value: 3 }, undefined, 2],
    [{ value: 3 }, { value: 5 }, undefined, -2],
    [{ value: 10n }, { value: 4 }, undefined, 6],
    [{ value: true }, { value: 0 }, undefined, 1],
    [{ value: 7 }, { value: 7 }, undefined, 0],
    [{ label: 'a', value: 1 }, { label: 'b', value: 4 }, false, -3],
    [{ label: 'a', value: 1 }, { label: 'a' }, true, undefined],
    [{ label: 'a', value: 1 }, { value: 1 }, undefined, 0],
    [{ value: MAX_ERROR }, { value: 0 }, undefined, MAX_ERROR],
  ])('%o and %o are compared in what was told', (predicted, actual, correct, error) => {
    expect(compared(predicted, actual)).toEqual({ correct, error, isLacking: false });
  });

  test.each<[GivenAnswer | null, GivenAnswer | null]>([
    [{}, {}],
    [{ label: 'a', value: 1 }, {}],
    [{ label: 'a', value: 1 }, null],
    [null, { label: 'a', value: 1 }],
    [{ label: 'a' }, { value: 1 }],
    [{ value: 1 }, { label: 'a' }],
    [{ label: 'a' }, { label: null }],
    [{ label: Number.NaN }, { label: 'a' }],
    [{ label: {} }, { label: 'a' }],
    [{ value: Number.NaN }, { value: 1 }],
    [{ value: 1 }, { value: Number.NaN }],
    [{ value: 1 }, { value: null }],
    [{ value: Number.POSITIVE_INFINITY }, { value: Number.POSITIVE_INFINITY }],
    [{ value: Number.NEGATIVE_INFINITY }, { value: 1 }],
    [{ value: '1' }, { value: 1 }],
    [{ value: 10n ** 400n }, { value: 1 }],
    [{ value: Number.MAX_VALUE }, { value: -Number.MAX_VALUE }],
    [{ value: 2 * MAX_ERROR }, { value: 0 }],
  ])('%o and %o say nothing of each other', (predicted, actual) => {
    expect(compared(predicted, actual)).toEqual({ correct: undefined, error: undefined, isLacking: true });
  });

  test('what can be compared is, beside what cannot', () => {
    expect(compared({ label: 'a' }, { label: 'a', value: 1 })).toEqual({
      correct: true,
      error: undefined,
      isLacking: true,
    });
    expect(compared({ label: 'a', value: 3 }, { label: null, value: 1 })).toEqual({
      correct: undefined,
      error: 2,
      isLacking: true,
    });
  });

  test('each side is read once', () => {
    let reads = 0;
    const given = {
      get label() {
        return `label ${reads++}`;
      },
    };
    const { label } = readAnswer(given);
    expect([label, reads]).toEqual(['label 0', 1]);
  });
});
