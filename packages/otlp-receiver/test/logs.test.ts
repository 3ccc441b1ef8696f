import { expect, test } from 'vitest';
import type { ReceivedLog } from '../src/index.js';
import { post, receiverForTest } from './receiver-for-test.js';
import { bytes, fixed64, message, msg, str, varint } from './wire.js';

test('one log record as protobuf and as JSON arrives equal, every field of it', async () => {
  const traceId = '0123456789abcdef0123456789abcdef';
  const asProtobuf = message(
    msg(
      1,
      msg(1, msg(1, str(1, 'service.name'), msg(2, str(1, 'shop')))),
      msg(
        2,
        msg(1, str(1, 'checkout')),
        msg(
          2,
          fixed64(1, 1_700_000_000_123_456_789n),
          varint(2, 13),
          str(3, 'WARN'),
          msg(5, msg(6, msg(1, str(1, 'feature'), msg(2, str(1, 'age'))))),
          msg(6, str(1, 'n'), msg(2, varint(3, 1))),
          bytes(9, traceId),
          bytes(10, '0123456789abcdef'),
          fixed64(11, 7n),
          str(12, 'drift'),
        ),
      ),
    ),
  );
  const asJson = {
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeLogs: [
          {
            scope: { name: 'checkout' },
            logRecords: [
              {
                timeUnixNano: '1700000000123456789',
                observedTimeUnixNano: '7',
                severityNumber: 13,
                severityText: 'WARN',
                body: { kvlistValue: { values: [{ key: 'feature', value: { stringValue: 'age' } }] } },
                attributes: [{ key: 'n', value: { intValue: 1 } }],
                traceId,
                spanId: '0123456789abcdef',
                eventName: 'drift',
              },
            ],
          },
        ],
      },
    ],
  };
  const receiver = await receiverForTest();
  expect((await post(receiver, '/v1/logs', asProtobuf, { 'content-type': 'application/x-protobuf' })).status).toBe(200);
  expect((await post(receiver, '/v1/logs', JSON.stringify(asJson))).status).toBe(200);
  const expected: ReceivedLog = {
    resource: { 'service.name': 'shop' },
    scope: { name: 'checkout', version: '' },
    timeUnixNano: 1_700_000_000_123_456_789n,
    observedTimeUnixNano: 7n,
    severityNumber: 13,
    severityText: 'WARN',
    body: { feature: 'age' },
    attributes: { n: 1 },
    traceId,
    spanId: '0123456789abcdef',
    eventName: 'drift',
  };
  expect(receiver.logs).toStrictEqual([expected, expected]);
  expect(receiver.logCount).toBe(2);
});

test('a record outside any span has no ids', async () => {
  const receiver = await receiverForTest();
  const record = { body: { stringValue: 'hello' }, traceId: '', spanId: '' };
  await post(receiver, '/v1/logs', JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }));
  const [log] = receiver.logs;
  expect(log).toMatchObject({ body: 'hello', severityNumber: 0, timeUnixNano: 0n });
  expect(log).not.toHaveProperty('traceId');
  expect(log).not.toHaveProperty('spanId');
  expect(log).not.toHaveProperty('eventName');
});
