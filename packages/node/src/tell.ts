import { diag } from '@opentelemetry/api';

/** Tells `diag`. A logger that throws must not keep the process from ending. */
export function tell(message: string, ...details: unknown[]): void {
  try {
    diag.warn(`driftspan: ${message}`, ...details);
  } catch {
    // There is nobody else to tell.
  }
}
