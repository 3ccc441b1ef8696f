import { ServerError } from './errors.js';

/** A server that doesn't answer in this time hangs: queries over a test's few thousand series take milliseconds. */
const LIMIT_MS = 30_000;

/** The body of a 2xx answer. @throws ServerError `ERR_SERVER_ANSWER` with the status and the body for another; the system's error where nothing listens */
export async function fetchText(url: string, init: RequestInit = {}): Promise<string> {
  // `close`: a kept connection would hold up the end of the server and of the test.
  const headers = { ...(init.headers as Record<string, string> | undefined), connection: 'close' };
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(LIMIT_MS) });
  const body = await response.text();
  if (response.ok) return body;
  throw new ServerError('ERR_SERVER_ANSWER', url, `${response.status}: ${body.trim().slice(0, 1_000)}`, 'a 2xx status');
}
