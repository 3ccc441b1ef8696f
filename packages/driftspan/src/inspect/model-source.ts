import type { Baseline } from '@driftspan/sketch';
import { type DeclaredFeature, declaredFeatures } from './measured-kinds.js';

/** Categories that are kept unless `limit` says otherwise. */
const DEFAULT_LIMIT = 64;
const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/**
 * The TypeScript of a model that this baseline binds to. What a baseline doesn't tell is left at its default and named in a comment:
 * how a value is read off a row, a time zone, the layout of an image.
 */
export function modelSource(baseline: Baseline): string {
  const { model, outputs } = baseline;
  const declared = declaredFeatures(baseline);
  const functions = [...new Set(['defineModel', ...declared.map(({ kind }) => kind)])].sort();
  const needsKey = declared.some(({ kind, sensitive }) => kind === 'categorical' && sensitive);
  const lines = [
    `name: ${quoted(model.name)},`,
    `version: ${quoted(model.version)},`,
    ...(model.transforms === undefined ? [] : [`transforms: ${quoted(model.transforms)},`]),
    ...(model.task === undefined ? [] : [`task: ${quoted(model.task)},`]),
    ...(baseline.joint === undefined ? [] : ['joint: true,']),
    ...(needsKey ? [`// The key the baseline was learned under: its id is ${baseline.sensitiveKeyId}.`] : []),
    ...(needsKey ? ['sensitiveKey: process.env.SENSITIVE_KEY!,'] : []),
    'features: {',
    ...declared.flatMap(feature => featureLines(feature).map(line => `  ${line}`)),
    '},',
  ];
  const answers =
    outputs.length === 0
      ? ''
      : `// The baseline also has ${outputs.map(({ name }) => name).join(', ')}: give them as outputs.\n`;
  return `import { ${functions.join(', ')} } from '@driftspan/core';

${answers}export const model = defineModel({
${lines.map(line => `  ${line}\n`).join('')}});
`;
}

function featureLines(feature: DeclaredFeature): readonly string[] {
  const { name, kind, sensitive, parts } = feature;
  const options: string[] = [];
  const comments: string[] = [];
  if (kind === 'categorical' && parts[0]!.counts.length > DEFAULT_LIMIT) {
    options.push(`limit: ${parts[0]!.counts.length}`);
  }
  if (kind === 'embedding' && parts.length - 2 !== 8) options.push(`projections: ${parts.length - 2}`);
  if (kind === 'dateTime') {
    comments.push('// In UTC, unless the baseline was learned with a timeZone.');
    if (parts.length === 3) {
      comments.push('// With asOf there is an age: give the time at which the row is used.');
      options.push('asOf: () => new Date()');
    }
  }
  if (kind === 'image')
    comments.push("// Give the layout ('hwc' or 'chw') that the baseline was learned with, if it had one.");
  if (sensitive) options.push('sensitive: true');
  const key = PLAIN_KEY.test(name) ? name : quoted(name);
  return [...comments, `${key}: ${kind}(${options.length === 0 ? '' : `{ ${options.join(', ')} }`}),`];
}

/** A literal that no name can break out of: JSON in single quotes, with what ends a line in JavaScript escaped. */
function quoted(text: string): string {
  const json = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
