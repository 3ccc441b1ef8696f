// Everything public, and nothing else: what is not listed here may change in any release.

export type { ModelConfig, OnnxruntimeConfig, OutputConfig, SharedConfig } from './config.js';
export type { InstrumentationErrorCode } from './errors.js';
export { InstrumentationError } from './errors.js';
export { OnnxruntimeInstrumentation } from './instrumentation.js';
export type { SessionMonitor } from './make-monitor.js';
export type { Feeds, Results, RuntimeTensor, TensorData } from './runtime.js';
export { monitorFor } from './watched-sessions.js';
