import { diag } from '@opentelemetry/api';
import { environment } from '../platform.js';

/**
 * Where the values of an input go: `default`, on the sampled span, else on the event; `none`, nowhere; `span`, on sampled spans
 * only; `event`, on events only, of which every kept prediction is one.
 */
export type ContentMode = 'default' | 'none' | 'span' | 'event';

const VARIABLE = 'OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT';
const MODES: ReadonlyMap<string, ContentMode> = new Map([
  ['', 'default'],
  ['NO_CONTENT', 'none'],
  ['SPAN', 'span'],
  ['EVENT', 'event'],
]);

let told = false;

/**
 * What `OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT` says, in any case: NO_CONTENT, SPAN or EVENT. To be read at construction.
 * Any other value is taken for NO_CONTENT, since whoever set it meant to restrict something; `diag` is told once.
 */
export function captureContent(): ContentMode {
  const value = environment(VARIABLE)?.trim().toUpperCase() ?? '';
  const mode = MODES.get(value);
  if (mode !== undefined) return mode;
  if (!told) {
    told = true;
    diag.warn(`driftspan: ${VARIABLE} is none of NO_CONTENT, SPAN and EVENT: no input values are recorded`);
  }
  return 'none';
}
