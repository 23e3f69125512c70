// `npm run gallery:shots`: a picture of every state in the gallery, in `shots/`, which git ignores.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endWithNpm } from './end-with-npm.mjs';
import { root, setUp } from './setup.mjs';

const TAGS = ['camera', 'sender', 'invite', 'trail'];
const LANGUAGES = ['en', 'ru', 'de', 'ar'];
const SCHEMES = /** @type {const} */ (['light', 'dark']);
const WIDTHS = ['320', '768'];

try {
  endWithNpm();
  await setUp();
  const { register } = await import('tsx/esm/api');
  register();
  const { startDemo } = await import('../server/dev.js');
  const { chromium } = await import('playwright');
  const { requireBrowser } = await import('./browser.mjs');
  const { chromiumArgs } = await import('./chromium-args.mjs');

  const folder = join(root, 'shots');
  await mkdir(folder, { recursive: true });
  const [site, browser] = await Promise.all([
    startDemo({ port: 0, host: '127.0.0.1' }),
    chromium.launch({ executablePath: await requireBrowser(), args: chromiumArgs }),
  ]);
  for (const colorScheme of SCHEMES)
    for (const lang of LANGUAGES)
      for (const width of WIDTHS)
        for (const tag of TAGS) {
          const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' });
          await page.goto(
            `${site.url}gallery.html?${String(new URLSearchParams({ show: tag, lang, width }))}`,
          );
          await page.locator('main[aria-busy=false]').waitFor({ timeout: 90_000 });
          const name = [tag, lang, width, colorScheme].join('-');
          await page.locator('main').screenshot({ path: join(folder, `${name}.png`) });
          console.log(name);
          await page.close();
        }
  await browser.close();
  await site.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
