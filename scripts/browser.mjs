// Finds a Chromium for the tests, and installs one where there is none.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { firstThatStarts, inProgramFiles, installDebians, onPath, required } from './programs.mjs';

/** Where installers put Chrome and Chromium when they are not on the PATH. */
const wellKnown = [
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...inProgramFiles('Google/Chrome/Application/chrome.exe'),
];

/**
 * The first that starts of: the one in CHROME_PATH, Playwright's own, an installed Chrome or
 * Chromium.
 */
export async function findBrowser() {
  const { chromium } = await import('playwright');
  return firstThatStarts([
    process.env.CHROME_PATH,
    chromium.executablePath(),
    ...onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'),
    ...wellKnown,
  ]);
}

/** What {@link findBrowser} finds, after installing one if need be. */
export function requireBrowser() {
  return required(
    findBrowser,
    [installPlaywrights, () => installDebians('chromium')],
    'The tests need Chrome or Chromium; none is installed, and installing one failed. ' +
      'Install one, or say where it is: CHROME_PATH=/path/to/chrome npm test',
  );
}

function installPlaywrights() {
  console.log('No Chrome or Chromium found: installing Playwright’s (npx playwright install chromium)');
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright/package.json')));
  // A machine without a way to the download should learn so in seconds, and go on to its package
  // manager.
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...process.env };
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit', env });
}
