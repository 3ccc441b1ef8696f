import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { freePort } from '@driftspan/servers';

/** What becomes of a request on its way to the Collector. */
export type Fault =
  | { readonly is: 'none' }
  /** The Collector has it at once; its answer comes this much later. */
  | { readonly is: 'delay'; readonly ms: number }
  /** Read and answered here: the Collector never sees it. */
  | { readonly is: 'answer'; readonly status: number; readonly retryAfterSeconds?: number }
  /** The connection ends when a part of the request was read. */
  | { readonly is: 'cut request' }
  /** The Collector has it; the connection ends within its answer. */
  | { readonly is: 'cut answer' }
  /** Accepted, and never answered. */
  | { readonly is: 'silence' };

/** A request that the Collector answered with 2xx, whatever then became of the answer. */
export interface Taken {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Requests since the gate was made. */
export interface GateCounts {
  /** That came. */
  readonly tried: number;
  /** That the Collector answered with 2xx. */
  readonly taken: number;
  /** That were not answered as the Collector answered them, at once. */
  readonly faulted: number;
}

/** The answer that is cut off is said to be this long. */
const CUT_ANSWER_BYTES = 1000;

/** Between applications and a Collector: an HTTP proxy that fails as it is told. */
export class FaultGate {
  readonly url: string;
  fault: Fault = { is: 'none' };
  readonly #upstream: string;
  readonly #port: number;
  readonly #onTaken: (taken: Taken) => Promise<void>;
  readonly #server = createServer((incoming, response) => this.#handle(incoming, response));
  #tried = 0;
  #taken = 0;
  #faulted = 0;

  private constructor(upstream: string, port: number, onTaken: (taken: Taken) => Promise<void>) {
    this.#upstream = upstream;
    this.#port = port;
    this.#onTaken = onTaken;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** @param onTaken awaited before the Collector's answer goes on. */
  static async start(upstream: string, onTaken: (taken: Taken) => Promise<void>): Promise<FaultGate> {
    const gate = new FaultGate(upstream, await freePort(), onTaken);
    await gate.open();
    return gate;
  }

  get counts(): GateCounts {
    return { tried: this.#tried, taken: this.#taken, faulted: this.#faulted };
  }

  /** Listens, again where it was closed. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.removeListener('error', reject);
        resolve();
      });
    });
  }

  /** Ends every connection and refuses further ones, as where the process behind a port is gone. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #handle(incoming: IncomingMessage, response: ServerResponse): void {
    this.#tried++;
    const { fault } = this;
    if (fault.is !== 'none') this.#faulted++;
    if (fault.is === 'silence') return;
    if (fault.is === 'cut request') {
      incoming.once('data', () => incoming.socket.destroy());
      return;
    }
    this.#answer(fault, incoming, response).catch(() => {
      // The Collector or the application is gone: the other one sees that it is.
      response.destroy();
    });
  }

  async #answer(fault: Fault, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    if (fault.is === 'answer') {
      const { status, retryAfterSeconds } = fault;
      if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
      response.writeHead(status).end();
      return;
    }
    const answer = await this.#forward(incoming, body);
    const status = answer.statusCode ?? 0;
    const content = Buffer.concat(await answer.toArray());
    if (status >= 200 && status < 300) {
      this.#taken++;
      await this.#onTaken({ path: incoming.url ?? '', headers: incoming.headers, body });
    }
    const type = { 'content-type': answer.headers['content-type'] ?? '' };
    if (fault.is === 'cut answer') {
      response.writeHead(status, { ...type, 'content-length': CUT_ANSWER_BYTES });
      response.write(' ', () => response.destroy());
      return;
    }
    if (fault.is === 'delay') await new Promise(resolve => setTimeout(resolve, fault.ms));
    response.writeHead(status, type).end(content);
  }

  #forward(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { 'transfer-encoding': _, ...kept } = incoming.headers;
      const headers = { ...kept, 'content-length': body.length, connection: 'close' };
      request(`${this.#upstream}${incoming.url}`, { method: incoming.method ?? 'POST', headers }, resolve)
        .on('error', reject)
        .end(body);
    });
  }
}
