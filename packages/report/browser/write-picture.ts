import { fileURLToPath } from 'node:url';
import { renderReport } from '@driftspan/report';
import { openChromium, openPage } from './chromium.js';
import { july } from './july.js';

/*
 * What the README shows of the July report, in both colour schemes: `npm run picture`. The opening, as wide as the table needs and as high
 * as what the model answers, and the worst feature.
 */
const OPENING = { width: 1000, height: 866 } as const;
const WORST = 'temp';

const markup = renderReport((await july()).comparison);
const browser = await openChromium();
for (const scheme of ['light', 'dark'] as const) {
  const { page, context } = await openPage(browser, markup, { width: OPENING.width, scheme });
  const file = (name: string) => fileURLToPath(new URL(`../../../docs/plots/${name}-${scheme}.png`, import.meta.url));
  await page.screenshot({ path: file('july-report'), fullPage: true, clip: { x: 0, y: 0, ...OPENING } });
  const section = page.getByRole('article', { name: WORST });
  await section.screenshot({ path: file(`july-${WORST}`) });
  await context.close();
}
await browser.close();
