import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startReceiver } from '@driftspan/otlp-receiver';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'examples/flight-delays/README.md',
  'examples/fleet/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.md'))
    .map(path => join('docs', path)),
];

test("the README's demo output and cost table are what was measured", async () => {
  await expect(run(process.execPath, ['scripts/readme.js', '--check'], { cwd: root })).resolves.toBeDefined();
});

test("the verdicts' page shows the figures that were measured", async () => {
  await expect(run(process.execPath, ['benchmarks/verdicts/page.js', '--check'], { cwd: root })).resolves.toBeDefined();
});

test("the README's program type-checks, runs, and reaches a collector", async () => {
  const [, program] = /## Use\n\n```ts\n([\s\S]*?)```/.exec(read('README.md'))!;
  const folder = join(root, 'test/.readme');
  await mkdir(folder, { recursive: true });
  const receiver = await startReceiver();
  try {
    await writeFile(join(folder, 'program.ts'), program!);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../tsconfig.base.json',
        compilerOptions: { noEmit: true, customConditions: ['@driftspan/source'], types: ['node'] },
        include: ['program.ts'],
      }),
    );
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder]);
    const args = ['--import', 'tsx', '-C', '@driftspan/source', join(folder, 'program.ts')];
    const { stdout } = await run(process.execPath, args, {
      cwd: root,
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    });
    expect(stdout).toBe('insufficient\n');
    expect(receiver.spans.map(span => span.name)).toEqual(['predict flight-delay']);
    expect(receiver.points('ml.outcome.count', { 'ml.outcome.correct': true })[0]?.value).toBe(1);
  } finally {
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('every link between the pages leads to a file', () => {
  const dead = pages.flatMap(page =>
    [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(match => join(dirname(join(root, page)), match[1]!))
      .filter(target => !existsSync(target))
      .map(target => `${page} links to ${relative(root, target)}`),
  );
  expect(dead).toEqual([]);
});

test('docs/errors.md names every code and every reason, and no other', () => {
  const quoted = (path: string, pattern: RegExp) => [...read(path).matchAll(pattern)].map(match => match[1]!);
  const codes = readdirSync(join(root, 'packages'))
    .map(name => `packages/${name}/src/errors.ts`)
    .filter(path => existsSync(join(root, path)))
    .flatMap(path => quoted(path, /'(ERR_[A-Z0-9_]+)'/g));
  expect(codes.length).toBeGreaterThan(50);
  const reasons = [...quoted('packages/core/src/faults.ts', /^ {2}'([a-z_]+)',$/gm), 'monitor_limit'];
  expect(quoted('docs/errors.md', /^\| `([A-Za-z0-9_]+)` \|/gm).sort()).toEqual(
    [...new Set([...codes, ...reasons])].sort(),
  );
});

test('docs/telemetry.md names every metric and attribute', () => {
  const names = [...read('packages/core/src/semconv.ts').matchAll(/'((?:ml|error|server)\.[a-z_.]+)'/g)].map(
    match => match[1]!,
  );
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter(name => !read('docs/telemetry.md').includes(name))).toEqual([]);
});
