import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { closureOf, importedPackages, packagesOfFolders } from '../gpu/packages.js';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const benchmarks = join(root, 'benchmarks');

describe('the packages of a packed benchmark', () => {
  it('are those that a source names, however it does', () => {
    const source = `import { a } from '@driftspan/core';
import 'tinybench';
import { b } from './own.js';
import { c } from 'node:fs';
const d = await import("onnxruntime-node/dist/x.js");
const e = require('@opentelemetry/api');`;
    expect([...importedPackages(source)].sort()).toEqual([
      '@driftspan/core',
      '@opentelemetry/api',
      'onnxruntime-node',
      'tinybench',
    ]);
  });

  it('are those of the models, without what plots', () => {
    const names = packagesOfFolders([join(benchmarks, 'src/models'), join(benchmarks, 'src/harness')], {
      except: ['svg.js'],
    });
    expect(names).toContain('@driftspan/instrumentation-onnxruntime');
    expect(names).toContain('onnxruntime-node');
    expect(names).not.toContain('vega');
  });

  it('come with what they depend on, and workspaces as links', () => {
    const { folders, links } = closureOf(
      root,
      benchmarks,
      ['@driftspan/core', 'onnxruntime-node'],
      name => name === 'adm-zip',
    );
    for (const place of [
      'packages/core',
      'packages/sketch',
      'node_modules/@noble/hashes',
      'node_modules/@opentelemetry/api',
      'node_modules/onnxruntime-common',
    ])
      expect(folders).toContain(place);
    expect(folders).not.toContain('node_modules/adm-zip');
    expect(links.get('node_modules/@driftspan/core')).toBe('packages/core');
  });

  it('that are not installed are an error that names them', () => {
    expect(() => closureOf(root, benchmarks, ['not-installed-anywhere'])).toThrow(
      /not-installed-anywhere: met no such package/,
    );
  });
});
