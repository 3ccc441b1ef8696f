import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../docs/runbooks/', import.meta.url);

/** Every query that a runbook page tells to paste, one a line; a comment may follow two spaces. */
export function runbookQueries(): { readonly page: string; readonly promql: string }[] {
  return readdirSync(FOLDER).flatMap(page => {
    const blocks = readFileSync(new URL(page, FOLDER), 'utf8').matchAll(/```promql\n(.*?)```/gs);
    const lines = [...blocks].flatMap(([, block]) => block!.trim().split('\n'));
    return lines.map(line => ({ page, promql: line.replace(/ {2,}#.*$/, '') }));
  });
}
