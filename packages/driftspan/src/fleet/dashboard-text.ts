import { readFile } from 'node:fs/promises';

/** A dashboard that `@driftspan/fleet` ships, as it is in the package. */
export async function dashboardText(which: 'overview' | 'model'): Promise<string> {
  return readFile(new URL(import.meta.resolve(`@driftspan/fleet/grafana/driftspan-${which}.json`)), 'utf8');
}
