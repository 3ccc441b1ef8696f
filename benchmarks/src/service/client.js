// A client of the service as cheap as can be, so that the load is not what is measured: node:http's own takes longer for a request than the service.
import { connect } from 'node:net';

/** The service always sends it. */
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i;
const HEAD_END = '\r\n\r\n';
/** Instead of a status, when there is no answer. */
const LOST = 0;

/** A request as it goes over the wire. */
export const wireRequest = body =>
  Buffer.concat([
    Buffer.from(
      `POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    ),
    body,
  ]);

/**
 * Opens connections that are kept. A request takes one that is free, or waits for one, in order.
 *
 * @param {number} port
 * @param {number} connections
 */
export async function openClient(port, connections) {
  const free = [];
  const waiting = [];
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port, free, waiting)));
  return {
    /**
     * @param {Buffer} wire what `wireRequest` made.
     * @param {(status: number, text: string) => void} done called once; with status 0 when the connection was lost.
     */
    post(wire, done) {
      const connection = free.pop();
      if (connection === undefined) waiting.push({ wire, done });
      else connection.post(wire, done);
    },
    close() {
      for (const connection of open) connection.close();
    },
  };
}

function openConnection(port, free, waiting) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.setEncoding('latin1');
  let answered;
  let received = '';
  let isLost = false;
  const connection = {
    post(wire, done) {
      if (isLost) return done(LOST, '');
      answered = done;
      socket.write(wire);
    },
    close: () => socket.destroy(),
  };
  socket.on('data', text => {
    received += text;
    const end = received.indexOf(HEAD_END);
    if (end === -1) return;
    const bodyAt = end + HEAD_END.length;
    if (received.length < bodyAt + Number(LENGTH.exec(received)[1])) return;
    const [status, body, done] = [Number(received.slice(9, 12)), received.slice(bodyAt), answered];
    received = '';
    answered = undefined;
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else connection.post(next.wire, next.done);
    done(status, body);
  });
  socket.on('close', () => {
    isLost = true;
    answered?.(LOST, '');
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('connect', () => {
      free.push(connection);
      resolve(connection);
    });
  });
}
