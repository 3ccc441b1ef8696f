import { coloursOf } from '../terminal/colours.js';
import type { Io } from '../terminal/io.js';
import { proseWidth } from '../terminal/wrapped.js';
import { answerChecks } from './answer-checks.js';
import { type Check, none, type Surroundings } from './check.js';
import { checkText, verdictText } from './check-text.js';
import { connectionChecks } from './connection-checks.js';
import { type Endpoint, metricsEndpoint } from './endpoint.js';
import { environmentChecks } from './environment-checks.js';
import { exporterCheck } from './exporter-check.js';
import { findPackages } from './installed-packages.js';
import { nodeCheck, packageChecks } from './package-checks.js';
import { configCheck, onnxruntimeCheck } from './project-checks.js';

export const DOCTOR_SCHEMA = 'driftspan.doctor/v1';

export interface DoctorFlags {
  readonly endpoint?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: true;
}

/**
 * Looks at the project in `io.cwd` and prints each check as it ends, or all as JSON. True if none failed.
 *
 * @throws CliError `ERR_USAGE` for an endpoint that is none
 */
export async function examine({ endpoint: asked, timeout, json }: DoctorFlags, io: Io): Promise<boolean> {
  const surroundings: Surroundings = { cwd: io.cwd, env: io.env, timeoutMs: timeout * 1000, signal: io.signal };
  const endpoint = metricsEndpoint(io.env, io.cwd, asked);
  const checks: Check[] = [];
  const colours = coloursOf(io.stdout, io.env);
  for await (const check of allChecks(endpoint, surroundings)) {
    io.signal.throwIfAborted();
    checks.push(check);
    if (json !== true) io.stdout.write(checkText(check, colours, proseWidth(io.stdout.columns)));
  }
  const healthy = checks.every(({ state }) => state !== 'failed');
  if (json === true) {
    const status = !healthy ? 'failed' : checks.some(({ state }) => state === 'warning') ? 'warning' : 'ok';
    io.stdout.write(`${JSON.stringify({ schema: DOCTOR_SCHEMA, status, checks }, null, 2)}\n`);
  } else {
    io.stdout.write(verdictText(checks, colours));
  }
  return healthy;
}

async function* allChecks(endpoint: Endpoint | undefined, surroundings: Surroundings): AsyncGenerator<Check> {
  yield nodeCheck(process.versions.node);
  const found = findPackages(surroundings.cwd);
  yield* packageChecks(found, surroundings.cwd);
  yield await onnxruntimeCheck(found.packages, surroundings);
  yield* environmentChecks(surroundings.env);
  yield await configCheck(found.packages, surroundings);
  yield* await endpointChecks(endpoint, surroundings);
}

/** A check that can't be made after one that failed is left out: one cause, one complaint. */
async function endpointChecks(endpoint: Endpoint | undefined, surroundings: Surroundings): Promise<readonly Check[]> {
  if (endpoint === undefined) {
    return [none('endpoint', 'OTEL_METRICS_EXPORTER sends nothing by OTLP', '--endpoint looks at one all the same')];
  }
  const connected = await connectionChecks(endpoint, surroundings);
  if (connected.some(({ state }) => state === 'failed')) return connected;
  const answered = endpoint.protocol === 'grpc' ? [] : await answerChecks(endpoint, surroundings);
  if (answered.some(({ name, state }) => name === 'test metric' && state === 'failed'))
    return [...connected, ...answered];
  return [...connected, ...answered, await exporterCheck(endpoint, surroundings)];
}
