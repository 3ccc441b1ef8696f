import { type Verdict, worstVerdict } from '@driftspan/sketch';
import type { Faults } from '../faults.js';
import { defer } from '../platform.js';
import { RING_SLOTS } from '../window/ring.js';
import type { Windows } from '../window/windows.js';
import { movedFeatures } from './also-moved.js';
import { causeOf, type DriftTest } from './cause.js';
import type { DriftedBin, RisenBin } from './drifted-bins.js';
import { Episode, type EpisodeChange } from './episode.js';
import type { Examples } from './examples.js';
import type { Look, WindowJudge } from './window-judge.js';

/** What `on('drift')` listeners are given: an episode opened, rose or closed. Never a notice. */
export interface DriftAlert {
  readonly model: { readonly name: string; readonly version: string };
  readonly feature: string;
  readonly change: EpisodeChange['change'];
  readonly from: Verdict;
  readonly to: Verdict;
  /** When the sub-window that was judged ended, ms since the epoch. */
  readonly atMs: number;
  /** Of the longest window that could be judged; NaN if none could. */
  readonly psi: number;
  readonly samples: number;
  /** The test that said so, in the shortest window where it was as bad; undefined when an episode closes. */
  readonly cause: AlertCause | undefined;
  /** Other features that moved, significantly at a looser level: where to look next, no alarms. Empty when an episode closes. */
  readonly alsoMoved: readonly string[];
  /** The bins that make it, most first, with sampled traces to look at. Empty when an episode closes. */
  readonly bins: readonly DriftedBin[];
}
export interface AlertCause {
  readonly test: DriftTest;
  readonly windowMs: number;
}
export type DriftListener = (alert: DriftAlert) => void;

/** One feature as it stands: its last look and its episode. */
export interface Watched {
  readonly name: string;
  readonly look: Look | undefined;
  readonly verdict: Verdict;
  readonly openedAtMs: number | undefined;
}

export interface WatchParts {
  readonly examples: Examples;
  /** Told of every change of an episode before the listeners, and where nobody listens. */
  readonly changed: DriftListener;
}

/**
 * When to judge, and what to say. One judgement per closed sub-window, the newest only, made by whoever asks first:
 * a collection, a report, `evaluate()` or the first call after the boundary (off its path). Nobody else spends budget.
 */
export class DriftWatch {
  judge: WindowJudge;
  readonly #windows: Windows;
  readonly #model: DriftAlert['model'];
  readonly #faults: Faults;
  readonly #examples: Examples;
  #changed: DriftListener | undefined;
  #episodes: readonly Episode[];
  // One entry an attachment: the same function may be attached twice, and is stopped once at a time.
  readonly #listeners = new Set<{ readonly tell: DriftListener }>();
  #looks: readonly Look[] = [];
  /** By feature; of one without an open episode none. */
  #risen: readonly (readonly RisenBin[])[] = [];
  #judgedIndex: number;
  #scheduled = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(judge: WindowJudge, windows: Windows, model: DriftAlert['model'], faults: Faults, parts: WatchParts) {
    this.#examples = parts.examples;
    this.#changed = parts.changed;
    this.judge = judge;
    this.#windows = windows;
    this.#model = model;
    this.#faults = faults;
    this.#judgedIndex = windows.openIndex;
    this.#episodes = judge.names.map(() => new Episode());
  }

  /** Judges by a baseline that was learned meanwhile: from the next sub-window on, with no episode open. */
  use(judge: WindowJudge): void {
    this.#windows.settle();
    this.judge = judge;
    this.#episodes = judge.names.map(() => new Episode());
    this.#looks = [];
    this.#risen = [];
    this.driftedCells = undefined;
    this.#judgedIndex = this.#windows.openIndex;
    this.judgedAtMs = undefined;
  }

  /** End of the newest judged sub-window, ms since the epoch; undefined before the first judgement. */
  judgedAtMs: number | undefined;

  /**
   * Cells, relative to a slot's first, of the bins that make the open episodes; undefined while there are none. Set by a judgement,
   * read on the way of every call.
   */
  driftedCells: ReadonlySet<number> | undefined;

  get subWindowMs(): number {
    return this.#windows.subWindowMs;
  }

  get verdict(): Verdict {
    return worstVerdict(this.#looks.map((look, i) => this.#episodes[i]!.shown(look.verdict)));
  }

  get watched(): Watched[] {
    return this.judge.names.map((name, i) => {
      const look = this.#looks[i];
      const episode = this.#episodes[i]!;
      const openedAtMs =
        episode.level === undefined
          ? undefined
          : this.#windows.openStartMs - (this.#windows.openIndex - episode.openedAt) * this.#windows.subWindowMs;
      return { name, look, verdict: episode.shown(look?.verdict ?? 'insufficient'), openedAtMs };
    });
  }

  /** While an episode is open: the features without one that moved too. */
  get alsoMoved(): readonly string[] {
    if (this.#episodes.every(episode => episode.level === undefined)) return [];
    const moved = movedFeatures(this.#looks);
    return this.judge.names.filter((_, i) => moved[i] === true && this.#episodes[i]!.level === undefined);
  }

  /** The bins that make each open episode, by feature. The examples are looked up now. */
  get driftedBins(): ReadonlyMap<string, readonly DriftedBin[]> {
    const open = this.judge.names.map((name, i) => [name, i] as const).filter(([, i]) => this.#episodes[i]!.level);
    return new Map(open.map(([name, i]) => [name, this.#binsOf(i)]));
  }

  #binsOf(feature: number): readonly DriftedBin[] {
    const sinceMs = this.#windows.openStartMs - RING_SLOTS * this.subWindowMs;
    const bins = (this.#risen[feature] ?? []).map(({ cell, ...bin }) =>
      Object.freeze({ ...bin, examples: Object.freeze(this.#examples.of(cell, sinceMs)) }),
    );
    return Object.freeze(bins);
  }

  /** Judges the newest closed sub-window unless that is done. Never throws. */
  evaluate(): void {
    this.#windows.settle();
    const index = this.#windows.openIndex;
    if (index === this.#judgedIndex) return;
    const closed = index - this.#judgedIndex;
    this.#judgedIndex = index;
    this.judgedAtMs = this.#windows.openStartMs;
    try {
      this.#looks = this.judge.look(closed);
    } catch (error) {
      this.#faults.count('judgement', error);
      return;
    }
    // All features first: what is told of one names the others.
    const changes = this.#looks.map((look, i) => this.#episodes[i]!.take(look, index, RING_SLOTS));
    this.#findBins();
    changes.forEach((change, i) => {
      if (change !== undefined) this.#tell(i, change);
    });
  }

  /** While an episode is open and its look is quiet, its bins stay those of the last that was not: by now only noise rises. */
  #findBins(): void {
    try {
      const risen = this.judge.risen(this.#looks);
      this.#risen = this.#episodes.map(({ level }, i) =>
        level === undefined ? [] : (risen[i] ?? this.#risen[i] ?? []),
      );
    } catch (error) {
      this.#faults.count('judgement', error);
    }
    const cells = this.#risen.flatMap(bins => bins.map(({ cell }) => cell));
    this.driftedCells = cells.length === 0 ? undefined : new Set(cells);
  }

  /** Closes what has ended, and judges it soon. */
  settle(): void {
    const open = this.#windows.openIndex;
    this.#windows.settle();
    if (this.#windows.openIndex !== open) this.schedule();
  }

  /** A call saw a sub-window close: judges soon, not now. */
  schedule(): void {
    if (this.#scheduled || this.judge.names.length === 0) return;
    this.#scheduled = true;
    defer(() => {
      this.#scheduled = false;
      this.evaluate();
    });
  }

  /** The first listener starts the only timer there is (unref'ed), so that an idle model's episodes close too. */
  on(listener: DriftListener): () => void {
    const attached = { tell: listener };
    this.#listeners.add(attached);
    if (this.#timer === undefined) {
      this.#timer = setInterval(() => this.evaluate(), Math.max(1000, this.#windows.subWindowMs));
      (this.#timer as { unref?: () => void }).unref?.();
    }
    return () => {
      this.#listeners.delete(attached);
      if (this.#listeners.size === 0) this.#stop();
    };
  }

  dispose(): void {
    this.#changed = undefined;
    this.#listeners.clear();
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tell(index: number, change: EpisodeChange): void {
    const feature = this.judge.names[index]!;
    const look = this.#looks[index]!;
    const longest =
      look.windows.findLast(window => window.judgement.verdict !== 'insufficient') ?? look.windows.at(-1)!;
    const { psi, samples } = longest.judgement;
    const isClosed = change.change === 'closed';
    const alert: DriftAlert = Object.freeze({
      model: this.#model,
      feature,
      ...change,
      atMs: this.judgedAtMs!,
      psi,
      samples,
      cause: isClosed ? undefined : this.#causeOf(look),
      alsoMoved: Object.freeze(isClosed ? [] : this.alsoMoved.filter(name => name !== feature)),
      bins: this.#binsOf(index),
    });
    if (this.#changed !== undefined) this.#give(this.#changed, alert);
    for (const attached of [...this.#listeners]) {
      // One that was told before it may have stopped it, or disposed of the monitor.
      if (this.#listeners.has(attached)) this.#give(attached.tell, alert);
    }
  }

  #causeOf(look: Look): AlertCause | undefined {
    const cause = causeOf(look);
    if (cause === undefined) return undefined;
    return Object.freeze({ test: cause.test, windowMs: cause.window.slots * this.subWindowMs });
  }

  #give(tell: DriftListener, alert: DriftAlert): void {
    const failed = (error: unknown) => this.#faults.count('listener', error);
    try {
      const told: unknown = tell(alert);
      // An async listener that rejects must not end the process as an unhandled rejection.
      if (told instanceof Promise) Promise.prototype.then.call(told, undefined, failed);
    } catch (error) {
      failed(error);
    }
  }
}
