/* Names of telemetry that only this package sets; those of predictions are core's. */

export const SCOPE_NAME = '@driftspan/instrumentation-onnxruntime';
export const SCOPE_VERSION = '0.1.0';
export const SCHEMA_URL = 'urn:driftspan:telemetry:v1';

export const RUNTIME_NAME = 'onnxruntime';
export const OPERATION_LOAD = 'load';

export const ATTR_OPERATION_NAME = 'ml.operation.name';
export const ATTR_MODEL_NAME = 'ml.model.name';
export const ATTR_MODEL_VERSION = 'ml.model.version';
export const ATTR_ERROR_TYPE = 'error.type';
export const ATTR_RUNTIME_NAME = 'ml.runtime.name';
export const ATTR_RUNTIME_VERSION = 'ml.runtime.version';
/** As asked for, joined by commas: which of several ran a node, the runtime doesn't tell. */
export const ATTR_EXECUTION_PROVIDER = 'ml.execution_provider';
/** `name float32[batch,4]`, one an input or output. */
export const ATTR_MODEL_INPUTS = 'ml.model.inputs';
export const ATTR_MODEL_OUTPUTS = 'ml.model.outputs';
/** Seconds. */
export const ATTR_LOAD_DURATION = 'ml.model.load.duration';
/** The base name: folders are nobody's business. */
export const ATTR_ARTIFACT_FILENAME = 'artifact.filename';
/** `sha256:` and 64 hex digits. */
export const ATTR_ARTIFACT_HASH = 'artifact.hash';
