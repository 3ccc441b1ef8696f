import { createMonitor, defineModel, type LearnFrom, type Monitor, type MonitorOptions } from '@driftspan/core';
import { diag } from '@opentelemetry/api';
import { LEARN_FROM } from './config.js';
import { runErrorType } from './error-type.js';
import { undeclaredFeatures } from './features.js';
import type { Identity } from './identity.js';
import type { ModelFile } from './model-file.js';
import { outputReaders } from './output/readers.js';
import type { Feeds, Results } from './runtime.js';

// biome-ignore lint/suspicious/noExplicitAny: fetches and run options are the runtime's to check
export type SessionMonitor = Monitor<[feeds: Feeds, ...rest: any[]], Results>;
type Options = MonitorOptions<[feeds: Feeds, ...rest: unknown[]], Results, Feeds>;
/** Where spans and log events go, if not to the process's providers. */
export type Providers = Pick<Options, 'tracerProvider' | 'loggerProvider'>;

/**
 * The monitor of a session's model. A configuration that is refused is told to `diag`, and the model is watched without it:
 * loading a model must not fail for its telemetry. Undefined if even that is refused.
 */
export function makeMonitor(identity: Identity, file: ModelFile, providers: Providers): SessionMonitor | undefined {
  try {
    return createMonitor(optionsOf(identity, file, providers));
  } catch (error) {
    tell(identity, 'is watched without its configuration', error);
  }
  try {
    const { name, version } = identity;
    return createMonitor(optionsOf({ name, version, config: { tensors: 'none', learnFrom: false } }, file, providers));
  } catch (error) {
    tell(identity, 'is not watched', error);
    return undefined;
  }
}

function optionsOf({ name, version, config }: Identity, file: ModelFile, providers: Providers): Options {
  const { transforms, task, sensitiveKey, tensors, learnFrom } = config;
  const counted = tensors === 'none' ? {} : undeclaredFeatures(file.inputs, config);
  const features = config.features ?? counted;
  const output = outputReaders(file.outputs, config);
  const model = defineModel<Feeds>({
    name,
    version,
    features,
    ...defined({ transforms, task, sensitiveKey }),
  });
  const { drift, sampling, redact, recordExceptions, limits, spans, codegen, clock } = config;
  const { requireSameVersion, predictionId } = config;
  const learned: LearnFrom | undefined =
    learnFrom !== false && (Object.keys(features).length > 0 || output !== undefined)
      ? { learnFrom: learnFrom ?? LEARN_FROM }
      : undefined;
  return {
    model,
    errorType: runErrorType,
    ...defined({ drift, export: config.export, sampling, redact, recordExceptions, limits, spans, codegen, clock }),
    ...defined({ requireSameVersion, predictionId, output, baseline: config.baseline ?? learned }),
    ...providers,
  };
}

/** The same without what is undefined. */
function defined<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** Our errors name the option and what was expected; they hold nothing of an input. */
function tell({ name }: Identity, what: string, error: unknown): void {
  try {
    diag.error(`driftspan: onnxruntime: ${name} ${what}`, error instanceof Error ? error.message : typeof error);
  } catch {
    // A logger that throws must not reach the application.
  }
}
