import type { Baseline } from '@driftspan/sketch';
import type { Colours } from '../terminal/colours.js';
import { bytes, count, duration, plural, printable } from '../terminal/words.js';
import { wrapped } from '../terminal/wrapped.js';

export interface Written {
  readonly baseline: Baseline;
  /** As the user named it; `-` for standard output. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly tookMs: number;
}

/** What was written, what it says of dependence, and what to do next. */
export function summaryText({ baseline, file, sizeBytes, tookMs }: Written, colours: Colours, width: number): string {
  const { rows, features, outputs, joint = [] } = baseline;
  const counted = [
    plural(features.length, 'feature'),
    ...(outputs.length === 0 ? [] : [plural(outputs.length, 'output')]),
    ...(joint.length === 0 ? [] : [`${plural(joint.length, 'pair')} watched together`]),
  ].join(', ');
  const name = file === '-' ? 'standard output' : printable(file);
  const lines = [
    ...wrapped(
      `${colours.green('wrote')} ${name}: ${plural(rows, 'row')}, ${counted}, ${bytes(sizeBytes)}, in ${duration(tookMs)}.`,
      width,
    ),
    ...wrapped(dependenceWords(baseline), width),
    ...(file === '-' ? [] : nextLines(file)),
  ];
  return `${lines.join('\n')}\n`;
}

function dependenceWords({ dependence, rows }: Baseline): string {
  if (dependence === undefined) {
    return (
      'How neighbouring rows hang together was not measured: verdicts will take rows as independent until a monitor has learned it from its ' +
      'first windows. With --time-column, or --time-ordered where the rows are in order, it is measured here.'
    );
  }
  const { spanMs } = dependence;
  const over = spanMs === undefined ? `${count(rows)} rows in order` : duration(spanMs);
  return `How neighbouring rows hang together was measured over ${over}: verdicts allow for it.`;
}

function nextLines(file: string): string[] {
  return [
    '',
    `Next: driftspan inspect ${shellWord(file)}            what is in it`,
    `      driftspan inspect --model ${shellWord(file)}    the defineModel({ … }) that it fits`,
  ];
}

/** A file name as a shell reads it back. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${printable(text).replaceAll("'", `'\\''`)}'`;
}
