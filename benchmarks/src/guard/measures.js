import { weigh } from '../calls/weigh.js';
import { inTurns } from '../harness/blocks.js';
import { reference } from './reference.js';
import { SETUPS } from './setups.js';

const CALLS = 1000;
/** So that a block ends, as a rule, before the machine turns to something else: about 0.1 ms. */
const BLOCK_CALLS = 200;
const BLOCKS = 800;
const WARM_UP = 300;

export const MEASURES = {
  /** Bytes a call. */
  async weight(name) {
    const calls = await SETUPS[name]();
    return { bytes: (await weigh(() => calls(CALLS))) / CALLS };
  },

  /** How often a call looks at the clock, at maps and at the active context. */
  async asks(name, asked) {
    const calls = await SETUPS[name]();
    await calls(10 * CALLS);
    const before = { ...asked };
    await calls(CALLS);
    return Object.fromEntries(Object.entries(asked).map(([what, count]) => [what, (count - before[what]) / CALLS]));
  },

  /** Time of the fastest block, as a multiple of the reference's: what else the machine does only makes blocks slower. */
  async time(name) {
    const sides = { reference: reference(), calls: await SETUPS[name]() };
    const times = await inTurns(sides, { calls: BLOCK_CALLS, blocks: BLOCKS, warmUp: WARM_UP });
    return { times: Math.min(...times.calls) / Math.min(...times.reference) };
  },

  /** Nothing by itself: the parent reads what V8 says (`--trace-deopt`) between the marks. */
  async settle(name) {
    const [calls, odd] = [await SETUPS[name](), await SETUPS.odd()];
    for (let stretch = 0; stretch <= STRETCHES; stretch++) {
      console.log(`stretch ${stretch}`);
      for (let i = 0; i < STRETCH_CALLS / CALLS; i++) {
        await calls(CALLS);
        odd(CALLS / 10);
      }
    }
    return {};
  },
};

const STRETCHES = 6;
const STRETCH_CALLS = 60_000;
