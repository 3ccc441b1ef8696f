import { diag } from '@opentelemetry/api';
import { mergePoints } from './merge-points.js';
import type { Point } from './point.js';

/** Monitors of a process; a program that makes one a request has a mistake, not a thousand models. */
export const MAX_MONITORS = 1000;

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

  /** Keeps what the monitor counted, and forgets the monitor. */
  retire(identity: string, source: Source): void {
    const group = this.#groups.get(identity);
    if (group === undefined || !group.sources.has(source)) return;
    const counted = source.points().filter(({ metric }) => metric.kind === 'sum' || metric.kind === 'histogram');
    group.sources.delete(source);
    this.#count--;
    group.retired = group.retired.length === 0 ? counted : mergePoints([group.retired, counted]);
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

const KEY = Symbol.for('driftspan.registry.v1');

/** The registry of this process. */
export function registry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  holder[KEY] ??= new Registry();
  return holder[KEY];
}
