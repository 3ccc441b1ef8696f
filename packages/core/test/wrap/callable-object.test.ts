import { describe, expect, test } from 'vitest';
import { monitor } from '../../src/index.js';

const model = { name: 'callable', version: '1' };

/** A function that is also an object with a class, as pipelines are. */
class Pipeline extends Function {
  task = 'classify';
  disposed = false;
  static make(): Pipeline & ((text: string) => Promise<string>) {
    const call = (text: string) => (call as unknown as Pipeline).run(text);
    return Object.assign(Object.setPrototypeOf(call, Pipeline.prototype), { task: 'classify', disposed: false });
  }
  async run(text: string): Promise<string> {
    return `${this.task}: ${text}`;
  }
  dispose(): this {
    this.disposed = true;
    return this;
  }
  get upper(): string {
    return this.task.toUpperCase();
  }
}

describe('a callable object', () => {
  test('is called, and keeps methods, getters and properties that can be set', async () => {
    const pipeline = Pipeline.make();
    const predict = monitor(pipeline, { model, output: { label: r => r } });
    expect(await predict('hi')).toBe('classify: hi');
    expect(await predict.run('there')).toBe('classify: there');
    expect(predict.upper).toBe('CLASSIFY');
    predict.task = 'score';
    expect(pipeline.task).toBe('score');
    predict.dispose();
    expect(pipeline.disposed).toBe(true);
    expect(predict.monitor.report()).toMatchObject({ calls: { succeeded: 1 }, predictions: { 'classify: hi': 1 } });
  });

  test('is an instance of its class, with its keys, and answers `in`', () => {
    const pipeline = Pipeline.make();
    const predict = monitor(pipeline, { model });
    expect(predict).toBeInstanceOf(Pipeline);
    expect(Object.getPrototypeOf(predict)).toBe(Pipeline.prototype);
    expect(Object.keys(predict)).toEqual(Object.keys(pipeline));
    expect(Reflect.ownKeys(predict)).toEqual(Reflect.ownKeys(pipeline));
    expect('task' in predict && 'dispose' in predict && 'upper' in predict).toBe(true);
    expect('nothing' in predict).toBe(false);
    expect(Object.getOwnPropertyDescriptor(predict, 'task')).toEqual(Object.getOwnPropertyDescriptor(pipeline, 'task'));
    expect([predict.name, predict.length]).toEqual([pipeline.name, pipeline.length]);
    expect(typeof predict).toBe('function');
  });

  test('keeps the identity of what it holds', () => {
    const tokenizer = { vocabulary: ['a'] };
    const key = Symbol('key');
    const predict = monitor(
      Object.assign((x: number) => x, { tokenizer, [key]: tokenizer }),
      { model },
    );
    expect(predict.tokenizer).toBe(tokenizer);
    expect(predict[key]).toBe(tokenizer);
  });

  test('sees itself as this where it was called as a method', () => {
    const seen: unknown[] = [];
    const predict = monitor(
      Object.assign(
        function (this: unknown, _x: number) {
          seen.push(this);
        },
        { extra: 1 },
      ),
      { model },
    );
    const holder = { predict };
    holder.predict(1);
    expect(seen).toEqual([holder]);
  });

  test('that has a monitor of its own shows ours and keeps its own', () => {
    const own = { mine: true };
    const original = Object.assign((x: number) => x, { monitor: own });
    const predict = monitor(original, { model });
    expect(predict(1)).toBe(1);
    expect(original.monitor).toBe(own);
    expect((predict.monitor as unknown as { report(): unknown }).report()).toMatchObject({ calls: { succeeded: 1 } });
  });

  test('that is a class can still be constructed', () => {
    class Scorer {
      static kind = 'scorer';
      constructor(readonly x: number) {}
    }
    const Watched = monitor(Scorer as unknown as ((x: number) => Scorer) & typeof Scorer, { model });
    expect(new Watched(5)).toBeInstanceOf(Scorer);
    expect(new Watched(5).x).toBe(5);
    expect(() => (Watched as (x: number) => Scorer)(5)).toThrow(TypeError);
  });

  test('that is a Proxy which answers everything is called once a call', () => {
    const log: string[] = [];
    const echo = new Proxy((x: number) => x, {
      get: (target, key) =>
        key === 'prototype' || key === 'name' || key === 'length' ? Reflect.get(target, key) : log,
      apply: (_target, _self, [x]) => {
        log.push(`called with ${x}`);
        return x;
      },
    });
    const predict = monitor(echo, { model });
    expect(predict(7)).toBe(7);
    expect(log).toEqual(['called with 7']);
  });
});
