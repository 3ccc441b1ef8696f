import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  findCollector,
  findEveryPrometheus,
  findEveryPromtool,
  findPrometheus,
  findPromtool,
  type Places,
  required,
} from '../src/find.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'driftspan-find-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** An executable file; its path. */
function put(folder: string, name: string): string {
  mkdirSync(join(root, folder), { recursive: true });
  const path = join(root, folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

function places(variables: Readonly<Record<string, string>> = {}): Places {
  const PATH = ['empty', 'path', 'later'].map(folder => join(root, folder)).join(delimiter);
  return { env: { PATH, ...variables }, built: join(root, 'built') };
}

test('a variable comes before what was built, and that before the PATH', () => {
  expect(findCollector(places())).toBeUndefined();
  const contrib = put('path', 'otelcol-contrib');
  expect(findCollector(places())).toBe(contrib);
  // The plain name before the other, also in a later folder.
  const onPath = put('later', 'otelcol');
  expect(findCollector(places())).toBe(onPath);
  const built = put('built', 'otelcol');
  expect(findCollector(places())).toBe(built);
  const named = put('mine', 'any name');
  expect(findCollector(places({ OTELCOL_BIN: named }))).toBe(named);
  expect(findCollector(places({ OTELCOL_BIN: '' }))).toBe(built);
});

test('a variable that names no executable is an error and not another version', () => {
  put('path', 'prometheus');
  writeFileSync(join(root, 'text'), '');
  for (const path of [join(root, 'absent'), join(root, 'text'), root]) {
    expect(() => findPrometheus(places({ PROMETHEUS_BIN: path }))).toThrow(
      expect.objectContaining({ code: 'ERR_SERVER_BINARY', met: JSON.stringify(path) }),
    );
  }
});

test('promtool is the one of the Prometheus that is taken', () => {
  const onPath = put('path', 'promtool');
  const prometheus = put('mine', 'prometheus');
  expect(findPromtool(places({ PROMETHEUS_BIN: prometheus }))).toBe(onPath);
  const beside = put('mine', 'promtool');
  expect(findPromtool(places({ PROMETHEUS_BIN: prometheus }))).toBe(beside);
  expect(findPromtool(places({ PROMETHEUS_BIN: prometheus, PROMTOOL_BIN: onPath }))).toBe(onPath);
});

test('every version is found once, whatever links lead to it', () => {
  const built = put('built', 'prometheus');
  const onPath = put('path', 'prometheus');
  const link = join(root, 'link');
  symlinkSync(built, link);
  expect(findEveryPrometheus(places())).toEqual([built, onPath]);
  expect(findEveryPrometheus(places({ PROMETHEUS_BIN: link }))).toEqual([link, onPath]);
  const tools = [put('built', 'promtool'), put('path', 'promtool')];
  expect(findEveryPromtool(places())).toEqual(tools);
});

test('what is missing is named together with its variable and the command that builds it', () => {
  expect(() => required(undefined, 'the OpenTelemetry Collector', 'OTELCOL_BIN')).toThrow(
    /^the OpenTelemetry Collector: .*OTELCOL_BIN.*npm run fleet-tools.*\(ERR_SERVER_BINARY\)$/,
  );
  expect(required('/bin/a', 'a', 'A')).toBe('/bin/a');
});
