import { execFile } from 'node:child_process';
import type { Surroundings } from './check.js';

export interface ChildResult {
  /** null: it was ended for taking too long. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** More than a check needs to read. */
const MOST_OUTPUT = 1_000_000;

/** Runs Node in the project's folder with its environment; ended, and not asked, where it takes longer than it may. Never rejects. */
export function runNode(
  args: readonly string[],
  { cwd, env, timeoutMs, signal }: Surroundings,
  more: NodeJS.ProcessEnv = {},
): Promise<ChildResult> {
  return new Promise(resolve => {
    const options = {
      cwd,
      env: { ...env, ...more },
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_OUTPUT,
      signal,
      windowsHide: true,
    } as const;
    execFile(process.execPath, [...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ status, stdout, stderr });
    });
  });
}
