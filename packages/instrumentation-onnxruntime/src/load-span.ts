import { type Attributes, type Context, SpanStatusCode, type TracerProvider, trace } from '@opentelemetry/api';
import type { Identity } from './identity.js';
import * as names from './semconv.js';

/** One load of a model, done or failed. */
export interface Load {
  readonly identity: Identity;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly seconds: number;
  /** In which `create` was called. */
  readonly context: Context;
  readonly attributes: Attributes;
  readonly errorType: string | undefined;
}

/**
 * The span `load <model>`, made when the load is over and given its times: what the model is called is only known then, and a
 * span that isn't open can't be left so.
 */
export function recordLoad(load: Load, provider: TracerProvider | undefined): void {
  const { identity, startMs, seconds, errorType } = load;
  if (identity.config.spans === 'never') return;
  const tracer = (provider ?? trace.getTracerProvider()).getTracer(names.SCOPE_NAME, names.SCOPE_VERSION, {
    schemaUrl: names.SCHEMA_URL,
  });
  const span = tracer.startSpan(
    `${names.OPERATION_LOAD} ${identity.name}`,
    {
      startTime: startMs,
      attributes: {
        [names.ATTR_OPERATION_NAME]: names.OPERATION_LOAD,
        [names.ATTR_MODEL_NAME]: identity.name,
        [names.ATTR_MODEL_VERSION]: identity.version,
        ...load.attributes,
      },
    },
    load.context,
  );
  if (errorType !== undefined) {
    span.setAttribute(names.ATTR_ERROR_TYPE, errorType);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(startMs + seconds * 1000);
}
