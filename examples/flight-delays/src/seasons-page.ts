import { ENOUGH_BLOCKS } from '@driftspan/sketch';
import { markdownTable } from './markdown-table.js';
import type { FeatureLimits, PlanFacts, SeasonFacts, WindowFacts } from './seasons.js';
import type { FalseAlarms } from './watch-january.js';
import { count, list, score, share, wrap } from './words.js';

/** Of the plans: what follows the hour most, what follows it somewhat, and the weather. */
const PLAN_FEATURES = ['hour', 'origin', 'carrier', 'temp'];

/** Fewer values that count as one are told with a digit after the point. */
const FEW = 10;

/** As wide as the other pages are. */
const PAGE_WIDTH = 150;
const wrapped = (text: string, indent = ''): string[] => wrap(text, PAGE_WIDTH, indent);

export const SEASONS_HEADING = '## Seasons: which window, and what baselines by the hour do';

/** The section on seasons: tables made from the facts, and what they say. */
export function seasonsSection({ windows, plans }: SeasonFacts): string[] {
  return [
    SEASONS_HEADING,
    '',
    ...wrapped(
      'January against January: nothing drifts, but mornings are no evenings and each day has its weather. A cell says how many flights count as one, ' +
        'measured on January in its own order, and in brackets the smallest PSI that would be a warning in a window of usual traffic; `no` where so few ' +
        "independent values remain that no shape whatever could be told from January's. " +
        `January holds ${list(windows.map(stretchText))}; with fewer than ${ENOUGH_BLOCKS} the budget of false alarms is not guaranteed.`,
    ),
    '',
    ...lambdaTable(windows),
    '',
    ...reading(windows).flatMap(text => wrapped(text, '  ')),
    '',
    ...wrapped(
      'The same month, flight by flight, through live windows with a budget of one false alarm a month. Every alarm is false. January is its own ' +
        'baseline here, which makes it the easiest month there is: what rings in it would ring in any.',
    ),
    '',
    ...alarmTable(windows),
    '',
    ...wrapped(
      '`independent` takes every flight as a draw of its own: what follows the clock or the weather is in alarm from the first days on and stays so. ' +
        quietText(windows),
    ),
    '',
    '### One baseline for every hour of the day',
    '',
    ...wrapped(
      'The other way to take a cycle out: each hour with 1,000 flights or more in January has a baseline and a monitor of its own. Medians over the ' +
        'hours; the budget is divided among them.',
    ),
    '',
    ...planTable(plans),
    '',
    ...wrapped(verdictOnPlans(plans)),
    '',
  ];
}

function stretchText({ window, stretches }: WindowFacts): string {
  return `${Math.floor(stretches)} stretches of ${window}`;
}

function quoted({ feature }: FeatureLimits): string {
  return `\`${feature}\``;
}

function lambdaTable(windows: readonly WindowFacts[]): string[] {
  const rows = windows[0]!.features.map(({ feature }, i) => [
    feature,
    ...windows.map(({ features }) => limitsText(features[i]!)),
  ]);
  return markdownTable(['feature', ...windows.map(({ window }) => window)], rows, 1);
}

function reading(windows: readonly WindowFacts[]): string[] {
  const [, half, day, week] = windows;
  const of = (window: WindowFacts, name: string) => window.features.find(({ feature }) => feature === name)!;
  const always = (test: (limits: FeatureLimits) => boolean): string =>
    list(windows[0]!.features.filter((_, i) => windows.every(({ features }) => test(features[i]!))).map(quoted));
  const likeDraws = always(({ lambda }) => lambda === 1);
  return [
    `- **A whole day takes the clock out.** ${lambdaText(of(half!, 'hour').lambda)} flights of half a day count as one for \`hour\`, of a whole day ` +
      `${lambdaText(of(day!, 'hour').lambda)}: any morning is unlike the month, every day is like it.`,
    `- **No window takes the weather out.** A day of it is about one observation, whatever the number of flights: ` +
      `${always(({ detectable }) => detectable === null)} can't be judged against one January. Where a window can be, as with \`precip\` and what ` +
      'the model says, it takes an index that only another world would have. Their PSI still describes them; what they do to the flights the outcomes tell.',
    ...(likeDraws === '' ? [] : [`- ${likeDraws} are like independent draws: the timetable repeats itself.`]),
    `- **A longer window sees less than its flights would give**, where what it saw of January are few such windows: of ${week!.window} there are ` +
      `${Math.floor(week!.stretches)}, and how far flights hang together is then taken from shorter ones, growing with the length.`,
  ];
}

function alarmTable(windows: readonly WindowFacts[]): string[] {
  const rows = windows.flatMap(({ window, independent, measured }) => [
    [window, '`independent`', ...alarmCells(independent)],
    [window, '`measured`', ...alarmCells(measured)],
  ]);
  return markdownTable(['window', 'dependence', 'alarms', 'features', 'time with one open'], rows, 2);
}

function alarmCells({ episodes, features, openShare }: FalseAlarms): string[] {
  return [count(episodes), count(features.length), share(openShare)];
}

/** In which windows it rang though their dependence was measured. */
function quietText(windows: readonly WindowFacts[]): string {
  const rang = windows.filter(({ measured }) => measured.episodes > 0);
  if (rang.length === 0) return '`measured` is quiet in all of them.';
  const named = rang.map(
    ({ window, measured }) => `${measured.episodes} × in windows of ${window} (${list(measured.features)})`,
  );
  return `\`measured\` is quiet but for ${list(named)}.`;
}

function planTable(plans: readonly PlanFacts[]): string[] {
  const row = (name: string, cell: (plan: PlanFacts) => string): string[] => [name, ...plans.map(cell)];
  return markdownTable(
    ['', ...plans.map(({ name, window }) => `${name}, ${window}`)],
    [
      row('baselines', ({ rows }) => count(rows.length)),
      row('rows in each', ({ rows }) =>
        rows.length === 1 ? count(rows[0]!) : `${count(rows[0]!)} to ${count(rows.at(-1)!)}`,
      ),
      row('flights with a baseline', ({ covered }) => share(covered)),
      row('tests at a look', ({ tests }) => count(tests)),
      row('flights in a window', ({ flights }) => count(Math.round(flights))),
      ...PLAN_FEATURES.map(name =>
        row(`\`${name}\``, ({ features }) => limitsText(features.find(({ feature }) => feature === name)!)),
      ),
      row('false alarms in January', ({ measured }) =>
        measured.episodes === 0 ? '0' : `${measured.episodes} (${measured.features.join(', ')})`,
      ),
    ],
    1,
  );
}

function verdictOnPlans(plans: readonly PlanFacts[]): string {
  const [one, , hourly] = plans as readonly [PlanFacts, PlanFacts, PlanFacts];
  const of = (plan: PlanFacts, name: string) => plan.features.find(({ feature }) => feature === name)!;
  const takes = (plan: PlanFacts, name: string): string => {
    const { detectable } = of(plan, name);
    return detectable === null ? 'more than any' : score(detectable);
  };
  const cutApart =
    'What rang in January were hours cut apart: a window may end within the hour, and half an hour of flights is not the hour that the baseline saw. ';
  return (
    `They buy what a whole-day window gives too, and more of it: by the hour ${lambdaText(of(hourly, 'hour').lambda)} of a day's flights counts as one for ` +
    `\`hour\` and ${lambdaText(of(hourly, 'carrier').lambda)} for \`carrier\`, instead of ${lambdaText(of(one, 'hour').lambda)} and ` +
    `${lambdaText(of(one, 'carrier').lambda)}. They cost fourteen fifteenths of the flights: in a day \`carrier\` takes an index of ` +
    `${takes(hourly, 'carrier')} and not of ${takes(one, 'carrier')}, and flights that move from one hour to another go unseen. For the weather they do ` +
    `nothing: one hour of a day is one observation as well. ${hourly.measured.episodes > 0 ? cutApart : ''}` +
    'They pay where a drift of one hour alone is to be found, or within the day; here a window of whole days does better.'
  );
}

function limitsText({ lambda, detectable }: FeatureLimits): string {
  return `${lambdaText(lambda)} (${detectable === null ? 'no' : score(detectable)})`;
}

function lambdaText(lambda: number): string {
  return lambda === 1 ? '1' : lambda < FEW ? lambda.toFixed(1) : count(Math.round(lambda));
}
