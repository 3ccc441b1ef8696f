import { relative } from 'node:path';
import { major, minor, satisfies } from 'semver';
import { plural } from '../terminal/words.js';
import { type Check, failed, none, ok, warning } from './check.js';
import { type FoundPackages, type InstalledPackage, resolvedFrom } from './installed-packages.js';

/** Lowest version of Node that the packages are made for. */
const NODE_RANGE = '>=20.19';

export function nodeCheck(version: string): Check {
  return satisfies(version, NODE_RANGE, { includePrerelease: true })
    ? ok('Node', `${version} is supported`)
    : failed('Node', `${version} is not supported`, `use Node ${NODE_RANGE}`);
}

/** What is installed, in how many copies, and whether it fits together. */
export function packageChecks(found: FoundPackages, cwd: string): readonly Check[] {
  const { packages, cut } = found;
  const place = ({ folder }: InstalledPackage) => relative(cwd, folder) || '.';
  return [
    driftspanCheck(packages, place),
    apiCheck(copiesOf(packages, '@opentelemetry/api'), place),
    ...sdkChecks(packages),
    ...peerChecks(packages),
    ...(cut
      ? [
          warning(
            'packages',
            'there are more folders than could be looked at',
            'run doctor in the folder of one application',
          ),
        ]
      : []),
  ];
}

type Place = (installed: InstalledPackage) => string;

function copiesOf(packages: readonly InstalledPackage[], name: string): readonly InstalledPackage[] {
  return packages.filter(installed => installed.name === name);
}

function driftspanCheck(packages: readonly InstalledPackage[], place: Place): Check {
  const ours = packages.filter(({ name }) => name.startsWith('@driftspan/'));
  if (ours.length === 0) return none('Driftspan', 'no package of it is installed here', 'npm install @driftspan/node');
  const copies = copiesOf(packages, '@driftspan/core');
  const versions = new Set(copies.map(({ version }) => version));
  const listed = ours.filter(({ name }) => /\/(?:core|node|instrumentation-.*)$/.test(name));
  const told = [...new Set(listed.map(({ name, version }) => `${name} ${version}`))].join(', ');
  if (copies.length < 2) return ok('Driftspan', told === '' ? ours.map(({ name }) => name).join(', ') : told);
  const places = copies.map(copy => `${copy.version} in ${place(copy)}`).join(', ');
  const words = `${copies.length} copies of @driftspan/core: ${places}`;
  return versions.size === 1
    ? warning('Driftspan', `${words}; they export together, at twice the memory`, 'npm dedupe')
    : warning(
        'Driftspan',
        `${words}; they export together only where both know of each other`,
        'bring them to one version, then npm dedupe',
      );
}

/** Copies of one minor version share what is registered; an older one that registers first is not seen by a newer one. */
function apiCheck(copies: readonly InstalledPackage[], place: Place): Check {
  const name = '@opentelemetry/api';
  if (copies.length === 0) return failed(name, 'is not installed', `npm install ${name}`);
  const versions = [...new Set(copies.map(({ version }) => version))];
  if (copies.length === 1) return ok(name, `${versions[0]}, one copy`);
  const places = copies.map(copy => `${copy.version} in ${place(copy)}`).join(', ');
  const minors = new Set(versions.map(version => `${major(version)}.${minor(version)}`));
  const words = `${copies.length} copies: ${places}`;
  if (minors.size === 1) return ok(name, `${words}; of one minor version, so that they share what is registered`);
  return failed(
    name,
    `${words}; what loads the newer one sees no SDK that registered with the older one, and its telemetry is dropped without a word`,
    `bring all to one version: npm ls ${name} tells who asks for which, "overrides" in package.json can force one`,
  );
}

/** Metrics of two SDK lines in one process are two SDKs. */
function sdkChecks(packages: readonly InstalledPackage[]): readonly Check[] {
  const told: string[] = [];
  const several: string[] = [];
  for (const name of ['@opentelemetry/sdk-node', '@opentelemetry/sdk-metrics', '@opentelemetry/sdk-trace-base']) {
    const versions = [...new Set(copiesOf(packages, name).map(({ version }) => version))];
    if (versions.length > 0) told.push(`${name.slice('@opentelemetry/'.length)} ${versions.join(' and ')}`);
    if (new Set(versions.map(version => (major(version) === 0 ? `0.${minor(version)}` : major(version)))).size > 1)
      several.push(name);
  }
  if (told.length === 0)
    return [none('OpenTelemetry SDK', 'none is installed here', 'npm install @driftspan/node @opentelemetry/sdk-node')];
  if (several.length === 0) return [ok('OpenTelemetry SDK', told.join(', '))];
  return [
    warning(
      'OpenTelemetry SDK',
      `${told.join(', ')}: two lines side by side`,
      `npm ls ${several[0]} tells who asks for which`,
    ),
  ];
}

/** The ranges stand in the installed packages themselves. */
function peerChecks(packages: readonly InstalledPackage[]): readonly Check[] {
  const ours = packages.filter(({ name }) => name.startsWith('@driftspan/'));
  const wrong: Check[] = [];
  let asked = 0;
  for (const installed of ours) {
    for (const [peer, range] of Object.entries(installed.peers)) {
      const met = resolvedFrom(installed.folder, peer, packages);
      if (met === undefined && installed.optionalPeers.has(peer)) continue;
      asked++;
      if (met !== undefined && satisfies(met.version, range, { includePrerelease: true })) continue;
      const words = `${installed.name} ${installed.version} asks for ${peer} ${range}, and ${met === undefined ? 'finds none' : `finds ${met.version}`}`;
      wrong.push(failed('peers', words, `npm install '${peer}@${range}'`));
    }
  }
  if (wrong.length > 0) return wrong;
  return asked === 0 ? [] : [ok('peers', `${plural(asked, 'range')} of OpenTelemetry packages, all met`)];
}
