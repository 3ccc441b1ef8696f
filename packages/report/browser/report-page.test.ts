import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openPage, type Screen } from './chromium.js';
import { pages } from './pages.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NAMES = [
  'july',
  'july, judged in order of time',
  'a monitor',
  'an open window',
  'hostile names',
  'no rows',
] as const;
const SCREENS: readonly Required<Screen>[] = [
  { width: 1200, scheme: 'light' },
  { width: 1200, scheme: 'dark' },
  { width: 360, scheme: 'light' },
];

let browser: Browser;
let made: ReadonlyMap<string, string>;
beforeAll(async () => {
  [browser, made] = await Promise.all([openChromium(), pages()]);
});
afterAll(() => browser?.close());

const opened = (name: (typeof NAMES)[number], screen?: Screen) => openPage(browser, made.get(name)!, screen);

/** The page as a person with a keyboard walks it: what has the focus after each Tab. */
async function tabStops(page: Page, presses: number): Promise<string[]> {
  const stops: string[] = [];
  for (let i = 0; i < presses; i++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => (document.activeElement?.textContent || document.activeElement?.id) ?? ''));
  }
  return stops;
}

describe.each(NAMES)('the page of %s', name => {
  it.each(SCREENS)('has no fault that axe finds, $scheme at $width px', async screen => {
    const { page, context } = await opened(name, screen);
    await page.evaluate(AXE);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const violations = await page.evaluate(async () => {
      // biome-ignore lint/suspicious/noExplicitAny: axe sets a global, which has no type here
      const { violations: found } = await (globalThis as any).axe.run(document, { resultTypes: ['violations'] });
      // biome-ignore lint/suspicious/noExplicitAny: as above
      return found.map((one: any) => `${one.id}: ${one.nodes[0].html} ${one.nodes[0].failureSummary}`);
    });
    await context.close();
    expect(violations).toEqual([]);
  });

  it.each([360, 1600])('fits into %s px', async width => {
    const { page, context } = await opened(name, { width });
    const beyond = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter(
          element =>
            !element.closest('.hidden, .shapes, .skip, svg, thead') && element.getBoundingClientRect().width > 0,
        )
        .filter(element => {
          const { left, right } = element.getBoundingClientRect();
          return left < -0.5 || right > document.documentElement.clientWidth + 0.5;
        })
        .map(element => `${element.outerHTML.slice(0, 120)} ${JSON.stringify(element.getBoundingClientRect())}`),
    );
    await context.close();
    expect(beyond).toEqual([]);
  });

  it('asks for nothing, says nothing and runs nothing', async () => {
    const { page, context, requests, messages } = await opened(name);
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)));
    const scripts = await page.evaluate(
      () => document.querySelectorAll('script, img, iframe, link, object, [onload], [onerror], [onmouseover]').length,
    );
    await context.close();
    expect([requests, messages, scripts]).toEqual([[], [], 0]);
  });
});

describe('the page of July', () => {
  it('shows the verdict, what moved and what the model answers without scrolling, on a phone too', async () => {
    for (const width of [360, 1200]) {
      const { page, context } = await opened('july', { width });
      const bottom = await page.evaluate(() =>
        [...document.querySelectorAll('.opening h1, .lead')].map(one => one.getBoundingClientRect().bottom),
      );
      const text = await page.evaluate(() => document.querySelector('.opening')!.textContent);
      await context.close();
      expect(Math.max(...bottom)).toBeLessThan(640);
      expect(text).toMatch(
        /Critical: the model meets data unlike what it was trained on\..*6 of 12 features have moved; furthest temp/,
      );
      expect(text).toMatch(
        /It answers “late” for 0\.54\s% of the rows, 23\.1\s% in training, and is 93\s% sure on average/,
      );
    }
  });

  it("draws July's temperatures to the right of January's, and neither empty", async () => {
    const { page, context } = await opened('july');
    const boxes = await page.evaluate(() => {
      const article = [...document.querySelectorAll('article')].find(
        one => one.querySelector('h3')!.textContent === 'temp',
      )!;
      return ['then', 'now'].map(kind => {
        const { x, width, height } = article.querySelector<SVGGraphicsElement>(`path.${kind}`)!.getBBox();
        return { x, right: x + width, height };
      });
    });
    await context.close();
    const [january, july] = boxes as [(typeof boxes)[0], (typeof boxes)[0]];
    expect(july.x).toBeGreaterThan(january.x + 300);
    expect(july.x).toBeGreaterThan(january.right - 20);
    expect(Math.min(january.height, july.height)).toBeGreaterThan(50);
  });

  it('draws the late flights of July as hardly any, beside a bar of January', async () => {
    const { page, context } = await opened('july');
    const widths = await page.evaluate(() => {
      const bar = [...document.querySelectorAll('.bar')].find(
        one => one.querySelector('.label')!.textContent === 'late',
      )!;
      return ['then', 'now'].map(kind => bar.querySelector(`.${kind}`)!.getBoundingClientRect().width);
    });
    await context.close();
    expect(widths[0]).toBeGreaterThan(20 * widths[1]!);
  });

  it('is walked by keyboard: past the skip link to the choice, then down the features, where each link leads to its section', async () => {
    const { page, context } = await opened('july');
    const [skip, choice, first, second] = await tabStops(page, 4);
    expect([skip, choice, first, second]).toEqual([
      'Skip to the features',
      'show-all',
      'prediction.confidence',
      'prediction.label',
    ]);
    await page.keyboard.press('Enter');
    const target = await page.evaluate(() => document.querySelector(':target h3')?.textContent);
    await context.close();
    expect(target).toBe('prediction.label');
  });

  it('shows what has moved alone, when that is chosen', async () => {
    const { page, context } = await opened('july');
    const shown = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('article')]
          .filter(one => one.offsetHeight > 0)
          .map(one => one.dataset['v']),
      );
    expect(await shown()).toHaveLength(14);
    await page.check('#show-moved');
    const moved = await shown();
    await context.close();
    expect(moved).toEqual(Array.from({ length: 8 }, () => 'critical'));
  });

  it('shows where the focus is', async () => {
    const { page, context } = await opened('july');
    await tabStops(page, 3);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineWidth);
    await context.close();
    expect(outline).toBe('3px');
  });

  it('prints in ink on white, in a dark scheme too, and without what only a screen can use', async () => {
    const { page, context } = await opened('july', { scheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const printed = await page.evaluate(() => ({
      ground: getComputedStyle(document.documentElement).backgroundColor,
      ink: getComputedStyle(document.documentElement).color,
      filter: getComputedStyle(document.querySelector('.filter')!).display,
    }));
    await context.close();
    expect(printed).toEqual({ ground: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', filter: 'none' });
  });
});

describe('a page of hostile names', () => {
  it('shows each of them as text', async () => {
    const { page, context } = await opened('hostile names');
    const titles = await page.evaluate(() => [...document.querySelectorAll('h3')].map(one => one.textContent));
    await context.close();
    expect(titles).toContain('</script><script>alert(1)</script>');
    expect(titles).toContain('&lt;b&gt; &amp;amp;');
    expect(titles).toContain('\\u202egnp.exe\\u2066');
  });
});

describe('the table of features', () => {
  it.each([360, 480, 700, 1200])('has no text upon another at %s px', async width => {
    const { page, context } = await opened('july', { width });
    const overlaps = await page.evaluate(() => {
      const boxOf = (cell: Element) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect();
      };
      return [...document.querySelectorAll('.ranking tbody tr:not(.group)')].flatMap(row => {
        const cells = [...row.children].filter(cell => !cell.classList.contains('scale'));
        return cells.flatMap((cell, i) => {
          const a = boxOf(cell);
          return cells.slice(i + 1).flatMap(other => {
            const b = boxOf(other);
            const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
            return apart ? [] : [`${cell.textContent} | ${other.textContent}`];
          });
        });
      });
    });
    await context.close();
    expect(overlaps).toEqual([]);
  });
});
