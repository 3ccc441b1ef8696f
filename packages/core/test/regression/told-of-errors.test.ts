import { DiagLogLevel, diag } from '@opentelemetry/api';
import { expect, onTestFinished, test } from 'vitest';
import { defineModel, monitor, numeric, tensor } from '../../src/index.js';
import { RowReader } from '../../src/input/row-reader.js';

test('what an error says of itself in odd places is not told to diag', () => {
  const told: string[] = [];
  const tell = (...args: unknown[]) => void told.push(args.map(String).join(' '));
  diag.setLogger({ error: tell, warn: tell, info: tell, debug: tell, verbose: tell }, DiagLogLevel.ALL);
  onTestFinished(() => diag.disable());
  const odd = Object.assign(new Error('canary one'), { constructor: { name: 'canary two' }, stack: 'canary three' });
  const predict = monitor((x: number) => x, {
    model: defineModel<number>({
      name: 'odd errors',
      version: '1',
      features: {
        x: numeric({
          select: () => {
            throw odd;
          },
        }),
      },
    }),
  });
  predict(1);
  predict.monitor.dispose();
  expect(told.join('\n')).toContain('feature_reader');
  expect(told.join('\n')).not.toContain('canary');
});

test("a tensor's type that is no data type stands in no record", () => {
  const model = defineModel({ name: 'm', version: '1', features: { voice: tensor() } });
  const value = { dims: [2], data: Float32Array.of(1, 2), type: 'AliceSmith' };
  // No plan is asked for its cell.
  const plans = ['mean', 'sd', 'min', 'max', 'zeros'].map(part => ({ name: `voice.${part}` }));
  const reader = new RowReader(model, plans as never, new Float64Array(0));
  expect(reader.values({ voice: value }).input).toMatchObject({ 'voice.type': 'Float32Array', 'voice.shape': [2] });
  expect(reader.values({ voice: { ...value, type: 'float32' } }).input).toMatchObject({ 'voice.type': 'float32' });
});
