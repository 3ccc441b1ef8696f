import { trace } from '@opentelemetry/api';

let told = false;

/**
 * Says once when an SDK is registered with another, incompatible copy of `@opentelemetry/api`: everything would
 * be a silent no-op (1.9 registered and 1.10 consumed, say).
 */
export function checkApiCopies(): void {
  if (told) return;
  const registered = (globalThis as Record<symbol, { version?: string; trace?: unknown } | undefined>)[
    Symbol.for('opentelemetry.js.api.1')
  ];
  if (registered?.trace === undefined || trace.getTracerProvider() === registered.trace) return;
  told = true;
  // Not diag: it belongs to the copy that nobody listens to.
  console.warn(
    `driftspan: the OpenTelemetry SDK was registered with @opentelemetry/api ${registered.version ?? 'of another version'}, which the copy used here can't see: no span will be recorded. Install one version of @opentelemetry/api.`,
  );
}
