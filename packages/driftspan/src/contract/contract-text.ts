import type { Colours } from '../terminal/colours.js';
import { plural, printable } from '../terminal/words.js';
import { wrapped } from '../terminal/wrapped.js';
import type { ContractResult, Finding } from './finding.js';

/** The result as a person reads it: the verdict, then each finding under its column. Ends in a line feed. */
export function contractText(result: ContractResult, colours: Colours, width: number): string {
  const broken = result.findings.filter(({ level }) => level === 'broken');
  const notes = result.findings.filter(({ level }) => level === 'note');
  const lines = [
    ...wrapped(verdictLine(result, broken.length, colours), width),
    ...section('Broken', broken, colours.red, colours, width),
    ...section('Worth knowing', notes, colours.cyan, colours, width),
  ];
  return `${lines.join('\n')}\n`;
}

function verdictLine(result: ContractResult, broken: number, colours: Colours): string {
  const { sample, model, features } = result;
  const subject = `${printable(sample.source)} (${plural(sample.rows, 'row')})`;
  const trained = `what ${printable(model.name)} ${printable(model.version)} was trained on`;
  if (broken === 0)
    return `${colours.green('kept')}: ${subject} has the form of ${trained}, in all ${plural(features, 'feature')}.`;
  return `${colours.bold(colours.red('broken'))}: ${subject} does not have the form of ${trained}: ${plural(broken, 'fault')}.`;
}

function section(
  head: string,
  findings: readonly Finding[],
  colour: (text: string) => string,
  colours: Colours,
  width: number,
): string[] {
  if (findings.length === 0) return [];
  return [
    '',
    colours.bold(head),
    ...alike(findings).flatMap(({ columns, finding: { check, sentence, training } }) => [
      ...wrapped(
        `${columns.map(column => colour(printable(column))).join(', ')} ${colours.dim(`(${check})`)}`,
        width,
        '    ',
        '  ',
      ),
      ...wrapped(printable(sentence), width, '    '),
      ...(training === undefined ? [] : wrapped(colours.dim(`In training: ${printable(training)}.`), width, '    ')),
    ]),
  ];
}

interface Alike {
  readonly finding: Finding;
  readonly columns: string[];
}

/** What is so of several columns (an hour without weather lacks all of it) is said once. */
function alike(findings: readonly Finding[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const finding of findings) {
    const { check, sentence, training, column } = finding;
    const key = JSON.stringify([check, sentence, training]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { finding, columns: [column] });
    else group.columns.push(column);
  }
  return [...groups.values()];
}
