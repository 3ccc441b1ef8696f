// The child process: tries one execution provider on real models, beside the CPU, as one line of JSON. `node probe-provider.js PROVIDER`
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ort from 'onnxruntime-node';
import { feedsOf } from './feeds.js';
import { MODELS } from './models.js';

const { InferenceSession, Tensor } = ort;
const [provider] = process.argv.slice(2);
/** The smallest, and a real one where it is installed. */
const PROBED = ['softmax', 'ocr-cls'];
/** Floats of 32 bits, in other orders of summing. */
const TOLERANCE = 1e-3;
/** Where the runtime tells which provider took a node. */
const VERBOSE = 0;
const ERRORS_ONLY = 3;

const open = (name, options) => InferenceSession.create(fileURLToPath(MODELS[name].file), options);
/** What went wrong, without the runtime's own source lines and conditions before it. */
const reason = ({ message }) => message.trim().split('\n')[0].split(' was false. ').at(-1);

async function largestDifference(name) {
  const size = MODELS[name].smallest;
  const theirs = await open(name, { executionProviders: [provider], logSeverityLevel: VERBOSE });
  const cpu = await open(name, { logSeverityLevel: ERRORS_ONLY });
  const [feeds] = feedsOf(cpu, MODELS[name].dims(size), Tensor);
  const [output] = cpu.outputNames;
  const expected = (await cpu.run(feeds))[output].data;
  const met = (await theirs.run(feeds))[output].data;
  await Promise.all([theirs.release(), cpu.release()]);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i] - met[i]));
  if (!(largest <= TOLERANCE))
    throw new Error(`${name}: off by ${largest} from the CPU, expected ${TOLERANCE} at most`);
  return largest;
}

/** Whether it can leave an output where it made it: in Node WebGPU alone, and a native library asked for what it has not may end the process. */
async function keepsOutputs() {
  if (provider !== 'webgpu') return false;
  try {
    const options = {
      executionProviders: [provider],
      logSeverityLevel: ERRORS_ONLY,
      preferredOutputLocation: 'gpu-buffer',
    };
    const session = await open('softmax', options);
    const [feeds] = feedsOf(session, [1, 4], Tensor);
    const { location } = (await session.run(feeds))[session.outputNames[0]];
    await session.release();
    return location === 'gpu-buffer';
  } catch {
    return false;
  }
}

try {
  const differences = [];
  for (const name of PROBED.filter(name => existsSync(MODELS[name].file)))
    differences.push(await largestDifference(name));
  console.log(JSON.stringify({ largestDifference: Math.max(...differences), keepsOutputs: await keepsOutputs() }));
} catch (error) {
  console.log(JSON.stringify({ error: reason(error) }));
  process.exitCode = 1;
}
process.exit();
