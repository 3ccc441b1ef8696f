import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { ServerError } from './errors.js';

/** Two processes that ask the system for a free port at one time rarely get the same; three times in a row is another fault. */
const ATTEMPTS = 3;

/**
 * A port of 127.0.0.1 that was free a moment ago. The servers take no port 0 that they would tell back, so another
 * process may come between: whoever uses it tries again on "address already in use".
 */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The port that was asked for, or a free one. Where another server listens there, its answers would be taken for ours.
 * Found by connecting: to listen for a moment would take what clients send who wait for a server to come back.
 *
 * @throws ServerError `ERR_SERVER_START` when something listens on the port
 */
export async function portFor(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return freePort();
  const socket = connect(wanted, '127.0.0.1');
  const taken = await Promise.race([once(socket, 'connect'), once(socket, 'close')]).then(
    () => !socket.destroyed,
    () => false,
  );
  socket.destroy();
  if (!taken) return wanted;
  throw new ServerError('ERR_SERVER_START', `port ${wanted}`, 'address already in use', 'one that nothing listens on');
}

/** Starts again on other ports where another process took one between the asking and the listening. */
export async function retryOnTakenPort<T>(portsAreGiven: boolean, start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      const taken = error instanceof ServerError && /address already in use/i.test(error.message);
      if (!taken || portsAreGiven || attempt === ATTEMPTS) throw error;
    }
  }
}
