import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startReceiver } from '../src/index.js';

// Alone in its file: the handles counted are those of the whole process.
test('close ends idle connections and one within a request, and leaves no handle', async () => {
  const handles = (): string[] => process.getActiveResourcesInfo().filter(name => /TCP|Timeout|HTTP/.test(name));
  const before = handles();
  const receiver = await startReceiver();
  const port = Number(new URL(receiver.url).port);
  const head = 'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  const idle = connect(port, '127.0.0.1');
  idle.write(`${head}content-length: 2\r\n\r\n{}`);
  await once(idle, 'data');
  receiver.respondWith(200, { delayMs: 60_000 });
  const busy = connect(port, '127.0.0.1').on('error', () => {});
  busy.write(`${head}content-length: 2\r\n\r\n{}`);
  const halfway = connect(port, '127.0.0.1').on('error', () => {});
  halfway.write(`${head}content-length: 200\r\n\r\n{`);
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(handles().length).toBeGreaterThan(before.length + 4);

  const gone = Promise.all([idle, busy, halfway].map(socket => once(socket, 'close')));
  for (const socket of [idle, busy, halfway]) socket.resume();
  // The busy one would be answered after a minute: by then this test has failed.
  await Promise.all([receiver.close(), receiver.close()]);
  await gone;
  await new Promise(resolve => setTimeout(resolve, 20));
  // The runner's own timers may have ended meanwhile; none of ours is left.
  const left = [...handles()];
  for (const name of before) if (left.includes(name)) left.splice(left.indexOf(name), 1);
  expect(left).toEqual([]);
  expect(receiver.requestCount).toBe(1);
});
