import { ratios, spread } from '../harness/numbers.js';
import { NO_COLLECTION, runRounds } from '../harness/rounds.js';
import { nodeMajor } from '../harness/words.js';
import { section } from './section.js';
import { bareOf, CASES } from './titles.js';

/** How the packages reach the child. */
const LOADINGS = { import: new URL('run-case.js', import.meta.url), require: new URL('run-case.cjs', import.meta.url) };
const PARTS = ['rows', 'rows-loop', 'ids'];
/** Bytes hardly differ from round to round. */
const BYTES_ROUNDS = 3;
const FEATURES = 20;

/** @type {import('../suites.js').Suite} */
export const suite = {
  name: 'calls',
  title: 'A call',
  lines: [2, 3],
  section,

  async run({ rounds, quick, tell }) {
    const names = Object.keys(CASES);
    const time = {};
    const bytes = {};
    // A first answer has no room for both.
    for (const loading of quick ? ['import'] : Object.keys(LOADINGS)) {
      const script = LOADINGS[loading];
      const told = (text, done) => tell(`${loading}, ${text}`, done);
      const length = quick ? ['short'] : [];
      time[loading] = await runRounds({ script, names, rounds, args: ['time', ...length], tell: told });
      bytes[loading] = await runRounds({
        script,
        names,
        rounds: quick ? 1 : Math.min(rounds, BYTES_ROUNDS),
        args: ['bytes'],
        execArgv: NO_COLLECTION,
        tell: told,
      });
    }
    const parts = await runRounds({ script: new URL('run-parts.js', import.meta.url), names: PARTS, rounds, tell });
    return { time, bytes, parts };
  },
};

/** @param {import('../harness/saved.js').Saved} saved */
export function budgets({ node, result }) {
  return [...Object.keys(result.time).flatMap(loading => callBudgets(node, result, loading)), ...partBudgets(result)];
}

function callBudgets(node, { time, bytes }, loading) {
  const whole = name => time[loading][name].map(({ usual }) => usual);
  const added = name => minus(whole(name), whole(bareOf(name)));
  const weight = name => bytes[loading][name].map(one => one.bytes);
  const addedBytes = name => minus(weight(name), weight(bareOf(name)));
  const beyondClock = name => spread(minus(addedBytes(name), weight('clock')));
  const tail = loading === 'import' ? '' : '; packages through `require`';
  const budget = (what, limit, value, rest) => ({ what: `${what}${tail}`, limit, value, ...rest });
  // The front page has what is imported.
  const front = words => (loading === 'import' ? { front: words } : {});
  return [
    budget(
      'added by watching 20 numeric features, label, confidence and duration, parent unsampled ÷ a whole call with a sampled hand-written span of 6 attributes',
      nodeMajor(node) >= 24 ? 0.15 : 0.2,
      ratios(added('watched'), whole('hand-sampled')),
      front('added to a call, as a share of a call with a hand-written sampled span of 6 attributes'),
    ),
    budget(
      'the same without generated code (`codegen: false`)',
      0.3,
      ratios(added('watched-loop'), whole('hand-sampled')),
      front("the same where code can't be generated"),
    ),
    budget(
      'sampled, with its span ÷ the hand-written call with the same attributes',
      1.25,
      ratios(whole('watched-sampled'), whole('hand-sampled')),
      front('a sampled call, its span included, as a multiple of the hand-written one with the same attributes'),
    ),
    budget(
      'the same with `codegen: false`, sampled',
      1.25,
      ratios(whole('watched-sampled-loop'), whole('hand-sampled')),
    ),
    budget(
      'no active parent, root sampler at 1 % ÷ the hand-written span under the same sampler',
      1.35,
      ratios(whole('watched-root'), whole('hand-root')),
    ),
    budget(
      'the same with `codegen: false`, root sampler at 1 %',
      1.35,
      ratios(whole('watched-root-loop'), whole('hand-root')),
    ),
    budget(
      'added by `histogram.record` for each of the 20 features ÷ added by Driftspan',
      20,
      ratios(added('histograms'), added('watched')),
      { atLeast: true, ...front('`histogram.record` for each of the 20 features adds') },
    ),
    budget('bytes added to an asynchronous call, unsampled', 350, spread(addedBytes('watched')), { unit: 'B' }),
    budget('the same with `codegen: false`, asynchronous', 350, spread(addedBytes('watched-loop')), { unit: 'B' }),
    budget("bytes added to a synchronous call, beyond the clock's numbers", 0, beyondClock('watched-sync'), {
      unit: 'B',
    }),
    budget('the same with `codegen: false`, synchronous', 0, beyondClock('watched-sync-loop'), { unit: 'B' }),
  ];
}

function partBudgets({ parts }) {
  const side = (part, name) => parts[part].map(sides => sides[name]);
  const reading = part => spread(minus(minus(side(part, 'counted'), side(part, 'none')), side(part, 'direct')));
  const id = name => spread(minus(side('ids', name), side('ids', 'without')));
  const perFeature = values => values.map(ns => ns / FEATURES);
  return [
    {
      what: 'one number, read and counted ÷ the same read, look-up and increment inlined',
      limit: 1.5,
      value: ratios(
        perFeature(minus(side('rows', 'counted'), side('rows', 'none'))),
        perFeature(side('rows', 'inlined')),
      ),
    },
    { what: '20 fields out of a plain object, generated code', limit: 40, value: reading('rows'), unit: 'ns' },
    { what: '20 fields out of a plain object, `codegen: false`', limit: 250, value: reading('rows-loop'), unit: 'ns' },
    { what: 'an outcome id made and kept', limit: 150, value: id('kept'), unit: 'ns' },
    {
      what: 'an outcome id made and kept when 10,000 wait, so that the oldest goes',
      limit: 150,
      value: id('full'),
      unit: 'ns',
    },
  ];
}

/** Round by round. */
const minus = (values, others) => values.map((value, round) => value - others[round]);
