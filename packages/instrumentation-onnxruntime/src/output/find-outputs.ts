import type { OutputConfig } from '../config.js';
import type { ValueMetadata } from '../runtime.js';
import { MAX_CLASSES } from './class-scores.js';
import { isFloat } from './tensor-numbers.js';

/** Names that say what an output is; of several `[batch, classes]` the first so named is read. */
const SCORES = /logit|prob|softmax|score|class/i;
/** Vectors that are no scores. */
const VECTORS = /embed|hidden|pool|feature|encod|latent|vector|state/i;
const LABELS = /label|class|predict/i;
const CLASS_TYPES: ReadonlySet<string> = new Set(['int64', 'int32', 'string']);

/**
 * What a session's outputs are, made out by name, type and shape:
 *
 * - scores: floats `[batch, 2 … 1,000]`, the first named as scores, else the only one that is not named as a vector; where the number
 *   of classes is not fixed, one named as scores;
 * - a label: integers or strings `[batch]` or `[batch, 1]`, where it stands beside scores, or is named so and is a number: a
 *   string by itself may be a text that the model wrote;
 * - a value: floats `[batch]` or `[batch, 1]`, where there is one, and neither label nor scores.
 */
export function findOutputs(outputs: readonly ValueMetadata[]): OutputConfig {
  const found: OutputConfig = {};
  const scores = findScores(outputs);
  if (scores !== undefined) found.logits = scores;
  const label = outputs.find(
    ({ name, type, shape }) =>
      CLASS_TYPES.has(type ?? '') &&
      isColumn(shape) &&
      (scores !== undefined || (type !== 'string' && LABELS.test(name))),
  );
  if (label !== undefined) found.label = label.name;
  if (scores === undefined && label === undefined) {
    const values = outputs.filter(({ name, type, shape }) => isFloat(type) && isColumn(shape) && !VECTORS.test(name));
    if (values.length === 1) found.value = values[0]!.name;
  }
  return found;
}

function findScores(outputs: readonly ValueMetadata[]): string | undefined {
  const candidates = outputs.filter(({ name, type, shape }) => isFloat(type) && isScores(name, shape));
  const named = candidates.find(({ name }) => SCORES.test(name));
  if (named !== undefined) return named.name;
  return candidates.length === 1 ? candidates[0]!.name : undefined;
}

function isScores(name: string, shape: ValueMetadata['shape']): boolean {
  if (shape?.length !== 2 || VECTORS.test(name)) return false;
  const classes = shape[1]!;
  return typeof classes === 'number' ? classes >= 2 && classes <= MAX_CLASSES : SCORES.test(name);
}

/** `[batch]` or `[batch, 1]`; a fixed size over 1 alone is a vector. */
function isColumn(shape: ValueMetadata['shape']): boolean {
  if (shape?.length === 1) return typeof shape[0] === 'string' || shape[0] === 1;
  return shape?.length === 2 && shape[1] === 1;
}
