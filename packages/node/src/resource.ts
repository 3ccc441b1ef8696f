import { randomUUID } from 'node:crypto';
import { arch, hostname } from 'node:os';
import { basename } from 'node:path';
import {
  defaultResource,
  detectResources,
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
import type { StartMetricsOptions, StartOptions } from './options.js';

/** The names of OTEL_NODE_RESOURCE_DETECTORS; the later wins, so `env` is the last. */
const DETECTORS: Readonly<Record<string, ResourceDetector>> = {
  serviceinstance: serviceInstanceIdDetector,
  host: hostDetector,
  os: osDetector,
  process: processDetector,
  env: envDetector,
};

/** `host.arch` of the conventions, where Node has another word for it. */
const ARCHITECTURES: Readonly<Record<string, string>> = { arm: 'arm32', ppc: 'ppc32', x64: 'amd64' };

/**
 * Who speaks, from weak to strong: defaults and a random instance id, what is detected, OTEL_RESOURCE_ATTRIBUTES and
 * OTEL_SERVICE_NAME, the options. Left alone, the SDK puts detected attributes above given ones, and one of its lines
 * sets no instance id: replicas then overwrite each other's cumulative series.
 */
export function resourceSettings(
  options: Pick<StartOptions, 'serviceName' | 'resourceAttributes'>,
  warn: Warn,
): { resource: Resource; resourceDetectors: ResourceDetector[] } {
  const { serviceName, resourceAttributes } = options;
  const given = { ...resourceAttributes, ...(serviceName === undefined ? {} : { 'service.name': serviceName }) };
  const fallback = {
    // The SDK's own ends in argv[0], which is a path where the process was started by one.
    'service.name': `unknown_service:${executableName()}`,
    'service.instance.id': randomUUID(),
  };
  return {
    resource: defaultResource().merge(resourceFromAttributes(fallback)),
    resourceDetectors: [...detectors(warn), { detect: () => ({ attributes: given }) }],
  };
}

/**
 * The application's resource; one that names no process gets a random instance id, or replicas would overwrite each other's
 * series. Without it the same as that of `start`.
 */
export function metricsResource(options: StartMetricsOptions, warn: Warn): Resource {
  if (options.resource !== undefined) {
    return resourceFromAttributes({ 'service.instance.id': randomUUID() }).merge(options.resource);
  }
  const { resource, resourceDetectors } = resourceSettings(options, warn);
  return resource.merge(detectResources({ detectors: resourceDetectors }));
}

function detectors(warn: Warn): ResourceDetector[] {
  const variable = 'OTEL_NODE_RESOURCE_DETECTORS';
  const asked = words(variable);
  if (asked.length === 0) return [{ detect: () => ({ attributes: plainAttributes() }) }, envDetector];
  if (asked.includes('none')) return [];
  for (const name of asked) {
    if (name !== 'all' && !Object.hasOwn(DETECTORS, name)) {
      warn(`${variable}: met ${JSON.stringify(name)}, expected all, none or ${Object.keys(DETECTORS).join(', ')}`);
    }
  }
  return Object.entries(DETECTORS)
    .filter(([name]) => asked.includes('all') || asked.includes(name))
    .map(([, detector]) => detector);
}

/**
 * What tells one process from another, and no more. The SDK's `process` detector adds the command line, where secrets
 * stand, paths and the user's name; `host` adds the machine id, which is confidential (machine-id(5)). They leave only
 * where OTEL_NODE_RESOURCE_DETECTORS names them.
 */
function plainAttributes() {
  return {
    'host.name': hostname(),
    'host.arch': ARCHITECTURES[arch()] ?? arch(),
    'process.pid': process.pid,
    'process.executable.name': executableName(),
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'process.runtime.description': 'Node.js',
  };
}

/** Not `process.title`: that is the path it was started by, or whatever the application wrote there. */
function executableName(): string {
  return basename(process.execPath);
}
