import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes packages below a folder: `node_modules/a` → its manifest. Names are the last part of the path unless the manifest has one. */
export async function writePackages(folder: string, packages: Readonly<Record<string, object>>): Promise<void> {
  for (const [path, manifest] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1);
    await mkdir(join(folder, path), { recursive: true });
    await writeFile(join(folder, path, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  }
}

/** A link as a package manager makes it. */
export async function link(folder: string, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(folder, from)), { recursive: true });
  await symlink(join(folder, to), join(folder, from), 'junction');
}
