import { describe, expect, it } from 'vitest';
import { modelName } from '../../src/request/model-name.js';

describe('--model', () => {
  it('is a name and a version, which follows the last @', () => {
    expect(modelName('flight-delay@2013.01')).toEqual({ name: 'flight-delay', version: '2013.01' });
    expect(modelName('@org/model@2')).toEqual({ name: '@org/model', version: '2' });
  });

  it.each([undefined, '', 'model', 'model@', '@2'])('is refused as %j, with what to write', text => {
    expect(() => modelName(text)).toThrow(
      expect.objectContaining({ code: 'ERR_USAGE', hint: expect.stringContaining('--model flight-delay@2013.01') }),
    );
  });
});
