// node --import @driftspan/node/register app.js
import { isMainThread } from 'node:worker_threads';
import { flag, isDisabled } from './environment.js';

// One for all copies of this package in the process or worker, and for a second --import.
const KEY = Symbol.for('driftspan.register.v1');
const registered = globalThis as { [KEY]?: Promise<void> };

/**
 * Starts the SDK and watches every session of onnxruntime-node, as DRIFTSPAN_CONFIG says. With DRIFTSPAN_DISABLED or
 * OTEL_SDK_DISABLED nothing is read, started or patched.
 */
async function register(): Promise<void> {
  if (isDisabled() || flag('OTEL_SDK_DISABLED')) return;
  // Loaded only here: the SDK takes its time, also where it is disabled.
  const [{ OnnxruntimeInstrumentation }, { loadConfig }, { start }] = await Promise.all([
    import('@driftspan/instrumentation-onnxruntime'),
    import('./load-config.js'),
    import('./start.js'),
  ]);
  const { start: options, onnxruntime, ...config } = await loadConfig();
  // Made first: a configuration that it refuses leaves nothing started.
  const instrumentation =
    onnxruntime === false ? undefined : new OnnxruntimeInstrumentation({ ...config, enabled: false });
  if (options !== false) start(options);
  instrumentation?.enable();
}

/**
 * A mistake in the configuration ends the process before the application begins, as a constructor would throw: a program
 * that runs half watched is noticed when its telemetry is needed. A worker fails with the error itself.
 */
function refuse(error: unknown): never {
  if (!isMainThread) throw error;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`driftspan: ${message.replace(/\s+/g, ' ')}\n`);
  process.exit(1);
}

registered[KEY] ??= register();
await registered[KEY].catch(refuse);
