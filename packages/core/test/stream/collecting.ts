import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Collects garbage until something is true of what is left; gives up after many rounds. */
export async function collectUntil(isTrue: () => boolean): Promise<boolean> {
  for (let round = 0; round < 200 && !isTrue(); round++) {
    collectGarbage();
    // Finalizers run in tasks of their own.
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  return isTrue();
}
