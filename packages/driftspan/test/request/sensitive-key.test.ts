import { describe, expect, it } from 'vitest';
import { sensitiveKey } from '../../src/request/sensitive-key.js';

describe('the key of sensitive categories', () => {
  it('is asked for only where there are such', () => {
    expect(sensitiveKey(false, {})).toBeUndefined();
    expect(sensitiveKey(true, { DRIFTSPAN_SENSITIVE_KEY: 'sixteen bytes ab' })).toBe('sixteen bytes ab');
  });

  it('counts bytes, not characters', () => {
    expect(sensitiveKey(true, { DRIFTSPAN_SENSITIVE_KEY: 'öööööööö' })).toBe('öööööööö');
  });

  it.each([undefined, '', 'fifteen bytes a'])('is refused if it is %j, and never printed', key => {
    const asked = () => sensitiveKey(true, key === undefined ? {} : { DRIFTSPAN_SENSITIVE_KEY: key });
    expect(asked).toThrow(expect.objectContaining({ code: 'ERR_USAGE', where: 'DRIFTSPAN_SENSITIVE_KEY' }));
    if (key) expect(asked).not.toThrow(key);
  });
});
