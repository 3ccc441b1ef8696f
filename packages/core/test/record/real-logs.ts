import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { LoggerProviderLike } from '../../src/record/log-events.js';

export interface EmittedEvent {
  readonly name: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly severity: string | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
}

/** The real logs SDK, and what came out of it. */
export function realLogs() {
  const exporter = new InMemoryLogRecordExporter();
  const provider: LoggerProviderLike = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  return {
    provider,
    records: () => exporter.getFinishedLogRecords(),
    events: (): EmittedEvent[] =>
      exporter.getFinishedLogRecords().map(({ eventName, attributes, severityText, spanContext }) => ({
        name: eventName,
        attributes: { ...attributes },
        severity: severityText,
        traceId: spanContext?.traceId,
        spanId: spanContext?.spanId,
      })),
  };
}
