import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../src/program.ts', import.meta.url));
/** What stands between `import` and the end of a statement, types left out; dynamic imports are not met. */
const STATIC_IMPORT = /^(?:import|export) (?!type\b)(?:[^'"]*? from )?'([^']+)';/gms;

/** Packages that are loaded before anything is done. */
function packagesOf(file: string, seen = new Set<string>(), packages = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    if (!specifier!.startsWith('.')) packages.add(specifier!);
    else packagesOf(resolve(dirname(file), specifier!.replace(/\.js$/, '.ts')), seen, packages);
  }
  return packages;
}

it('help, version and completion load neither DuckDB nor any other package that is heavy', () => {
  expect(existsSync(PROGRAM)).toBe(true);
  const packages = [...packagesOf(PROGRAM)].filter(name => !name.startsWith('node:')).sort();
  expect(packages).toEqual(['commander', 'picocolors']);
});
