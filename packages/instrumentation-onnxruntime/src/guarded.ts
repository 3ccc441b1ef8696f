import { diag } from '@opentelemetry/api';
import { className } from './error-type.js';

let told = false;

/** Does work of ours beside the application's call: what it throws is told once, by its class, and goes no further. */
export function guarded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (told) return undefined;
    told = true;
    try {
      diag.warn(`driftspan: onnxruntime: a fault of ours (${className(error)})`);
    } catch {
      // A logger that throws must not reach the application.
    }
    return undefined;
  }
}
