// How the scripts find a program that somebody has installed, and install one where there is none.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where programs of these names would be, by the PATH. @param {string[]} names */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Where Windows would have it.
 * @param {string} file a path inside of any of the folders for programs
 */
export function inProgramFiles(file) {
  return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, file));
}

/** @param {(string | undefined)[]} paths */
export function firstThatStarts(paths) {
  return paths.find((path) => path && existsSync(path) && starts(path));
}

/**
 * A browser that lacks a library of its system (a download into a bare container) fails here, not
 * in every test.
 */
function starts(/** @type {string} */ path) {
  // On Windows `--version` opens a window instead of printing.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/**
 * What `find` finds, after as many of the `installs` as that takes.
 *
 * @param {() => Promise<string | undefined>} find
 * @param {(() => void | Promise<void>)[]} installs
 * @param {string} otherwise what to do where none of them has helped
 */
export async function required(find, installs, otherwise) {
  const found = await find();
  if (found) return found;
  for (const install of installs) {
    await install();
    const installed = await find();
    if (installed) return installed;
  }
  throw new Error(otherwise);
}

/** Installs Debian's package of that name, where this is Debian and we may. @param {string} name */
export function installDebians(name) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) return;
  console.log(`Installing Debian’s package (apt-get install ${name})`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update'], { stdio: 'inherit', env });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', name], { stdio: 'inherit', env });
  } catch {
    // apt-get has told why; `required` tells what to do.
  }
}
