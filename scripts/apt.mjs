// Installs Debian packages. The suites that need a program of the system call it, and `.ci/run`
// does by `node scripts/apt.mjs chromium-headless-shell`; `npm test` and `npm start` never do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onPath } from './programs.mjs';

/**
 * Installs the package, where this is Debian and we are root; elsewhere it does nothing.
 *
 * @param {string} name
 * @returns {boolean} false when apt-get failed, after it has printed why
 */
export function installPackage(name) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) return true;
  console.log(`Installing the Debian package (apt-get install ${name})`);
  return apt('update') && apt('install', '-y', '--no-install-recommends', name);
}

/** @param {string[]} args */
function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { stdio: 'inherit', env }).status === 0;
}

// On the command line: each package whose program of the same name is not on the PATH yet.
if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of process.argv.slice(2))
    if (!onPath(name).some((path) => existsSync(path)) && !installPackage(name)) process.exitCode = 1;
