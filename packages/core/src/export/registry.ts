import { diag } from '@opentelemetry/api';
import { mergePoints } from './merge-points.js';
import type { Point } from './point.js';

/** Monitors of a process; a program that makes one a request has a mistake, not a thousand models. */
export const MAX_MONITORS = 1000;

/**
 * Series of earlier monitors of one identity that are kept, beside those of the last that was disposed of and of those that live. A model's labels and
 * error types are 86 at most, unless it asks for more; a program that makes a monitor a request, each with other ones, would grow for ever.
 */
export const MAX_RETIRED_SERIES = 2000;

/** What a monitor shows to the producers of its process. */
export interface Source {
  /** All its series, cumulative. Judges first what has closed. */
  points(): Point[];
}

interface Group {
  readonly startMs: number;
  readonly sources: Set<Source>;
  /** Sums and histograms of monitors that were disposed of: a counter must never go back. */
  retired: readonly Point[];
}

/**
 * The monitors of a process, by identity (name, version, operation). One for all copies of this package, so its
 * shape is fixed as long as the symbol says v1.
 */
export class Registry {
  readonly #groups = new Map<string, Group>();
  #count = 0;
  readonly startMs = Date.now();
  /** Monitors that were refused for want of room, since `startMs`. */
  refused = 0;

  /** False if there are 1,000 already. */
  add(identity: string, source: Source): boolean {
    if (this.#count >= MAX_MONITORS) {
      if (this.refused++ === 0)
        diag.error(
          `driftspan: more than ${MAX_MONITORS} monitors: further ones are inert. Make one a model, not one a call.`,
        );
      return false;
    }
    this.#count++;
    let group = this.#groups.get(identity);
    if (group === undefined) {
      this.#makeRoom();
      group = { startMs: Date.now(), sources: new Set(), retired: [] };
      this.#groups.set(identity, group);
    }
    group.sources.add(source);
    return true;
  }

  /** Keeps what the monitor counted, and forgets the monitor. Of its predecessors the oldest series end, where there are too many. */
  retire(identity: string, source: Source): void {
    const group = this.#groups.get(identity);
    if (group === undefined || !group.sources.has(source)) return;
    const counted = source.points().filter(({ metric }) => metric.kind === 'sum' || metric.kind === 'histogram');
    group.sources.delete(source);
    this.#count--;
    group.retired =
      group.retired.length === 0 ? counted : bounded(mergePoints([group.retired, counted]), counted, group);
  }

  /** The series of one identity, or undefined if it is gone. */
  points(identity: string): { readonly points: readonly Point[]; readonly startMs: number } | undefined {
    const group = this.#groups.get(identity);
    if (group === undefined) return undefined;
    const lists = [...group.sources].map(source => source.points());
    if (group.retired.length > 0) lists.push(group.retired as Point[]);
    return { points: mergePoints(lists), startMs: group.startMs };
  }

  get identities(): string[] {
    return [...this.#groups.keys()];
  }

  // Identities that nobody serves any more go first, oldest first.
  #makeRoom(): void {
    if (this.#groups.size < MAX_MONITORS) return;
    for (const [identity, group] of this.#groups) {
      if (group.sources.size > 0) continue;
      this.#groups.delete(identity);
      return;
    }
  }
}

/** A series that a monitor goes on with is never left out: its sum would go back. */
function bounded(points: readonly Point[], last: readonly Point[], { sources }: Group): readonly Point[] {
  if (points.length <= last.length + MAX_RETIRED_SERIES) return points;
  const live = [...sources].flatMap(source => source.points());
  const kept = new Set([...last, ...live].map(point => point.key));
  let over = points.filter(point => !kept.has(point.key)).length - MAX_RETIRED_SERIES;
  return points.filter(point => kept.has(point.key) || over-- <= 0);
}

const KEY = Symbol.for('driftspan.registry.v1');

/** The registry of this process. */
export function registry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  holder[KEY] ??= new Registry();
  return holder[KEY];
}
