import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const PACKAGES = readdirSync(join(root, 'packages'));
const sources = (name: string) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', `packages/${name}/src`], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(path => path.endsWith('.ts'));
const importsOf = (path: string) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/^(?:import|export)[^;]*?from '([^']+)'/gms)].map(
    match => match[1]!,
  );

test('imports go one way: sketch, core, instrumentation and files, node; report, the command line', () => {
  const allowed: Record<string, RegExp> = {
    sketch: /^(\.|@noble\/hashes)/,
    core: /^(\.|@driftspan\/sketch$|@opentelemetry\/api$)/,
    'instrumentation-onnxruntime': /^(\.|node:|@driftspan\/core$|@opentelemetry\/api$)/,
    files: /^(\.|node:|@driftspan\/sketch$)/,
    node: /^(\.|node:|@driftspan\/(core|files|sketch|instrumentation-onnxruntime)$|@opentelemetry\/)/,
    // Drawn where the monitor runs: no `node:` module either.
    report: /^(\.|@driftspan\/(core|sketch)$|d3-)/,
    // No OpenTelemetry: what `doctor` needs of it, it takes from the project it looks at.
    driftspan:
      /^(\.|node:|@driftspan\/(files|fleet|report|sketch)$|@duckdb\/node-api$|@bomb\.sh\/tab|cli-progress$|commander$|picocolors$|semver$)/,
    // The dashboards are made where the package is made: their builder is not a dependency of its users.
    fleet: /^(\.|yaml$|@grafana\/grafana-foundation-sdk\/)/,
    servers: /^(\.|node:|yaml$)/,
  };
  for (const [name, pattern] of Object.entries(allowed)) {
    const wrong = sources(name).flatMap(path =>
      importsOf(path)
        .filter(from => !pattern.test(from))
        .map(from => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  }
});

test('no package has a circle of imports', () => {
  for (const name of PACKAGES) {
    const edges = new Map(sources(name).map(path => [path, valueImports(path)]));
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) throw new Error(`circle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
      if (done.has(path)) return;
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of edges.keys()) visit(path, []);
    expect(done.size).toBe(edges.size);
  }
});

/** Files of the same package that are imported for more than their types. */
function valueImports(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gms)].map(match =>
    join(path, '..', match[1]!).replace(/\.js$/, '.ts'),
  );
}

test('lock files carry no download addresses', () => {
  for (const path of ['package-lock.json', 'compat/otel-3/package-lock.json']) {
    const addresses = [...readFileSync(join(root, path), 'utf8').matchAll(/"resolved": *"([^"]+)"/g)].map(
      match => match[1]!,
    );
    expect(addresses.filter(address => /^https?:/.test(address))).toEqual([]);
  }
});
