// Finds a Firefox for the tests that have one on the other side, and installs one where there is
// none.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { firstThatStarts, inProgramFiles, installDebians, onPath, required } from './programs.mjs';

/** Where Firefox is when it is not on the PATH. */
const wellKnown = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  ...inProgramFiles('Mozilla Firefox/firefox.exe'),
];

/** Where Puppeteer keeps the browsers that it downloads. */
const cacheDir = process.env.PUPPETEER_CACHE_DIR || join(homedir(), '.cache/puppeteer');

/** The first that starts of: the one in FIREFOX_PATH, Puppeteer's own, an installed Firefox. */
export async function findFirefox() {
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
 * What {@link findFirefox} finds, after installing one if need be. Not Playwright's: that one
 * speaks no WebDriver BiDi.
 */
export function requireFirefox() {
  return required(
    findFirefox,
    [() => installDebians('firefox-esr'), installMozillas],
    'These tests need Firefox; none is installed, and installing one failed. ' +
      'Install one, or say where it is: FIREFOX_PATH=/path/to/firefox npm run test:firefox',
  );
}

async function installMozillas() {
  console.log('Installing Mozilla’s Firefox (npx @puppeteer/browsers install firefox@stable)');
  try {
    const { Browser, detectBrowserPlatform, install, resolveBuildId } = await import('@puppeteer/browsers');
    const platform = detectBrowserPlatform();
    if (!platform) throw new Error('Mozilla has none for this system.');
    const buildId = await resolveBuildId(Browser.FIREFOX, platform, 'stable');
    await install({ browser: Browser.FIREFOX, buildId, cacheDir, downloadProgressCallback: 'default' });
  } catch (error) {
    // `required` tells what to do.
    console.error(error instanceof Error ? error.message : error);
  }
}
