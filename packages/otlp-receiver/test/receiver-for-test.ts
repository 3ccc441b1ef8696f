import { onTestFinished } from 'vitest';
import { type Receiver, type ReceiverOptions, startReceiver } from '../src/index.js';

/** A receiver that closes when the test ends. */
export async function receiverForTest(options?: ReceiverOptions): Promise<Receiver> {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.close());
  return receiver;
}

/** Posts to a path of the receiver; JSON unless `content-type` says otherwise. */
export function post(
  receiver: Receiver,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(receiver.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

/** One span as OTLP/JSON. */
export function spanJson(span: Record<string, unknown> = {}): string {
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a span', ...span }] }] }] });
}
