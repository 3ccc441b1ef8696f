import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Receiver } from '@driftspan/otlp-receiver';
import { onTestFinished } from 'vitest';
import { PLACES, SESSIONS } from '../fixtures/leaks/planted.js';
import { receiverForTest } from '../receiving.js';
import { type RawRequest, rawFront } from './raw-front.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const MODELS = [
  'dynamic',
  'fails',
  'image',
  'logits',
  'regression',
  'softmax',
  'string-label',
  'text',
  'tokens',
] as const;

export interface AppRun {
  readonly code: number | null;
  /** What the process printed, on either stream. */
  readonly printed: Buffer;
  readonly requests: readonly RawRequest[];
  /** Has had the same requests. */
  readonly receiver: Receiver;
}

/**
 * Runs `fixtures/leaks/app.ts` under the register of this package, from a folder of its own: with what is planted in the paths of the
 * program and of its models, in their metadata, in an argument and in the environment.
 */
export async function runApp(variables: Readonly<Record<string, string>>): Promise<AppRun> {
  const folder = await mkdtemp(join(tmpdir(), `driftspan-${PLACES.folder.text}-`));
  onTestFinished(() => rm(folder, { recursive: true }));
  const models = join(folder, PLACES.models.text);
  await mkdir(models);
  for (const file of await readdir(here('../fixtures/leaks'))) {
    await copyFile(here(`../fixtures/leaks/${file}`), join(folder, file));
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await symlink(here('../../../../node_modules'), join(folder, 'node_modules'));
  for (const name of MODELS) {
    const path = join(models, `${name}.onnx`);
    await copyFile(here(`../../../instrumentation-onnxruntime/test/models/${name}.onnx`), path);
    await appendFile(path, plantedFields());
  }

  // Every request in full: none is dropped for want of room.
  const receiver = await receiverForTest({ keep: 100_000 });
  const front = await rawFront(receiver.url);
  const child = spawn(
    process.execPath,
    [
      ...['--conditions', '@driftspan/source', '--import', 'tsx', '--import', '@driftspan/node/register'],
      ...[join(folder, 'app.ts'), models, `--token=${PLACES.argument.text}`],
    ],
    {
      cwd: folder,
      env: {
        ...ownEnvironment(),
        CLINIC_TOKEN: PLACES.variable.text,
        DRIFTSPAN_CONFIG: './config.ts',
        OTEL_EXPORTER_OTLP_ENDPOINT: front.url,
        OTEL_BSP_MAX_QUEUE_SIZE: '100000',
        OTEL_BLRP_MAX_QUEUE_SIZE: '100000',
        ...variables,
      },
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const printed = Buffer.concat(await Promise.all([buffer(child.stdout), buffer(child.stderr)]));
  const [code] = (await ended) as [number | null];
  return { code, printed, requests: front.requests, receiver };
}

function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(OTEL|DRIFTSPAN|NODE_OPTIONS|VITEST)/.test(name));
  return Object.fromEntries(kept);
}

/** Fields of a ModelProto, to be put behind the others: `doc_string` (6), and `metadata_props` (14) with a key and a value. */
function plantedFields(): Buffer {
  const text = (field: number, bytes: Buffer | string): Buffer => {
    const content = Buffer.from(bytes);
    return Buffer.concat([Buffer.from([(field << 3) | 2, content.length]), content]);
  };
  const { doc, metadata } = SESSIONS;
  return Buffer.concat([
    text(6, doc.text),
    text(14, Buffer.concat([text(1, 'author'), text(2, metadata.text)])),
    text(14, Buffer.concat([text(1, metadata.text), text(2, 'x')])),
  ]);
}
