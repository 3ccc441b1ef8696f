import { readFile } from 'node:fs/promises';
import { type Receiver, startReceiver } from '@driftspan/otlp-receiver';
import type { Taken } from './fault-gate.js';

/** Spans and log events kept: a run of ten minutes with two loads has fewer. */
const KEEP = 2_000_000;

/** How often something came, by its id. */
export type Arrivals = ReadonlyMap<string, number>;

/** Knows which spans and log events the Collector has taken: an OTLP receiver that is handed a copy of what the Collector was. */
export class TakenItems {
  readonly #receiver: Receiver;

  private constructor(receiver: Receiver) {
    this.#receiver = receiver;
  }

  static async start(): Promise<TakenItems> {
    return new TakenItems(await startReceiver({ keep: KEEP }));
  }

  async add({ path, headers, body }: Taken): Promise<void> {
    if (path === '/v1/metrics') return;
    const kept = Object.entries(headers).filter(([name]) => /^content-(type|encoding)$/.test(name));
    const response = await fetch(`${this.#receiver.url}${path}`, {
      method: 'POST',
      headers: Object.fromEntries(kept) as Record<string, string>,
      body: new Uint8Array(body),
    });
    if (!response.ok) throw new Error(`the Collector took what is no request: ${await response.text()}`);
  }

  spans(service: string): Arrivals {
    const { spans } = this.#receiver;
    return tally(spans.filter(({ resource }) => resource['service.name'] === service).map(({ spanId }) => spanId));
  }

  logs(service: string): Arrivals {
    const { logs } = this.#receiver;
    return tally(
      logs
        .filter(({ resource }) => resource['service.name'] === service)
        .map(({ eventName, attributes }) => `${eventName} ${attributes['ml.prediction.id']}`),
    );
  }

  close(): Promise<void> {
    return this.#receiver.close();
  }
}

function tally(ids: readonly string[]): Arrivals {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export interface FileContent {
  readonly spanIds: ReadonlySet<string>;
  /** Lines that end within a record, as a SIGKILL leaves them. */
  readonly tornLines: number;
}

interface TraceLine {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly { readonly spanId: string }[] }[];
  }[];
}

/** The spans in a file that the Collector wrote. */
export async function readCollectorFile(path: string): Promise<FileContent> {
  const spanIds = new Set<string>();
  let tornLines = 0;
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    if (line === '') continue;
    try {
      for (const { scopeSpans } of (JSON.parse(line) as TraceLine).resourceSpans ?? [])
        for (const { spans } of scopeSpans) for (const { spanId } of spans) spanIds.add(spanId);
    } catch {
      tornLines++;
    }
  }
  return { spanIds, tornLines };
}
