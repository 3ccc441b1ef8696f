// Driftspan beside real models: what it adds to a call of 8 µs, and to one of a second.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratios } from '../harness/numbers.js';
import { runRounds } from '../harness/rounds.js';
import { thirdParty } from '../harness/third-party.js';
import { MODELS, ofModels, QUICK, WHOLE } from './models.js';
import { deviceName, findProviders } from './providers.js';
import { plots, section } from './section.js';

const script = name => new URL(`${name}.js`, import.meta.url);
/** Of timing a case; a big model takes as long as its fewest calls do. */
const SECONDS = { case: 1.6, load: 1.5 };
const QUICK_SECONDS = { case: 0.5, load: 0.5 };

export const suite = {
  name: 'models',
  title: 'Real models',
  lines: [2, 3],
  rounds: 3,
  run,
  section,
  plots,
};

/** @param {import('../harness/saved.js').Saved} saved */
export function budgets({ result }) {
  const rounds = result.targets.find(({ provider }) => provider === 'cpu').cases['softmax-1'];
  if (rounds === undefined) return [];
  return [
    {
      what: 'the smallest onnxruntime model, everything on, parent unsampled ÷ the bare `run()`',
      front: 'the smallest onnxruntime model, watched, as a multiple of the bare `run()`',
      limit: 1.1,
      value: ratios(
        rounds.map(({ ns }) => ns.unsampled),
        rounds.map(({ ns }) => ns.bare),
      ),
    },
  ];
}

/** On the CPU, and on every provider that works here. */
async function run({ rounds, quick, models, tell }) {
  if (!models.every(name => existsSync(MODELS[name].file))) await thirdParty();
  const baselines = mkdtempSync(join(tmpdir(), 'driftspan-baselines-'));
  try {
    tell('learning baselines', 0);
    for (const name of models)
      await runRounds({
        script: script('learn'),
        names: [name],
        rounds: 1,
        args: [join(baselines, `${name}.json`)],
        tell: () => {},
      });
    tell('looking for accelerators', 0);
    const providers = await findProviders();
    const working = providers.filter(({ works }) => works);
    const plan = {
      models,
      ...ofModels(models, quick ? QUICK : WHOLE),
      seconds: quick ? QUICK_SECONDS : SECONDS,
      baselines,
      rounds,
      tell,
    };
    const targets = [await onCpu(plan)];
    for (const provider of working) targets.push(...(await onAccelerator(plan, provider)));
    return { ...(await accelerator(working)), providers, targets };
  } finally {
    rmSync(baselines, { recursive: true, force: true });
  }
}

/** The words for the machine: which provider, and on what. */
async function accelerator(working) {
  if (working.length === 0) return {};
  const device = (await deviceName()) ?? 'a device that neither nvidia-smi nor vulkaninfo is here to name';
  return { accelerator: `${working.map(({ provider }) => provider).join(' and ')} on ${device}` };
}

async function onCpu({ cases, loads, seconds, baselines, rounds, tell }) {
  const options = seconds => [JSON.stringify({ baselines, seconds })];
  const quietly = (text, done) => tell(text.split(' {')[0], done);
  return {
    provider: 'cpu',
    outputs: 'cpu',
    cases: await runRounds({
      script: script('run-case'),
      names: cases,
      rounds,
      args: options(seconds.case),
      tell: quietly,
    }),
    loads: await runRounds({
      script: script('run-load'),
      names: loads,
      rounds,
      args: options(seconds.load),
      tell: quietly,
    }),
  };
}

/** One target with results fetched by the runtime, and one with results left where they are, if it can. A case that fails there is told, not fatal. */
async function onAccelerator(plan, { provider, keepsOutputs }) {
  const fetched = await target(plan, { provider, outputs: 'cpu' }, plan.cases);
  if (!keepsOutputs) return [fetched];
  const kept = await target(plan, { provider, outputs: 'gpu-buffer' }, plan.kept);
  if (!plan.models.includes('softmax')) return [fetched, kept];
  const untouched = await attempt(plan, 'run-kept', 'softmax', { provider }, 1);
  return [fetched, { ...kept, untouched: untouched.rounds?.[0] ?? untouched }];
}

async function target(plan, where, names) {
  const cases = {};
  const failed = {};
  for (const name of names) {
    const { rounds, error } = await attempt(
      plan,
      'run-case',
      name,
      { ...where, seconds: plan.seconds.case },
      plan.rounds,
    );
    if (rounds !== undefined) cases[name] = rounds;
    else failed[name] = error;
  }
  return { ...where, cases, failed, loads: {} };
}

async function attempt({ baselines, tell }, child, name, options, rounds) {
  try {
    const results = await runRounds({
      script: script(child),
      names: [name],
      rounds,
      args: [JSON.stringify({ baselines, ...options })],
      tell: text => tell(`${options.provider} ${text.split(' {')[0]}`),
    });
    return { rounds: results[name] };
  } catch (error) {
    return { error: errorLine(error.message) };
  }
}

/** Of what a child said the error itself: the lines around it name files of this machine. */
export function errorLine(message) {
  const lines = message.trim().split('\n');
  return (lines.findLast(line => /^\w*Error\b/.test(line)) ?? lines[0]).slice(0, 300);
}
