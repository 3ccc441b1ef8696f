import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bufferSource } from '../../src/onnx/byte-source.js';
import { fields } from '../../src/onnx/fields.js';
import { readGraph, readModel } from '../../src/onnx/model-proto.js';
import { MODELS, modelPath } from '../models.js';

/** Reads all there is to read; gives what was read. */
function readAll(bytes: Uint8Array): unknown {
  const source = bufferSource(bytes);
  const model = readModel(source);
  return [model, model.graph === undefined ? undefined : readGraph(source, model.graph)];
}

test('any bytes are read to an end without a throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => readAll(bytes) !== undefined));
});

test('a real model with bytes changed, taken out or cut off is read to an end without a throw', () => {
  const models = MODELS.map(name => new Uint8Array(readFileSync(modelPath(name))));
  const damage = fc.record({
    model: fc.constantFrom(...models),
    changes: fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { maxLength: 8 }),
    end: fc.nat(),
  });
  fc.assert(
    fc.property(damage, ({ model, changes, end }) => {
      const bytes = model.slice(0, end % (model.length + 1));
      for (const { at, byte } of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return readAll(bytes) !== undefined;
    }),
  );
});

test('every field lies within its message, and behind the one before', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), fc.nat(200), (bytes, a, b) => {
      const [start, end] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
      let last = start;
      for (const { start: from, length } of fields(bufferSource(bytes), start, end)) {
        if (from === 0) continue;
        expect(from).toBeGreaterThanOrEqual(last);
        expect(from + length).toBeLessThanOrEqual(end);
        last = from + length;
      }
    }),
  );
});
