import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from '../harness/children.js';
import { runRounds } from '../harness/rounds.js';
import { thirdParty } from '../harness/third-party.js';
import { CASES, MODEL_TITLES } from './cases.js';
import { check } from './check.js';
import { facts, plots, section } from './page.js';
import { OPTIONS } from './run-service.js';

const RUN_CASE = new URL('run-case.js', import.meta.url);
const WRITE_BASELINES = fileURLToPath(new URL('write-baselines.js', import.meta.url));

/** Of each half: the first with usual records, the second with drifted ones. */
const SECONDS = { closed: 2.5, paced: 2 };
const QUICK_SECONDS = { closed: 1, paced: 1 };
/** The fixed rate as a share of what the bare server answers. Where every span is sent a server answers a third as much: at half, requests pile up. */
const RATE_SHARE = 0.25;
const RATE_STEP = 100;

/** Left out where it must be quick. */
const isSlow = name => CASES[name].sampled === 1;

async function run({ rounds, quick, tell }) {
  const folder = mkdtempSync(join(tmpdir(), 'driftspan-service-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const shared = { baselines: folder, thirdParty: (await thirdParty()).href };
    await runChild(process.execPath, [WRITE_BASELINES, folder]);
    const seconds = quick ? QUICK_SECONDS : SECONDS;
    const rates = await fixedRates({ ...shared, seconds: { ...seconds, paced: 0 }, rates: {} }, tell);
    const measured = await runRounds({
      script: RUN_CASE,
      names: Object.keys(CASES).filter(name => !(quick && isSlow(name))),
      rounds: quick ? 1 : rounds,
      env: withOptions({ ...shared, seconds, rates }),
      tell,
    });
    check(measured);
    return { seconds, rates, rounds: measured };
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}

const withOptions = options => ({ ...process.env, [OPTIONS]: JSON.stringify(options) });

/** By model: that share of what its bare server answers a second, asked once before the rounds so that the rate is the same in all. */
async function fixedRates(options, tell) {
  const names = Object.keys(MODEL_TITLES).map(model => `${model}-bare`);
  const env = withOptions(options);
  const probed = await runRounds({
    script: RUN_CASE,
    names,
    rounds: 1,
    env,
    tell: text => tell(`how fast: ${text}`, 0),
  });
  const rate = ([{ closed }]) =>
    Math.max(RATE_STEP, Math.round((RATE_SHARE * closed.perSecond) / RATE_STEP) * RATE_STEP);
  return Object.fromEntries(Object.keys(MODEL_TITLES).map((model, i) => [model, rate(probed[names[i]])]));
}

export const suite = {
  name: 'service',
  title: 'An HTTP service under load',
  lines: [2, 3],
  rounds: 3,
  run,
  section,
  facts,
  plots,
};
