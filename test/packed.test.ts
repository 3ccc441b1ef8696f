import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Receiver, startReceiver } from '@driftspan/otlp-receiver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const PACKAGES = [
  'sketch',
  'core',
  'files',
  'instrumentation-onnxruntime',
  'node',
  'fleet',
  'report',
  'driftspan',
] as const;
const PEERS = [
  '@opentelemetry/api',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-node',
];
const MINUTES = 60_000;

let project: string;

/** The packed tarballs of this build in an empty project, as a user's npm installs them. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'driftspan-packed-'));
  const tarballs: Record<string, string> = {};
  for (const name of PACKAGES) {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], {
      cwd: join(root, 'packages', name),
    });
    const packed: unknown = JSON.parse(stdout);
    const [{ name: full, filename }] = Object.values(packed as object) as [{ name: string; filename: string }];
    tarballs[full] = `file:./${filename}`;
  }
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const peers = Object.fromEntries(PEERS.map(name => [name, devDependencies[name]]));
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'app', private: true, type: 'module', dependencies: { ...tarballs, ...peers } }),
  );
  await run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: project });
  // 300 MB that need no copy: the application's runtime lies beside the tarballs as if it were installed.
  await symlink(join(root, 'node_modules/onnxruntime-node'), join(project, 'node_modules/onnxruntime-node'));
  await app('packed-app.ts', '.', 'module');
  await app('packed-app-commonjs.ts', 'commonjs', 'commonjs');
}, 5 * MINUTES);

/** A TypeScript application of the project, in a folder whose files are of this type. */
async function app(fixture: string, folder: string, type: 'module' | 'commonjs'): Promise<void> {
  const path = join(project, folder);
  await mkdir(join(path, 'src'), { recursive: true });
  await cp(join(root, 'test/fixtures', fixture), join(path, 'src/app.ts'));
  if (folder !== '.') await writeFile(join(path, 'package.json'), JSON.stringify({ type }));
  await writeFile(
    join(path, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        lib: ['es2023', 'esnext.disposable'],
        module: 'nodenext',
        strict: true,
        rootDir: 'src',
        outDir: 'out',
        skipLibCheck: true,
        types: [],
      },
      include: ['src'],
    }),
  );
}

/** What a program of the project prints, and what reaches the receiver meanwhile. */
async function runTowards(args: readonly string[], look: (printed: string, receiver: Receiver) => void): Promise<void> {
  const receiver = await startReceiver();
  try {
    const { stdout, stderr } = await run(process.execPath, args, {
      cwd: project,
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_METRIC_EXPORT_INTERVAL: '60000' },
    });
    expect(stderr).toBe('');
    look(stdout, receiver);
  } finally {
    await receiver.close();
  }
}

afterAll(() => rm(project, { recursive: true, force: true }));

describe('the packed tarballs in an empty project', () => {
  for (const compiler of ['typescript', 'typescript-5.9']) {
    test.each([
      ['ES modules', '.', /^import .* from '@driftspan\/core';$/m],
      ['CommonJS', 'commonjs', /= require\("@driftspan\/core"\);$/m],
    ])(
      `type-check and compile to %s with ${compiler}`,
      async (_name, folder, imports) => {
        const tsc = join(root, 'node_modules', compiler, compiler === 'typescript' ? 'bin/tsc' : 'lib/tsc.js');
        // A compiler says what is wrong on standard output.
        const said = await run(process.execPath, [tsc, '-p', join(project, folder)]).catch(
          (error: { stdout: string }) => error,
        );
        expect(said.stdout).toBe('');
        const compiled = await readFile(join(project, folder, 'out/app.js'), 'utf8');
        expect(compiled).toMatch(imports);
      },
      MINUTES,
    );
  }

  test.each([
    ['ES modules', 'out/app.js'],
    ['CommonJS', 'commonjs/out/app.js'],
  ])(
    'run without TypeScript as %s, and reach a collector',
    async (_name, script) => {
      await runTowards([script], (printed, receiver) => {
        expect(JSON.parse(printed)).toEqual({ label: 'late', verdict: 'insufficient' });
        expect(receiver.spans.map(span => span.name)).toEqual(Array(20).fill('predict flight-delay'));
        const bins = receiver.points('ml.feature.bins', { 'ml.feature.name': 'distance' });
        expect(bins.reduce((sum, point) => sum + point.value!, 0)).toBe(20);
      });
    },
    MINUTES,
  );

  test(
    'watch an unchanged program by one --import, in the main thread and in a worker',
    async () => {
      await cp(join(root, 'packages/instrumentation-onnxruntime/test/models/softmax.onnx'), join(project, 'iris.onnx'));
      await writeFile(
        join(project, 'plain.cjs'),
        `const { InferenceSession, Tensor } = require('onnxruntime-node');
        const { isMainThread, Worker } = require('node:worker_threads');
        if (isMainThread) new Worker(__filename);
        (async () => {
          const session = await InferenceSession.create('iris.onnx');
          const input = new Tensor('float32', [1, 2, 3, 4], [1, 4]);
          for (let call = 0; call < 20; call++) await session.run({ input });
        })();`,
      );
      await runTowards(['--import', '@driftspan/node/register', 'plain.cjs'], (printed, receiver) => {
        expect(printed).toBe('');
        expect(receiver.spans.filter(span => span.name === 'predict iris')).toHaveLength(40);
        const points = receiver.points('ml.inference.duration', { 'ml.model.name': 'iris' });
        expect(points.map(({ count }) => count)).toEqual([20, 20]);
        expect(new Set(points.map(({ resource }) => resource['service.instance.id'])).size).toBe(2);
      });
    },
    MINUTES,
  );

  test('load through require() as well', async () => {
    const script =
      "const { monitor } = require('@driftspan/core'); const { start } = require('@driftspan/node'); console.log(typeof monitor, typeof start)";
    await writeFile(join(project, 'required.cjs'), script);
    const { stdout } = await run(process.execPath, ['required.cjs'], { cwd: project });
    expect(stdout.trim()).toBe('function function');
  });

  test('bring the rules, as files and as a function', async () => {
    const script = `const { readFileSync } = require('node:fs');
      const { recordingRules, rulesYaml } = require('@driftspan/fleet');
      const shipped = name => readFileSync(require.resolve('@driftspan/fleet/' + name), 'utf8');
      console.log(shipped('prometheus/driftspan.rules.yml') === rulesYaml(recordingRules()));
      console.log(JSON.parse(shipped('grafana/driftspan-overview.json')).uid);`;
    await writeFile(join(project, 'rules.cjs'), script);
    const { stdout } = await run(process.execPath, ['rules.cjs'], { cwd: project });
    expect(stdout).toBe('true\ndriftspan-overview\n');
  });

  test(
    'bring the command line: a baseline, a verdict by its exit status, a page',
    async () => {
      const rows = (shift: number) => [
        'distance,carrier',
        ...Array.from({ length: 2000 }, (_, i) => `${shift + (i % 900)},${i % 3 ? 'UA' : 'AA'}`),
      ];
      await writeFile(join(project, 'train.csv'), rows(0).join('\n'));
      await writeFile(join(project, 'live.csv'), rows(400).join('\n'));
      const command = join(project, 'node_modules/.bin/driftspan');
      const made = ['baseline', 'train.csv', '-o', 'model.json', '--model', 'fare@1'];
      const { stderr } = await run(command, made, { cwd: project });
      expect(stderr).toContain('wrote model.json: 2,000 rows, 2 features');
      await expect(run(command, ['compare', 'model.json', 'train.csv'], { cwd: project })).resolves.toBeDefined();
      const compared = run(command, ['compare', 'model.json', 'live.csv', '--json'], { cwd: project });
      const { code, stdout } = await compared.catch(error => error);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'critical' });
      await run(command, ['report', 'model.json', 'live.csv', '-o', 'report.html'], { cwd: project });
      expect(await readFile(join(project, 'report.html'), 'utf8')).toContain('<title>Critical: fare 1</title>');
      const shipped = await readFile(
        join(project, 'node_modules/@driftspan/fleet/prometheus/driftspan.rules.yml'),
        'utf8',
      );
      expect((await run(command, ['rules', '--recording'], { cwd: project })).stdout).toBe(shipped);
    },
    MINUTES,
  );

  test('hold no source, no test and no build file', async () => {
    for (const name of PACKAGES) {
      const { stdout } = await run('npm', ['pack', '--json', '--dry-run'], { cwd: join(root, 'packages', name) });
      const [{ files }] = Object.values(JSON.parse(stdout) as object) as [{ files: { path: string }[] }];
      const paths = files.map(({ path }) => path);
      expect(
        paths.filter(
          path =>
            !/^(bin\/driftspan\.js|dist\/.*\.(js|d\.ts)|schema\/.*\.json|prometheus\/.*\.yml|grafana\/.*\.json|package\.json|README\.md|LICENSE)$/.test(
              path,
            ),
        ),
      ).toEqual([]);
      expect(paths).toContain(name === 'driftspan' ? 'dist/bin.js' : 'dist/index.d.ts');
    }
  });
});
