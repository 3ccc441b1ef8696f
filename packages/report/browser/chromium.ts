import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;

const FLAGS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The pages are our own, and a container has no user namespaces to make a sandbox of.
  '--no-sandbox',
] as const;

/**
 * Where Chromium is: `CHROMIUM_BIN`, or the first on the PATH.
 *
 * @throws Error where there is none: a run without a browser has tested nothing.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const folders = (env['PATH'] ?? '').split(delimiter);
  const asked = env['CHROMIUM_BIN'];
  const candidates = asked === undefined ? folders.flatMap(folder => NAMES.map(name => join(folder, name))) : [asked];
  const found = candidates.find(isExecutable);
  if (found === undefined)
    throw new Error(`no Chromium: ${asked ?? `none of ${NAMES.join(', ')} is on the PATH`}; set CHROMIUM_BIN`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...FLAGS] });
}

export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page asked of a network, and what it said on the console. */
  readonly requests: readonly string[];
  readonly messages: readonly string[];
}

export interface Screen {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
}

/** Opens a document in a window of its own, as a file that was opened by hand: no server, no network. */
export async function openPage(
  browser: Browser,
  markup: string,
  { width = 1200, scheme = 'light' }: Screen = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true });
  const page = await context.newPage();
  const requests: string[] = [];
  const messages: string[] = [];
  page.on('request', request => requests.push(request.url()));
  page.on('console', message => messages.push(message.text()));
  page.on('pageerror', error => messages.push(String(error)));
  await page.setContent(markup);
  return { page, context, requests, messages };
}
