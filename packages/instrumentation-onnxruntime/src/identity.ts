import type { Artifact } from './artifact.js';
import type { ModelConfig, OnnxruntimeConfig } from './config.js';
import { modelConfig } from './config.js';
import type { ModelFile } from './model-file.js';

/** What a session's model is called, and the configuration that it names. */
export interface Identity {
  readonly name: string;
  readonly version: string;
  readonly config: ModelConfig;
}

/** Of a model without any: sessions made before they could be watched, bytes without metadata. */
export const UNNAMED = 'onnx-model';
export const UNKNOWN_VERSION = 'unknown';

/**
 * The name: of the configuration, else `model_name` or `name` in the file's metadata, else the file's name without `.onnx`, else
 * the graph's. The version: of the configuration, else `model_version` or `version` in the metadata, else the field
 * `model_version` if it isn't 0, else `unknown`. The folder is never looked at: where a model lies is nobody's business. Undefined for a model that
 * is not to be watched.
 */
export function identify(
  artifact: Artifact | undefined,
  file: ModelFile | undefined,
  config: OnnxruntimeConfig,
): Identity | undefined {
  const { path, fileName } = artifact !== undefined && 'path' in artifact ? artifact : {};
  const stem = fileName?.replace(/\.(onnx|ort)$/i, '');
  const told = first(file?.metadata.get('model_name'), file?.metadata.get('name'));
  const own = modelConfig(config, path, [told, stem, file?.graphName]);
  if (own === false) return undefined;
  const field = file === undefined || file.version === 0 ? undefined : String(file.version);
  return {
    name: first(own.name, told, stem, file?.graphName) ?? UNNAMED,
    version:
      first(own.version, file?.metadata.get('model_version'), file?.metadata.get('version'), field) ?? UNKNOWN_VERSION,
    config: own,
  };
}

function first(...candidates: readonly (string | undefined)[]): string | undefined {
  return candidates.find(isUsable);
}

/** What a monitor takes for a name, on one line. */
export function isUsable(name: string | undefined): name is string {
  return name !== undefined && name !== '__proto__' && /^[^\p{Cc}\p{Cs}]{1,256}$/u.test(name) && name.length <= 256;
}
