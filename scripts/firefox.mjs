// Finds a Firefox for the tests between Chromium and Firefox, and installs one where there is none.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from './apt.mjs';
import { firstThatStarts, inProgramFiles, onPath, required } from './programs.mjs';

/** Where Firefox is when it is not on the PATH. */
const wellKnown = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  ...inProgramFiles('Mozilla Firefox/firefox.exe'),
];

/** Where Puppeteer keeps the browsers that it downloads. */
const cacheDir = process.env.PUPPETEER_CACHE_DIR || join(homedir(), '.cache/puppeteer');

/** The first that starts of: the one in FIREFOX_PATH, Puppeteer's own, an installed Firefox. */
async function findFirefox() {
  const { Browser, getInstalledBrowsers } = await import('@puppeteer/browsers');
  const downloaded = await getInstalledBrowsers({ cacheDir });
  return firstThatStarts([
    process.env.FIREFOX_PATH,
    ...downloaded
      .filter(({ browser }) => browser === Browser.FIREFOX)
      .map(({ executablePath }) => executablePath),
    ...onPath('firefox-esr', 'firefox'),
    ...wellKnown,
  ]);
}

/**
 * The path of a Firefox, after installing one if there is none. Playwright's will not do: it does
 * not speak WebDriver BiDi.
 */
export function requireFirefox() {
  return required(
    findFirefox,
    [() => installPackage('firefox-esr'), downloadMozillas],
    'These tests need Firefox: install it (on Debian: apt-get install firefox-esr), or set ' +
      'FIREFOX_PATH to the one you have.',
  );
}

async function downloadMozillas() {
  console.log('Downloading Mozilla’s Firefox (npx @puppeteer/browsers install firefox@stable)');
  try {
    const { Browser, detectBrowserPlatform, install, resolveBuildId } = await import('@puppeteer/browsers');
    const platform = detectBrowserPlatform();
    if (!platform) throw new Error('Mozilla has none for this system.');
    const buildId = await resolveBuildId(Browser.FIREFOX, platform, 'stable');
    await install({ browser: Browser.FIREFOX, buildId, cacheDir, downloadProgressCallback: 'default' });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}
