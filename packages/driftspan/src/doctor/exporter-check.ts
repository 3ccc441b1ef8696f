import { createRequire } from 'node:module';
import { join } from 'node:path';
import { duration, printable } from '../terminal/words.js';
import { type Check, failed, none, ok, type Surroundings } from './check.js';
import { runNode } from './child.js';
import type { Endpoint } from './endpoint.js';

const EXPORTERS = {
  'http/json': '@opentelemetry/exporter-metrics-otlp-http',
  'http/protobuf': '@opentelemetry/exporter-metrics-otlp-proto',
  grpc: '@opentelemetry/exporter-metrics-otlp-grpc',
} as const;

/**
 * Runs in the project, on either line of OpenTelemetry: the project's exporter with the project's settings. What is told goes out as one
 * line of JSON; warnings of the SDK (a partial success is one) come with it.
 */
const SCRIPT = `
const { createRequire } = require('node:module');
const { join } = require('node:path');
const here = createRequire(join(process.cwd(), 'package.json'));
const exporterFile = here.resolve(process.argv[1]);
const beside = createRequire(exporterFile);
const load = name => { try { return here(name); } catch { return beside(name); } };
const warnings = [];
const say = (...words) => warnings.push(words.map(String).join(' ').slice(0, 300));
const { diag, DiagLogLevel } = beside('@opentelemetry/api');
const quiet = () => {};
diag.setLogger({ error: say, warn: say, info: quiet, debug: quiet, verbose: quiet }, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
const { OTLPMetricExporter } = here(process.argv[1]);
const { MeterProvider, PeriodicExportingMetricReader } = load('@opentelemetry/sdk-metrics');
const exporter = new OTLPMetricExporter();
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 86400000 });
const provider = new MeterProvider({ readers: [reader] });
provider.getMeter('driftspan').createCounter('driftspan.doctor.exporter').add(1);
reader.collect().then(({ resourceMetrics }) => exporter.export(resourceMetrics, ({ code, error }) => {
  process.stdout.write(JSON.stringify({ code, error: error && String(error.message || error).slice(0, 300), warnings }) + '\\n', () => process.exit(0));
}));
`;

/** A point by the exporter that the project would use, where it is installed: settings are then read as it reads them. */
export async function exporterCheck({ protocol, url, named }: Endpoint, surroundings: Surroundings): Promise<Check> {
  const name = 'exporter';
  const exporter = EXPORTERS[protocol];
  if (!isInstalled(exporter, surroundings.cwd)) {
    const advice = protocol === 'http/json' ? undefined : `npm install ${exporter}`;
    return none(name, `${exporter} is not installed here: nothing was sent by it`, advice);
  }
  const asked = named === '--endpoint' ? { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: url.href } : {};
  const { status, stdout, stderr } = await runNode(
    ['--input-type=commonjs', '-e', SCRIPT, exporter],
    surroundings,
    asked,
  );
  if (status === null) {
    return failed(
      name,
      `${exporter} had no answer within ${duration(surroundings.timeoutMs)}`,
      'it tries again while the server is away; --timeout gives it longer',
    );
  }
  const told = resultOf(stdout);
  if (told === undefined) {
    return failed(
      name,
      `${exporter} could not be run: ${lastLine(stderr)}`,
      'npm ls @opentelemetry/sdk-metrics tells whether versions fit together',
    );
  }
  const warned = told.warnings.length === 0 ? '' : `: ${told.warnings.map(printable).join('; ')}`;
  if (told.code !== 0)
    return failed(
      name,
      `${exporter} failed: ${printable(told.error ?? 'no reason given')}${warned}`,
      'the checks of the endpoint say more',
    );
  if (warned !== '')
    return failed(
      name,
      `${exporter} sent a point, and warns${warned}`,
      "the message is the exporter's or the collector's",
    );
  return ok(name, `${exporter} sent a point and it was accepted`);
}

function isInstalled(name: string, cwd: string): boolean {
  try {
    createRequire(join(cwd, 'package.json')).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function resultOf(
  stdout: string,
): { readonly code: number; readonly error?: string; readonly warnings: readonly string[] } | undefined {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } catch {
    return undefined;
  }
}

/** Of a stack: the line that names the error. */
function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter(line => line.trim() !== '');
  return printable((lines.find(line => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'no reason given').slice(0, 300));
}
