import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** One request as it came, but decompressed. */
export interface RawRequest {
  /** Method, path and headers, as text. */
  readonly head: string;
  readonly path: string;
  readonly contentType: string;
  readonly isCompressed: boolean;
  readonly body: Buffer;
}

export interface RawFront {
  readonly url: string;
  readonly requests: readonly RawRequest[];
}

/** A server in front of another: keeps what comes, hands on the same bytes and gives back the answer. Closed when the test ends. */
export async function rawFront(behind: string): Promise<RawFront> {
  const requests: RawRequest[] = [];
  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch((error: Error) => answer.destroy(error));
  });
  const pass = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = incoming;
    const sent = await buffer(incoming);
    const isCompressed = headers['content-encoding'] === 'gzip';
    requests.push({
      head: [method, url, ...incoming.rawHeaders].join('\n'),
      path: url,
      contentType: headers['content-type'] ?? '',
      isCompressed,
      body: isCompressed ? gunzipSync(sent) : sent,
    });
    const { connection: _, ...passedOn } = headers;
    const onward = request(behind + url, { method, headers: passedOn });
    onward.end(sent);
    const [given] = (await once(onward, 'response')) as [IncomingMessage];
    answer.writeHead(given.statusCode!, { 'content-type': given.headers['content-type'] ?? '' });
    answer.end(await buffer(given));
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
