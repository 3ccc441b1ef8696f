import type { Artifact } from './artifact.js';
import type { OnnxruntimeConfig } from './config.js';
import { describeModel } from './description.js';
import { hashArtifact } from './hashing.js';
import { type Identity, identify } from './identity.js';
import { makeMonitor, type Providers, type SessionMonitor } from './make-monitor.js';
import type { ModelFile } from './model-file.js';
import { Queue } from './queue.js';
import * as names from './semconv.js';
import type { RunFunction, WatchedSession } from './watched-sessions.js';

/** What is known of a session. */
export interface SessionFacts {
  /** Undefined for one that was made before it could be watched. */
  readonly artifact: Artifact | undefined;
  readonly file: ModelFile;
  /** Execution providers, as asked for; undefined where that is not known. */
  readonly provider: string | undefined;
  readonly runtimeVersion: string | undefined;
  readonly loadSeconds: number | undefined;
}

/** A model that one session or several are watched as. */
export interface Model extends WatchedSession {
  readonly monitor: SessionMonitor;
  readonly key: string;
  readonly facts: SessionFacts;
  sessions: number;
}

/** The models of one copy of the runtime: sessions of one file have one monitor, whichever came first. */
export class Models {
  readonly #owner: object;
  readonly #run: RunFunction;
  readonly #config: () => OnnxruntimeConfig;
  readonly #providers: Providers;
  readonly #models = new Map<string, Model>();
  #unknown = 0;

  /** @param run the runtime's own */
  constructor(owner: object, run: RunFunction, config: () => OnnxruntimeConfig, providers: Providers) {
    this.#owner = owner;
    this.#run = run;
    this.#config = config;
    this.#providers = providers;
  }

  /** The model of a further session; undefined for one that is not to be watched. */
  open(facts: SessionFacts): Model | undefined {
    const identity = identify(facts.artifact, facts.file, this.#config());
    if (identity === undefined) return undefined;
    const key = this.#key(facts, identity);
    const model = this.#models.get(key) ?? this.#make(key, facts, identity);
    if (model === undefined) return undefined;
    model.sessions++;
    return model;
  }

  /** A session is gone; with the last one the monitor ends. */
  close(model: Model): void {
    if (--model.sessions > 0 || this.#models.get(model.key) !== model) return;
    this.#models.delete(model.key);
    model.monitor.dispose();
  }

  end(): void {
    for (const { monitor } of this.#models.values()) monitor.dispose();
    this.#models.clear();
  }

  #make(key: string, facts: SessionFacts, identity: Identity): Model | undefined {
    const monitor = makeMonitor(identity, facts.file, this.#providers);
    if (monitor === undefined) return undefined;
    const { artifact, loadSeconds } = facts;
    const load = loadSeconds === undefined ? {} : { [names.ATTR_LOAD_DURATION]: loadSeconds };
    monitor.describe({ ...describeModel(facts), ...load });
    if (artifact !== undefined && identity.config.hash !== false) {
      // Never rejects; a monitor that has ended meanwhile is told in vain.
      void hashArtifact(artifact).then(hash => {
        if (hash !== undefined) monitor.describe({ [names.ATTR_ARTIFACT_HASH]: hash });
      });
    }
    const queue = new Queue(seconds => monitor.recordQueueTime(seconds));
    const run = monitor.wrap(this.#run);
    const model: Model = { owner: this.#owner, monitor, queue, run, key, facts, sessions: 0 };
    this.#models.set(key, model);
    return model;
  }

  /** One state of one file, or equal bytes, are one model; where neither is known each session is its own. */
  #key({ artifact, provider }: SessionFacts, { name, version }: Identity): string {
    const from =
      artifact === undefined ? ++this.#unknown : [('path' in artifact && artifact.path) || '', artifact.state];
    return JSON.stringify([name, version, provider, from]);
  }
}
