import { diag, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import { checkConfig, type OnnxruntimeConfig } from './config.js';
import { InstrumentationError, shown } from './errors.js';
import { findRuntimes, type Runtime, runtimeOf } from './find-runtimes.js';
import type { Providers } from './make-monitor.js';
import { isPatched, type Patch, patchClass } from './patch.js';
import { SCOPE_NAME, SCOPE_VERSION } from './semconv.js';
import { Sessions } from './sessions.js';

/**
 * Watches every `InferenceSession` of onnxruntime-node, through `registerInstrumentations` of either OpenTelemetry line or by
 * itself. Watching begins at construction, or at `enable()` with `enabled: false`.
 *
 * @throws InstrumentationError `ERR_ONNXRUNTIME_CONFIG` from the constructor and `setConfig`.
 */
export class OnnxruntimeInstrumentation {
  readonly instrumentationName: string = SCOPE_NAME;
  readonly instrumentationVersion: string = SCOPE_VERSION;
  #config: OnnxruntimeConfig;
  readonly #providers: { -readonly [K in keyof Providers]: Providers[K] } = {};
  readonly #watched = new Map<Runtime['InferenceSession'], { readonly patch: Patch; readonly sessions: Sessions }>();
  /** Copies that were handed over, for the next `enable`. */
  readonly #given = new Map<Runtime['InferenceSession'], Runtime>();
  #enabled = false;

  constructor(config: OnnxruntimeConfig = {}) {
    checkConfig(config);
    this.#config = { enabled: true, ...config };
    if (this.#config.enabled) this.enable();
  }

  /** Watches the copies of the runtime that the application resolves, and those given to `instrument`. A second time does nothing. */
  enable(): void {
    if (this.#enabled || isDisabled()) return;
    this.#enabled = true;
    for (const runtime of [...findRuntimes(this.#config.resolveFrom), ...this.#given.values()]) this.#watch(runtime);
  }

  /** Puts the originals back. Sessions run bare from now on, and their monitors end; what was counted stays in the metrics. */
  disable(): void {
    for (const { patch, sessions } of this.#watched.values()) {
      patch.restore();
      sessions.end();
    }
    this.#watched.clear();
    this.#enabled = false;
  }

  /**
   * Watches a further copy of the runtime: one that is bundled, or lies where the application would not resolve it. Gives the
   * module back.
   *
   * @throws InstrumentationError `ERR_ONNXRUNTIME_MODULE` for what has no `InferenceSession`.
   */
  instrument<Module>(module: Module): Module {
    const runtime = runtimeOf(module);
    if (runtime === undefined) {
      throw new InstrumentationError(
        'ERR_ONNXRUNTIME_MODULE',
        'instrument',
        shown(module),
        'a module with InferenceSession',
      );
    }
    this.#given.set(runtime.InferenceSession, runtime);
    if (this.#enabled) this.#watch(runtime);
    return module;
  }

  #watch(runtime: Runtime): void {
    const { InferenceSession } = runtime;
    if (this.#watched.has(InferenceSession)) return;
    if (isPatched(InferenceSession)) {
      diag.warn('driftspan: onnxruntime is watched by another instrumentation, whose configuration stands');
      return;
    }
    const sessions = new Sessions(runtime, () => this.#config, this.#providers);
    const patch = patchClass(InferenceSession, sessions);
    if (patch === undefined) diag.warn('driftspan: this onnxruntime has no create, run and release to watch');
    else this.#watched.set(InferenceSession, { patch, sessions });
  }

  /** For spans of sessions made from now on, instead of the process's provider. */
  setTracerProvider(provider: TracerProvider): void {
    this.#providers.tracerProvider = provider;
  }

  /** For log events of sessions made from now on, instead of the process's provider. */
  setLoggerProvider(provider: NonNullable<Providers['loggerProvider']>): void {
    this.#providers.loggerProvider = provider;
  }

  /** Nothing: metrics are read by `metricProducer()`, which `@driftspan/node` plugs in. */
  setMeterProvider(_provider: MeterProvider): void {}

  /** For sessions made from now on. @throws InstrumentationError `ERR_ONNXRUNTIME_CONFIG` */
  setConfig(config: OnnxruntimeConfig = {}): void {
    checkConfig(config);
    this.#config = { enabled: true, ...config };
  }

  getConfig(): OnnxruntimeConfig {
    return this.#config;
  }
}

/** `DRIFTSPAN_DISABLED`, as core reads it: nothing is patched. */
function isDisabled(): boolean {
  const value = process.env['DRIFTSPAN_DISABLED']?.trim().toLowerCase();
  return value === '1' || value === 'true';
}
