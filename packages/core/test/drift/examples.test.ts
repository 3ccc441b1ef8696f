import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLES_A_BIN, Examples, NOTINGS_A_SECOND } from '../../src/drift/examples.js';

const traces = (examples: Examples, cell: number, sinceMs = 0) => examples.of(cell, sinceMs).map(e => e.traceId);

describe('examples of a bin', () => {
  it('are the three newest, the newest first', () => {
    const examples = new Examples();
    for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) examples.note([7], id, `span ${id}`, i);
    expect(examples.of(7, 0)).toEqual([
      { traceId: 'd', spanId: 'span d', atMs: 3 },
      { traceId: 'c', spanId: 'span c', atMs: 2 },
      { traceId: 'b', spanId: 'span b', atMs: 1 },
    ]);
  });

  it('are of different traces: a later span of one takes its place', () => {
    const examples = new Examples();
    examples.note([1], 'a', 'first', 1);
    examples.note([1], 'b', 'other', 2);
    examples.note([1], 'a', 'second', 3);
    expect(examples.of(1, 0).map(({ spanId }) => spanId)).toEqual(['second', 'other']);
  });

  it('are those of its own cell; a cell that nothing fell into has none', () => {
    const examples = new Examples();
    examples.note([1, 2], 'a', 's', 1);
    examples.note([2, 3], 'b', 't', 2);
    expect([1, 2, 3, 4].map(cell => traces(examples, cell))).toEqual([['a'], ['b', 'a'], ['b'], []]);
  });

  it('from before the time that is asked for are not given, nor those without a time', () => {
    const examples = new Examples();
    examples.note([1], 'old', 's', 99);
    examples.note([1], 'at', 't', 100);
    examples.note([1], 'never', 'u', Number.NaN);
    expect(traces(examples, 1, 100)).toEqual(['at']);
  });

  it('are forgotten when cells get another meaning', () => {
    const examples = new Examples();
    examples.note([1], 'a', 's', 1);
    examples.clear();
    expect(traces(examples, 1)).toEqual([]);
  });

  it('cannot be changed by whoever was given them', () => {
    const examples = new Examples();
    examples.note([1], 'a', 's', 1);
    examples.of(1, 0).pop();
    expect(traces(examples, 1)).toEqual(['a']);
    expect(Object.isFrozen(examples.of(1, 0)[0])).toBe(true);
  });

  it('are never more than three, whatever is noted, and always the newest of each trace', () => {
    const noting = fc.record({ cells: fc.array(fc.nat(3)), trace: fc.nat(5), span: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(noting, { maxLength: 40 }), notings => {
        const examples = new Examples();
        const newest = new Map<number, string[]>();
        notings.forEach(({ cells, trace, span }, i) => {
          examples.note(cells, `trace ${trace}`, `span ${span}`, i);
          for (const cell of cells) {
            const others = (newest.get(cell) ?? []).filter(id => id !== `trace ${trace}`);
            newest.set(cell, [`trace ${trace}`, ...others].slice(0, EXAMPLES_A_BIN));
          }
        });
        for (let cell = 0; cell <= 3; cell++) expect(traces(examples, cell)).toEqual(newest.get(cell) ?? []);
      }),
    );
  });
});

describe('noting', () => {
  /** Calls of one second that were noted, of so many sampled ones. */
  function noted(examples: Examples, calls: number, beginMs: number): number {
    let count = 0;
    for (let i = 0; i < calls; i++) {
      if (!examples.wants(beginMs + (i * 999) / calls)) continue;
      examples.note([0], 'trace', `${beginMs}/${i}`, 0);
      count++;
    }
    return count;
  }

  it('takes every sampled call of a slow service, and ten a second of a fast one', () => {
    const examples = new Examples();
    expect(noted(examples, 4, 5000)).toBe(4);
    expect(noted(examples, 100_000, 6000)).toBe(NOTINGS_A_SECOND);
    expect(noted(examples, 3, 7000)).toBe(3);
    expect(noted(examples, 11, 90_000)).toBe(NOTINGS_A_SECOND);
  });

  it('is not used up by calls that ask and turn out not to be sampled', () => {
    const examples = new Examples();
    for (let i = 0; i < 1000; i++) expect(examples.wants(5000 + i / 10)).toBe(true);
    expect(noted(examples, 100, 5000)).toBe(NOTINGS_A_SECOND);
  });

  it('counts a call once that is noted for its rows and for its output', () => {
    const examples = new Examples();
    for (let call = 0; call < NOTINGS_A_SECOND; call++) {
      expect(examples.wants(5000 + call)).toBe(true);
      for (const cell of [1, 2, 3]) examples.note([cell], 'trace', `span ${call}`, 0);
    }
    expect(examples.wants(5500)).toBe(false);
    expect(examples.wants(6000)).toBe(true);
  });
});
