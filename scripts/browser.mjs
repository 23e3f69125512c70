// Finds a Chromium for the tests, and installs one where there is none.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where installers put Chrome and Chromium when they are not on the PATH. */
const wellKnown = [
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
];

const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The first that starts of: the one in CHROME_PATH, Playwright's own, an installed Chrome or Chromium. */
export async function findBrowser() {
  const { chromium } = await import('playwright');
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [
    process.env.CHROME_PATH,
    chromium.executablePath(),
    ...onPath.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...wellKnown,
  ].find((path) => path && existsSync(path) && starts(path));
}

/** What {@link findBrowser} finds, after installing one if need be. */
export async function requireBrowser() {
  const found = await findBrowser();
  if (found) return found;
  for (const install of [installPlaywrights, installDebians]) {
    install();
    const installed = await findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    'The tests need Chrome or Chromium; none is installed, and installing one failed. ' +
      'Install one, or say where it is: CHROME_PATH=/path/to/chrome npm test',
  );
}

/** A browser that lacks a library of its system (a download into a bare container) fails here, not in every test. */
function starts(/** @type {string} */ path) {
  // On Windows `--version` opens a window instead of printing.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function installPlaywrights() {
  console.log('No Chrome or Chromium found: installing Playwright’s (npx playwright install chromium)');
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright/package.json')));
  // A machine without a way to the download should learn so in seconds, and go on to its package manager.
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...process.env };
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit', env });
}

function installDebians() {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) return;
  console.log('Installing Debian’s Chromium (apt-get install chromium)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update'], { stdio: 'inherit', env });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      stdio: 'inherit',
      env,
    });
  } catch {
    // apt-get has told why; requireBrowser tells what to do.
  }
}
