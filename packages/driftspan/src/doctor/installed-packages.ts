import { type Dirent, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** With links resolved: two packages of one folder are one copy. */
  readonly folder: string;
  readonly peers: Readonly<Record<string, string>>;
  readonly optionalPeers: ReadonlySet<string>;
}

export interface FoundPackages {
  readonly packages: readonly InstalledPackage[];
  /** The walk was ended early: there may be more. */
  readonly cut: boolean;
}

/** What concerns telemetry; others are walked through and not read. */
const OF_INTEREST = /^(?:@opentelemetry\/|@driftspan\/|onnxruntime-)/;
/** A large monorepo has 5,000; beyond this something else is wrong, such as a home folder that is full of projects. */
const MOST_FOLDERS = 50_000;

/**
 * Every package of OpenTelemetry, Driftspan and onnxruntime that a module in `cwd`, or a package it depends on, could load: the
 * `node_modules` of the folder and those above it, and those within each package, with links to workspaces and stores followed, each
 * folder once. About 30 µs a package.
 */
export function findPackages(cwd: string): FoundPackages {
  const seen = new Set<string>();
  const packages: InstalledPackage[] = [];
  const waiting: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    waiting.push(join(folder, 'node_modules'));
    if (dirname(folder) === folder) break;
  }
  while (waiting.length > 0 && seen.size < MOST_FOLDERS) {
    const modules = realFolder(waiting.pop()!);
    if (modules === undefined || seen.has(modules)) continue;
    seen.add(modules);
    for (const [name, path] of packagesIn(modules)) {
      const folder = realFolder(path);
      if (folder === undefined || seen.has(folder)) continue;
      seen.add(folder);
      if (OF_INTEREST.test(name)) packages.push(...packageAt(folder));
      waiting.push(join(folder, 'node_modules'));
      // A store keeps a package's dependencies beside it: store/name@1.0.0/node_modules/name.
      const beside = name.startsWith('@') ? dirname(dirname(folder)) : dirname(folder);
      if (beside.endsWith('node_modules')) waiting.push(beside);
    }
  }
  packages.sort((a, b) => compare(a.name, b.name) || compare(a.folder, b.folder));
  return { packages, cut: waiting.length > 0 };
}

/** The copy that code in `folder` would load. */
export function resolvedFrom(
  folder: string,
  name: string,
  packages: readonly InstalledPackage[],
): InstalledPackage | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = realFolder(join(at, 'node_modules', name));
    const installed = found === undefined ? undefined : packages.find(({ folder: its }) => its === found);
    if (installed !== undefined) return installed;
    if (dirname(at) === at) return undefined;
  }
}

function* packagesIn(modules: string): Generator<[name: string, path: string]> {
  for (const { name } of entries(modules)) {
    if (name.startsWith('.')) continue;
    if (!name.startsWith('@')) yield [name, join(modules, name)];
    else
      for (const inScope of entries(join(modules, name)))
        yield [`${name}/${inScope.name}`, join(modules, name, inScope.name)];
  }
}

function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function realFolder(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Its real name: an alias (`npm:`) is installed under another. */
function packageAt(folder: string): InstalledPackage[] {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly name?: unknown;
      readonly version?: unknown;
      readonly peerDependencies?: Readonly<Record<string, string>>;
      readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
    };
    if (typeof manifest.name !== 'string' || typeof manifest.version !== 'string') return [];
    const optional = Object.entries(manifest.peerDependenciesMeta ?? {}).filter(([, meta]) => meta.optional === true);
    return [
      {
        name: manifest.name,
        version: manifest.version,
        folder,
        peers: manifest.peerDependencies ?? {},
        optionalPeers: new Set(optional.map(([name]) => name)),
      },
    ];
  } catch {
    return [];
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
