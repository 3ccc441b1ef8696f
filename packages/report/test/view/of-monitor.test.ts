import type { FeatureReport } from '@driftspan/core';
import { describe, expect, it } from 'vitest';
import { viewOfReported } from '../../src/view/of-monitor.js';
import { watched } from '../watched.js';

async function reported(name: string, ...args: Parameters<typeof watched>): Promise<FeatureReport> {
  const { report } = await watched(...args);
  return report().features.find(feature => feature.name === name)!;
}

describe('what is told of a monitor', () => {
  it('is the shortest window that is as bad as the verdict', async () => {
    const feature = await reported('x', { shift: 1 });
    expect(viewOfReported(feature).judgement).toBe(feature.windows[0]!.judgement);
    const [first, ...rest] = feature.windows;
    const calmer = {
      ...feature,
      windows: [{ ...first!, judgement: { ...first!.judgement, verdict: 'ok' as const } }, ...rest],
    };
    expect(viewOfReported(calmer).judgement).toBe(rest[0]!.judgement);
  });

  it('is the longest window of what is no alarm, and of an alarm that has calmed', async () => {
    const feature = await reported('flag', {});
    expect(viewOfReported(feature).judgement).toBe(feature.windows.at(-1)!.judgement);
    expect(viewOfReported({ ...feature, verdict: 'critical' }).judgement).toBe(feature.windows.at(-1)!.judgement);
  });

  it('is the open window before any has closed, and nothing is judged by it', async () => {
    const feature = await reported('x', { shift: 1 }, {}, false);
    expect(viewOfReported(feature)).toMatchObject({
      verdict: 'insufficient',
      isProvisional: true,
      judgement: feature.provisional,
    });
  });

  it('knows answers from what was given', async () => {
    expect(viewOfReported(await reported('prediction.label', {})).role).toBe('output');
    expect(viewOfReported(await reported('x', {})).role).toBe('feature');
  });
});
