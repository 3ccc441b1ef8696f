import { describe, expect, it } from 'vitest';
import { spellingFinder } from '../../src/contract/spelling.js';

const find = spellingFinder(['UA', 'B6', 'Zürich', 'New York', '00501', '1', 'true']);

describe('a category in another spelling', () => {
  it.each([
    ['ua', 'UA', 'case'],
    ['TRUE', 'true', 'case'],
    [' UA ', 'UA', 'spaces'],
    ['New  York', 'New York', 'spaces'],
    ['new york ', 'New York', 'case and spaces'],
    ['501', '00501', 'leading zeros'],
    ['1.0', '1', 'number format'],
    ['1e0', '1', 'number format'],
    ['ZÃ¼rich', 'Zürich', 'encoding'],
    // Decomposed: u and a combining diaeresis.
    ['Zu\u0308rich', 'Zürich', 'spaces'],
  ])('finds that %j is %j', (text, known, spelling) => {
    expect(find(text)).toEqual({ known, spelling });
  });

  it.each(['', 'UB', 'Zurich', '5010', '2', 'null', '10', '\ufffd', 'Ã'])(
    'takes %j for a category of its own',
    text => {
      expect(find(text)).toBeUndefined();
    },
  );

  it('does not choose between two known categories that differ in case alone', () => {
    const either = spellingFinder(['m', 'M', 'x']);
    expect(either(' m')).toEqual({ known: 'm', spelling: 'spaces' });
    expect(spellingFinder(['ab', 'AB'])('Ab')).toBeUndefined();
  });
});
