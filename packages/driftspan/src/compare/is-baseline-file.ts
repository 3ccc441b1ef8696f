import { open } from 'node:fs/promises';
import { MAX_BASELINE_BYTES } from '@driftspan/sketch';

const SCHEMA = /^driftspan\.baseline\//;

/** Whether a file holds a baseline and not rows: a `.json` that is one object with a baseline's schema id, whatever else is wrong with it. */
export async function isBaselineFile(path: string): Promise<boolean> {
  if (!path.toLowerCase().endsWith('.json')) return false;
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size > MAX_BASELINE_BYTES) return false;
      const read: unknown = JSON.parse((await handle.readFile('utf8')).replace(/^\ufeff/, ''));
      const schema =
        typeof read === 'object' && read !== null ? (read as Record<string, unknown>)['schema'] : undefined;
      return typeof schema === 'string' && SCHEMA.test(schema);
    } finally {
      await handle.close();
    }
  } catch {
    // What can't be read, or is no JSON, is told by whoever opens it as data.
    return false;
  }
}
