/** The lines of a Markdown section, from its heading to before the next of the same depth. */
export function sectionOf(markdown: string, heading: string): string[] {
  const lines = markdown.split('\n');
  const first = lines.indexOf(heading);
  if (first < 0) throw new Error(`no section ${heading}`);
  const end = lines.findIndex((line, i) => i > first && line.startsWith('## '));
  return lines.slice(first, end < 0 ? undefined : end);
}
