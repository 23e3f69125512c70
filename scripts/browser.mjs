// Finds a Chromium for the tests. `npm test` may download Playwright's, but installs nothing into
// the system.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { firstThatStarts, inProgramFiles, onPath, required } from './programs.mjs';

/** Where installers put Chrome and Chromium when they are not on the PATH. */
const wellKnown = [
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...inProgramFiles('Google/Chrome/Application/chrome.exe'),
];

/** In ms. A download takes minutes; a machine without a network should fail in seconds. */
const DOWNLOAD_TIMEOUT = 300_000;
const DOWNLOAD_CONNECTION_TIMEOUT = 10_000;

/**
 * The first that starts of: the one in CHROME_PATH, Playwright's own, an installed Chrome or
 * Chromium.
 */
async function findBrowser() {
  const { chromium } = await import('playwright');
  return firstThatStarts([
    process.env.CHROME_PATH,
    chromium.executablePath(),
    // Without a window, a page takes half the time that it takes in the whole browser.
    ...onPath('chromium-headless-shell'),
    ...onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'),
    ...wellKnown,
  ]);
}

/** The path of a Chromium, after downloading Playwright's if there is none. */
export function requireBrowser() {
  return required(
    findBrowser,
    [downloadPlaywrights],
    'The tests need Chrome or Chromium: install one (on Debian: apt-get install chromium), or set ' +
      'CHROME_PATH to the one you have.',
  );
}

function downloadPlaywrights() {
  console.log('No Chrome or Chromium found: downloading Playwright’s (npx playwright install chromium)');
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright/package.json')));
  const env = {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(DOWNLOAD_CONNECTION_TIMEOUT),
    ...process.env,
  };
  spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: 'inherit',
    env,
    timeout: DOWNLOAD_TIMEOUT,
  });
}
