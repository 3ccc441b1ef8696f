import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

export const FLIGHTS_FILE = path('data/flights-2013.parquet');
export const MODEL_FILE = path('model/flight-delay.onnx');
export const BASELINE_FILE = path('model/flight-delay.baseline.json');

/** @throws Error that names every file that is missing, and what makes it. */
export function checkFiles(files: readonly string[]): void {
  const missing = files.filter(file => !existsSync(file));
  if (missing.length > 0)
    throw new Error(
      `missing: ${missing.join(', ')}. A complete checkout has it; training/README.md says how it is made.`,
    );
}
