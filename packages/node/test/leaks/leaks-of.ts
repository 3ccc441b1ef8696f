import { FEATURES, FREQUENT, NEVER, SENSITIVE_HASHES } from '../fixtures/leaks/planted.js';
import { LeakFinder } from './find-leaks.js';
import type { AppRun } from './run-app.js';

const FINDER = new LeakFinder([...NEVER, ...SENSITIVE_HASHES, ...Object.values(FEATURES), ...Object.values(FREQUENT)]);

/** Whatever of what was planted is in a request, its address and headers included. */
export function leaksOf({ requests }: AppRun): string[] {
  return requests.flatMap(({ head, path, body }) => [
    ...leaksIn(body, path),
    ...leaksIn(Buffer.from(head), `the head of ${path}`),
  ]);
}

export function leaksIn(bytes: Buffer, where: string): string[] {
  return FINDER.find(bytes, where);
}
