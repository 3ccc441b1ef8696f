import { context } from '@opentelemetry/api';
import { artifactOf } from './artifact.js';
import type { OnnxruntimeConfig } from './config.js';
import { describeLoad, executionProviders } from './description.js';
import { loadErrorType } from './error-type.js';
import type { Runtime } from './find-runtimes.js';
import { guarded } from './guarded.js';
import { identify } from './identity.js';
import { recordLoad } from './load-span.js';
import type { Providers } from './make-monitor.js';
import { readModelFile } from './model-file.js';
import { type Model, Models, type SessionFacts } from './models.js';
import type { Hooks } from './patch.js';
import type { Session } from './runtime.js';
import { type RunFunction, type WatchedSession, watchedSessions } from './watched-sessions.js';

/** The sessions of one copy of the runtime, from their making to their release. */
export class Sessions implements Hooks {
  readonly #runtime: Runtime;
  readonly #config: () => OnnxruntimeConfig;
  readonly #providers: Providers;
  readonly #models: Models;
  /** Of a session that is not watched. */
  readonly #bare: WatchedSession;
  #ended = false;

  /** To be made before the runtime's class is patched. */
  constructor(runtime: Runtime, config: () => OnnxruntimeConfig, providers: Providers) {
    const { run } = runtime.InferenceSession.prototype as { run: RunFunction };
    this.#runtime = runtime;
    this.#config = config;
    this.#providers = providers;
    this.#models = new Models(this, run, config, providers);
    this.#bare = { owner: this, monitor: undefined, queue: undefined, run };
  }

  /** Ends every monitor. */
  end(): void {
    this.#ended = true;
    this.#models.end();
  }

  readonly create = (original: RunFunction, self: unknown, args: unknown[]): unknown => {
    const load = guarded(() => this.#beginLoad(args));
    const made: unknown = Reflect.apply(original, self, args);
    if (load === undefined || !(made instanceof Promise)) return made;
    return made.then(
      (session: Session) => {
        guarded(() => load(session, undefined));
        return session;
      },
      (error: unknown) => {
        guarded(() => load(undefined, error));
        throw error;
      },
    );
  };

  readonly run = (original: RunFunction, self: unknown, args: unknown[]): unknown => {
    let watched = watchedSessions.get(self as object);
    if (watched?.owner !== this) watched = guarded(() => this.#adopt(self, watched));
    if (watched === undefined) return Reflect.apply(original, self, args);
    watched.queue?.toss();
    return Reflect.apply(watched.run, self, args);
  };

  readonly release = (original: RunFunction, self: unknown, args: unknown[]): unknown => {
    const released: unknown = Reflect.apply(original, self, args);
    setImmediate(() => guarded(() => this.#release(self)));
    return released;
  };

  /** Starts the clock of a load; gives what ends it, with a session or an error. */
  #beginLoad(args: readonly unknown[]): (session: Session | undefined, error: unknown) => void {
    const from = performance.now();
    const startMs = Date.now();
    const active = context.active();
    const artifact = artifactOf(args);
    return (session, error) => {
      if (this.#ended) return;
      const facts: SessionFacts = {
        artifact,
        file: readModelFile(session ?? {}, artifact),
        provider: executionProviders(args),
        runtimeVersion: this.#runtime.version(),
        loadSeconds: (performance.now() - from) / 1000,
      };
      if (session !== undefined) this.#watch(session, facts);
      const identity = identify(artifact, facts.file, this.#config());
      if (identity === undefined) return;
      recordLoad(
        {
          identity,
          startMs,
          seconds: facts.loadSeconds!,
          context: active,
          attributes: describeLoad(facts),
          errorType: session === undefined ? loadErrorType(error) : undefined,
        },
        this.#providers.tracerProvider,
      );
    };
  }

  /** A session made before it could be watched, or watched by one that has ended, which knew more of it. */
  #adopt(session: unknown, before: WatchedSession | undefined): WatchedSession | undefined {
    if (!(session instanceof (this.#runtime.InferenceSession as unknown as new () => object))) return undefined;
    const known = (before as Model | undefined)?.facts;
    return this.#watch(session, known ?? this.#factsOf(session));
  }

  #factsOf(session: Session): SessionFacts {
    return {
      artifact: undefined,
      file: readModelFile(session, undefined),
      provider: undefined,
      runtimeVersion: this.#runtime.version(),
      loadSeconds: undefined,
    };
  }

  #watch(session: object, facts: SessionFacts): WatchedSession {
    // Whatever comes, it is tried once.
    watchedSessions.set(session, this.#bare);
    const watched = this.#models.open(facts) ?? this.#bare;
    watchedSessions.set(session, watched);
    return watched;
  }

  /**
   * In a macrotask after `release()`: runs that were asked for before then are put in before the next macrotask, and have run or
   * failed when it comes. They are counted; later ones fail bare.
   */
  #release(session: unknown): void {
    const watched = watchedSessions.get(session as object);
    if (watched === undefined || watched === this.#bare || watched.owner !== this) return;
    watchedSessions.set(session as object, this.#bare);
    setImmediate(() => guarded(() => this.#models.close(watched as Model)));
  }
}
