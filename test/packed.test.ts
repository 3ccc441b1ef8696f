import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startReceiver } from '@driftspan/otlp-receiver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const PACKAGES = ['sketch', 'core', 'node'] as const;
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
    const [{ filename }] = Object.values(packed as object) as [{ filename: string }];
    tarballs[`@driftspan/${name}`] = `file:./${filename}`;
  }
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const peers = Object.fromEntries(PEERS.map(name => [name, devDependencies[name]]));
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'app', private: true, type: 'module', dependencies: { ...tarballs, ...peers } }),
  );
  await run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: project });
  await mkdir(join(project, 'src'));
  await cp(join(root, 'test/fixtures/packed-app.ts'), join(project, 'src/app.ts'));
  await writeFile(
    join(project, 'tsconfig.json'),
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
}, 5 * MINUTES);

afterAll(() => rm(project, { recursive: true, force: true }));

describe('the packed tarballs in an empty project', () => {
  for (const compiler of ['typescript', 'typescript-5.9']) {
    test(
      `type-check and compile with ${compiler}`,
      async () => {
        const tsc = join(root, 'node_modules', compiler, compiler === 'typescript' ? 'bin/tsc' : 'lib/tsc.js');
        // A compiler says what is wrong on standard output.
        const said = await run(process.execPath, [tsc, '-p', project]).catch((error: { stdout: string }) => error);
        expect(said.stdout).toBe('');
        expect(await readFile(join(project, 'out/app.js'), 'utf8')).toContain('monitor(');
      },
      MINUTES,
    );
  }

  test(
    'run without TypeScript, and reach a collector',
    async () => {
      const receiver = await startReceiver();
      try {
        const { stdout } = await run(process.execPath, ['out/app.js'], {
          cwd: project,
          env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_METRIC_EXPORT_INTERVAL: '60000' },
        });
        expect(JSON.parse(stdout)).toEqual({ label: 'late', verdict: 'insufficient' });
        expect(receiver.spans.map(span => span.name)).toEqual(Array(20).fill('predict flight-delay'));
        const bins = receiver.points('ml.feature.bins', { 'ml.feature.name': 'distance' });
        expect(bins.reduce((sum, point) => sum + point.value!, 0)).toBe(20);
      } finally {
        await receiver.close();
      }
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

  test('hold no source, no test and no build file', async () => {
    for (const name of PACKAGES) {
      const { stdout } = await run('npm', ['pack', '--json', '--dry-run'], { cwd: join(root, 'packages', name) });
      const [{ files }] = Object.values(JSON.parse(stdout) as object) as [{ files: { path: string }[] }];
      const paths = files.map(({ path }) => path);
      expect(
        paths.filter(path => !/^(dist\/.*\.(js|d\.ts)|schema\/.*\.json|package\.json|README\.md|LICENSE)$/.test(path)),
      ).toEqual([]);
      expect(paths).toContain('dist/index.d.ts');
    }
  });
});
