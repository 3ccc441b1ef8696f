// Everything public, and nothing else: what is not listed here may change in any release.

export type { FileErrorCode } from '@driftspan/files';
export { FileError, loadBaseline, saveBaseline } from '@driftspan/files';
export type { ConfiguredModel, DriftspanConfig } from './config.js';
export { defineConfig } from './config.js';
export type { NodeErrorCode } from './errors.js';
export { NodeError } from './errors.js';
export type { StartMetricsOptions, StartOptions } from './options.js';
export type { Driftspan } from './running.js';
export { start } from './start.js';
export { startMetrics } from './start-metrics.js';
