import { SketchError } from '@driftspan/sketch';
import { FileError, type FileErrorCode } from './errors.js';

/** What the system refuses while `work` runs, told with our code; our own errors come through. */
export async function accessing<T>(
  code: FileErrorCode,
  name: string,
  expected: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileError || error instanceof SketchError) throw error;
    const reason = (error as NodeJS.ErrnoException).code;
    const met = reason === 'ENOENT' ? 'no such file or folder (ENOENT)' : (reason ?? 'a failure');
    throw new FileError(code, name, met, expected, error);
  }
}
