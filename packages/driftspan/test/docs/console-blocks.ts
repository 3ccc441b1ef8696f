import { run } from '../../src/program.js';
import { memoryIo } from '../run-here.js';

/** As wide as the pages of this repository. */
const COLUMNS = 100;
/** What differs from run to run. */
const TAKEN = /\bin [\d.]+ (?:ms|s)\./g;

/**
 * Runs every `driftspan …` in the console blocks of a page, in the order of the page and in one folder, and gives the page with the
 * output that came; `$ echo $?` gives the exit status of the command before it. A block that differs only in how long it took stays as it is.
 */
export async function withRealOutput(page: string, cwd: string): Promise<string> {
  let text = '';
  let last = 0;
  for (const match of page.matchAll(/```console\n([\s\S]*?)```/g)) {
    const written = match[1]!;
    const real = await outputOf(written, cwd);
    const kept = written.replace(TAKEN, '') === real.replace(TAKEN, '') ? written : real;
    text += `${page.slice(last, match.index)}\`\`\`console\n${kept}\`\`\``;
    last = match.index + match[0].length;
  }
  return text + page.slice(last);
}

async function outputOf(block: string, cwd: string): Promise<string> {
  let real = '';
  let status = 0;
  for (const command of commandsOf(block)) {
    real += `$ ${command}\n`;
    if (command === 'echo $?') {
      real += `${status}\n`;
      continue;
    }
    // As on a terminal, where both come in the order in which they are written; none of it is a bar that moves.
    const output = {
      write(text: string): void {
        real += text;
      },
      isTTY: false,
      columns: COLUMNS,
    };
    status = await run(wordsOf(command).slice(1), { ...memoryIo({ cwd }), stdout: output, stderr: output });
  }
  return real;
}

/** Lines that begin with `$ `, and those that go on after a backslash. */
function commandsOf(block: string): readonly string[] {
  return [...block.matchAll(/^\$ ((?:.*\\\n)*.*)$/gm)].map(match => match[1]!);
}

/** As a shell splits them, as far as the pages need it: quotes, and a line that goes on. */
function wordsOf(command: string): readonly string[] {
  const words = command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g);
  return [...words].map(([, single, double, bare]) => single ?? double ?? bare!);
}
