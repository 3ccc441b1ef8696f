import type { InMemorySpanExporter } from '@opentelemetry/sdk-trace';

/** What the finished spans say of their streams, in the order in which they ended. */
export function ended(exporter: InMemorySpanExporter): { end: unknown; chunks: unknown; error: unknown }[] {
  return exporter.getFinishedSpans().map(({ attributes }) => ({
    end: attributes['ml.stream.end'],
    chunks: attributes['ml.stream.chunks'],
    error: attributes['error.type'],
  }));
}
