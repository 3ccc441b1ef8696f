// Which installed packages a set of source files needs, and where each lies.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const IMPORT = /(?:\bfrom |\bimport |\bimport\(|\brequire\()['"]([@a-z][\w./@:-]*)['"]/g;

/** The packages that a source names: no files of its own, nothing of Node's. */
export function importedPackages(source) {
  const named = [...source.matchAll(IMPORT)].map(([, specifier]) => specifier);
  return new Set(named.filter(specifier => !specifier.startsWith('node:')).map(packageOf));
}

/** `@scope/name/deep` is of `@scope/name`. */
const packageOf = specifier =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Of every source in the folders, and in those below. */
export function packagesOfFolders(folders, { except = [] } = {}) {
  const found = new Set();
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.c?js$/.test(entry.name) || except.includes(entry.name)) continue;
      const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const name of importedPackages(source)) found.add(name);
    }
  }
  return [...found].sort();
}

/**
 * The packages of those names with all that they depend on, peers that are installed among them, as Node would find each: in the nearest `node_modules`
 * above whoever asks.
 *
 * @param {string} root of the repository: nothing above is looked at.
 * @param {string} from the folder that asks for the names.
 * @param {readonly string[]} names
 * @param {(name: string) => boolean} [isLeftOut]
 * @returns {{ folders: string[], links: Map<string, string> }} folders that hold a package, and where another name leads to one of them (a workspace), both
 *   relative to `root`.
 * @throws Error for one that is not installed.
 */
export function closureOf(root, from, names, isLeftOut = () => false) {
  const folders = new Set();
  const links = new Map();
  const visit = (name, asking, isOptional) => {
    if (isLeftOut(name)) return;
    const met = nearest(name, asking, root);
    if (met === undefined) {
      if (isOptional) return;
      throw new Error(`${name}: met no such package above ${asking}, expected it installed`);
    }
    const folder = realpathSync(met);
    if (folder !== met) links.set(relative(root, met), relative(root, folder));
    if (folders.has(relative(root, folder))) return;
    folders.add(relative(root, folder));
    const { dependencies = {}, peerDependencies = {} } = manifestOf(folder);
    for (const dependency of Object.keys(dependencies)) visit(dependency, folder, false);
    for (const peer of Object.keys(peerDependencies)) visit(peer, folder, true);
  };
  for (const name of names) visit(name, from, false);
  return { folders: [...folders].sort(), links };
}

function nearest(name, from, root) {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

const manifestOf = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
