import { expect, test } from 'vitest';
import { post, receiverForTest } from './receiver-for-test.js';
import { double, fixed64, message, msg, str, varint } from './wire.js';

const about = { resource: {}, scope: { name: '', version: '' }, unit: '', description: '', attributes: {} };

test('a summary keeps its quantiles, from protobuf and from JSON', async () => {
  const receiver = await receiverForTest();
  const quantile = msg(6, double(1, 0.5), double(2, 7.25));
  const point = msg(1, fixed64(3, 1n), fixed64(4, 3n), double(5, 20), quantile);
  const asProtobuf = message(msg(1, msg(2, msg(2, str(1, 'from protobuf'), msg(11, point)))));
  const dataPoint = { timeUnixNano: '1', count: '3', sum: 20, quantileValues: [{ quantile: 0.5, value: 7.25 }] };
  const metric = { name: 'from JSON', summary: { dataPoints: [dataPoint] } };
  const asJson = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] });
  await post(receiver, '/v1/metrics', asProtobuf, { 'content-type': 'application/x-protobuf' });
  await post(receiver, '/v1/metrics', asJson);
  const expected = {
    ...about,
    type: 'summary',
    startTimeUnixNano: 0n,
    timeUnixNano: 1n,
    count: 3,
    sum: 20,
    quantiles: [{ quantile: 0.5, value: 7.25 }],
  };
  expect(receiver.points('from protobuf')).toStrictEqual([{ name: 'from protobuf', ...expected }]);
  expect(receiver.points('from JSON')).toStrictEqual([{ name: 'from JSON', ...expected }]);
});

test('delta temporality, and an integer of 64 bits as the nearest number', async () => {
  const receiver = await receiverForTest();
  const point = msg(1, fixed64(2, 5n), fixed64(3, 6n), fixed64(6, -(2n ** 63n)));
  const body = message(msg(1, msg(2, msg(2, str(1, 'm'), msg(7, point, varint(2, 1), varint(3, 1))))));
  await post(receiver, '/v1/metrics', body, { 'content-type': 'application/x-protobuf' });
  expect(receiver.metrics).toStrictEqual([
    {
      ...about,
      name: 'm',
      type: 'sum',
      temporality: 'delta',
      monotonic: true,
      startTimeUnixNano: 5n,
      timeUnixNano: 6n,
      value: -(2 ** 63),
    },
  ]);
});

test('doubles from protobuf are exact to the last bit, zero and infinity too', async () => {
  const receiver = await receiverForTest();
  const values = [0, -0, 5e-324, 0.1 + 0.2, Number.MAX_VALUE, Number.NEGATIVE_INFINITY, Number.NaN];
  const points = values.map((value, i) => msg(1, double(4, value), msg(7, str(1, 'i'), msg(2, varint(3, i)))));
  const body = message(msg(1, msg(2, msg(2, str(1, 'm'), msg(5, ...points)))));
  await post(receiver, '/v1/metrics', body, { 'content-type': 'application/x-protobuf' });
  expect(receiver.points('m').map(({ value }) => value)).toStrictEqual(values);
});

test('a histogram whose sum was not sent has none, and a sum of zero stays', async () => {
  const receiver = await receiverForTest();
  const metric = {
    name: 'm',
    histogram: { dataPoints: [{ count: 0 }, { count: 0, sum: 0, attributes: [{ key: 'k' }] }] },
  };
  await post(receiver, '/v1/metrics', JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }));
  const [without, zero] = receiver.points('m');
  expect(without).not.toHaveProperty('sum');
  expect(zero).toMatchObject({ sum: 0, count: 0, bounds: [], counts: [] });
});
