import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChild } from '../src/harness/children.js';
import { writeSvg } from '../src/harness/svg.js';
import { CASES } from '../src/service/cases.js';
import { startChild } from '../src/service/channel.js';
import { check } from '../src/service/check.js';
import { wireRequest } from '../src/service/client.js';
import { paced } from '../src/service/paced.js';
import { plots, section } from '../src/service/page.js';
import { CATEGORICAL, DRIFTED, NUMERIC, records } from '../src/service/records.js';
import { runService } from '../src/service/run-service.js';

const SERVICE = new URL('../src/service/', import.meta.url);
/** Nothing is to be sent to a collector that happens to run here. */
const SILENT = { ...process.env, OTEL_SDK_DISABLED: 'true' };
const folder = mkdtempSync(join(tmpdir(), 'driftspan-service-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the records of the load', () => {
  const usual = records('usual', 4000);
  const drifted = records('drifted', 4000);

  it('are the same each time they are made', () => {
    expect(records('usual', 4000)).toEqual(usual);
    expect(records('training', 4000)).not.toEqual(usual);
  });

  it('have 20 fields and a remark whose length varies', () => {
    expect(NUMERIC.length + CATEGORICAL.length).toBe(20);
    for (const record of usual) expect(Object.keys(record)).toEqual([...NUMERIC, ...CATEGORICAL, 'remarks']);
    const sizes = usual.map(record => JSON.stringify(record).length);
    expect(Math.min(...sizes)).toBeLessThan(500);
    expect(Math.max(...sizes)).toBeGreaterThan(2000);
  });

  it('drift in the fields that are said to, and in no other', () => {
    // A missing number counts as one that is far away.
    const numbers = (rows: typeof usual, name: string) => rows.map(row => (row[name] as number | null) ?? 100);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const name of NUMERIC) {
      const before = numbers(usual, name);
      const centre = mean(before);
      const deviation = Math.sqrt(mean(before.map(value => (value - centre) ** 2)));
      const moved = Math.abs(mean(numbers(drifted, name)) - centre) / deviation;
      if (DRIFTED.includes(name)) expect(moved, name).toBeGreaterThan(0.5);
      else expect(moved, name).toBeLessThan(0.1);
    }
    for (const name of CATEGORICAL) {
      const values = new Set(usual.map(row => row[name]));
      expect(
        drifted.some(row => !values.has(row[name])),
        name,
      ).toBe(DRIFTED.includes(name));
    }
  });
});

describe('the load at a fixed rate', () => {
  const wires = records('usual', 10).map(record => wireRequest(Buffer.from(JSON.stringify(record))));

  it('goes on while nothing is answered, and loses nothing', async () => {
    const held: ServerResponse[] = [];
    const answer = (response: ServerResponse) => response.writeHead(200, { 'content-length': 2 }).end('{}');
    let isHeld = true;
    const { server, port } = await listening((request, response) => {
      request.resume().on('end', () => {
        if (!isHeld) return void answer(response);
        held.push(response);
        // Only a load that does not wait for answers makes so many.
        if (held.length < 20) return;
        isHeld = false;
        for (const one of held) answer(one);
      });
    });
    const { answered, failed, latencies } = await paced({ port, wires, rate: 200, seconds: 0.5, connections: 32 });
    server.close();
    expect(failed).toBe(0);
    expect(answered).toBeGreaterThanOrEqual(20);
    expect(latencies).toHaveLength(answered);
  });

  it('makes requests that find no connection free wait for one', async () => {
    let most = 0;
    let inFlight = 0;
    const { server, port } = await listening((request, response) => {
      most = Math.max(most, ++inFlight);
      request.resume().on('end', () => {
        setImmediate(() => {
          inFlight--;
          response.writeHead(200, { 'content-length': 2 }).end('{}');
        });
      });
    });
    const { answered, failed } = await paced({ port, wires, rate: 1000, seconds: 0.3, connections: 2 });
    server.close();
    expect(failed).toBe(0);
    expect(answered).toBeGreaterThan(100);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('counts an answer that is no success, and a connection that is lost, as failed', async () => {
    let requests = 0;
    const { server, port } = await listening((request, response) => {
      if (++requests === 1) request.socket.destroy();
      else request.resume().on('end', () => response.writeHead(500, { 'content-length': 0 }).end());
    });
    const { answered, failed } = await paced({ port, wires, rate: 200, seconds: 0.2, connections: 2 });
    server.close();
    expect(answered).toBe(0);
    expect(failed).toBeGreaterThan(1);
  });
});

describe('the services', () => {
  beforeAll(async () => {
    await runChild(process.execPath, [fileURLToPath(new URL('write-baselines.js', SERVICE)), folder]);
  });

  it('answer alike however they are watched, and what they tell arrives: spans, counts and the drift', async () => {
    const names = ['scorer-bare', 'scorer-hand-100', 'scorer-driftspan-1'] as const;
    const options = { baselines: folder, thirdParty: '', seconds: { closed: 0, paced: 2 }, rates: { scorer: 300 } };
    const results = await Promise.all(names.map(name => runService(CASES[name], options)));
    check(Object.fromEntries(names.map((name, i) => [name, [results[i]!]])));
    for (const { paced: measured } of results) {
      expect(measured.answered).toBeGreaterThan(1000);
      expect(measured.cpuMicrosPerRequest).toBeGreaterThan(0);
      expect(measured.latencyMs.max).toBeGreaterThanOrEqual(measured.latencyMs.p99);
      expect(measured.latencyMs.p99).toBeGreaterThanOrEqual(measured.latencyMs.p50);
    }
    expect(results[2]!.received.warned).toEqual(expect.arrayContaining(DRIFTED));
    // Nine processes: on a machine that is busy with other tests it takes most of a minute.
  }, 180_000);

  it('serve the onnxruntime model, and refuse what is no JSON or too long', async () => {
    const baselineFile = join(folder, 'onnxruntime.baseline.json');
    const service = startChild('server.js', {
      argument: { model: 'onnxruntime', variant: 'driftspan', baselineFile },
      env: SILENT,
    });
    const port = await service.ask('port');
    const post = (body: string) => fetch(`http://127.0.0.1:${port}/predict`, { method: 'POST', body });
    const answer = await post(JSON.stringify(records('usual', 1)[0]));
    expect(await answer.json()).toEqual({ label: expect.any(String), probability: expect.any(Number) });
    expect((await post('{')).status).toBe(400);
    expect((await post(' '.repeat(70_000))).status).toBe(413);
    expect(await service.stop()).toEqual({ requests: 3 });
  });

  it('stop with status 0 in the middle of a request, and leave the port free', async () => {
    const service = startChild('server.js', { argument: { model: 'scorer', variant: 'hand' }, env: SILENT });
    const port = await service.ask('port');
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    await new Promise(resolve => socket.write('POST /predict HTTP/1.1\r\ncontent-length: 9\r\n\r\n{', resolve));
    await service.stop();
    await expect(isAnswering(port)).resolves.toBe(false);
  });

  it('end when whoever started them is killed', async () => {
    const parent = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { startChild } from ${JSON.stringify(new URL('channel.js', SERVICE).href)};
       const service = startChild('server.js', { argument: { model: 'scorer', variant: 'bare' } });
       console.log(await service.ask('port'));`,
    ]);
    const port = await new Promise<number>(resolve => parent.stdout.once('data', text => resolve(Number(text))));
    expect(await isAnswering(port)).toBe(true);
    parent.kill('SIGKILL');
    while (await isAnswering(port)) await sleep(20);
  });

  it('tell what went wrong when they can not start', async () => {
    const service = startChild('server.js', {
      argument: { model: 'scorer', variant: 'driftspan', baselineFile: '/no' },
    });
    await expect(service.ask('port')).rejects.toThrow(/server\.js: ended \(1\)[\s\S]*ERR_BASELINE_FILE/);
  });
});

/** A round with figures that are easy to follow: `factor` times those of the bare server. */
function round(name: keyof typeof CASES, factor: number) {
  const { variant, sampled } = CASES[name];
  const phase = {
    answered: 1000,
    failed: 0,
    perSecond: 20_000 / factor,
    loadBusy: 0.5,
    latencyMs: { p50: factor, p95: 2 * factor, p99: 4 * factor, max: 8 * factor },
    lateP99Ms: 1,
    cpuMicrosPerRequest: 20 * factor,
    loopDelayMs: { p50: 0.1, p99: 1, max: 2 },
    rssBytes: 100 * 2 ** 20,
  };
  const isWatched = variant === 'driftspan';
  return {
    closed: phase,
    paced: phase,
    answers: { digest: 'same', failed: 0 },
    requests: 10_000,
    received: {
      spans: 10_000 * sampled,
      metricPoints: variant === 'bare' ? 0 : 50,
      logs: 0,
      predictions: variant === 'bare' ? 0 : 10_000,
      warnedAtFirst: [] as string[],
      warned: isWatched ? [...DRIFTED, 'prediction.label'] : [],
    },
  };
}
type Rounds = Record<string, ReturnType<typeof round>[]>;
const rounds = (): Rounds =>
  Object.fromEntries(
    (Object.keys(CASES) as (keyof typeof CASES)[]).map(name => {
      const factors = { bare: [1, 1, 1], hand: [1.5, 1.6, 1.7], driftspan: [1.2, 1.3, 1.4] }[CASES[name].variant]!;
      return [name, factors.map(factor => round(name, factor))];
    }),
  );

describe('a run that is kept', () => {
  type Round = ReturnType<typeof round>;
  it.each<[string, string, (result: Round) => void, RegExp]>([
    ['a request failed', 'scorer-hand-1', r => r.closed.failed++, /scorer-hand-1, round 2: requests that failed/],
    ['an answer differed', 'scorer-driftspan-1', r => (r.answers.digest = 'other'), /digest of the answers: met other/],
    ['a prediction was not counted', 'scorer-driftspan-1', r => r.received.predictions--, /met 9999, expected 10000/],
    ['spans were lost', 'onnxruntime-hand-1', r => (r.received.spans = 20), /spans: met 20, expected 100 ± 60/],
    ['no span came', 'scorer-driftspan-100', r => (r.received.spans = 0), /spans: met 0/],
    ['the bare one told something', 'scorer-bare', r => r.received.spans++, /telemetry of a bare server/],
    ['no drift was seen', 'scorer-driftspan-1', r => (r.received.warned = []), /warned at last: met none/],
    ['another drifted', 'scorer-driftspan-1', r => r.received.warned.push('month'), /warned at last: met .*month/],
    ['it came before', 'scorer-driftspan-1', r => r.received.warnedAtFirst.push('month'), /warned before the drift/],
  ])('is refused when %s', (_what, name, spoil, message) => {
    const spoilt = structuredClone(rounds());
    expect(() => check(spoilt)).not.toThrow();
    spoil(spoilt[name]![1]!);
    expect(() => check(spoilt)).toThrow(message);
  });
});

describe('the section', () => {
  const saved = (measured = rounds()) => [
    {
      line: 2,
      node: 'v20.20.2',
      result: { seconds: {}, rates: { scorer: 9000, onnxruntime: 5000 }, rounds: measured },
    },
  ];

  it('shows the ratios to the bare server with the spread of the rounds', () => {
    const text = section(saved());
    expect(text).toContain('### Node 20, OpenTelemetry 2.x');
    expect(text).toContain('At 9,000 requests a second');
    expect(text).toContain(
      '| Driftspan, 1 % sampled | 26.00 µs | 1.30 × (1.20 – 1.40) | 15,385 | 0.77 × (0.71 – 0.83) |',
    );
    expect(text).toContain('| hand-written, all sampled | 32.00 µs | 1.60 × (1.50 – 1.70) |');
    expect(text.match(/^\| bare \|/gm)).toHaveLength(4);
  });

  it('and its plot can be made of the cases of a quick run too', async () => {
    const quick = Object.fromEntries(Object.entries(rounds()).filter(([name]) => !name.endsWith('-100')));
    expect(section(saved(quick))).not.toContain('all sampled |');
    const [[name, spec]] = Object.entries(plots(saved(quick))) as [[string, object]];
    expect(section(saved(quick))).toContain(`](${name.replace('docs/', '')})`);
    const file = join(folder, 'plot.svg');
    await writeSvg(file, spec);
    expect(readFileSync(file, 'utf8')).toContain('Driftspan, 1 % sampled');
  });
});

async function listening(handler: Parameters<typeof createServer>[1]): Promise<{ server: Server; port: number }> {
  const server = createServer(handler);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** Whether something listens on that port. */
function isAnswering(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    const tell = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.on('connect', () => tell(true)).on('error', () => tell(false));
  });
}
