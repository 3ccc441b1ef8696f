import { resolve } from 'node:path';
import { loadBaseline } from '@driftspan/files';
import type { Baseline } from '@driftspan/sketch';
import { coloursOf } from '../terminal/colours.js';
import type { Io } from '../terminal/io.js';
import { windowOutlooks } from './detectable.js';
import { featureText } from './feature-text.js';
import { inspectionOf } from './inspection.js';
import { headText, inspectionText } from './inspection-text.js';
import { modelSource } from './model-source.js';

export const INSPECTION_SCHEMA = 'driftspan.inspection/v1';

export interface InspectFlags {
  readonly feature: readonly string[];
  readonly json?: true;
  readonly model?: true;
}

/**
 * Prints what is in baselines. All files are loaded before anything is printed.
 *
 * @throws FileError, SketchError as `loadBaseline` does; CliError `ERR_USAGE` for a feature that is not there
 */
export async function inspect(
  files: readonly string[],
  { feature: names, json, model }: InspectFlags,
  io: Io,
): Promise<void> {
  const loaded = await Promise.all(
    files.map(async path => ({ path, baseline: await loadBaseline(resolve(io.cwd, path)) })),
  );
  if (model === true) {
    io.stdout.write(loaded.map(({ baseline }) => modelSource(baseline)).join('\n'));
    return;
  }
  const inspections = loaded.map(({ path, baseline }) => ({
    baseline,
    inspection: inspectionOf(path, baseline, names),
  }));
  if (json === true) {
    const baselines = inspections.map(({ inspection }) => inspection);
    io.stdout.write(`${JSON.stringify({ schema: INSPECTION_SCHEMA, baselines }, null, 2)}\n`);
    return;
  }
  const options = { colours: coloursOf(io.stdout, io.env), width: io.stdout.columns };
  const texts = inspections.map(({ baseline, inspection }) => {
    if (names.length === 0) return inspectionText(inspection, options);
    const features = inspection.features.map(feature =>
      featureText(feature, windowOutlooks(baseline, [featureNamed(baseline, feature.name)]), options),
    );
    return [headText(inspection, options), ...features].join('\n');
  });
  io.stdout.write(texts.join('\n\n'));
}

function featureNamed({ features, joint, outputs }: Baseline, name: string) {
  return [...features, ...(joint ?? []), ...outputs].find(feature => feature.name === name)!;
}
