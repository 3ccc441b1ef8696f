// Which execution providers this machine really has: each is tried in a process of its own, since a driver that is broken ends it.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ort from 'onnxruntime-node';
import { lastLine } from '../harness/rounds.js';

const run = promisify(execFile);
const PROBE = fileURLToPath(new URL('probe-provider.js', import.meta.url));
/** A first session on a GPU compiles every shader; a driver that hangs must not hold all the rest. */
const PROBE_MS = 120_000;
const CPU = 'CPUExecutionProvider';
/** What the runtime logs of where it put a model's nodes: `Node(s) placed on [CPUExecutionProvider]. Number of nodes: 18`. */
const PLACED = /placed on \[(\w+)\]\. Number of nodes: (\d+)/g;

/**
 * Every provider that this build of the runtime lists, other than the CPU's.
 *
 * @returns {Promise<{ provider: string, works: boolean, why?: string, largestDifference?: number, nodes?: Record<string, number>, keepsOutputs?: boolean }[]>}
 *   `why` it does not; of one that does, how far its answer is from the CPU's, how many nodes of a real model it took and how many it left to the
 *   CPU, and whether it can leave outputs in its own memory.
 */
export async function findProviders() {
  const names = ort.listSupportedBackends().map(({ name }) => name);
  return Promise.all(names.filter(name => name !== 'cpu').map(probe));
}

async function probe(provider) {
  try {
    const { stdout, stderr } = await run(process.execPath, [PROBE, provider], {
      timeout: PROBE_MS,
      maxBuffer: 64 * 2 ** 20,
    });
    const nodes = nodesPlaced(stderr);
    if (Object.keys(nodes).every(name => name === CPU))
      return { provider, works: false, why: 'it left every node to the CPU' };
    return { provider, works: true, ...lastLine(stdout, provider), nodes };
  } catch (error) {
    return { provider, works: false, why: whyNot(error) };
  }
}

/** Of the runtime's log, how many nodes each provider took. */
export function nodesPlaced(log) {
  const nodes = {};
  for (const [, name, count] of log.matchAll(PLACED)) nodes[name] = (nodes[name] ?? 0) + Number(count);
  return nodes;
}

/** The child's own words, else how it ended. */
function whyNot({ killed, signal, stderr, stdout, message }) {
  if (killed) return `no answer within ${PROBE_MS / 1000} s`;
  if (signal) return `ended by ${signal}`;
  const said = (stdout ?? '').trim().split('\n').at(-1);
  return said?.startsWith('{') ? JSON.parse(said).error : (stderr ?? message).trim().split('\n').at(-1);
}

/** The accelerators' names: `nvidia-smi`, else `vulkaninfo`; undefined where neither is there. */
export async function deviceName() {
  const asked = [
    ['nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], text => text.trim()],
    ['vulkaninfo', ['--summary'], vulkanDevices],
  ];
  for (const [command, args, read] of asked) {
    try {
      const { stdout } = await run(command, args, { timeout: 10_000 });
      const found = read(stdout).split('\n').filter(Boolean).join('; ');
      if (found !== '') return found;
    } catch {
      // It is not there, or finds nothing.
    }
  }
  return undefined;
}

/** `deviceName = llvmpipe (LLVM 15.0.6, 256 bits)`, one a device. */
export function vulkanDevices(summary) {
  return [...summary.matchAll(/deviceName\s*=\s*(.+)/g)].map(([, name]) => name.trim()).join('\n');
}
