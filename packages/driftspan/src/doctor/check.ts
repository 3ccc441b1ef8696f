/** `none`: there is nothing to look at, as a configuration that nobody named. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'none';

/** What was looked at and what was found. Holds no secret: values of headers, keys and certificates never come in. */
export interface Check {
  /** A word or two: `endpoint`, `@opentelemetry/api`. */
  readonly name: string;
  readonly state: CheckState;
  /** What was found, a sentence. */
  readonly words: string;
  /** What to do, where there is something. */
  readonly advice?: string;
}

/** What the checks may touch. */
export interface Surroundings {
  /** The project's folder. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** For each thing that may hang: a connection, an answer, a child process. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export function ok(name: string, words: string): Check {
  return { name, state: 'ok', words };
}

export function warning(name: string, words: string, advice: string): Check {
  return { name, state: 'warning', words, advice };
}

export function failed(name: string, words: string, advice: string): Check {
  return { name, state: 'failed', words, advice };
}

export function none(name: string, words: string, advice?: string): Check {
  return { name, state: 'none', words, ...(advice === undefined ? {} : { advice }) };
}
