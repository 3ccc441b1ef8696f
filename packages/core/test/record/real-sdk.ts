import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** The real SDK, registered globally; gives where its finished spans lie. */
export function registerSdk(sampler?: Sampler): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
      ...(sampler === undefined ? {} : { sampler }),
    }),
  );
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  return exporter;
}

/** As if no SDK had ever been registered. */
export function unregisterSdk(): void {
  trace.disable();
  context.disable();
  propagation.disable();
  metrics.disable();
  diag.disable();
}

/** The only finished span. */
export function onlySpan(exporter: InMemorySpanExporter): ReadableSpan {
  const spans = exporter.getFinishedSpans();
  if (spans.length !== 1) throw new Error(`${spans.length} spans instead of one`);
  return spans[0]!;
}
