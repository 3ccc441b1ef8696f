// Children that are asked over their own channel, and end with whoever started them, whatever ended that one.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Nothing that is asked takes as long. */
const LIMIT_MS = 60_000;
/** Of what a child said on stderr, this many last characters are kept for an error. */
const KEPT_CHARACTERS = 4000;

/**
 * Starts a module of this folder that calls `answering`.
 *
 * @param {string} script its file's name.
 * @param {object} [options]
 * @param {unknown} [options.argument] it finds it as `argument()`.
 * @param {NodeJS.ProcessEnv} [options.env] instead of this process's.
 */
export function startChild(script, { argument = null, env = process.env } = {}) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [JSON.stringify(argument)], {
    env,
    // Not those of this process: a child runs the built packages, as a service would.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr.on('data', chunk => {
    said = (said + chunk).slice(-KEPT_CHARACTERS);
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const waiting = new Map();
  const ended = new Promise(resolve => {
    child.on('exit', (code, signal) => {
      process.removeListener('exit', kill);
      for (const { reject } of waiting.values()) reject(new Error(`${script}: ended (${signal ?? code})\n${said}`));
      waiting.clear();
      resolve(signal ?? code);
    });
  });
  child.on('message', ({ id, answer, error }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(`${script}: ${error}`));
  });
  let last = 0;

  /** What the child's handler of that name gives. Rejects with what it threw, or when the child ended or took too long. */
  function ask(what, argument = null) {
    const id = ++last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        if (waiting.delete(id)) reject(new Error(`${script}: no answer to ${what} in ${LIMIT_MS} ms\n${said}`));
      }, LIMIT_MS);
      const settled = settle => value => {
        clearTimeout(timer);
        settle(value);
      };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      if (child.connected) child.send({ id, what, argument });
      else waiting.get(id).reject(new Error(`${script}: has ended\n${said}`));
    });
  }

  return {
    pid: child.pid,
    ask,
    /** Asks it to `stop` and waits until it has ended by itself. Rejects unless it did, with status 0. */
    async stop() {
      const answer = await ask('stop');
      const timer = setTimeout(kill, LIMIT_MS);
      const status = await ended;
      clearTimeout(timer);
      if (status !== 0) throw new Error(`${script}: ended with ${status}, expected 0\n${said}`);
      return answer;
    },
    /** Resolves when it is gone. */
    kill() {
      kill();
      return ended;
    },
  };
}

/** What `startChild` gave this process. */
export const argument = () => JSON.parse(process.argv[2]);

/**
 * Answers what the process that started this one asks.
 *
 * @param {Record<string, (argument: any) => unknown>} handlers by name; after `stop` nothing may be left that keeps the process alive.
 */
export function answering(handlers) {
  // Whoever started this has ended without a word.
  const abandoned = () => process.exit(1);
  process.on('disconnect', abandoned);
  process.on('message', async ({ id, what, argument }) => {
    try {
      const answer = await handlers[what](argument);
      process.send({ id, answer }, () => {
        if (what !== 'stop') return;
        process.removeListener('disconnect', abandoned);
        process.disconnect();
      });
    } catch (error) {
      process.send({ id, error: error.stack ?? String(error) });
    }
  });
}
