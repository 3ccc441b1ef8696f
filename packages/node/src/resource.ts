import { randomUUID } from 'node:crypto';
import {
  defaultResource,
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { type Warn, words } from './environment.js';
import type { StartOptions } from './options.js';

/** The names of OTEL_NODE_RESOURCE_DETECTORS; the later wins, so `env` is the last. */
const DETECTORS: Readonly<Record<string, ResourceDetector>> = {
  serviceinstance: serviceInstanceIdDetector,
  host: hostDetector,
  os: osDetector,
  process: processDetector,
  env: envDetector,
};
const DEFAULT_DETECTORS: readonly string[] = ['host', 'process', 'env'];

/**
 * Who speaks, from weak to strong: defaults and a random instance id, what is detected, OTEL_RESOURCE_ATTRIBUTES and
 * OTEL_SERVICE_NAME, the options. Left alone, the SDK puts detected attributes above given ones, and one of its lines
 * sets no instance id: replicas then overwrite each other's cumulative series.
 */
export function resourceSettings(
  options: StartOptions,
  warn: Warn,
): { resource: Resource; resourceDetectors: ResourceDetector[] } {
  const { serviceName, resourceAttributes } = options;
  const given = { ...resourceAttributes, ...(serviceName === undefined ? {} : { 'service.name': serviceName }) };
  return {
    resource: defaultResource().merge(resourceFromAttributes({ 'service.instance.id': randomUUID() })),
    resourceDetectors: [...detectors(warn), { detect: () => ({ attributes: given }) }],
  };
}

function detectors(warn: Warn): ResourceDetector[] {
  const variable = 'OTEL_NODE_RESOURCE_DETECTORS';
  const asked = words(variable);
  if (asked.includes('none')) return [];
  for (const name of asked) {
    if (name !== 'all' && !(name in DETECTORS)) {
      warn(`${variable}: met ${JSON.stringify(name)}, expected all, none or ${Object.keys(DETECTORS).join(', ')}`);
    }
  }
  const wanted = asked.length === 0 ? DEFAULT_DETECTORS : asked;
  return Object.entries(DETECTORS)
    .filter(([name]) => wanted.includes('all') || wanted.includes(name))
    .map(([, detector]) => detector);
}
