import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { categorical, monitor, numeric } from '../../src/index.js';
import { baselineFor } from './watched-rows.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const FIXTURE = fileURLToPath(new URL('./no-code-generation.fixture.ts', import.meta.url));

// Each would run, or break the generated text, if a name ever entered it unescaped.
const INJECTIONS = [
  '"];globalThis.injected=1;//',
  "'];globalThis.injected=1;//",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that would be code
  '`${globalThis.injected=1}`',
  '\\"];globalThis.injected=1;//',
  '\n};globalThis.injected=1;//',
  '*/globalThis.injected=1/*',
  '\u2028globalThis.injected=1//',
  '\u2029globalThis.injected=1//',
  '\r\nglobalThis.injected=1//',
  '</script>',
  '\0',
  '$&$1$`',
  '--><!--',
  'row',
  'plans',
  'cells',
];

test.each(INJECTIONS)('the feature name %j is only ever a name', async name => {
  const model = {
    name: `inject ${name}`.slice(0, 200),
    version: '1',
    features: { n: numeric(), c: categorical(), [name]: numeric(), [`${name}2`]: categorical() },
  };
  const row = { n: 1, c: 'a', [name]: 5, [`${name}2`]: 'x' };
  for (const baseline of [undefined, await baselineFor(model)]) {
    const predict = monitor((_: object) => 1, { model, ...(baseline === undefined ? {} : { baseline }) });
    predict(row);
    const { features, dropped } = predict.monitor.report();
    expect(features.map(({ totals }) => totals.valued)).toEqual([1, 1, 1, 1]);
    expect(dropped).toEqual({});
  }
  expect(globalThis).not.toHaveProperty('injected');
});

test('where code can not be generated the features are counted all the same, and nothing is said to be wrong', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disallow-code-generation-from-strings', '--import', 'tsx', '-C', '@driftspan/source', FIXTURE],
    { cwd: ROOT, encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    refused: 'EvalError',
    totals: [
      { valued: 1, missing: 1, invalid: 0, outOfRange: 0 },
      { valued: 1, missing: 1, invalid: 0, outOfRange: 0 },
    ],
    dropped: {},
    said: [],
  });
});

test('codegen: false never calls Function', () => {
  const original = globalThis.Function;
  let calls = 0;
  globalThis.Function = new Proxy(original, {
    apply: (target, self, args) => {
      calls++;
      return Reflect.apply(target, self, args);
    },
    construct: (target, args) => {
      calls++;
      return Reflect.construct(target, args);
    },
  });
  try {
    const model = { name: 'no Function', version: '1', features: { n: numeric() } };
    monitor((_: object) => 1, { model, codegen: false })({ n: 1 });
    expect(calls).toBe(0);
    monitor((_: object) => 1, { model })({ n: 1 });
    expect(calls).toBeGreaterThan(0);
  } finally {
    globalThis.Function = original;
  }
});

test.each([true, false])('a thousand features are counted, each in its place (codegen %s)', codegen => {
  const names = Array.from({ length: 1000 }, (_, i) => `f${i}`);
  const predict = monitor((_: object) => 1, {
    model: { name: 'thousand', version: '1', features: Object.fromEntries(names.map(name => [name, numeric()])) },
    codegen,
  });
  predict(Object.fromEntries(names.filter((_, i) => i % 3 !== 0).map((name, i) => [name, i])));
  predict({
    get f500(): number {
      throw new Error('f500');
    },
    f501: 1,
  });
  const { features, dropped } = predict.monitor.report();
  for (const [i, { name, totals }] of features.entries()) {
    const valued = Number(i % 3 !== 0) + Number(i === 501);
    const invalid = Number(i === 500);
    expect({ name, ...totals }).toMatchObject({ name: `f${i}`, valued, invalid, missing: 2 - valued - invalid });
  }
  expect(dropped).toEqual({ feature_reader: 1 });
});
