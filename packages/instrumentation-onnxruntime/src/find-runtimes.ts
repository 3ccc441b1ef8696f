import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { diag } from '@opentelemetry/api';
import type { SessionClass } from './runtime.js';

/** One copy of the runtime. */
export interface Runtime {
  readonly InferenceSession: SessionClass;
  /** The runtime's version, where it tells. */
  readonly version: () => string | undefined;
}

const PACKAGE = 'onnxruntime-node';
/** What runs on the runtime, and may have a copy of its own. */
const HOLDERS = ['@huggingface/transformers'] as const;

/**
 * The copies of onnxruntime-node that the application would get: from its main module's folder, from the working directory,
 * from Transformers.js, and from the places `asked` for. Only the JavaScript class is loaded, from the `onnxruntime-common` that
 * the copy requires: the native library, 30 MB, waits until the application wants it.
 */
export function findRuntimes(asked: readonly string[] = []): Runtime[] {
  const found = new Map<SessionClass, Runtime>();
  const look = (from: string): boolean => {
    const runtime = load(from);
    if (runtime !== undefined && !found.has(runtime.InferenceSession)) found.set(runtime.InferenceSession, runtime);
    return runtime !== undefined;
  };
  const main = process.argv[1];
  for (const folder of new Set([main === undefined ? process.cwd() : dirname(main), process.cwd()])) {
    const from = join(folder, 'any.js');
    look(from);
    for (const holder of HOLDERS) {
      const path = resolve(from, holder);
      if (path !== undefined) look(path);
    }
  }
  for (const place of asked) {
    if (!look(join(place, 'any.js')) && !look(place)) diag.warn(`driftspan: no ${PACKAGE} is found from ${place}`);
  }
  if (found.size === 0) diag.debug(`driftspan: no ${PACKAGE} is found`);
  return [...found.values()];
}

function resolve(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

function load(from: string): Runtime | undefined {
  const path = resolve(from, PACKAGE);
  if (path === undefined) return undefined;
  try {
    return runtimeOf(createRequire(path)('onnxruntime-common'));
  } catch (error) {
    diag.debug(`driftspan: ${PACKAGE} can't be watched`, error instanceof Error ? error.name : '');
    return undefined;
  }
}

/** The runtime of a module, however it was imported; undefined for what is none. */
export function runtimeOf(module: unknown): Runtime | undefined {
  const { InferenceSession, env, default: inner } = (module ?? {}) as ModuleLike;
  if (typeof InferenceSession?.create === 'function' && typeof InferenceSession.prototype === 'object') {
    return { InferenceSession, version: () => versionOf(env) };
  }
  return inner === undefined || inner === module ? undefined : runtimeOf(inner);
}

interface ModuleLike {
  readonly InferenceSession?: SessionClass;
  readonly env?: { readonly versions?: Readonly<Record<string, unknown>> };
  readonly default?: unknown;
}

/** Set when the native library was loaded. */
function versionOf(env: ModuleLike['env']): string | undefined {
  const version = env?.versions?.['node'] ?? env?.versions?.['common'];
  return typeof version === 'string' ? version : undefined;
}
