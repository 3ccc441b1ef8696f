import type { Colours } from '../terminal/colours.js';
import { type Cell, tableText } from '../terminal/table.js';
import { count, duration, number, plural, printable, share } from '../terminal/words.js';
import { proseWidth, wrapped } from '../terminal/wrapped.js';
import type { WindowOutlook } from './detectable.js';
import type { InspectedFeature, Inspection } from './inspection.js';

/** What a text is made for. */
export interface TextOptions {
  readonly colours: Colours;
  readonly width: number | undefined;
}

/** Where there is no terminal, one name of 256 characters would push every number out of sight. */
const LOG_COLUMNS = 140;

/** What is known of the whole stands behind its name. */
const FACT_COLUMNS = 17;
/** Narrower terminals show neither spread nor id, so that names can be read; JSON has both. */
const WIDE = 100;

/** A baseline for a person: what it was learned from, its features in a table, and what windows of it can show. */
export function inspectionText(inspection: Inspection, options: TextOptions): string {
  const { features, windows } = inspection;
  const { bold } = options.colours;
  const sections = [
    headText(inspection, options),
    `${bold('Features')}\n${featuresText(features, inspection.rows, options)}`,
    windowsText(windows, options),
  ];
  return sections.filter(section => section !== '').join('\n');
}

export function headText(
  { file, model, rows, provenance, sensitiveKeyId, dependence }: Inspection,
  { colours, width }: TextOptions,
): string {
  const { name, version, transforms, task } = model;
  const of = [...(task === undefined ? [] : [task]), ...(transforms === undefined ? [] : [`transforms ${transforms}`])];
  const facts: [string, string][] = [
    ['file', file],
    [
      'learned from',
      [plural(rows, 'row'), ...(provenance?.source === undefined ? [] : [provenance.source])].join(', '),
    ],
    ...(provenance?.createdAt === undefined ? [] : [['made', provenance.createdAt] as [string, string]]),
    ['order', orderWords(dependence)],
    ...(sensitiveKeyId === undefined ? [] : [['sensitive key', sensitiveKeyId] as [string, string]]),
  ];
  const title = colours.bold(printable(`${name} ${version}`));
  const indent = ' '.repeat(FACT_COLUMNS);
  const lines = facts.flatMap(([what, text]) => {
    const named = `  ${colours.dim(what.padEnd(FACT_COLUMNS - 4))}  `;
    return wrapped(printable(text), proseWidth(width), indent, named);
  });
  return `${title}${of.length === 0 ? '' : `  ${printable(of.join(', '))}`}\n${lines.join('\n')}\n`;
}

function orderWords(dependence: Inspection['dependence']): string {
  if (dependence === undefined) return 'none: rows came in no order, so how far values hang together is not known';
  const { timed, spanMs, rowsPerDay, blocks } = dependence;
  const first = blocks[0]!;
  const last = blocks.at(-1)!;
  if (!timed) return `of rows: dependence measured on blocks of ${count(first.rows)} to ${count(last.rows)} rows`;
  const over = spanMs === undefined ? '' : ` over ${duration(spanMs)}, ${count(rowsPerDay!)} rows a day`;
  return `of time${over}; dependence measured on blocks of ${duration(first.lengthMs!)} to ${duration(last.lengthMs!)}`;
}

function featuresText(features: readonly InspectedFeature[], rows: number, { colours, width }: TextOptions): string {
  const wide = (width ?? LOG_COLUMNS) >= WIDE;
  const head = ['name', 'kind', 'bins', 'missing', 'range', 'mean', ...(wide ? ['sd', 'id'] : [])];
  const table = features.map((feature): Cell[] => [
    feature.name,
    kindWords(feature),
    count(feature.cells.filter(({ kind }) => kind === 'range' || kind === 'category').length),
    share((feature.missing + feature.invalid) / rows),
    rangeWords(feature),
    feature.mean === undefined ? '' : number(feature.mean),
    feature.sd === undefined ? '' : number(feature.sd),
    { text: feature.id, colour: colours.dim },
  ]);
  return tableText(head, table, { width: width ?? LOG_COLUMNS, head: colours.dim, cut: 0 });
}

function kindWords({ kind, role, partOf, sensitive }: InspectedFeature): string {
  const told = role === 'joint' ? 'two together' : partOf === undefined ? kind : `part of ${partOf.kind}`;
  return `${told}${role === 'output' ? ', output' : ''}${sensitive ? ', sensitive' : ''}`;
}

function rangeWords(feature: InspectedFeature): string {
  if (feature.min !== undefined) return `${number(feature.min)} … ${number(feature.max!)}`;
  if (feature.sensitive || feature.kind === 'numeric') return '';
  const first = feature.cells.filter(({ kind }) => kind === 'category').slice(0, 2);
  const more = feature.cells.filter(({ kind }) => kind === 'category').length - first.length;
  const named = first.map(({ bin }) => (bin.length > 12 ? `${bin.slice(0, 11)}…` : bin)).join(', ');
  return more > 0 ? `${named} …` : named;
}

/** A mean shift of δ standard deviations has an index of about δ². */
export function windowsText(windows: readonly WindowOutlook[], { colours, width }: TextOptions): string {
  if (windows.length === 0) return '';
  const alone = windows[0]!.features === 1;
  const timed = windows[0]!.window !== undefined;
  const measured = windows[0]!.guaranteed !== undefined;
  const head = [
    ...(timed ? ['window'] : []),
    'rows',
    ...(alone ? [] : ['judged']),
    alone ? 'warning at index' : 'warning at index (range)',
    'mean shift',
    ...(measured ? ['false alarms'] : []),
  ];
  const rows = windows.map((outlook): Cell[] => {
    const { index } = outlook;
    const spread = index === undefined || alone ? '' : ` (${two(index.least)} … ${two(index.most)})`;
    return [
      ...(timed ? [outlook.window] : []),
      count(outlook.rows),
      ...(alone ? [] : [`${outlook.judged} of ${outlook.features}`]),
      index === undefined ? { text: 'too few values', colour: colours.dim } : `${two(index.median)}${spread}`,
      index === undefined ? '' : `${two(Math.sqrt(index.median))} sd`,
      ...(measured ? [outlook.guaranteed ? 'guaranteed' : { text: 'not guaranteed', colour: colours.yellow }] : []),
    ];
  });
  const pace = timed ? '; as many rows as the baseline had in that time' : '';
  const budget = wrapped(`with one false alarm a month over everything${pace}`, proseWidth(width), '  ');
  return `${colours.bold('What a window can show')}
${budget.map(line => `${colours.dim(line)}\n`).join('')}${tableText(head, rows, { width, head: colours.dim })}`;
}

function two(value: number): string {
  return String(Number(value.toPrecision(2)));
}
