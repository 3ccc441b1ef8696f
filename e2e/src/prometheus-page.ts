/** One line of a page that Prometheus scrapes. */
export interface PageSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: -?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)",?/gy;

/** Reads the text exposition format, version 0.0.4. @throws Error for a line that is none of it */
export function readPage(text: string): PageSample[] {
  return text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [, name, labels = '', value] = LINE.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(`no line of the text format: ${line}`);
      return { name, labels: readLabels(labels, line), value: Number(value.replace('Inf', 'Infinity')) };
    });
}

/** `# TYPE` lines: type by metric. */
export function typesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let end = 0;
  for (const match of text.matchAll(LABEL)) {
    labels[match[1]!] = match[2]!.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
    end = match.index + match[0].length;
  }
  if (end !== text.length) throw new Error(`no labels of the text format: ${line}`);
  return labels;
}
