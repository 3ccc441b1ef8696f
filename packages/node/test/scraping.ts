import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether the machine has the address. */
export async function canListen(address: string): Promise<boolean> {
  const server = createServer();
  const can = await new Promise<boolean>(resolve => {
    server.once('error', () => resolve(false)).listen(0, address, () => resolve(true));
  });
  server.close();
  return can;
}

export interface ScrapedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a scrape gives, asked again until somebody listens there. */
export async function scrape(port: number, path = '/metrics', host = '127.0.0.1'): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetch(`http://${host}:${port}${path}`, { headers: { connection: 'close' } });
    } catch (error) {
      // 40 s: the child that is to listen loads an SDK first, on a machine that may be busy.
      if (attempt === 800) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

export async function scraped(port: number): Promise<ScrapedSample[]> {
  return parseSamples(await (await scrape(port)).text());
}

/** The samples of Prometheus' text format 0.0.4. */
export function parseSamples(text: string): ScrapedSample[] {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return lines.map(line => {
    const [, name, inner, value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a sample: ${line}`);
    const pairs = (inner ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g);
    const labels = Object.fromEntries([...pairs].map(([, key, label]) => [key!, unescaped(label!)]));
    return { name, labels, value: Number(value) };
  });
}

function unescaped(label: string): string {
  return label.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

export function sumOf(samples: readonly ScrapedSample[], name: string, model: string): number {
  const found = samples.filter(sample => sample.name === name && sample.labels['ml_model_name'] === model);
  return found.reduce((all, { value }) => all + value, 0);
}

/**
 * Scrapes again and again over one connection that is kept, as Prometheus keeps it: it is hardly ever idle. Gives what ends
 * it.
 */
export function scrapeOn(port: number): () => void {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const again = () => {
    get({ port, host: '127.0.0.1', path: '/metrics', agent }, response => response.resume().on('end', again)).on(
      'error',
      () => {},
    );
  };
  again();
  return () => agent.destroy();
}
