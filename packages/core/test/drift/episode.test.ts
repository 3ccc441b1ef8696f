import type { Verdict } from '@driftspan/sketch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Episode, type EpisodeChange } from '../../src/drift/episode.js';
import type { Look } from '../../src/drift/window-judge.js';

const LONGEST = 60;

/** A look as an episode reads it: its verdict, and whether any of its windows had something to say. */
function look(verdict: Verdict, loud = verdict === 'warning' || verdict === 'critical'): Look {
  return { verdict, windows: [{ judgement: { quiet: true } }, { judgement: { quiet: !loud } }] } as unknown as Look;
}

function play(verdicts: readonly (Verdict | 'loud notice')[]): { changes: (EpisodeChange & { at: number })[] } {
  const episode = new Episode();
  const changes = verdicts.flatMap((verdict, at) => {
    const change = episode.take(verdict === 'loud notice' ? look('notice', true) : look(verdict), at, LONGEST);
    return change === undefined ? [] : [{ ...change, at }];
  });
  return { changes };
}

const times = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value);

describe('episode', () => {
  it('opens at the first warning and says no more of the next', () => {
    expect(play(['ok', 'notice', 'warning', 'warning', 'warning']).changes).toEqual([
      { change: 'opened', from: 'ok', to: 'warning', at: 2 },
    ]);
  });

  it('opens at critical where that comes first', () => {
    expect(play(['insufficient', 'critical', 'warning', 'critical']).changes).toEqual([
      { change: 'opened', from: 'ok', to: 'critical', at: 1 },
    ]);
  });

  it('escalates once, and a fall from critical to warning is no change', () => {
    expect(play(['warning', 'critical', 'warning', 'critical', 'warning']).changes).toEqual([
      { change: 'opened', from: 'ok', to: 'warning', at: 0 },
      { change: 'escalated', from: 'warning', to: 'critical', at: 1 },
    ]);
  });

  it('closes when 60 quiet looks have passed, not at 59', () => {
    expect(play(['warning', ...times(59, 'ok' as const)]).changes).toHaveLength(1);
    expect(play(['warning', ...times(60, 'ok' as const)]).changes.at(-1)).toEqual({
      change: 'closed',
      from: 'warning',
      to: 'ok',
      at: 60,
    });
  });

  it('closes from the highest level it had', () => {
    expect(play(['warning', 'critical', 'warning', ...times(60, 'notice' as const)]).changes.at(-1)).toEqual({
      change: 'closed',
      from: 'critical',
      to: 'notice',
      at: 62,
    });
  });

  it('a look that is loud without being a warning keeps it open for another longest window', () => {
    const verdicts = ['warning', ...times(59, 'ok' as const), 'loud notice', ...times(59, 'ok' as const)] as const;
    expect(play(verdicts).changes).toHaveLength(1);
    expect(play([...verdicts, 'ok']).changes.at(-1)).toMatchObject({ change: 'closed', at: verdicts.length });
  });

  it('an idle model closes it too', () => {
    expect(play(['critical', ...times(60, 'insufficient' as const)]).changes.at(-1)).toEqual({
      change: 'closed',
      from: 'critical',
      to: 'insufficient',
      at: 60,
    });
  });

  it('a notice opens nothing, however long it lasts', () => {
    expect(play([...times(200, 'notice' as const), ...times(200, 'loud notice' as const)]).changes).toEqual([]);
  });

  it('sub-windows that nobody looked at count towards the 60', () => {
    const episode = new Episode();
    episode.take(look('warning'), 100, LONGEST);
    expect(episode.take(look('ok'), 159, LONGEST)).toBeUndefined();
    expect(episode.take(look('ok'), 160, LONGEST)).toMatchObject({ change: 'closed' });
  });

  it('opens again after it closed', () => {
    const { changes } = play(['warning', ...times(60, 'ok' as const), 'critical']);
    expect(changes.map(({ change }) => change)).toEqual(['opened', 'closed', 'opened']);
  });

  it('shows its highest level until it closes, then the look of the day', () => {
    const episode = new Episode();
    expect(episode.shown('notice')).toBe('notice');
    episode.take(look('critical'), 0, LONGEST);
    expect(episode.shown('ok')).toBe('critical');
    expect(episode.shown('insufficient')).toBe('critical');
    episode.take(look('ok'), 60, LONGEST);
    expect(episode.shown('ok')).toBe('ok');
  });

  it('opened, escalated and closed come in turn, each from where the last one went', () => {
    const verdict = fc.constantFrom<Verdict | 'loud notice'>(
      'insufficient',
      'ok',
      'notice',
      'loud notice',
      'warning',
      'critical',
    );
    const run = fc.tuple(fc.integer({ min: 1, max: 70 }), verdict).map(([count, value]) => times(count, value));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), runs => {
        const verdicts = runs.flat();
        let open: Verdict | undefined;
        for (const { change, from, to, at } of play(verdicts).changes) {
          if (change === 'opened') {
            expect(open).toBeUndefined();
            expect(from).toBe('ok');
            expect(verdicts[at]).toBe(to);
            open = to;
          } else if (change === 'escalated') {
            expect([open, from, to]).toEqual(['warning', 'warning', 'critical']);
            open = to;
          } else {
            expect(from).toBe(open);
            const before = verdicts.slice(at - LONGEST + 1, at + 1);
            expect(before.some(v => v === 'warning' || v === 'critical' || v === 'loud notice')).toBe(false);
            open = undefined;
          }
        }
      }),
    );
  });
});
