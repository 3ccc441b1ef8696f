/** What `work` prints by `console.log`, which is the only way that tab gives what it finds. Synchronous. */
export function printedBy(work: () => void): string {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...words: readonly unknown[]) => {
    lines.push(words.join(' '));
  };
  try {
    work();
  } finally {
    console.log = log;
  }
  return lines.map(line => `${line}\n`).join('');
}
