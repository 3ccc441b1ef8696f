import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../errors.js';
import { redactedUrl } from './known-variables.js';

/** Where metrics go, as the exporters would read it. */
export interface Endpoint {
  readonly url: URL;
  readonly protocol: 'http/json' | 'http/protobuf' | 'grpc';
  /** Who named it, for a person. */
  readonly named: string;
  /** Of the request; with secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: { readonly ca?: Buffer; readonly key?: Buffer; readonly cert?: Buffer };
}

const PATH = '/v1/metrics';
const PREFIX = 'OTEL_EXPORTER_OTLP';

/**
 * The endpoint of metrics: what `--endpoint` says, or the variables of the signal, or those of all signals, or the default. undefined
 * where `OTEL_METRICS_EXPORTER` sends nothing by OTLP.
 *
 * @throws CliError `ERR_USAGE` for what is no http or https URL, or a certificate that can't be read
 */
export function metricsEndpoint(env: NodeJS.ProcessEnv, cwd: string, asked?: string): Endpoint | undefined {
  const value = (name: string) => env[name]?.trim() || undefined;
  const exporters = (value('OTEL_METRICS_EXPORTER') ?? 'otlp').toLowerCase().split(',');
  if (asked === undefined && !exporters.some(exporter => exporter.trim() === 'otlp')) return undefined;
  const setting = (what: string) => value(`${PREFIX}_METRICS_${what}`) ?? value(`${PREFIX}_${what}`);
  const protocol = protocolOf(setting('PROTOCOL'));
  const own = value(`${PREFIX}_METRICS_ENDPOINT`);
  const [text, named] =
    asked !== undefined
      ? [asked, '--endpoint']
      : own !== undefined
        ? [own, `${PREFIX}_METRICS_ENDPOINT`]
        : value(`${PREFIX}_ENDPOINT`) !== undefined
          ? [value(`${PREFIX}_ENDPOINT`)!, `${PREFIX}_ENDPOINT`]
          : [protocol === 'grpc' ? 'http://localhost:4317' : 'http://localhost:4318', 'the default'];
  const url = parsed(text, named);
  if (protocol !== 'grpc' && named !== `${PREFIX}_METRICS_ENDPOINT` && !url.pathname.endsWith(PATH)) {
    url.pathname = `${url.pathname.replace(/\/$/, '')}${PATH}`;
  }
  const file = (what: string) => {
    const path = setting(what);
    return path === undefined ? undefined : fileOf(`${PREFIX}_${what}`, resolve(cwd, path));
  };
  const [ca, key, cert] = [file('CERTIFICATE'), file('CLIENT_KEY'), file('CLIENT_CERTIFICATE')];
  return {
    url,
    protocol,
    named,
    headers: { ...headersOf(value(`${PREFIX}_HEADERS`)), ...headersOf(value(`${PREFIX}_METRICS_HEADERS`)) },
    tls: { ...(ca && { ca }), ...(key && { key }), ...(cert && { cert }) },
  };
}

function protocolOf(text: string | undefined): Endpoint['protocol'] {
  return text === 'grpc' || text === 'http/protobuf' ? text : 'http/json';
}

function parsed(text: string, named: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new CliError('ERR_USAGE', named, JSON.stringify(redactedUrl(text)), 'an http or https URL', {
    hint: 'as in http://localhost:4318',
  });
}

/** `name=value,name=value`, each percent-encoded. */
function headersOf(text: string | undefined): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const pair of (text ?? '').split(',')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    headers[pair.slice(0, at).trim().toLowerCase()] = decoded(pair.slice(at + 1).trim());
  }
  return headers;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fileOf(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new CliError('ERR_USAGE', variable, 'a file that can not be read', 'a PEM file', { cause });
  }
}
