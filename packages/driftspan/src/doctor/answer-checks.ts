import { count, duration, printable } from '../terminal/words.js';
import { type Check, failed, none, ok, type Surroundings, warning } from './check.js';
import type { Endpoint } from './endpoint.js';
import { type Answer, post } from './request.js';

/** A clock off by more puts points into another scrape, and windows out of step with each other. */
const CLOCK_WARNING_MS = 5000;
/** `Date` is cut to whole seconds: half of one is the best guess of what is missing. */
const HALF_A_SECOND_MS = 500;
const TEST_METRIC = 'driftspan.doctor.test';

/** Sends one point by a request of our own, and says what the answer means; then compares clocks. */
export async function answerChecks(endpoint: Endpoint, surroundings: Surroundings): Promise<readonly Check[]> {
  let answer: Answer;
  try {
    answer = await post(endpoint, testMetric(Date.now()), surroundings);
  } catch (error) {
    return [brokenCheck((error as NodeJS.ErrnoException).code ?? String(error), surroundings)];
  }
  return [metricCheck(answer, endpoint), clockCheck(answer)];
}

function brokenCheck(code: string, { timeoutMs }: Surroundings): Check {
  const name = 'test metric';
  // Node's parser of HTTP/1.1 met something else: HTTP/2 more often than not.
  if (code.startsWith('HPE_')) {
    const advice =
      'it may be the port of gRPC: that of OTLP/HTTP is usually 4318, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc';
    return failed(name, `what answers does not speak HTTP/1.1 (${code})`, advice);
  }
  const words = code === 'ETIMEDOUT' ? `no answer within ${duration(timeoutMs)}` : `the connection broke (${code})`;
  return failed(name, words, 'what listens there may be no OTLP receiver; --timeout gives it longer');
}

function metricCheck({ status, body }: Answer, { url, headers }: Endpoint): Check {
  const name = 'test metric';
  if (status >= 200 && status < 300) return acceptedCheck(body);
  const said = body.trim() === '' ? '' : `: ${JSON.stringify(printable(body.trim().slice(0, 120)))}`;
  const words = `answered ${status}${said}`;
  if (status === 401 || status === 403) {
    const has = Object.keys(headers).length > 0;
    return failed(
      name,
      words,
      has
        ? `the headers ${Object.keys(headers).join(', ')} of OTEL_EXPORTER_OTLP_HEADERS are not accepted: check them, and that blanks are written %20`
        : 'it asks who is there: set OTEL_EXPORTER_OTLP_HEADERS, as in authorization=Bearer%20…',
    );
  }
  if (status === 404 || status === 405) {
    return failed(
      name,
      words,
      `there is no OTLP at ${url.pathname}: OTEL_EXPORTER_OTLP_ENDPOINT takes the address without /v1/metrics, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT the whole`,
    );
  }
  if (status === 415) return failed(name, words, 'it takes no JSON: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf');
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    return failed(name, words, 'it takes nothing just now; exporters would try again');
  }
  return failed(
    name,
    words,
    status >= 500 ? 'the log of the collector says why' : 'what listens there may be no OTLP receiver',
  );
}

function acceptedCheck(body: string): Check {
  const name = 'test metric';
  const { rejected, message } = partialSuccess(body);
  if (rejected > 0) {
    return failed(
      name,
      `answered, but rejected ${count(rejected)} of 1 point: ${JSON.stringify(message)}`,
      "the message is the collector's",
    );
  }
  if (message !== '')
    return warning(name, `accepted, with a message: ${JSON.stringify(message)}`, "the message is the collector's");
  return ok(name, `sent by doctor itself (OTLP/JSON) and accepted: ${TEST_METRIC}`);
}

/** An answer in another format says no more than its status. */
function partialSuccess(body: string): { readonly rejected: number; readonly message: string } {
  try {
    const { partialSuccess: partial } = JSON.parse(body) as {
      readonly partialSuccess?: { readonly rejectedDataPoints?: string | number; readonly errorMessage?: string };
    };
    return {
      rejected: Number(partial?.rejectedDataPoints ?? 0),
      message: printable(String(partial?.errorMessage ?? '').slice(0, 200)),
    };
  } catch {
    return { rejected: 0, message: '' };
  }
}

function clockCheck({ serverMs, ourMs }: Answer): Check {
  if (serverMs === undefined) return none('clock', 'the answer has no Date to compare with');
  const offMs = ourMs - (serverMs + HALF_A_SECOND_MS);
  if (Math.abs(offMs) < CLOCK_WARNING_MS) return ok('clock', `within ${duration(CLOCK_WARNING_MS)} of the server's`);
  return warning(
    'clock',
    `${duration(Math.abs(offMs))} ${offMs > 0 ? 'ahead of' : 'behind'} the server's`,
    'set the clocks by NTP: windows and points carry the time of this machine',
  );
}

/** One gauge of one point, as OTLP/JSON has it. */
export function testMetric(nowMs: number): string {
  const timeUnixNano = `${nowMs}000000`;
  return JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'driftspan-doctor' } }] },
        scopeMetrics: [
          {
            scope: { name: 'driftspan' },
            metrics: [{ name: TEST_METRIC, unit: '1', gauge: { dataPoints: [{ timeUnixNano, asDouble: 1 }] } }],
          },
        ],
      },
    ],
  });
}
