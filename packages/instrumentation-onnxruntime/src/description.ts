import type { Attributes } from '@opentelemetry/api';
import type { SessionFacts } from './models.js';
import type { ValueMetadata } from './runtime.js';
import * as names from './semconv.js';

/** Inputs and outputs listed; a decoder has a hundred caches. */
const MAX_LISTED = 32;
const MAX_TEXT = 256;

/** What describes a session's model: every later span and the gauge `ml.model.info` carry it. No folder, no value. */
export function describeModel(facts: SessionFacts): Attributes {
  const { inputs, outputs } = facts.file;
  const attributes = describeLoad(facts);
  if (inputs.length > 0) attributes[names.ATTR_MODEL_INPUTS] = inputs.slice(0, MAX_LISTED).map(signature);
  if (outputs.length > 0) attributes[names.ATTR_MODEL_OUTPUTS] = outputs.slice(0, MAX_LISTED).map(signature);
  return attributes;
}

/** What describes a load, whatever came of it. */
export function describeLoad({ artifact, provider, runtimeVersion }: SessionFacts): Attributes {
  const attributes: Attributes = { [names.ATTR_RUNTIME_NAME]: names.RUNTIME_NAME };
  if (runtimeVersion !== undefined) attributes[names.ATTR_RUNTIME_VERSION] = runtimeVersion;
  if (provider !== undefined) attributes[names.ATTR_EXECUTION_PROVIDER] = provider;
  if (artifact !== undefined && 'path' in artifact) attributes[names.ATTR_ARTIFACT_FILENAME] = artifact.fileName;
  return attributes;
}

/** `input float32[batch,4]`; a size without a name is `?`. */
export function signature({ name, isTensor, type, shape }: ValueMetadata): string {
  const sizes = shape?.map(size => (size === '' ? '?' : size)).join(',') ?? '';
  return (isTensor ? `${name} ${type ?? 'tensor'}[${sizes}]` : `${name} not a tensor`).slice(0, MAX_TEXT);
}

const PROVIDER = /^[\w.-]{1,40}$/;
/** More are a mistake. */
const MAX_PROVIDERS = 8;

/** The execution providers that `InferenceSession.create` was asked for, in their order; `cpu` where none was. */
export function executionProviders(args: readonly unknown[]): string {
  const asked = args.slice(1).map(providersOf).find(Array.isArray) ?? [];
  const found = asked.map(providerName).filter(name => typeof name === 'string' && PROVIDER.test(name));
  return found.length === 0 ? 'cpu' : found.slice(0, MAX_PROVIDERS).join(',');
}

function providersOf(options: unknown): unknown {
  return (options as { executionProviders?: unknown } | null | undefined)?.executionProviders;
}

function providerName(provider: unknown): unknown {
  return typeof provider === 'string' ? provider : (provider as { name?: unknown } | null | undefined)?.name;
}
