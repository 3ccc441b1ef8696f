import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

const page = readFileSync(new URL('../../../docs/how-to/status-page.md', import.meta.url), 'utf8');
const program = page.split('```js\n')[1]!.split('```')[0]!;

test("the page's program serves the report of its monitor", async () => {
  const source = ['--conditions', '@driftspan/source', '--import', 'tsx', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, source, { env: { ...process.env, PORT: '0' } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let complaint = '';
  child.stderr.on('data', chunk => {
    complaint += chunk;
  });
  let address = '';
  for await (const line of createInterface(child.stdout)) {
    address = line;
    break;
  }
  expect(complaint).toBe('');
  // The rides of an open window are drawn before the first has closed.
  let html = '';
  do {
    const response = await fetch(address);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    html = await response.text();
  } while (!html.includes('<svg') || !/[1-9][\d,]* succeeded/.test(html));
  expect(html).toContain('<title>fares, this replica</title>');
  expect(html).toContain('distance');
});
